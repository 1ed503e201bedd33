"""Stability where parties care, for better or worse, how the others fare."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goodoffices.errors import StabilityError
from goodoffices.stability.bitsets import Table
from goodoffices.stability.definitions import Graph
from goodoffices.stability.model import Model
from goodoffices.stability.relations import Relations, better


def with_attitudes(model: Model, attitudes: Sequence[str]) -> Relations:
    """The comparisons of parties with attitudes towards themselves and one another.

    Parameters
    ----------
    attitudes
        One line for each party, with a sign for each party in the order of the model: ``+`` if it
        wishes that party well and moves only to what is better for it; ``-`` if it wishes it ill
        and moves only to what is worse for it; ``0`` if it does not mind. ``["+0", "0+"]`` is two
        parties that mind only themselves, which is what all other definitions suppose.

    Returns
    -------
    Comparisons in which a party accepts another state in place of the present one if every sign of
    its line is met. It leaves for, and answers with, what it accepts; all else deters it, the
    present state itself included. Give them to :func:`goodoffices.stability.stable`.

    Raises
    ------
    StabilityError
        If the lines are not signs for each party, or the model is too large for tables.

    References
    ----------
    [InoharaHipelWalker2007]_, recalled and not re-read. Signs ask here for strictly better and
    strictly worse. The propositions in the abstract of [InoharaHipel2009]_ suppose that no two
    states are tied, so it may be that the paper lets ties pass; without ties there is no
    difference. Those propositions hold here, and are among the tests.
    """
    parties = len(model.parties)
    if len(attitudes) != parties or any(
        len(line) != parties or set(line) - set("+0-") for line in attitudes
    ):
        raise StabilityError(
            f"Attitudes are {parties} lines of {parties} signs '+', '0' or '-', one line and one "
            f"sign for each party, not {list(attitudes)}."
        )
    higher = [better(model.graph, ordering.ranks) for ordering in model.orderings]
    accepted = tuple(_accepted(model.graph, line, higher) for line in attitudes)
    return Relations(model.graph, accepted, tuple(~table for table in accepted), accepted)


def _accepted(graph: Graph, line: str, higher: Sequence[Table]) -> Table:
    accepted = ~np.eye(len(graph.states()), dtype=np.bool_)
    for sign, table in zip(line, higher, strict=True):
        if sign != "0":
            accepted &= table if sign == "+" else table.T
    return accepted
