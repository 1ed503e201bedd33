"""A brief's answers where preferences are partial: what holds for all numbers that fit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.brief import the_case
from goodoffices.brief.said import sayings
from goodoffices.brief.the_case import Keeps, StatementLine
from goodoffices.case.model import Case
from goodoffices.case.statements import Citation
from goodoffices.case.words import counted, option_names, percent, sentence_list, whole
from goodoffices.settlement.packages import letter
from goodoffices.settlement.partial import (
    PackageFinding,
    PartialAnalysis,
    PartyAcceptance,
    Question,
    Verdict,
    analyse,
)
from goodoffices.settlement.partial_words import (
    CONSENT_TITLE,
    NO_PROBABILITY,
    PACKAGES_LEAD,
    QUESTIONS_LEAD,
    certain_sentences,
    is_cautious,
    regret_sentence,
    share_words,
    shares_sentence,
    zone_sentences,
)
from goodoffices.settlement.reservation_words import assumed_reservations
from goodoffices.settlement.watch import Watch

_PACKAGES = 4
_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one party has said, and how what it left unsaid is read."""

    name: str
    sayings: tuple[StatementLine, ...]
    keeps: Keeps
    red_lines: tuple[StatementLine, ...]
    interactions: tuple[StatementLine, ...]
    conventions: tuple[str, ...]
    about: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a party would accept a package: a word, and a share of its possible preferences."""

    word: str
    share: str
    width: str


@dataclass(frozen=True, slots=True)
class PackageView:
    """A package worth talking about."""

    letter: str
    notes: tuple[str, ...]
    options: tuple[str, ...]
    consents: tuple[Consent, ...]
    together: str
    efficient: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question worth asking, and what each answer would leave open."""

    words: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartialPart:
    """Everything the brief says that rests on partial preferences."""

    in_short: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    zone: tuple[str, ...]
    packages_lead: str
    consent_caption: str
    questions_lead: str
    parties: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    packages: tuple[PackageView, ...]
    regret: tuple[str, ...]
    questions: tuple[Asked, ...]
    proven: tuple[str, ...]
    assumed: tuple[str, ...]


def partial_part(case: Case, months: Fraction, watch: Watch) -> PartialPart:
    """The analysis of partial preferences turned into words."""
    found = analyse(case, months=months, asked=_QUESTIONS, watch=watch)
    packages = _shown(found)
    views = tuple(_package(case, found, package) for package in packages)
    today = option_names(case, case.status_quo) if case.status_quo is not None else None
    return PartialPart(
        in_short=_in_short(case, found),
        sheets=tuple(_sheet(case, found, number) for number in range(len(found.parties))),
        zone=zone_sentences(case, found.zone),
        packages_lead=PACKAGES_LEAD,
        consent_caption=f"{CONSENT_TITLE}. {NO_PROBABILITY}",
        questions_lead=QUESTIONS_LEAD,
        parties=tuple(str(case.party(party)) for party in found.parties),
        rows=tuple(
            (str(issue), today[k] if today else "", tuple(view.options[k] for view in views))
            for k, issue in enumerate(case.issues)
        ),
        packages=views,
        regret=_regret(case, found),
        questions=tuple(_asked(question) for question in found.questions),
        proven=_proven(found),
        assumed=_assumed(case, found),
    )


def _shown(found: PartialAnalysis) -> list[PackageFinding]:
    """The most widely acceptable packages, and the one of least regret where it is in play."""
    most = list(found.packages[:_PACKAGES])
    cautious = found.least_regret.outcomes[0] if found.least_regret else None
    return most + [p for p in found.packages[_PACKAGES:] if p.outcome == cautious]


def _sheet(case: Case, found: PartialAnalysis, number: int) -> Sheet:
    reading = found.readings[number]
    sheet = case.preferences[reading.party]
    return Sheet(
        name=str(case.party(reading.party)),
        sayings=tuple(sayings(case, sheet)),
        keeps=the_case.keeps(sheet, None),
        red_lines=tuple(the_case.red_lines(case, reading.party)),
        interactions=tuple(the_case.interaction_lines(case, reading.party)),
        conventions=reading.conventions,
        about=sheet.about,
        sources=sheet.sources,
    )


