"""Who would keep an agreement and why: temptations, what would follow, what would remove them.

The verdicts are those of :mod:`goodoffices.stability.definitions` at the state ``as agreed``. This
module adds, in the terms of the case, what stands behind each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Outcome, Party
from goodoffices.errors import StabilityError
from goodoffices.settlement.problem import reservation_value
from goodoffices.stability.analysis import CONCEPTS
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.from_settlement import AfterSigning, after_signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What others could do about a breach, so that it does not pay.

    Attributes
    ----------
    steps
        Party id → state reached, in order.
    is_wanted
        Whether each step betters the state it leaves, for the party that takes it.
    is_final
        Whether the tempted party has no move left by which it would be better off than as agreed.
    """

    steps: tuple[tuple[str, int], ...]
    is_wanted: bool
    is_final: bool

    @property
    def state(self) -> int:
        """Where it ends."""
        return self.steps[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Temptation:
    """A move away from the agreement that would better the party that makes it.

    Attributes
    ----------
    actions
        Ids of the actions that it changes.
    gain
        In the party's points; ``None`` for a guarantor that states no preferences.
    is_combined
        Whether a part of it tempts by itself.
    answer
        ``None`` if the others can do nothing about it.
    """

    party: str
    state: int
    actions: tuple[str, ...]
    gain: Fraction | None
    is_combined: bool
    answer: Answer | None

    @property
    def grade(self) -> int:
        """How much holds the party back: 3 a final answer, 2 a wanted one, 1 another, 0 none.

        A final answer counts so only where each step of it is wanted.
        """
        if self.answer is None:
            return 0
        return 1 + self.answer.is_wanted + (self.answer.is_wanted and self.answer.is_final)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Whether a party would keep an agreement.

    Attributes
    ----------
    stable
        The definitions by which the agreement is stable for it, the strongest first.
    temptations
        The smallest first: those of which no part tempts by itself, the greatest of all, and one
        with as weak an answer as any.
    others
        How many more combinations of moves would better the party's position.
    """

    party: Party
    stable: tuple[str, ...]
    temptations: tuple[Temptation, ...]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """Agreeing at once on what a party is tempted to take.

    Attributes
    ----------
    package
        The agreement with the issues as the temptation would leave them.
    changes
        Party id → points gained by agreeing on that instead.
    is_allowed
        Whether no constraint and no red line rules the package out.
    refused_by
        Ids of parties that would rather have no agreement.
    removes
        Whether this temptation is then gone. Others may remain.
    left_by
        Ids of parties for which the present package is stable by some definition, and the new one
        by none.
    """

    package: Outcome
    changes: tuple[tuple[str, Fraction], ...]
    is_allowed: bool
    refused_by: tuple[str, ...]
    removes: bool
    left_by: tuple[str, ...]

    @property
    def would_do(self) -> bool:
        """Whether all could sign it, the temptation is gone, and no new one comes in its place."""
        return self.is_allowed and self.removes and not self.refused_by and not self.left_by


def keepings(after: AfterSigning) -> tuple[Keeping, ...]:
    """For every party that can do something, whether it would keep the agreement."""
    return tuple(_keeping(after, number) for number in range(len(after.parties)))


def concession(
    after: AfterSigning, temptation: Temptation, months: Fraction = Fraction(0)
) -> Concession:
    """What it would take to agree at once on what a party is tempted to take.

    Parameters
    ----------
    months
        Months without agreement, for reservation values that change with time.
    """
    case = after.case
    package = after.outcome(temptation.state)
    named, before = case.named(package), case.named(after.package)
    sheets = [(p.id, case.preferences[p.id]) for p in case.deciders]
    changes = tuple((p, sheet.utility(named) - sheet.utility(before)) for p, sheet in sheets)
    is_crossed = any(line.never.holds(named) for _, sheet in sheets for line in sheet.red_lines)
    removes = True
    left_by: tuple[str, ...] = ()
    try:
        then = after_signing(case, package, after.compliance)
    except StabilityError:
        pass  # Nothing is left to be broken.
    else:
        kept = {keeping.party.id: keeping for keeping in keepings(then)}
        left = kept[temptation.party].temptations if temptation.party in kept else ()
        removes = not any(set(one.actions) & set(temptation.actions) for one in left)
        held = [keeping.party.id for keeping in keepings(after) if keeping.stable]
        left_by = tuple(p for p in held if p in kept and not kept[p].stable)
    return Concession(
        package=package,
        changes=changes,
        is_allowed=case.is_allowed(package) and not is_crossed,
        refused_by=tuple(
            p
            for p, sheet in sheets
            if sheet.utility(named) < reservation_value(case, sheet, months)
        ),
        removes=removes,
        left_by=left_by,
    )


def _keeping(after: AfterSigning, number: int) -> Keeping:
    model, agreed = after.model, after.agreed
    party, own = model.parties[number], model.ranks[number]
    tempting = [
        state for state in model.graph.moves(number, agreed).tolist() if own[state] > own[agreed]
    ]
    parts = {state ^ agreed for state in tempting}
    smallest = [s for s in tempting if not any(_is_part(p, s ^ agreed) for p in parts)]
    greatest = max(tempting, key=lambda state: (own[state], -_size(state ^ agreed)), default=None)
    stable = tuple(
        name for name in CONCEPTS if DEFINITIONS[name](model.graph, model.ranks, number)[agreed]
    )
    told = [*smallest, *({greatest} - {*smallest, None})]
    found = {s: _temptation(after, number, s, s not in smallest) for s in told if s is not None}
    weakest = min((one.grade for one in found.values()), default=3)
    for state in tempting:
        if weakest <= _weakest(stable):
            break
        if state not in found:
            one = _temptation(after, number, state, is_combined=True)
            if one.grade < weakest:
                found[state], weakest = one, one.grade
    return Keeping(
        party=party,
        stable=stable,
        temptations=tuple(found[state] for state in sorted(found, key=lambda s: int(own[s]))),
        others=len(tempting) - len(found),
    )


def _weakest(stable: tuple[str, ...]) -> int:
    """The grade of the weakest answer that the definitions say there is."""
    if "sseq" in stable:
        return 3
    return 2 if "seq" in stable else 1 if "gmr" in stable else 0


def _temptation(after: AfterSigning, number: int, state: int, is_combined: bool) -> Temptation:
    party = after.parties[number].id
    is_counted = party in after.case.preferences
    gain = after.points(party, state) - after.points(party, after.agreed) if is_counted else None
    return Temptation(
        party=party,
        state=state,
        actions=tuple(
            action.id
            for action, bit in zip(after.actions, after.bits, strict=True)
            if (state ^ after.agreed) >> bit & 1
        ),
        gain=gain,
        is_combined=is_combined,
        answer=_answer(after, number, state),
    )


def _answer(after: AfterSigning, number: int, state: int) -> Answer | None:
    """The most telling answer: wanted before unwanted, final before not, then the shortest."""
    model, own = after.model, after.model.ranks[number]
    level = own[after.agreed]
    for is_wanted in (True, False):
        best: Answer | None = None
        for steps in _sequences(after, number, state, is_wanted):
            end = steps[-1][1]
            if own[end] > level:
                continue
            is_final = bool((own[model.graph.moves(number, end)] <= level).all())
            named = tuple((after.parties[mover].id, reached) for mover, reached in steps)
            found = Answer(steps=named, is_wanted=is_wanted, is_final=is_final)
            if is_final:
                return found
            best = best or found
        if best is not None:
            return best
    return None


_Steps = tuple[tuple[int, int], ...]


def _sequences(after: AfterSigning, number: int, state: int, is_wanted: bool) -> Iterator[_Steps]:
    """Where the others can lead, each state once: short sequences and small steps first.

    Of equally short and small ones, those first that are worst for the tempted party. Two moves in
    a row of one party are one move here, so a state need not be reached by every last mover.
    """
    model, own = after.model, after.model.ranks[number]
    seen = {state}
    layer: list[_Steps] = [()]
    while layer:
        longer: list[_Steps] = []
        for steps in layer:
            here = steps[-1][1] if steps else state
            for mover in range(len(model.parties)):
                if mover == number or (steps and steps[-1][0] == mover):
                    continue
                ranks = model.ranks[mover]
                longer += [
                    (*steps, (mover, reached))
                    for reached in model.graph.moves(mover, here).tolist()
                    if reached not in seen and (not is_wanted or ranks[reached] > ranks[here])
                ]
        longer.sort(key=lambda steps: (_size(steps[-1][1] ^ state), int(own[steps[-1][1]])))
        layer = []
        for steps in longer:
            if steps[-1][1] not in seen:
                seen.add(steps[-1][1])
                layer.append(steps)
        yield from layer


def _size(change: int) -> int:
    return change.bit_count()


def _is_part(part: int, whole: int) -> bool:
    return part != whole and part & whole == part
