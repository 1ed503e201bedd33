"""Questions about cases that are valid, but perhaps not what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from goodoffices.case.checking import comparisons, issues, public, rankings, sheets, space
from goodoffices.case.checking.advice import Advice
from goodoffices.case.model import Case

__all__ = ["CHECKS", "Advice", "checks"]

CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "case.W101": "Two parties, two issues or two options of one issue have the same name.",
        "case.W102": "The status quo does not satisfy the constraints.",
        "case.W103": "A guarantor has no preferences file, so its consent is not asked.",
        "case.W111": "On an issue, one option is the best for every party.",
        "case.W112": "No party gives an issue any weight.",
        "case.W113": "An option is worse than another for some party and better for none.",
        "case.W121": "A party's weights do not add up to its scale.",
        "case.W122": "All weights of a party are 0.",
        "case.W123": "A party states no reservation value; 0 is taken.",
        "case.W124": "A score lies outside 0 to the scale.",
        "case.W125": "Some weights or scores are given and others left out.",
        "case.W126": "A party's rankings go in a circle.",
        "case.W127": "A ranking or a comparison contradicts the weights or scores beside it.",
        "case.W128": "The status quo crosses a party's red line.",
        "case.W129": "A reservation value is less than the status quo is worth to the party.",
        "case.W131": "The constraints together forbid every outcome.",
        "case.W132": "One party's red lines rule out every outcome that the constraints allow.",
        "case.W133": "All red lines together rule out every outcome that the constraints allow.",
        "case.W134": "Whether constraints and red lines leave any outcome was not decided.",
        "case.W135": "A reservation value is greater than any outcome is worth to the party.",
    }
)
"""Every kind of advice by its id, which stays the same from version to version."""

_ALL: tuple[Callable[[Case], Iterator[Advice]], ...] = (
    public.same_names,
    public.status_quo,
    public.silent_guarantors,
    issues.settled_issues,
    issues.weightless_issues,
    issues.unwanted_options,
    sheets.sums_of_weights,
    sheets.no_weights,
    sheets.no_reservations,
    sheets.scores_off_the_scale,
    sheets.gaps,
    rankings.circles,
    rankings.against_numbers,
    comparisons.comparisons_against_numbers,
    sheets.red_lines_crossed_today,
    sheets.reservations_below_today,
    space.empty_spaces,
    space.unreachable_reservations,
)


def checks(case: Case) -> tuple[Advice, ...]:
    """Everything about the case that is worth a question, in the order of ``CHECKS``.

    No advice says that the case is wrong: each may be as it should be.

    Examples
    --------
    >>> from goodoffices.case import Issue, Option, Party
    >>> yes = Option(id="yes")
    >>> alike = (Issue(id="a", name="Truce", options=(yes,)),
    ...          Issue(id="b", name="Truce", options=(yes,)))
    >>> for advice in checks(Case(title="", parties=(Party(id="North"),), issues=alike)):
    ...     print(advice.id, advice.path)
    ...     print(advice.message)
    case.W101 issues
    'a', 'b' have the same name, 'Truce'. How would a reader of the brief tell them apart?
    """
    return tuple(advice for check in _ALL for advice in check(case))
