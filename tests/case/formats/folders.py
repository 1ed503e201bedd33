"""Small folders in other formats, written for one test each."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from goodoffices.case.formats import Imported
from goodoffices.case.model import Case

DOMAIN = """<negotiation_template>
<utility_space number_of_issues="2">
<objective index="0" name="river" type="objective" etype="objective" description="">
<issue index="1" name="water" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="low"/><item index="2" value="middle"/><item index="3" value="high"/>
</issue>
<issue index="2" name="price" type="integer" etype="integer" vtype="integer"
 lowerbound="8" upperbound="12"/>
</objective>
</utility_space>
</negotiation_template>
"""

NORTH = """<utility_space>
<objective index="0" name="river" type="objective" etype="objective" description="">
<issue index="1" name="water" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="low" evaluation="2"/>
<item index="2" value="middle" evaluation="5"/>
<item index="3" value="high" evaluation="8"/>
</issue>
<issue index="2" name="price" type="integer" etype="integer" vtype="integer"
 lowerbound="8" upperbound="12"><evaluator ftype="linear" offset="1.0" slope="-0.3"/></issue>
<weight index="1" value="0.75"/>
<weight index="2" value="0.25"/>
</objective>
<reservation value="0.3"/>
<discount_factor value="1.0"/>
</utility_space>
"""

SOUTH = NORTH.replace('evaluation="2"', 'evaluation="9"').replace('value="0.3"', 'value="0.1"')


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def river(folder: Path, **changes: str | bytes) -> Path:
    """The GENIUS folder of two parties; ``north``, ``south`` and ``domain`` replace a file."""
    files = {"domain": DOMAIN, "north": NORTH, "south": SOUTH, **changes}
    names = {"domain": "river.xml", "north": "North.xml", "south": "South.xml"}
    return written(folder, {names.get(key, key): content for key, content in files.items()})


def utilities(case: Case, party: str) -> list[Fraction]:
    """A party's utility of every outcome, in order."""
    sheet = case.preferences[party]
    return [sheet.utility(case.named(outcome)) / sheet.scale for outcome in case.outcomes()]


def scores(case: Case, party: str, issue: str) -> list[Fraction]:
    """A party's score of every option of an issue."""
    found = case.preferences[party].scores[issue]
    return [found[option.id].low for option in case.issue(issue).options]


def said(imported: Imported, words: str) -> list[str]:
    """The notes that hold these words."""
    return [note for note in imported.notes if words in note]
