"""Pictures of a case and its settlements: Vega-Lite charts, the same in a notebook and in print.

Every function takes a case and results of the settlement room and returns an Altair chart; no
number is computed here. ``save``, ``to_svg`` and ``to_png`` draw a chart without any network.
Importing this room needs the extra ``figures``.
"""

from importlib.util import find_spec

from goodoffices.errors import MissingExtra

if not (find_spec("altair") and find_spec("vl_convert")):
    raise MissingExtra("Pictures", "figures")
