"""Stability where it is not known how a party compares some states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from goodoffices.errors import StabilityError
from goodoffices.stability.model import Model
from goodoffices.stability.relations import Relations, better, marked


@dataclass(frozen=True)
class Extension:
    """What is made of a pair that is not known.

    Attributes
    ----------
    tempts
        Whether a party would leave for what might be better.
    deters
        Whether a party is deterred by what might be worse.
    """

    tempts: bool
    deters: bool


EXTENSIONS: Mapping[str, Extension] = MappingProxyType(
    {
        "a": Extension(tempts=True, deters=False),
        "b": Extension(tempts=False, deters=False),
        "c": Extension(tempts=True, deters=True),
        "d": Extension(tempts=False, deters=True),
    }
)
"""The four extensions by their letters."""


def uncertain(model: Model, extension: str) -> Relations:
    """The comparisons of a model with the pairs that are ``unknown`` taken in one of four ways.

    ========= ================================== ======================================
    extension a party leaves for                 it is deterred by
    ========= ================================== ======================================
    ``a``     what is better, or might be        what is surely not better
    ``b``     what is surely better              what is surely not better
    ``c``     what is better, or might be        what is not better, or might not be
    ``d``     what is surely better              what is not better, or might not be
    ========= ================================== ======================================

    In all four the others may answer with steps that are, or might be, improvements. So a state
    that is not stable by ``d`` would not be, however the unknown pairs turn out; and one that is
    stable by ``a`` under ``nash``, ``gmr`` or ``smr`` is stable however they turn out. (Under
    ``seq`` and ``sseq`` not necessarily: the answer it rests on may be one that only might be an
    improvement.) Give the result to :func:`goodoffices.stability.stable`.

    Raises
    ------
    StabilityError
        If there is no such extension, or the model is too large for tables.

    References
    ----------
    [LiHipelKilgourFang2004]_, abstract read; which letter is which is recalled and was not
    re-read, nor was it that the answers of ``seq`` include steps that only might be improvements.
    Taking ``sseq`` over to unknown pairs is ours.
    """
    if extension not in EXTENSIONS:
        raise StabilityError(
            f"'{extension}' is not an extension to unknown preferences. There are a, b, c and d."
        )
    kind = EXTENSIONS[extension]
    leaves, deters, answers = [], [], []
    for ordering in model.orderings:
        half = marked(model.graph, ordering.unknown)
        unknown = half | half.T
        higher = better(model.graph, ordering.ranks)
        leaves.append(higher | unknown if kind.tempts else higher & ~unknown)
        deters.append(~higher | unknown if kind.deters else ~higher & ~unknown)
        answers.append(higher | unknown)
    return Relations(model.graph, tuple(leaves), tuple(deters), tuple(answers))
