"""Stability where parties prefer some states strongly, and others mildly, to what they compare."""

from __future__ import annotations

from goodoffices.errors import StabilityError
from goodoffices.stability.bitsets import Table
from goodoffices.stability.model import Model
from goodoffices.stability.relations import Relations, better, marked


def strong(model: Model) -> Relations:
    """The comparisons for strong stability: only what is strongly worse deters.

    Parties leave for any improvement, strong or mild, and answer with either. A state is *strongly
    stable* if it is stable by these comparisons, and *weakly stable* if it is stable by the plain
    ranking and not by these. A state with no improvement is strongly stable by every concept. For
    ``smr`` and ``sseq`` the party must also be unable to escape to anything that is not strongly
    worse. Give the result to :func:`goodoffices.stability.stable`.

    Raises
    ------
    StabilityError
        If a party strongly prefers what it ranks no higher, or the model is too large for tables.

    References
    ----------
    [HamoudaKilgourHipel2004]_ and [HamoudaKilgourHipel2006]_, recalled and not re-read. That
    answers are sequences of strong or mild improvements was read in an extract of a later paper
    that uses them (*International Journal of Environmental Research and Public Health* 15 (2018),
    article 393).
    """
    plain = [better(model.graph, ordering.ranks) for ordering in model.orderings]
    deters = []
    for number, (ordering, higher) in enumerate(zip(model.orderings, plain, strict=True)):
        strongly_worse = marked(model.graph, ordering.strong)
        _agree(model, number, strongly_worse & ~higher.T)
        deters.append(strongly_worse)
    return Relations(model.graph, tuple(plain), tuple(deters), tuple(plain))


def _agree(model: Model, number: int, wrong: Table) -> None:
    if wrong.any():
        first, second = (model.label(int(model.states[axis[0]])) for axis in wrong.nonzero())
        party = model.parties[number]
        raise StabilityError(
            f"{party} strongly prefers {first} to {second}, but does not rank it higher. What is "
            "strongly preferred must rank higher."
        )
