"""The zone of possible agreement in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount, counted, option_names, percent, sentence_list, whole
from goodoffices.settlement.demands import Demand, DemandKind
from goodoffices.settlement.packages import COMPARES, Candidate, name_of
from goodoffices.settlement.reservation_words import unstated_reservations
from goodoffices.settlement.zone_findings import Closure, Opening, Period, Witness, Zone

_QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "exists": "whether the zone exists",
        "witness": "which outcome leaves the most room",
        "count": "how many outcomes are acceptable",
        "closures": "how far each reservation value could rise",
        "conflict": "which demands conflict",
        "alone": "what each party alone could change",
        "least_total": "the smallest concessions in total",
        "least_largest": "the smallest largest concession",
        "without": "all the red lines and constraints that stand in the way",
        "mixed": "all the combinations of rules dropped and reservation values reduced",
        "periods": "what time changes",
    }
)


def explain(zone: Zone, case: Case, packages: Sequence[Candidate] = ()) -> tuple[str, ...]:
    """What is known about the zone, one sentence or two for each finding, numbers rounded.

    ``packages`` that have a letter are called by it.
    """
    tell = _Teller(case, packages)
    if zone.exists is None:
        sentences = ["It is not known whether any outcome is acceptable to all."]
    elif zone.exists:
        sentences = list(tell.open(zone))
    else:
        sentences = list(tell.empty(zone))
    if zone.periods is not None:
        sentences.append(tell.periods(zone, zone.periods))
    sentences += unstated_reservations(case)
    if zone.unanswered:
        left = [_QUESTIONS[name] for name in zone.unanswered]
        sentences.append(f"Work ended before this was settled: {sentence_list(left)}.")
    return tuple(sentences)


class _Teller:
    """Tells findings in the names of one case."""

    def __init__(self, case: Case, packages: Sequence[Candidate]) -> None:
        self._case = case
        self._packages = packages

    def open(self, zone: Zone) -> Iterator[str]:
        """What is acceptable, and what would close the zone."""
        found = "A zone of possible agreement exists"
        if zone.count is None:
            yield f"{found}."
        else:
            verb = "is" if zone.count == 1 else "are"
            yield f"{found}: {whole(zone.count)} of {self._size(zone)} {verb} acceptable to all."
        if zone.witness:
            yield self._witness(zone, zone.witness)
        for closure in zone.closures:
            yield self._closure(closure)

    def empty(self, zone: Zone) -> Iterator[str]:
        """What stands in the way, and what would open the zone."""
        yield f"No outcome is acceptable to all ({zone.method})."
        if zone.conflict:
            yield self._conflict(zone.conflict)
        unknown = "alone" in zone.unanswered
        for party, opening in zip(zone.parties, zone.alone, strict=True):
            if opening:
                changes = self._reductions(zone, opening)
                yield f"It would open if {changes}: {self._package(opening.outcome)}."
            elif not unknown:
                yield f"No change of the reservation value of {self._name(party)} alone would do."
        yield from self._together(zone)
        for opening in zone.without:
            dropped = self._demands(opening.dropped)
            yield f"It would open without {dropped}: {self._package(opening.outcome)}."
        for opening in zone.mixed:
            dropped, changes = self._demands(opening.dropped), self._reductions(zone, opening)
            yield f"Without {dropped}, it would open if {changes}."

    def periods(self, zone: Zone, periods: tuple[Period, ...]) -> str:
        """When the zone is open."""
        end = zone.months + zone.horizon
        ahead = f"If nothing else changes, in the {amount(zone.horizon)} months looked ahead"
        if not periods:
            return f"{ahead} the zone does not open."
        if periods == (Period(start=zone.months, stop=end),):
            return f"{ahead} the zone stays open."
        spans = [self._span(period, end) for period in periods]
        return f"{ahead} the zone is open {sentence_list(spans)}."

    def _witness(self, zone: Zone, witness: Witness) -> str:
        gains = [
            f"{self._name(party)} {self._points(party, utility)} "
            f"({self._points(party, margin)} over its reservation value)"
            for party, utility, margin in zip(
                zone.parties, witness.utilities, witness.margins, strict=True
            )
        ]
        letter = name_of(witness.outcome, self._packages)
        package = f"package {letter}" if letter else self._package(witness.outcome)
        if not witness.is_greatest:
            return f"One of them is {package}: {sentence_list(gains)}."
        return f"Most room is left by {package}: {sentence_list(gains)}. {self._compared(zone)}"

    def _compared(self, zone: Zone) -> str:
        """What one must hold to call one package roomier than another."""
        if len({self._case.preferences[party].scale for party in zone.parties}) == 1:
            return COMPARES
        return (
            "This holds a share of one party's scale to be worth as much as the same share of "
            "another's."
        )

    def _closure(self, closure: Closure) -> str:
        name = self._name(closure.party)
        if closure.room == 0:
            return f"Any rise of the reservation value of {name} would close the zone."
        room = self._points(closure.party, closure.room)
        return f"If the reservation value of {name} rose by more than {room}, the zone would close."

    def _conflict(self, conflict: tuple[Demand, ...]) -> str:
        if len(conflict) == 1:
            return f"No package satisfies {self._demand(conflict[0])}."
        demands = self._demands(conflict)
        return f"No package satisfies at once {demands}; any of these could be met if one went."

    def _together(self, zone: Zone) -> Iterator[str]:
        total, largest = zone.least_total, zone.least_largest
        if total and sum(1 for reduction in total.reductions if reduction) > 1:
            share = percent(total.total)
            yield (
                f"The smallest concessions in total ({share} of a scale, added up): it would open "
                f"if {self._reductions(zone, total)}."
            )
        if total and largest and largest.largest < total.largest:
            share = percent(largest.largest)
            yield (
                f"If nobody is to concede more than must be ({share} of its scale): it would open "
                f"if {self._reductions(zone, largest)}."
            )

    def _reductions(self, zone: Zone, opening: Opening) -> str:
        """``North came down by 4 points, to 56``"""
        rows = zip(zone.parties, opening.reductions, opening.utilities, strict=True)
        changes = [
            f"{self._name(party)} came down by {self._points(party, reduction)}, "
            f"to {self._points(party, utility)}"
            for party, reduction, utility in rows
            if reduction
        ]
        return sentence_list(changes)

    def _demands(self, demands: tuple[Demand, ...]) -> str:
        return sentence_list([self._demand(demand) for demand in demands])

    def _demand(self, demand: Demand) -> str:
        if demand.kind is DemandKind.CONSTRAINT:
            words = f"the constraint ({demand.words})"
        else:
            assert demand.party is not None
            name = self._name(demand.party)
            if demand.kind is DemandKind.RED_LINE:
                words = f"the red line of {name} ({demand.words})"
            else:
                value = self._points(demand.party, demand.value or Fraction(0))
                return f"the reservation value of {name} ({value})"
        return f"{words}, “{demand.why.strip().rstrip('.')}”" if demand.why.strip() else words

    def _span(self, period: Period, end: Fraction) -> str:
        if period.start == period.stop:
            return f"in month {amount(period.start)} only"
        start = f"from month {amount(period.start)}"
        return f"{start} on" if period.stop == end else f"{start} to {amount(period.stop)}"

    def _size(self, zone: Zone) -> str:
        return counted(zone.size, "outcome")

    def _name(self, party: str) -> str:
        return str(self._case.party(party))

    def _points(self, party: str, value: Fraction) -> str:
        return amount(value, self._case.preferences[party].scale)

    def _package(self, outcome: Outcome) -> str:
        names = option_names(self._case, outcome)
        return "; ".join(
            f"{issue}: {name}" for issue, name in zip(self._case.issues, names, strict=True)
        )
