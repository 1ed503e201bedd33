"""The page of a brief: findings turned into words, words put into the template."""

from __future__ import annotations

from fractions import Fraction

from jinja2 import Environment, PackageLoader, StrictUndefined

from goodoffices.brief import the_case
from goodoffices.brief.exact import ExactPart, exact_part
from goodoffices.brief.findings import findings, is_exact
from goodoffices.brief.glossary import GLOSSARY
from goodoffices.brief.partial import PartialPart, partial_part
from goodoffices.case.compliance import Compliance
from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount, whole
from goodoffices.settlement.watch import Watch

_TEMPLATES = Environment(
    loader=PackageLoader("goodoffices.brief"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def page(
    case: Case,
    package: Outcome | None,
    compliance: Compliance | None,
    months: Fraction,
    watch: Watch,
) -> str:
    """The whole brief as one HTML document."""
    if is_exact(case):
        found = findings(case, package, months, watch)
        return _rendered("exact.html", case, months, exact_part(found, compliance))
    return _rendered("partial.html", case, months, partial_part(case, months, watch))


def _rendered(template: str, case: Case, months: Fraction, part: ExactPart | PartialPart) -> str:
    numbers = {source.id: number for number, source in enumerate(case.sources, 1)}
    return _TEMPLATES.get_template(template).render(
        case=case,
        months=amount(months) if months else "",
        size=whole(case.size),
        parties=the_case.party_lines(case),
        issues=the_case.issue_lines(case),
        constraints=the_case.constraint_lines(case),
        numbers=numbers,
        glossary=GLOSSARY,
        part=part,
    )
