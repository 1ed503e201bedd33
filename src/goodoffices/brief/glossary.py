"""The words that a brief uses, in two lines each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GLOSSARY: Mapping[str, str] = MappingProxyType(
    {
        "acceptable": "Breaks no constraint and no red line, and leaves every party that must "
        "agree at least what it keeps without agreement.",
        "constraint": "A combination of options that no agreement may have, whoever would like it. "
        "Everybody may know it.",
        "efficient": "Nobody can gain by changing the package unless somebody else loses. What is "
        "not efficient leaves something on the table.",
        "frontier": "All efficient packages together.",
        "gain": "What a package is worth to a party, less what the party keeps without agreement.",
        "graph model": "A way to ask whether an agreement holds: who could do what, where each "
        "move leads, and how each party likes that.",
        "guarantee": "Something that a party or a third one could do when an agreement is broken.",
        "interim package": "Some issues settled now, to everyone's gain, while the rest stays as "
        "it is today.",
        "issue, option": "An issue is a question to be settled. An option is one way to settle it.",
        "obligation": "A part of an agreement that one party alone could break.",
        "package": "One option for every issue: a whole agreement.",
        "partial preferences": "A party said which things it likes better, and not by how much. "
        "Answers then hold for all numbers that fit what it said.",
        "points": "How a party measures what a package is worth to it, on its own scale. One "
        "party's points cannot be compared with another's, unless the brief says so.",
        "proven": "Follows from the numbers in the case by exact arithmetic over all packages. "
        "Whether the numbers are right is another question.",
        "red line": "A combination of options that one party will not sign, whatever else is "
        "offered. Confidential.",
        "regret": "How much better another package could turn out to be for a party, in the worst "
        "case that its words allow.",
        "reservation value": "What a party keeps without agreement, in its own points: the least "
        "it accepts. Confidential.",
        "standard of fairness": "A rule that picks packages, argued for by principles. Rules "
        "differ because people mean different things by “fair”.",
        "status quo": "How things stand today, while there is no agreement.",
        "trade": "A change of a package that leaves nobody worse off and somebody better off.",
        "zone of possible agreement": "All acceptable packages. If there is none, talks cannot "
        "succeed until somebody moves.",
    }
)
