"""What would have to change for a state to hold: the cheapest changes of the parties' rankings."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from goodoffices.errors import StabilityError
from goodoffices.stability.commitments import FOLLOWED, Node, Table, View, is_plain
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.model import Model
from goodoffices.stability.reach import Flags, path
from goodoffices.stability.reordering import Reordering, Wish
from goodoffices.stability.search import Found, Search
from goodoffices.stability.values import Values

MOST = 5
"""How many alternatives are looked for unless more are asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """What a party must come to prefer to what; numbers of the party and the states."""

    party: int
    better: int
    worse: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to make a state hold.

    Attributes
    ----------
    cost
        How many pairs of states are compared differently, over all parties. Without ties: swaps
        of neighbours.
    costs
        The same for each party.
    demands
        What has to change; none of it can be left out. Other comparisons that change are the
        nearest rankings' way of getting there.
    ranks
        For each party a nearest ranking that meets the demands. Under these the state holds.
    """

    cost: int
    costs: tuple[int, ...]
    demands: tuple[Demand, ...]
    ranks: tuple[Values, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inverse:
    """The answer to what would have to change.

    Attributes
    ----------
    alternatives
        In ascending order of cost; the first is cheapest, if its cost is ``bound``.
    bound
        Proven: nothing costs less. ``None`` where it is proven that nothing does it.
    is_complete
        Whether all sets of demands are among the alternatives, and not only the cheapest ones.
    impossible_for
        Parties for whom the state holds under no ranking that keeps what is fixed, whatever the
        rankings of all others.
    """

    concept: str
    state: int
    parties: tuple[int, ...]
    alternatives: tuple[Alternative, ...]
    bound: int | None
    is_complete: bool
    impossible_for: tuple[int, ...] = ()

    @property
    def cheapest(self) -> Alternative | None:
        """The first alternative."""
        return self.alternatives[0] if self.alternatives else None

    @property
    def is_proven(self) -> bool:
        """Whether the first alternative is proven to be cheapest, or that there is none."""
        best = self.cheapest
        return self.bound is None if best is None else self.bound == best.cost

    @property
    def gap(self) -> int | None:
        """How much cheaper than the first alternative another might be; ``None`` without any."""
        best = self.cheapest
        return None if best is None or self.bound is None else best.cost - self.bound


def inverse(
    model: Model,
    state: int,
    concept: str,
    *,
    parties: Sequence[int] | None = None,
    changing: Sequence[int] | None = None,
    most: int = MOST,
    is_over: Callable[[], bool] = lambda: False,
) -> Inverse:
    """The cheapest changes of rankings that make a state hold.

    Parameters
    ----------
    model
        Pairs that its orderings call ``fixed`` stay. Unknown pairs, strength and probabilities are
        not looked at: the ranks count.
    state
        The desired state, by its number in the graph.
    concept
        ``nash``, ``gmr``, ``smr``, ``seq`` or ``sseq``.
    parties
        For whom it is to hold; for all if not given.
    changing
        Whose rankings may change; all if not given.
    most
        How many alternatives to look for. Each is a set of demands none of which can be left out.
    is_over
        Asked now and then whether to stop; what is proven until then is said.

    Raises
    ------
    StabilityError
        If the concept is not one of these, or the state is not one of the model's.

    References
    ----------
    The question is that of [KinsaraKilgourHipel2015]_ (an excerpt read in the notes of this project
    only), who list rankings; the search for the nearest one is this project's own.
    """
    checked(model, state, concept)
    everybody = range(len(model.parties))
    wanted = tuple(everybody if parties is None else parties)
    table = Table(model, state, frozenset(everybody if changing is None else changing))
    asked = _Asked(table, concept, wanted, most, is_over)
    # What a party must change itself does not depend on the others, where any sanction counts.
    alone = [asked.alone(party) for party in wanted]
    impossible = tuple(a.parties[0] for a in alone if a.bound is None and not a.alternatives)
    if impossible:
        return replace(asked.answer((), None, is_complete=True), impossible_for=impossible)
    if concept not in ("seq", "sseq"):
        return asked.joined(alone)
    least = [0 for _ in everybody]
    for own in alone:
        least[own.parties[0]] = own.bound or 0
    return asked.searched(concept, wanted, least)


def checked(model: Model, state: int, concept: str) -> None:
    """Raise ``StabilityError`` if there is no such state or concept."""
    if concept not in DEFINITIONS:
        known = ", ".join(DEFINITIONS)
        raise StabilityError(f"'{concept}' is not a definition of stability. There are: {known}.")
    if state not in model.states:
        raise StabilityError(
            f"State {state} is not a feasible state of '{model.title}'. "
            f"It has {len(model.states)} states."
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    table: Table
    concept: str
    wanted: tuple[int, ...]
    most: int
    is_over: Callable[[], bool]

    def alone(self, party: int) -> Inverse:
        """For one party, as if the others would do anything."""
        concept = {"seq": "gmr", "sseq": "smr"}.get(self.concept, self.concept)
        least = [0] * len(self.table.ranks)
        if is_plain(self.table.model, party) and party in self.table.changing:
            least[party] = self.lift(concept, party)
            if concept != self.concept:
                asked = replace(self, concept=concept, wanted=(party,))
                return asked.answer((), least[party], is_complete=False)
        asked = self if concept == self.concept else replace(self, most=1)
        return asked.searched(concept, (party,), least)

    def lift(self, concept: str, party: int) -> int:
        """By how many places the state alone must rise for a party that ties and fixes nothing.

        That is the least cost: every state that must not be better has to be passed, and to pass
        the highest of them passes all.
        """
        model, state = self.table.model, self.table.state
        own = model.ranks[party]
        better = np.sort(own[model.states][own[model.states] > own[state]])
        low, high = 0, len(better)
        while low < high:
            middle = (low + high) // 2
            risen = 2 * own.astype(np.int64)
            if middle:
                risen[state] = 2 * int(better[middle - 1]) + 1
            _, levels = np.unique(risen, return_inverse=True)
            ranks = [
                levels.astype(np.int32) if p == party else r for p, r in enumerate(model.ranks)
            ]
            if DEFINITIONS[concept](model.graph, ranks, party)[state]:
                high = middle
            else:
                low = middle + 1
        return low

    def searched(self, concept: str, wanted: tuple[int, ...], least: Sequence[int]) -> Inverse:
        search = Search(self.table, concept, wanted, least, self.is_over)
        asked = replace(self, concept=concept, wanted=wanted)
        found: list[Alternative] = []
        is_ended = True
        # Once more than asked for is found, it is known that these are not all.
        for answer in search.run():
            alternative = _alternative(self.table, concept, search, answer)
            if any(set(a.demands) <= set(alternative.demands) for a in found):
                continue
            found.append(alternative)
            if len(found) == self.most:
                is_ended = False
                break
        is_complete = is_ended and search.bound is None
        if not found:
            found += asked.without_temptation(search.bound)
            return asked.answer(found, search.bound, is_complete=is_complete)
        return asked.answer(found, found[0].cost, is_complete=is_complete)

    def without_temptation(self, bound: int | None) -> list[Alternative]:
        """Nobody likes better what it could have: no proof, but something to start from."""
        if bound is None:
            return []
        wishes = [frozenset[Wish]() for _ in self.table.ranks]
        state = self.table.state
        for party in self.wanted:
            moves = self.table.model.graph.moves(party, state).tolist()
            wishes[party] = frozenset(Wish(state, move, False) for move in moves)
        found = [self.table.reordered(p, own) for p, own in enumerate(wishes)]
        whole = tuple(r for r in found if r is not None)
        if len(whole) < len(found):
            return []
        return [_told(self.table, wishes, whole)]

    def joined(self, alone: Sequence[Inverse]) -> Inverse:
        """Alternatives of all parties together, where those of one do not bear on another."""
        combined = list(islice(_products([own.alternatives for own in alone]), self.most + 1))
        bound = sum(own.bound or 0 for own in alone)
        is_complete = all(own.is_complete for own in alone) and len(combined) <= self.most
        return self.answer(combined[: self.most], bound, is_complete=is_complete)

    def answer(
        self, alternatives: Sequence[Alternative], bound: int | None, *, is_complete: bool
    ) -> Inverse:
        return Inverse(
            concept=self.concept,
            state=self.table.state,
            parties=self.wanted,
            alternatives=tuple(alternatives),
            bound=bound,
            is_complete=is_complete,
        )


def _products(lists: Sequence[Sequence[Alternative]]) -> Iterator[Alternative]:
    """One of each list together, in ascending order of cost."""
    if not all(lists):
        return
    start = (0,) * len(lists)
    heap = [(sum(own[0].cost for own in lists), start)]
    seen = {start}
    while heap:
        _, places = heapq.heappop(heap)
        chosen = [own[place] for own, place in zip(lists, places, strict=True)]
        yield _together(chosen)
        for n, place in enumerate(places):
            then = (*places[:n], place + 1, *places[n + 1 :])
            if place + 1 < len(lists[n]) and then not in seen:
                seen.add(then)
                cost = sum(own[place].cost for own, place in zip(lists, then, strict=True))
                heapq.heappush(heap, (cost, then))


def _together(chosen: Sequence[Alternative]) -> Alternative:
    ranks = list(chosen[0].ranks)
    costs = [0] * len(ranks)
    for alternative in chosen:
        for party, cost in enumerate(alternative.costs):
            if cost:
                costs[party], ranks[party] = cost, alternative.ranks[party]
    demands = sorted({demand for alternative in chosen for demand in alternative.demands})
    return Alternative(sum(costs), tuple(costs), tuple(demands), tuple(ranks))


def _alternative(table: Table, concept: str, search: Search, found: Found) -> Alternative:
    wishes = list(found.node.wishes)
    if not _is_enough(table, concept, search, wishes, found.reordered):
        wishes = _by_chance(table, concept, search, found)
    for party, own in enumerate(wishes):
        for wish in sorted(own):
            fewer = [w - {wish} if p == party else w for p, w in enumerate(wishes)]
            if _is_enough(table, concept, search, fewer, found.reordered):
                wishes = fewer
    return _told(table, wishes, found.reordered)


def _told(
    table: Table, wishes: Sequence[frozenset[Wish]], reordered: tuple[Reordering, ...]
) -> Alternative:
    demands = sorted(
        {
            Demand(party, wish.better, wish.worse)
            for party, own in enumerate(wishes)
            for wish in own
            if not wish.is_met(table.ranks[party])
        }
    )
    costs = tuple(r.cost for r in reordered)
    return Alternative(sum(costs), costs, tuple(demands), tuple(r.ranks for r in reordered))


def _is_enough(
    table: Table,
    concept: str,
    search: Search,
    wishes: Sequence[frozenset[Wish]],
    reordered: tuple[Reordering, ...],
) -> bool:
    view = View(table, concept, Node(tuple(wishes)), reordered)
    return all(map(view.is_deterred, search.temptations))


def _by_chance(table: Table, concept: str, search: Search, found: Found) -> list[frozenset[Wish]]:
    """Commitments that say why the state holds under a node's new rankings."""
    wishes = [set(own) for own in found.node.wishes]
    view = View(table, concept, found.node, found.reordered)
    new = [r.ranks for r in found.reordered]
    state = table.state
    for temptation in search.temptations:
        party = temptation.party
        if view.is_deterred(temptation):
            continue
        not_better = new[party] <= new[party][state]
        if not_better[temptation.move]:
            wishes[party].add(Wish(state, temptation.move, False))
            continue
        escapes = FOLLOWED[concept][1]
        ends = np.zeros(len(not_better), dtype=np.bool_)
        for answer in temptation.answers.tolist():
            needed = table.needed(party, answer, escapes=escapes)
            ends[answer] = all(not_better[s] for s in needed)
        usable: dict[int, Flags] = {
            mover: new[mover][steps.targets] > new[mover][steps.sources]
            for mover, steps in enumerate(table.steps)
            if mover != party
        }
        way = path(table.steps, usable, temptation.move, ends) or ()
        for mover, source, target in way:
            wishes[mover].add(Wish(target, source))
        if way:
            needed = table.needed(party, way[-1][2], escapes=escapes)
            wishes[party] |= {Wish(state, s, False) for s in needed if s != state}
    return [frozenset(own) for own in wishes]