def _package(case: Case, found: PartialAnalysis, package: PackageFinding) -> PackageView:
    notes = []
    if package.outcome == case.status_quo:
        notes.append("how things stand today")
    cautious = found.least_regret
    if cautious and is_cautious(cautious) and package.outcome in cautious.outcomes:
        notes.append("least regret")
    return PackageView(
        letter=letter(found.packages.index(package)),
        notes=tuple(notes),
        options=option_names(case, package.outcome),
        consents=tuple(_consent(acceptance) for acceptance in package.acceptance),
        together=share_words(package.acceptable_share),
        efficient=_efficient(package.efficient),
    )


_WORDS = {
    "necessarily": "would accept",
    "possibly": "may accept",
    "possibly or necessarily": "may accept",
    "never": "would refuse",
    "undecided": "not known",
}


def _consent(acceptance: PartyAcceptance) -> Consent:
    word = _WORDS[acceptance.verdict.word]
    if acceptance.red_line is not None:
        return Consent("would refuse: red line", "0%", "0")
    if acceptance.share is None:
        return Consent(word, "", "0")
    return Consent(word, share_words(acceptance.share), f"{100 * acceptance.share.share:.1f}")


def _efficient(verdict: Verdict) -> str:
    return {
        "necessarily": "yes, whatever the numbers",
        "possibly": "for some numbers that fit",
        "possibly or necessarily": "for some numbers that fit, perhaps for all",
        "never": "no, whatever the numbers",
        "undecided": "not known",
    }[verdict.word]


def _in_short(case: Case, found: PartialAnalysis) -> tuple[str, ...]:
    names = [str(case.party(reading.party)) for reading in found.readings if reading.freedom]
    sentences = [
        f"{sentence_list(names)} did not state every number exactly. The answers here hold for "
        "all numbers that fit what was said, or say for how many of them they hold."
    ]
    sentences.append(zone_sentences(case, found.zone)[0])
    sentences += certain_sentences(case, found.zone)
    if found.in_play:
        whole_space = "that the rules allow" if found.complete else "examined"
        verb = "is" if found.in_play == 1 else "are"
        sentences.append(
            f"{whole(found.in_play)} of {counted(found.examined, 'package')} {whole_space} {verb} "
            "in play: possibly acceptable to all and possibly efficient."
        )
    if found.questions:
        party = case.party(found.questions[0].party)
        left = percent(found.questions[0].doubt_left)
        sentences.append(
            f"The question worth asking next goes to {party}; on average its answer leaves {left} "
            "of the doubt about that party's consent. See section 4."
        )
    return tuple(sentences)


def _regret(case: Case, found: PartialAnalysis) -> tuple[str, ...]:
    if found.least_regret is None:
        return ()
    lettered = [package.outcome for package in found.packages]
    return (regret_sentence(case, found.least_regret, lettered),)


def _asked(question: Question) -> Asked:
    answers = tuple(
        f"If the answer is “{answer.words}” ({share_words(answer.share)} of the numbers that fit "
        f"say so), {counted(answer.open_packages, 'package')} of {question.open_packages} would "
        "still be open for this party."
        for answer in question.answers
    )
    return Asked(question.words, answers)


def _proven(found: PartialAnalysis) -> tuple[str, ...]:
    if found.complete:
        scope = f"All {counted(found.examined, 'package')} that constraints and red lines allow"
        examined = f"{scope} were examined."
    else:
        examined = (
            f"There are {counted(found.outcomes, 'package')}, too many to examine each. "
            f"{whole(found.examined)} were found by search and examined; what the brief says about "
            "numbers of packages, shares and regret speaks of these alone."
        )
    sentences = [
        examined,
        "“Would accept”, “may accept” and “would refuse” are proven: they hold for all, some or "
        "none of the numbers that fit what the party said.",
        shares_sentence(found),
    ]
    if found.stopped:
        sentences.append("Work was stopped before its end, so that more is open than need be.")
    return tuple(sentences)


def _assumed(case: Case, found: PartialAnalysis) -> tuple[str, ...]:
    return (
        "That each party means what it is cited as saying. Positions stated in public may be "
        "opening positions.",
        "That what a package is worth to a party is the sum over the issues"
        ", apart from the combinations stated.",
        "That what a party left unsaid is read as section 1 says.",
        *assumed_reservations(case),
        "That the issues and options are the right ones. The best agreement may be one that "
        "nobody has put on the table.",
        f"That the {counted(len(found.parties), 'party', 'parties')} who must agree hold their "
        "preferences independently of each other.",
    )
