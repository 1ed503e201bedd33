"""What a party has said about its preferences, statement by statement, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from goodoffices.case.model import Case
from goodoffices.case.preferences import Comparison, OptionRanking, Preferences
from goodoffices.case.statements import Citation, Estimate
from goodoffices.case.words import amount, option_name, sentence_list


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement, and the sources it rests on."""

    words: str
    sources: tuple[Citation, ...]


def sayings(case: Case, sheet: Preferences) -> list[Saying]:
    """Every statement on a sheet about what matters and what is better."""
    return [
        *_issues(case, sheet),
        *(Saying(_issue_order(case, r.order), r.sources) for r in sheet.issue_rankings),
        *_option_rankings(case, sheet),
        *(Saying(_comparison(case, c), c.sources) for c in sheet.comparisons),
    ]


def _issues(case: Case, sheet: Preferences) -> Iterator[Saying]:
    """Weights and scores, as far as they are stated."""
    for issue in case.issues:
        weight, scores = sheet.weights.get(issue.id), sheet.scores.get(issue.id, {})
        told, estimates = [], list(scores.values())
        if weight is not None:
            told.append(f"weight {_estimate(sheet, weight)}")
            estimates.insert(0, weight)
        if scores:
            listed = [f"{issue.option(o)} {_estimate(sheet, s)}" for o, s in scores.items()]
            told.append(f"scores {', '.join(listed)}")
        if told:
            sources = tuple(dict.fromkeys(c for e in estimates for c in e.sources))
            yield Saying(f"{issue}: {'; '.join(told)}.", sources)


def _estimate(sheet: Preferences, estimate: Estimate) -> str:
    low, high = (amount(end, sheet.scale) for end in (estimate.low, estimate.high))
    return low if estimate.is_exact else f"{low} to {high}"


def _issue_order(case: Case, order: tuple[tuple[str, ...], ...]) -> str:
    groups = [sentence_list([str(case.issue(issue)) for issue in group]) for group in order]
    return f"Matters at least as much as what follows: {', then '.join(groups)}."


def _option_rankings(case: Case, sheet: Preferences) -> Iterator[Saying]:
    """Rankings of options; those that put the same option before others are told together."""
    pairs: dict[tuple[str, tuple[str, ...]], list[OptionRanking]] = {}
    for ranking in sheet.option_rankings:
        if len(ranking.order) == 2:
            pairs.setdefault((ranking.issue, ranking.order[0]), []).append(ranking)
    for ranking in sheet.option_rankings:
        if len(ranking.order) != 2:
            yield Saying(_option_order(case, ranking.issue, ranking.order), ranking.sources)
        elif (alike := pairs.pop((ranking.issue, ranking.order[0]), None)) is not None:
            others = tuple(dict.fromkeys(option for one in alike for option in one.order[1]))
            sources = tuple(dict.fromkeys(c for one in alike for c in one.sources))
            yield Saying(_option_order(case, ranking.issue, (ranking.order[0], others)), sources)


def _option_order(case: Case, issue_id: str, order: tuple[tuple[str, ...], ...]) -> str:
    issue = case.issue(issue_id)
    groups = [
        sentence_list([f"“{option_name(issue, option)}”" for option in group]) for group in order
    ]
    return f"{issue}: {' at least as good as '.join(groups)}."


def _comparison(case: Case, comparison: Comparison) -> str:
    first, second = (_part(case, side) for side in (comparison.prefers, comparison.to))
    relation = "is worth exactly the same as" if comparison.equal else "is at least as good as"
    return f"[{first}] {relation} [{second}], all else being equal."


def _part(case: Case, named: Mapping[str, str]) -> str:
    return "; ".join(
        f"{issue}: {option_name(issue, named[issue.id])}"
        for issue in case.issues
        if issue.id in named
    )
