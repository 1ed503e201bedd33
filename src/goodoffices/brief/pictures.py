"""Pictures for a brief: drawn where the extra ``figures`` is installed, named where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from markupsafe import Markup

from goodoffices.brief.findings import Findings
from goodoffices.case.words import amount, sentence_list
from goodoffices.errors import MissingExtra
from goodoffices.settlement.frontier import Frontier

if TYPE_CHECKING:
    from goodoffices.figures.theme import Finished


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words that stand for it; where ``svg`` is empty it was not drawn."""

    caption: str
    description: str
    svg: Markup


def picture(caption: str, description: str, draw: Callable[[], Finished]) -> Picture:
    """A picture drawn by the figures room, or an empty place for it.

    Parameters
    ----------
    description
        What the picture shows, for those who cannot see it.
    draw
        Imports the figures room and makes the chart.
    """
    try:
        from goodoffices.figures.drawing import to_svg

        svg = _embedded(to_svg(draw()))
    except MissingExtra:
        svg = Markup("")
    return Picture(caption, description, svg)


def _embedded(svg: str) -> Markup:
    """An SVG for the inside of a page, which shrinks where there is not room for its width."""
    fluid = re.sub(
        r'^<svg ([^>]*?)width="(\d+)" height="\d+"', r'<svg \1style="max-width: \2px"', svg
    )
    # The drawing program has escaped the words of the case.
    return Markup(fluid)


def pictures(found: Findings) -> tuple[Picture, ...]:
    """What every package gives every party: two parties in a plane, more of them side by side."""
    if found.frontier is None:
        return ()
    parties = found.frontier.parties
    if len(parties) == 2:
        return (_plane(found, found.frontier, (parties[0], parties[1])),)
    return (
        picture(
            "One upright axis for each party, one line for each package: the higher it crosses "
            "an axis, the more the package is worth to that party.",
            f"Upright axes, one for each party, with a line for each package. {_worths(found)}",
            partial(_profiles, found, found.frontier),
        ),
    )


def planes(found: Findings) -> tuple[Picture, ...]:
    """Three parties two at a time; none for other numbers of parties."""
    if found.frontier is None or len(found.frontier.parties) != 3:
        return ()
    pairs = combinations(found.frontier.parties, 2)
    return tuple(_plane(found, found.frontier, pair) for pair in pairs)


def _worths(found: Findings) -> str:
    """The candidate packages' worth to every party, in words."""
    worths = [
        f"package {pick.name} gives "
        + sentence_list(
            [
                f"{found.case.party(party)} {amount(worth, found.case.preferences[party].scale)}"
                for party, worth in zip(found.problem.parties, pick.utilities, strict=True)
            ]
        )
        for pick in found.candidates
    ]
    if not worths:
        return "No package is acceptable to all."
    return f"In points, {'; '.join(worths)}."


def _plane(found: Findings, frontier: Frontier, pair: tuple[str, str]) -> Picture:
    first, second = (str(found.case.party(party)) for party in pair)
    return picture(
        f"{first} and {second}: every dot is a package, worth more to {first} the further right "
        f"it stands, and more to {second} the higher.",
        f"A plane: the points of {first} to the right, of {second} upwards. {_worths(found)}",
        partial(_utility_space, found, frontier, pair),
    )


def _profiles(found: Findings, frontier: Frontier) -> Finished:
    from goodoffices.figures.profiles import profiles

    return profiles(
        found.case, frontier, found.solutions, package=found.package, months=found.months
    )


def _utility_space(found: Findings, frontier: Frontier, pair: tuple[str, str]) -> Finished:
    from goodoffices.figures.space import utility_space

    return utility_space(
        found.case,
        frontier,
        found.solutions,
        pair=pair,
        package=found.package,
        months=found.months,
    )
