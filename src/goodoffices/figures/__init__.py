"""Pictures of a case, its settlements and their stability, the same in a notebook and in print.

Every function takes a case or a graph model, with results where it needs them, and returns an
Altair chart.
``save``, ``to_svg`` and ``to_png`` draw one without any network. Importing this room needs the
extra ``figures``.
"""

from importlib.util import find_spec

from goodoffices.errors import MissingExtra

if not (find_spec("altair") and find_spec("vl_convert")):
    raise MissingExtra("Pictures", "figures")

from goodoffices.figures.conflict import state_graph
from goodoffices.figures.drawing import save, to_json, to_png, to_svg
from goodoffices.figures.exchange import trade_diagram
from goodoffices.figures.gains import who_gets_what
from goodoffices.figures.leeway import leeway_chart
from goodoffices.figures.profiles import profiles
from goodoffices.figures.routes import route_tree
from goodoffices.figures.space import utility_space
from goodoffices.figures.verdicts import verdict_table

__all__ = [
    "leeway_chart",
    "profiles",
    "route_tree",
    "save",
    "state_graph",
    "to_json",
    "to_png",
    "to_svg",
    "trade_diagram",
    "utility_space",
    "verdict_table",
    "who_gets_what",
]
