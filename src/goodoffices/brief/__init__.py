"""The written brief: one page a mediator can take into the room.

``brief`` makes it from a case, ``write_brief`` puts it into a file. It holds everybody's
confidential numbers and says so on every page.
"""

from goodoffices.brief.report import Brief, brief, write_brief

__all__ = ["Brief", "brief", "write_brief"]
