"""The way from an agreement to a graph model: what each party could do once it is signed.

Every obligation becomes an action of the party that could break it: done where it is kept. Every
guarantee becomes an action of whoever could act. A state is therefore a package in which some
issues have fallen to what they fall to when their obligations are broken, and is worth to a party
what that package is worth to it, less the declared costs of guarantees that act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.compliance import Compliance, Guarantee, Obligation, Willingness
from goodoffices.case.model import Case, Issue, Outcome, Party
from goodoffices.case.preferences import Preferences
from goodoffices.case.words import option_name
from goodoffices.errors import SettlementError, StabilityError
from goodoffices.settlement.problem import exact_preferences
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Action, Model, Ordering, Pair
from goodoffices.stability.values import Values

MOST_ACTIONS = 16
"""Each state is valued by itself, exactly; 2 to this power of them take a few seconds."""

_MOST_UNKNOWN = 50_000
_AGREED, _BROKEN = "as agreed", "all broken"


def from_settlement(case: Case, package: Outcome, compliance: Compliance | None = None) -> Model:
    """The graph model of an agreement after it is signed.

    Parameters
    ----------
    case
        Whose preferences rank the states. They must be exact numbers for every party that has an
        obligation, and for every guarantor that states any.
    package
        What is agreed. In the state called ``as agreed`` every obligation is kept and no guarantee
        acts; that is also the model's present state.
    compliance
        Who could break what and who would answer; without it, what :func:`proposed` gives.

    Returns
    -------
    A model of the parties that can do something, in the order of the case. Its actions are the
    obligations, then the guarantees; an obligation that the package leaves nothing to break of has
    none. The state in which every obligation is broken is an outcome like the others. It is *not*
    set equal to what the parties keep without an agreement: that is another question, which their
    reservation values answer.

    Raises
    ------
    StabilityError
        Nothing could be broken, there are too many actions, or preferences are partial.

    Examples
    --------
    >>> from goodoffices.case import read, read_compliance
    >>> aral = read("examples/aral")
    >>> package = ("high", "50", "north", "coast-first", "live", "joint")
    >>> model = from_settlement(aral, package, read_compliance("examples/aral", aral))
    >>> [party.id for party in model.parties]
    ['North', 'South', 'Coast']
    """
    return after_signing(case, package, compliance).model


def after_signing(
    case: Case, package: Outcome, compliance: Compliance | None = None
) -> AfterSigning:
    """The graph model of an agreement, together with what its states mean.

    Parameters and errors as in :func:`from_settlement`.
    """
    given = proposed(case, package) if compliance is None else compliance
    at = {issue.id: number for number, issue in enumerate(case.issues)}
    falls = {o.id: _falls_to(case, o) for o in given.obligations}
    obligations = tuple(o for o in given.obligations if falls[o.id] != package[at[o.issue]])
    known = {o.id for o in obligations}
    guarantees = tuple(g for g in given.guarantees if known & set(g.answers))
    if not obligations:
        raise StabilityError(
            "Nothing in this package could be broken. Say in obligations.yaml who could break "
            "which issue, and to which option it would then fall."
        )
    count = len(obligations) + len(guarantees)
    if count > MOST_ACTIONS:
        raise StabilityError(
            f"The obligations and guarantees are {count} actions, so {2**count:,} states; up to "
            f"{MOST_ACTIONS} actions are taken from a case. List fewer in obligations.yaml."
        )
    return AfterSigning(
        case=case,
        package=package,
        compliance=given,
        obligations=obligations,
        guarantees=guarantees,
        falls=tuple((at[o.issue], falls[o.id]) for o in obligations),
        settled=tuple(o for o in given.obligations if o.id not in known),
    )


def proposed(case: Case, package: Outcome) -> Compliance:
    """What could be broken as far as the preferences tell: a first draft to be corrected.

    Every issue may be broken by every principal with a stake in it, which is one that does not
    like all its options equally; the issue then falls to the status quo, or in a case without one
    to what that party likes best. Who holds the dams, and who only would like to, no preferences
    say: the mediator strikes out what a party could not do.

    Raises
    ------
    StabilityError
        A principal's preferences are partial.
    """
    obligations = []
    for party in case.deciders:
        sheet = _sheet(case, party.id)
        for issue, option in zip(case.issues, package, strict=True):
            made = Obligation(id=f"{party.id}-{issue.id}", party=party.id, issue=issue.id)
            if _has_stake(sheet, issue) and _falls_to(case, made) != option:
                obligations.append(made)
    return Compliance(obligations=tuple(obligations))


@dataclass(frozen=True, kw_only=True)
class AfterSigning:
    """An agreement after it is signed: its model, and what a state of it means.

    Attributes
    ----------
    compliance
        What could be broken in any package of the case.
    obligations, guarantees
        Those that are actions of the model, in the order of its actions.
    falls
        For each of these obligations the number of its issue and the option it falls to.
    settled
        Obligations left out: the package says already what their issues would fall to.
    """

    case: Case
    package: Outcome
    compliance: Compliance
    obligations: tuple[Obligation, ...]
    guarantees: tuple[Guarantee, ...]
    falls: tuple[tuple[int, str], ...]
    settled: tuple[Obligation, ...]

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """Those who can do something."""
        acting = {o.party for o in self.obligations} | {g.party for g in self.guarantees}
        return tuple(party for party in self.case.parties if party.id in acting)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The obligations, then the guarantees."""
        return (
            *map(self._obligation, self.obligations, self.falls),
            *map(self._guarantee, self.guarantees),
        )

    @cached_property
    def model(self) -> Model:
        """The graph model."""
        return Model(
            title=f"{self.case.title}, once signed",
            parties=self.parties,
            actions=self.actions,
            graph=Hypercube(
                tuple(
                    tuple(a.direction for a in self.actions if a.party == party.id)
                    for party in self.parties
                )
            ),
            orderings=tuple(map(self._ordering, self.parties)),
            labels={self.agreed: _AGREED, self.broken: _BROKEN},
            status_quo=self.agreed,
            about="States are packages in which broken issues have fallen back. "
            "No state stands for the absence of an agreement.",
        )

    @cached_property
    def bits(self) -> tuple[int, ...]:
        """For each action the bit of a state that says whether it is taken."""
        place = {party.id: number for number, party in enumerate(self.parties)}
        order = sorted(range(len(self.actions)), key=lambda n: (place[self.actions[n].party], n))
        return tuple(order.index(number) for number in range(len(self.actions)))

    @property
    def agreed(self) -> int:
        """The state in which every obligation is kept and no guarantee acts."""
        return sum(1 << bit for bit in self.bits[: len(self.obligations)])

    @property
    def broken(self) -> int:
        """The state in which no obligation is kept and no guarantee acts."""
        return 0

    def outcome(self, state: int) -> Outcome:
        """The package that a state amounts to."""
        return self._fallen(int(self._effective(np.array([state]))[0]))

    def points(self, party: str, state: int) -> Fraction:
        """What a state is worth to a party that states preferences, declared costs taken off."""
        states = np.array([state])
        sheet = _sheet(self.case, party)
        worth = sheet.utility(self.case.named(self.outcome(state)))
        return worth - self._cost(party, int(self._charged(party, states)[0]))

    def ruled_out(self) -> tuple[Outcome, ...]:
        """Packages that states amount to although no agreement may be one, in ascending order."""
        found = np.unique(self._effective(np.arange(1 << len(self.actions))))
        packages = dict.fromkeys(map(self._fallen, found.tolist()))
        return tuple(package for package in packages if not self.case.is_allowed(package))

    def _obligation(self, obligation: Obligation, falls: tuple[int, str]) -> Action:
        issue, option = self.case.issues[falls[0]], self.package[falls[0]]
        party = self.case.party(obligation.party)
        return Action(
            id=obligation.id,
            party=obligation.party,
            direction="back" if obligation.for_good else "both",
            name=obligation.kept or f"{party} keeps to “{issue}: {option_name(issue, option)}”",
            undone=obligation.broken
            or f"{party} makes it “{issue}: {option_name(issue, falls[1])}”",
            about=obligation.why,
        )

    def _guarantee(self, guarantee: Guarantee) -> Action:
        party = self.case.party(guarantee.party)
        return Action(
            id=guarantee.id,
            party=guarantee.party,
            name=guarantee.acting or f"{party} acts ({guarantee.id})",
            undone=guarantee.idle or f"{party} does not act ({guarantee.id})",
            about=guarantee.why,
        )

    def _ordering(self, party: Party) -> Ordering:
        states = np.arange(1 << len(self.actions))
        if party.id not in self.case.preferences:
            return self._of_silent(party, states)
        sheet = _sheet(self.case, party.id)
        keys = self._effective(states) << len(self.guarantees) | self._charged(party.id, states)
        found, back = np.unique(keys, return_inverse=True)
        worths: dict[int, Fraction] = {}
        points = []
        for key in found.tolist():
            effective = key >> len(self.guarantees)
            if effective not in worths:
                worths[effective] = sheet.utility(self.case.named(self._fallen(effective)))
            charged = key & (1 << len(self.guarantees)) - 1
            points.append(worths[effective] - self._cost(party.id, charged))
        place = {value: number for number, value in enumerate(sorted(set(points)))}
        ranks = np.array([place[value] for value in points], dtype=np.int32)
        return Ordering(ranks=ranks[back.reshape(-1)])

    def _of_silent(self, party: Party, states: NDArray[np.int64]) -> Ordering:
        """A guarantor without preferences likes states in which it does what was declared of it."""
        ranks: Values = np.zeros(len(states), dtype=np.int32)
        unknown: set[Pair] = set()
        own = [
            (guarantee, self.bits[len(self.obligations) + number])
            for number, guarantee in enumerate(self.guarantees)
            if guarantee.party == party.id
        ]
        for guarantee, bit in own:
            acts = states >> bit & 1 > 0
            is_breached = self._is_breached(guarantee, states)
            wants = is_breached if guarantee.willing is Willingness.YES else np.zeros_like(acts)
            is_told = ~is_breached if guarantee.willing is Willingness.UNKNOWN else True
            ranks += ((acts == wants) & is_told).astype(np.int32)
            if guarantee.willing is Willingness.UNKNOWN:
                breached = np.flatnonzero(is_breached & ~acts)
                others = [b for _, b in own if b != bit]
                unknown |= set(_pairs(breached.tolist(), bit, others))
        return Ordering(ranks=ranks, unknown=frozenset(unknown))

    def _is_broken(self, number: int, states: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.asarray(states >> self.bits[number] & 1 == 0)

    def _acts(self, number: int, states: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.asarray(states >> self.bits[len(self.obligations) + number] & 1 == 1)

    def _is_breached(
        self, guarantee: Guarantee, states: NDArray[np.int64], party: str = ""
    ) -> NDArray[np.bool_]:
        """Where something is broken that a guarantee answers.

        If the party named has obligations among them: where it has broken one of its own.
        """
        is_own = any(o.party == party and o.id in guarantee.answers for o in self.obligations)
        found = np.zeros(len(states), dtype=np.bool_)
        for number, obligation in enumerate(self.obligations):
            if obligation.id in guarantee.answers and (not is_own or obligation.party == party):
                found |= self._is_broken(number, states)
        return found

    def _effective(self, states: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each state, as bits, the obligations that are broken and not restored."""
        found = np.zeros(len(states), dtype=np.int64)
        for number, obligation in enumerate(self.obligations):
            is_open = self._is_broken(number, states)
            for other, guarantee in enumerate(self.guarantees):
                if guarantee.restores and obligation.id in guarantee.answers:
                    is_open &= ~self._acts(other, states)
            found |= is_open.astype(np.int64) << number
        return found

    def _charged(self, party: str, states: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each state, as bits, the guarantees that cost a party something there."""
        found = np.zeros(len(states), dtype=np.int64)
        for number, guarantee in enumerate(self.guarantees):
            if guarantee.costs.get(party):
                is_charged = self._acts(number, states)
                if guarantee.party != party:
                    is_charged &= self._is_breached(guarantee, states, party)
                found |= is_charged.astype(np.int64) << number
        return found

    def _cost(self, party: str, charged: int) -> Fraction:
        return sum(
            (
                guarantee.costs[party]
                for number, guarantee in enumerate(self.guarantees)
                if charged >> number & 1
            ),
            Fraction(0),
        )

    def _fallen(self, effective: int) -> Outcome:
        options = list(self.package)
        # The first listed decides, so it is written last.
        for number in reversed(range(len(self.obligations))):
            if effective >> number & 1:
                issue, option = self.falls[number]
                options[issue] = option
        return tuple(options)


def _pairs(breached: Sequence[int], bit: int, others: Sequence[int]) -> Iterator[Pair]:
    """Each state with those that the guarantor reaches by acting after all."""
    if len(breached) << len(others) > _MOST_UNKNOWN:
        raise StabilityError(
            "There are too many states in which it is unknown whether a guarantor acts. "
            "Write willing: yes or willing: no, and compare the two answers."
        )
    for state in breached:
        reached = [state | 1 << bit]
        for other in others:
            reached += [one ^ 1 << other for one in reached]
        yield from ((state, one) for one in reached)


def _falls_to(case: Case, obligation: Obligation) -> str:
    if obligation.falls_to is not None:
        return obligation.falls_to
    if case.status_quo is not None:
        return case.named(case.status_quo)[obligation.issue]
    sheet, issue = _sheet(case, obligation.party), case.issue(obligation.issue)
    if not _has_stake(sheet, issue):
        raise StabilityError(
            f"To what would '{issue.id}' fall if {obligation.party} broke '{obligation.id}'? The "
            "case states no status quo, and the party likes all options equally. Name it under "
            "falls_to."
        )
    scores = sheet.scores[issue.id]
    return max(issue.options, key=lambda option: scores[option.id].low).id


def _has_stake(sheet: Preferences, issue: Issue) -> bool:
    if sheet.weights[issue.id].low == 0:
        return False
    return len({score.low for score in sheet.scores[issue.id].values()}) > 1


def _sheet(case: Case, party: str) -> Preferences:
    try:
        return exact_preferences(case, party)
    except SettlementError as error:
        raise StabilityError(
            f"Whether {party} would rather keep or break its part cannot be told. {error}"
        ) from error
