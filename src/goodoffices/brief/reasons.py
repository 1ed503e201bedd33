"""Why one would choose what a solution concept picks, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reason:
    """What a concept asks for, and whether it sets one party's points against another's."""

    words: str
    compares: bool = False


REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        "nash": Reason(
            "the gains should be balanced in proportion. It makes the product of the parties' "
            "gains as great as it can be: to double one party's gain counts as much as to double "
            "another's"
        ),
        "kalai-smorodinsky": Reason(
            "everybody should come equally close to its own best. Each party's gain is measured "
            "against the most it could hope for, and the smallest of these shares is as great as "
            "it can be"
        ),
        "kalai": Reason(
            "gains should be equal, or stand in a proportion agreed beforehand. The smallest gain, "
            "in that proportion, is as great as it can be",
            compares=True,
        ),
        "egalitarian": Reason(
            "the party that gains least should gain as much as possible", compares=True
        ),
        "leximin": Reason(
            "the party that gains least should gain as much as possible, after it the party that "
            "gains second least, and so on",
            compares=True,
        ),
        "utilitarian": Reason(
            "the total should be as great as possible, whoever gets it", compares=True
        ),
        "maximum-nash-welfare": Reason(
            "as many parties as possible should gain something, and their gains should then be "
            "balanced in proportion, as with Nash"
        ),
    }
)
"""Each reads on from "Choose it if"."""
