"""What a brief's answers rest on: what is proven, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.brief.findings import Findings
from goodoffices.case.words import amount, counted, percent, sentence_list
from goodoffices.settlement.packages import CONCEPT_NAMES
from goodoffices.settlement.reservation_words import assumed_reservations


def proven(found: Findings) -> tuple[str, ...]:
    """How far each answer is proven, one sentence or two for each."""
    return (_zone(found), *_frontier(found), *_solutions(found), *_ties(found))


def _zone(found: Findings) -> str:
    if found.is_possible is None:
        return "Whether agreement is possible was not settled before work was stopped."
    if found.zone.exists is None:
        return "That agreement is possible is proven: the candidate packages show it."
    verdict = "is possible" if found.zone.exists else "is not possible"
    return f"That agreement {verdict} is proven ({found.zone.method})."


def _frontier(found: Findings) -> Iterator[str]:
    if found.frontier is None:
        yield (
            "The frontier was not drawn up, because there are too many packages. The candidate "
            "packages were searched for one by one."
        )
        return
    size = counted(len(found.frontier.points), "point")
    once = "(packages that give every party the same count as one point)"
    if found.frontier.exact:
        yield f"The frontier is complete and exact: {size} {once}, by {found.frontier.method}."
    elif found.frontier.epsilon is None:
        yield f"The frontier is not complete: {size} are known {once}, and there may be more."
    else:
        worst = sentence_list([amount(loss) for loss in found.frontier.epsilon])
        yield (
            f"The frontier is not complete: {size} are known {once}. For every package there is a "
            f"known one at which no party has less by more than {worst} points (in the order of "
            "the parties)."
        )


def _solutions(found: Findings) -> Iterator[str]:
    if not found.is_possible:
        return
    if all(solution.proven for solution in found.solutions):
        yield (
            "Each candidate package is proven to be the best by its standard: no package that is "
            "acceptable to all does better."
        )
        return
    for solution in found.solutions:
        name = CONCEPT_NAMES[solution.concept]
        if solution.proven:
            yield f"{name}: proven to be the best by this standard."
        elif not solution.outcomes:
            yield f"{name}: no package was found before work was stopped."
        elif solution.gap is None:
            yield f"{name}: the best package found; how much better another may be is not known."
        else:
            gap = percent(solution.gap)
            yield f"{name}: the best package found; another may be better, by {gap} at most."


def _ties(found: Findings) -> Iterator[str]:
    tied = [s for s in found.solutions if s.ties > 1]
    for solution in tied:
        count = counted(solution.ties, "package")
        least = "" if solution.ties_complete else "at least "
        yield (
            f"{CONCEPT_NAMES[solution.concept]}: {least}{count} do equally well. The choice "
            "between them is not arithmetic."
        )


def assumed(found: Findings) -> tuple[str, ...]:
    """What no arithmetic can prove."""
    case = found.case
    names = [str(party) for party in case.deciders]
    sentences = [
        f"That the numbers are what {sentence_list(names)} hold."
        + (
            " Section 6 says how far the most delicate of them may move before an answer changes."
            if found.sensitivities
            else ""
        ),
        "That what a package is worth to a party is the sum over the issues"
        + (
            ", apart from the combinations stated."
            if found.problem.terms
            else "; nobody stated that options are worth more, or less, in combination."
        ),
        "That the issues and options are the right ones. The best agreement may be one that "
        "nobody has put on the table.",
    ]
    compared = [s for s in found.solutions if s.outcomes]
    if compared:
        sentences.append(
            "Where it is said so, that a point of one party is worth as much as a point of another."
        )
    sentences += [*assumed_reservations(case), *_sourced(found)]
    return tuple(sentences)


def _sourced(found: Findings) -> Iterator[str]:
    """How many numbers name a source, party by party, where the file as a whole names none."""
    parts = []
    for party in found.case.deciders:
        sheet = found.case.preferences[party.id]
        numbers = [
            *sheet.weights.values(),
            *(e for row in sheet.scores.values() for e in row.values()),
        ]
        cited = sum(bool(number.sources) for number in numbers)
        if not sheet.sources and cited < len(numbers):
            parts.append(f"{party}: {cited or 'none'} of {len(numbers)}")
    if parts:
        yield (
            "Of the weights and scores in these confidential files, so many name a source: "
            f"{'; '.join(parts)}. Numbers without a source are to be read as illustrative."
        )
    for party in found.case.deciders:
        if about := found.case.preferences[party.id].about.strip():
            yield f"On the file of {party}: {about}"
