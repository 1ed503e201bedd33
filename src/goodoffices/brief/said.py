"""What a party has said about its preferences, statement by statement, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goodoffices.brief.the_case import StatementLine
from goodoffices.case.model import Case
from goodoffices.case.preferences import Comparison, OptionRanking, Preferences
from goodoffices.case.statements import Estimate
from goodoffices.case.words import amount, option_name, sentence_list


def sayings(case: Case, sheet: Preferences) -> list[StatementLine]:
    """Every statement on a sheet about what matters and what is better."""
    return [
        *_issues(case, sheet),
        *(
            StatementLine(_issue_order(case, r.order), r.why, r.sources)
            for r in sheet.issue_rankings
        ),
        *_option_rankings(case, sheet),
        *(StatementLine(_comparison(case, c), c.why, c.sources) for c in sheet.comparisons),
    ]


def _issues(case: Case, sheet: Preferences) -> Iterator[StatementLine]:
    """Weights and scores, as far as they are stated."""
    for issue in case.issues:
        weight, scores = sheet.weights.get(issue.id), sheet.scores.get(issue.id, {})
        told, estimates = [], {option_name(issue, o): s for o, s in scores.items()}
        if scores:
            listed = [f"{issue.option(o)} {_estimate(sheet, s)}" for o, s in scores.items()]
            told.append(f"scores {', '.join(listed)}")
        if weight is not None:
            told.insert(0, f"weight {_estimate(sheet, weight)}")
            estimates = {"weight": weight, **estimates}
        if told:
            sources = tuple(dict.fromkeys(c for e in estimates.values() for c in e.sources))
            yield StatementLine(f"{issue}: {'; '.join(told)}.", _reasons(estimates), sources)


def _reasons(estimates: Mapping[str, Estimate]) -> str:
    """Why these numbers are what they are, each reason with what it is given for."""
    whys: dict[str, list[str]] = {}
    for name, estimate in estimates.items():
        if estimate.why:
            whys.setdefault(estimate.why.strip(), []).append(name)
    return " ".join(f"{sentence_list(names)}: {why}" for why, names in whys.items())


def _estimate(sheet: Preferences, estimate: Estimate) -> str:
    low, high = (amount(end, sheet.scale) for end in (estimate.low, estimate.high))
    return low if estimate.is_exact else f"{low} to {high}"


def _issue_order(case: Case, order: tuple[tuple[str, ...], ...]) -> str:
    groups = [sentence_list([str(case.issue(issue)) for issue in group]) for group in order]
    return f"Matters at least as much as what follows: {', then '.join(groups)}."


def _option_rankings(case: Case, sheet: Preferences) -> Iterator[StatementLine]:
    """Rankings of options; those that put one option before others are told together.

    Only where the same reason is given for them.
    """
    alike: dict[tuple[object, ...], list[OptionRanking]] = {}
    for number, ranking in enumerate(sheet.option_rankings):
        is_pair = len(ranking.order) == 2
        same = (ranking.order[0], ranking.why) if is_pair else (number,)
        alike.setdefault((ranking.issue, *same), []).append(ranking)
    for rankings in alike.values():
        first, order = rankings[0], rankings[0].order
        if len(rankings) > 1:
            order = (order[0], tuple(dict.fromkeys(o for one in rankings for o in one.order[1])))
        sources = tuple(dict.fromkeys(c for one in rankings for c in one.sources))
        yield StatementLine(_option_order(case, first.issue, order), first.why, sources)


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
