"""Random cases for laws.

``exact_cases`` have whole numbers, small enough for ties to be common, and nothing unknown:
engines can solve them. ``cases`` have everything a case folder can say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from goodoffices.case import (
    Case,
    Citation,
    Comparison,
    Condition,
    Constraint,
    Estimate,
    Interaction,
    Issue,
    IssueRanking,
    Option,
    OptionRanking,
    Party,
    Preferences,
    Range,
    RedLine,
    Reservation,
    Role,
    Source,
)
from goodoffices.case.numbers import number_text

PARTIES = ("North", "South", "Coast", "East", "West", "Isles")
ISSUES = ("water", "price", "dams", "fish", "data", "monitoring")
OPTIONS = ("none", "low", "middle", "high", "joint", "sold")

# Names that YAML, or a careless reader of it, could take for something else.
TRICKY = (
    "No", "on", "null", "~", "true", "0.10", "1e3", "-5", "2/3", ".nan", "0x1F", "1_000", "a: b",
    "a:b", ":", "# no", "a #b", "- a", "-", "?", "? a", "[a]", "{a}", "a, b", "&a", "*a", "!a",
    "%a", "@a", "`a", "'a", '"a"', "a'b", 'a"b', "\\n", " a", "a ", "|", ">", "<<", "=", "---",
    "...", "2001-01-01", "12:30", "été", "שלום", "和平", "🕊", "a\u00a0b", "status quo",
)  # fmt: skip

_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))
_IN_LINES = _CHARACTERS | st.sampled_from("\t: #'\"-")
_LETTERS = st.characters(codec="ascii", categories=("Ll", "Lu", "Nd"), include_characters="_-")


@cache
def ids() -> SearchStrategy[str]:
    """Ids of issues, options, constraints and sources."""
    return st.sampled_from(TRICKY + OPTIONS) | st.text(_CHARACTERS, min_size=1, max_size=8)


@cache
def party_ids() -> SearchStrategy[str]:
    """Ids of parties, which name files."""
    return st.sampled_from(PARTIES) | st.text(_LETTERS, min_size=1, max_size=8)


@cache
def texts() -> SearchStrategy[str]:
    """Names, reasons and descriptions, mostly short, some of several lines."""
    lines = st.text(_IN_LINES, max_size=20)
    several = st.lists(lines, min_size=2, max_size=4).map("\n".join)
    return st.just("") | st.sampled_from(("Summer release", *TRICKY)) | lines | several


@cache
def numbers(low: int | None = None) -> SearchStrategy[Fraction]:
    """Exact numbers: whole ones, decimals, ratios."""
    whole = st.integers(min_value=-5 if low is None else low, max_value=120)
    return st.builds(Fraction, whole, st.sampled_from((1, 1, 1, 2, 3, 10, 1000, 2**60)))


@st.composite
def estimates(
    draw: DrawFn,
    cited: SearchStrategy[tuple[Citation, ...]],
    low: int | None = None,
    whys: SearchStrategy[str] | None = None,
) -> Estimate:
    """Exact numbers and intervals, some of them cited and with a reason."""
    one, other = draw(numbers(low)), draw(numbers(low))
    if draw(st.booleans()):
        other = one
    why = draw(texts() if whys is None else whys)
    return Estimate(min(one, other), max(one, other), draw(cited), why)


@st.composite
def conditions(draw: DrawFn, issues: Sequence[Issue], least: int = 1) -> Condition:
    """For at least so many issues, some of their options."""
    named = draw(st.lists(st.sampled_from(issues), unique_by=lambda i: i.id, min_size=least))
    return Condition({i.id: frozenset(draw(_some(i))) for i in named})


def _some(issue: Issue) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([o.id for o in issue.options]), min_size=1, unique=True)


def _covers(condition: Condition, issues: Sequence[Issue]) -> bool:
    """Whether every outcome meets the condition."""
    sizes = {issue.id: len(issue.options) for issue in issues}
    return all(len(options) == sizes[name] for name, options in condition.options.items())


@st.composite
def exact_cases(
    draw: DrawFn,
    *,
    parties: tuple[int, int] = (1, 3),
    issues: tuple[int, int] = (1, 4),
    options: tuple[int, int] = (1, 4),
    constraints: int = 2,
    interactions: int = 2,
    red_lines: int = 1,
    highest: int = 4,
) -> Case:
    """Cases with nothing unknown.

    Parameters
    ----------
    parties, issues, options
        Least and greatest numbers: of parties, of issues, of options on one issue.
    constraints
        Greatest number of constraints. No single one forbids everything; all together may.
    interactions, red_lines
        Greatest numbers for each party.
    highest
        Weights and scores are whole numbers from 0 to this, and so is what an interaction adds
        or takes away: the lower, the more ties.
    """
    questions = tuple(
        Issue(
            id=name,
            ordered=draw(st.booleans()),
            options=tuple(Option(id=o) for o in OPTIONS[: draw(st.integers(*options))]),
        )
        for name in ISSUES[: draw(st.integers(*issues))]
    )
    rules = draw(st.lists(_rules(questions), max_size=constraints))
    case = Case(
        title="A random case",
        parties=tuple(Party(id=name) for name in PARTIES[: draw(st.integers(*parties))]),
        issues=questions,
        constraints=tuple(replace(c, id=f"c{k}") for k, c in enumerate(rules, 1)),
        status_quo=draw(st.none() | _outcomes(questions)),
    )
    sheets = {
        party.id: draw(_exact_sheets(party.id, case, interactions, red_lines, highest))
        for party in case.parties
    }
    return replace(case, preferences=sheets)


def _outcomes(issues: Sequence[Issue]) -> SearchStrategy[tuple[str, ...]]:
    return st.tuples(*(st.sampled_from([o.id for o in issue.options]) for issue in issues))


@st.composite
def _rules(draw: DrawFn, issues: Sequence[Issue]) -> Constraint:
    """Constraints that leave something."""
    forbid = draw(conditions(issues, least=0))
    unless = draw(conditions(issues) if _covers(forbid, issues) else st.none() | conditions(issues))
    return Constraint(id="c", forbid=forbid, unless=unless)


@st.composite
def _exact_sheets(
    draw: DrawFn, party: str, case: Case, interactions: int, red_lines: int, highest: int
) -> Preferences:
    whole = st.integers(0, highest).map(Fraction)
    added = st.integers(-highest, highest).map(Fraction)
    number = whole.map(lambda value: Estimate(value, value))
    terms = st.builds(
        Interaction,
        when=conditions(case.issues, least=0),
        unless=st.none() | conditions(case.issues),
        add=added,
    )
    reservation = number | st.none() if case.status_quo else number
    return Preferences(
        party=party,
        scale=Fraction(1),
        weights={issue.id: draw(number) for issue in case.issues},
        scores={i.id: {o.id: draw(number) for o in i.options} for i in case.issues},
        interactions=tuple(draw(st.lists(terms, max_size=interactions))),
        reservation=draw(
            st.none() | st.builds(Reservation, value=reservation, per_month=st.just(Fraction(0)))
        ),
        red_lines=tuple(
            RedLine(never=never)
            for never in draw(st.lists(conditions(case.issues), max_size=red_lines))
            if not _covers(never, case.issues)
        ),
    )


@st.composite
def cases(draw: DrawFn) -> Case:
    """Cases with everything a case folder can say, valid and readable again as they are."""
    sources = draw(st.lists(_sources(), max_size=3, unique_by=lambda s: s.id))
    cited = _citations(sources)
    parties = _deciding(
        draw(st.lists(_parties(cited), min_size=1, max_size=4, unique_by=lambda p: p.id.casefold()))
    )
    issues = draw(st.lists(_issues(cited), min_size=1, max_size=4, unique_by=lambda i: i.id))
    rules = draw(st.lists(_rules(issues), max_size=3))
    names = draw(
        st.lists(ids(), min_size=len(rules), max_size=len(rules), unique=True)
        | st.just([f"constraint-{k}" for k in range(1, len(rules) + 1)])
    )
    case = Case(
        title=draw(texts().filter(bool)),
        about=draw(texts()),
        parties=tuple(parties),
        issues=tuple(issues),
        constraints=tuple(
            replace(rule, id=name, why=draw(texts()), sources=draw(cited))
            for rule, name in zip(rules, names, strict=True)
        ),
        status_quo=draw(st.none() | _outcomes(issues)),
        sources=tuple(sources),
    )
    sheets = {
        party.id: draw(_sheets(party.id, case, cited))
        for party in case.parties
        if party.role is Role.PRINCIPAL or (party.role is Role.GUARANTOR and draw(st.booleans()))
    }
    return replace(case, preferences=sheets)


def _deciding(parties: list[Party]) -> list[Party]:
    """The same parties, the first a principal if nobody could agree to anything."""
    if any(party.role.may_consent for party in parties):
        return parties
    return [replace(parties[0], role=Role.PRINCIPAL), *parties[1:]]


def _sources() -> SearchStrategy[Source]:
    return st.builds(
        Source,
        id=ids(),
        title=texts(),
        publisher=texts(),
        date=st.sampled_from(("", "2022-03-29", "March 2022")),
        url=st.sampled_from(("", "https://example.org/a?b=c#d")),
        note=texts(),
    )


def _citations(sources: Sequence[Source]) -> SearchStrategy[tuple[Citation, ...]]:
    if not sources:
        return st.just(())
    one = st.builds(Citation, source=st.sampled_from([s.id for s in sources]), words=texts())
    return st.just(()) | st.lists(one, max_size=2).map(tuple)


def _parties(cited: SearchStrategy[tuple[Citation, ...]]) -> SearchStrategy[Party]:
    roles = st.sampled_from((Role.PRINCIPAL, *Role))
    return st.builds(Party, id=party_ids(), name=texts(), role=roles, about=texts(), sources=cited)


@st.composite
def _issues(draw: DrawFn, cited: SearchStrategy[tuple[Citation, ...]]) -> Issue:
    option = st.builds(Option, id=ids(), name=texts(), about=texts(), sources=cited)
    steps = draw(st.none() | _ranges())
    if steps is None:
        options = draw(st.lists(option, min_size=1, max_size=4, unique_by=lambda o: o.id))
    else:
        options = [Option(id=number_text(value)) for value in steps.values()]
    return Issue(
        id=draw(ids()),
        name=draw(texts()),
        about=draw(texts()),
        sources=draw(cited),
        options=tuple(options),
        ordered=steps is not None or draw(st.booleans()),
        range=steps,
    )


@st.composite
def _ranges(draw: DrawFn) -> Range:
    start = draw(numbers())
    step = draw(numbers(low=1))
    stop = start + step * draw(st.integers(1, 12))
    return Range(start=start, stop=stop, step=step, unit=draw(texts()))


@st.composite
def _sheets(
    draw: DrawFn, party: str, case: Case, cited: SearchStrategy[tuple[Citation, ...]]
) -> Preferences:
    issues = st.lists(st.sampled_from(case.issues), unique_by=lambda issue: issue.id)
    value = draw(numbers(low=1))
    terms = st.builds(
        Interaction,
        when=conditions(case.issues, least=0),
        unless=st.none() | conditions(case.issues),
        add=numbers(),
        why=texts(),
        sources=cited,
    )
    lines = st.builds(RedLine, never=conditions(case.issues), why=texts(), sources=cited)
    return Preferences(
        party=party,
        scale=draw(st.sampled_from((Fraction(100), Fraction(1), value))),
        weights={issue.id: draw(estimates(cited, 0)) for issue in draw(issues)},
        scores={issue.id: draw(_scores(issue, cited)) for issue in draw(issues)},
        interactions=tuple(draw(st.lists(terms, max_size=2))),
        reservation=draw(st.none() | _reservations(case, cited)),
        red_lines=tuple(
            line
            for line in draw(st.lists(lines, max_size=2))
            if not _covers(line.never, case.issues)
        ),
        issue_rankings=tuple(draw(_issue_rankings(case, cited))),
        option_rankings=tuple(draw(_option_rankings(case, cited))),
        comparisons=tuple(draw(_comparisons(case, cited))),
        about=draw(texts()),
        sources=draw(cited),
    )


@st.composite
def _scores(
    draw: DrawFn, issue: Issue, cited: SearchStrategy[tuple[Citation, ...]]
) -> dict[str, Estimate]:
    if issue.range is None:
        return {name: draw(estimates(cited)) for name in draw(_some(issue))}
    if draw(st.booleans()):
        return {option.id: draw(estimates(cited)) for option in issue.options}
    # Linear, as most scores along a range are.
    first, step = draw(numbers()), draw(numbers())
    values = [first + step * k for k in range(len(issue.options))]
    return {o.id: Estimate(v, v) for o, v in zip(issue.options, values, strict=True)}


@st.composite
def _reservations(
    draw: DrawFn, case: Case, cited: SearchStrategy[tuple[Citation, ...]]
) -> Reservation:
    value = estimates(st.just(()), whys=st.just(""))
    return Reservation(
        value=draw(value if case.status_quo is None else st.none() | value),
        per_month=draw(st.just(Fraction(0)) | numbers()),
        why=draw(texts()),
        sources=draw(cited),
    )


def _orders(names: Sequence[str]) -> SearchStrategy[tuple[tuple[str, ...], ...]]:
    """Rankings of two or more of the names, in groups."""
    return st.tuples(st.permutations(names), st.lists(st.booleans(), min_size=len(names))).map(
        lambda drawn: _grouped(drawn[0][: max(2, len(drawn[1]) % (len(names) + 1))], drawn[1])
    )


def _grouped(names: Sequence[str], joined: Sequence[bool]) -> tuple[tuple[str, ...], ...]:
    groups: list[tuple[str, ...]] = []
    for name, is_joined in zip(names, joined, strict=False):
        if is_joined and groups:
            groups[-1] = (*groups[-1], name)
        else:
            groups.append((name,))
    return tuple(groups)


def _issue_rankings(
    case: Case, cited: SearchStrategy[tuple[Citation, ...]]
) -> SearchStrategy[list[IssueRanking]]:
    if len(case.issues) < 2:
        return st.just([])
    order = _orders([issue.id for issue in case.issues])
    return st.lists(st.builds(IssueRanking, order=order, why=texts(), sources=cited), max_size=2)


@st.composite
def _option_rankings(
    draw: DrawFn, case: Case, cited: SearchStrategy[tuple[Citation, ...]]
) -> list[OptionRanking]:
    choices = [issue for issue in case.issues if len(issue.options) > 1]
    if not choices:
        return []
    return [
        OptionRanking(
            issue=issue.id,
            order=draw(_orders([o.id for o in issue.options])),
            why=draw(texts()),
            sources=draw(cited),
        )
        for issue in draw(st.lists(st.sampled_from(choices), max_size=2))
    ]


@st.composite
def _comparisons(
    draw: DrawFn, case: Case, cited: SearchStrategy[tuple[Citation, ...]]
) -> list[Comparison]:
    found = []
    for _ in range(draw(st.integers(0, 2))):
        one, other = draw(_outcomes(case.issues)), draw(_outcomes(case.issues))
        kept = draw(st.sets(st.sampled_from(range(len(case.issues))), min_size=1))
        if all(one[k] == other[k] for k in kept):
            continue
        names = [case.issues[k].id for k in sorted(kept)]
        found.append(
            Comparison(
                prefers={n: one[k] for n, k in zip(names, sorted(kept), strict=True)},
                to={n: other[k] for n, k in zip(names, sorted(kept), strict=True)},
                equal=draw(st.booleans()),
                why=draw(texts()),
                sources=draw(cited),
            )
        )
    return found
