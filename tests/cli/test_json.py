"""Every JSON document keeps to its schema, and the reference page names every key."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import version
from math import inf, nan
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from goodoffices.case import read
from goodoffices.cli import app
from goodoffices.cli.documents import decimal
from goodoffices.settlement.frontier import frontier
from tests.cli.conftest import Run

Schema = dict[str, Any]

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "json.md"


def thing(**properties: Schema) -> Schema:
    """An object with just these keys, all of them."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def keyed(values: Schema) -> Schema:
    """An object whose keys are ids of the case or names of concepts."""
    return {"type": "object", "additionalProperties": values}


def each(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def optional(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
YES_NO: Schema = {"type": "boolean"}
OUTCOME = keyed(TEXT)
POINTS = keyed(optional(NUMBER))

PACKAGE = {"outcome": OUTCOME, "utilities": POINTS}
NAME = {"name": optional(TEXT)}
PICK: dict[str, Schema] = {
    "outcome": optional(OUTCOME),
    "utilities": optional(POINTS),
    "value": optional(NUMBER),
    "bound": optional(NUMBER),
    "proven": YES_NO,
    "gap": optional(NUMBER),
    "ties": WHOLE,
    "ties_complete": YES_NO,
    "outcomes": each(thing(**PACKAGE)),
}
SOLUTION = thing(**PICK)
FRONTIER = thing(
    size=WHOLE,
    exact=YES_NO,
    epsilon=optional(POINTS),
    method=TEXT,
    stopped=YES_NO,
    ties_complete=YES_NO,
    points=each(thing(**PACKAGE, ties=WHOLE, acceptable=YES_NO)),
)
DEMAND = thing(
    kind={"enum": ["reservation", "red line", "constraint"]},
    party=optional(TEXT),
    name=TEXT,
    words=TEXT,
    why=TEXT,
    value=optional(NUMBER),
)
OPENING = thing(dropped=each(DEMAND), reductions=POINTS, **PACKAGE, total=NUMBER, largest=NUMBER)
VERDICT = thing(word=TEXT, necessarily=optional(YES_NO), possibly=optional(YES_NO))
SHARE = thing(share=NUMBER, error=NUMBER)
PROSPECT = thing(is_open=optional(YES_NO), best=POINTS, solutions=keyed(SOLUTION))
FIGURE_IN_DOUBT = {
    "party": TEXT,
    "kind": {"enum": ["weight", "score", "interaction", "reservation"]},
    "issue": optional(TEXT),
    "option": optional(TEXT),
    "interaction": optional(WHOLE),
    "value": NUMBER,
    "least": NUMBER,
    "most": NUMBER,
}
CHANGE = optional(thing(**NAME, outcome=optional(OUTCOME), utilities=optional(POINTS)))
STATEMENT = {
    "anyOf": [
        {"type": "null"},
        thing(comparison=thing(prefers=OUTCOME, to=OUTCOME)),
        thing(ranking=thing(issues=each(each(TEXT)))),
        thing(ranking=thing(issue=TEXT, options=each(each(TEXT)))),
    ]
}


def answer(**content: Schema) -> Schema:
    """What every document about a case begins with, then its content."""
    return thing(goodoffices=TEXT, case=TEXT, parties=each(TEXT), **content)


def model_answer(**content: Schema) -> Schema:
    """What every document about a graph model begins with, then its content."""
    return thing(goodoffices=TEXT, model=TEXT, parties=each(TEXT), **content)


CONCEPT: Schema = {"enum": ["nash", "sseq", "seq", "smr", "gmr"]}
STEPS = each(thing(movers=each(TEXT), state=TEXT))
SHARE_OF_PROFILES = {
    "holding": WHOLE,
    "profiles": WHOLE,
    "share": NUMBER,
    "error": NUMBER,
    "exact": YES_NO,
}


SCHEMAS: dict[str, Schema] = {
    "new": thing(goodoffices=TEXT, folder=TEXT),
    "check": answer(
        size=WHOLE, faults=each({}), advice=each(thing(id=TEXT, path=TEXT, message=TEXT))
    ),
    "check (faults)": thing(
        goodoffices=TEXT,
        faults=each(
            thing(message=TEXT, file=TEXT, line=optional(WHOLE), path=TEXT),
        ),
    ),
    "solve": answer(
        kind={"const": "exact"},
        solutions=keyed(SOLUTION),
        packages=each(thing(name=TEXT, concepts=each(TEXT), **PACKAGE)),
        frontier=FRONTIER,
    ),
    "solve (partial)": answer(
        kind={"const": "partial"},
        readings=keyed(thing(unknowns=each(TEXT), conventions=each(TEXT), freedom=WHOLE)),
        size=WHOLE,
        examined=WHOLE,
        complete=YES_NO,
        acceptable_counts=keyed(WHOLE),
        efficient_counts=keyed(WHOLE),
        in_play=WHOLE,
        packages=each(
            thing(
                outcome=OUTCOME,
                acceptable=VERDICT,
                acceptable_share=SHARE,
                efficient=VERDICT,
                efficient_share=optional(SHARE),
                nash_share=optional(SHARE),
                acceptance=keyed(
                    thing(
                        verdict=VERDICT,
                        gladly=optional(YES_NO),
                        least=NUMBER,
                        most=NUMBER,
                        share=SHARE,
                    )
                ),
                dominators=each(OUTCOME),
            )
        ),
        zone=thing(
            verdict=VERDICT,
            possible=optional(OUTCOME),
            necessary=each(OUTCOME),
            share=optional(SHARE),
        ),
        least_regret=optional(
            thing(
                packages=each(
                    thing(
                        outcome=OUTCOME,
                        regrets=keyed(thing(points=NUMBER, rather=optional(OUTCOME))),
                    )
                ),
                value=NUMBER,
                bound=NUMBER,
                proven=YES_NO,
                ties_complete=YES_NO,
            )
        ),
        questions=each(
            thing(
                party=TEXT,
                words=TEXT,
                doubt_left=NUMBER,
                open_packages=WHOLE,
                regret=NUMBER,
                answers=each(
                    thing(
                        words=TEXT,
                        share=SHARE,
                        open_packages=WHOLE,
                        regret=NUMBER,
                        statement=STATEMENT,
                    )
                ),
            )
        ),
        draws=WHOLE,
        seed={"type": "integer"},
        stopped=YES_NO,
    ),
    "zone": answer(
        exists=optional(YES_NO),
        method=TEXT,
        size=WHOLE,
        count=optional(WHOLE),
        witness=optional(
            thing(**NAME, **PACKAGE, margins=POINTS, smallest=NUMBER, is_greatest=YES_NO)
        ),
        closures=each(thing(party=TEXT, room=NUMBER, outcome=OUTCOME)),
        alone=keyed(optional(OPENING)),
        least_total=optional(OPENING),
        least_largest=optional(OPENING),
        without=each(OPENING),
        mixed=each(OPENING),
        conflict=each(DEMAND),
        periods=optional(each(thing(start=NUMBER, stop=NUMBER))),
        months=NUMBER,
        horizon=NUMBER,
        unanswered=each(TEXT),
        words=each(TEXT),
    ),
    "trades": answer(
        package=thing(**NAME, **PACKAGE, feasible=YES_NO, efficient=optional(YES_NO)),
        trades=each(
            thing(
                changes=each(
                    thing(
                        issue=TEXT,
                        before=TEXT,
                        after=TEXT,
                        points=POINTS,
                        needed_for=each(DEMAND),
                    )
                ),
                gains=POINTS,
                together=POINTS,
                **NAME,
                **PACKAGE,
                acceptable=YES_NO,
                words=TEXT,
            )
        ),
        counts=each(WHOLE),
        complete=WHOLE,
        exhaustive=YES_NO,
        giving=OUTCOME,
        stopped=YES_NO,
        improvements=thing(
            exist=optional(YES_NO),
            complete=YES_NO,
            packages=each(thing(**PACKAGE, gains=POINTS)),
            best=keyed(thing(**NAME, **PICK)),
        ),
    ),
    "interim": answer(
        status_quo=thing(**PACKAGE),
        before=PROSPECT,
        sets=each(
            thing(
                issues=each(TEXT),
                count=WHOLE,
                packages=each(
                    thing(
                        settled=OUTCOME,
                        **PACKAGE,
                        gains=POINTS,
                        margins=POINTS,
                        reservations=POINTS,
                        earlier=optional(
                            each(
                                thing(
                                    **NAME,
                                    concepts=each(TEXT),
                                    **PACKAGE,
                                    has_package=YES_NO,
                                    refused_by=each(TEXT),
                                )
                            )
                        ),
                        keeps=optional(each(TEXT)),
                        after=optional(PROSPECT),
                        would_stop=each(TEXT),
                    )
                ),
            )
        ),
        complete=WHOLE,
        stopped=YES_NO,
    ),
    "divide": answer(
        divided=each(
            thing(
                issue=TEXT,
                options=keyed(TEXT),
                points=POINTS,
                shares=POINTS,
                exact_shares=keyed(TEXT),
            )
        ),
        agreed=OUTCOME,
        totals=POINTS,
        split=optional(TEXT),
        packages=each(thing(**PACKAGE)),
    ),
    "sensitivity": answer(
        concept=TEXT,
        **NAME,
        **PACKAGE,
        ties=WHOLE,
        numbers=each(
            thing(
                **FIGURE_IN_DOUBT,
                low=NUMBER,
                high=NUMBER,
                room=optional(NUMBER),
                below=CHANGE,
                above=CHANGE,
            )
        ),
        unanswered=each(thing(**FIGURE_IN_DOUBT)),
        months=NUMBER,
    ),
    "stability": model_answer(
        states=WHOLE,
        actions=each(TEXT),
        concepts=each(thing(concept=CONCEPT, count=WHOLE)),
        equilibria=each(
            thing(
                state=TEXT,
                pattern=TEXT,
                concepts=each(CONCEPT),
                held=each(thing(party=TEXT, concepts=each(CONCEPT), better=WHOLE)),
            )
        ),
        indifferent=each(TEXT),
    ),
    "stability (state)": model_answer(
        state=TEXT,
        pattern=TEXT,
        held=each(
            thing(
                party=TEXT,
                concepts=each(CONCEPT),
                better=WHOLE,
                witnesses=each(
                    thing(
                        concept=CONCEPT,
                        stable=YES_NO,
                        moves=WHOLE,
                        improvements=WHOLE,
                        answers=each(
                            thing(
                                improvement=TEXT,
                                path=STEPS,
                                others_move=YES_NO,
                                counter=optional(TEXT),
                                deters=YES_NO,
                            )
                        ),
                        words=each(TEXT),
                    )
                ),
            )
        ),
    ),
    "evolve": model_answer(
        **{"from": TEXT},
        routes=each(
            thing(
                state=TEXT,
                concepts=each(CONCEPT),
                kind={"enum": ["here", "improvements", "agreement", "moves", "jointly", "never"]},
                words=TEXT,
                improvements=optional(STEPS),
                agreement=optional(STEPS),
                moves=optional(STEPS),
                jointly=optional(STEPS),
            )
        ),
    ),
    "inverse": model_answer(
        state=TEXT,
        concepts=each(
            thing(
                concept=CONCEPT,
                words=each(TEXT),
                rankings=thing(
                    alternatives=each(
                        thing(
                            cost=WHOLE,
                            costs=each(thing(party=TEXT, cost=WHOLE)),
                            demands=each(thing(party=TEXT, better=TEXT, worse=TEXT)),
                        )
                    ),
                    bound=optional(WHOLE),
                    proven=YES_NO,
                    complete=YES_NO,
                    impossible_for=each(TEXT),
                ),
                priorities=optional(
                    thing(
                        alternatives=each(
                            thing(
                                cost=WHOLE,
                                costs=each(thing(party=TEXT, cost=WHOLE)),
                                orders=each(thing(party=TEXT, statements=each(TEXT))),
                                words=TEXT,
                            )
                        ),
                        bound=optional(WHOLE),
                    )
                ),
                moves=thing(
                    alternatives=each(
                        thing(
                            changes=each(
                                thing(
                                    **{"from": optional(TEXT)},
                                    kind=TEXT,
                                    party=TEXT,
                                    action=optional(TEXT),
                                    to=optional(TEXT),
                                    against=optional(TEXT),
                                )
                            ),
                            words=TEXT,
                        )
                    ),
                    bound=optional(WHOLE),
                    complete=YES_NO,
                ),
            )
        ),
    ),
    "robustness": model_answer(
        state=TEXT,
        held=each(
            thing(
                party=TEXT,
                concepts=each(CONCEPT),
                moves=WHOLE,
                improvements=each(TEXT),
                margins=optional(each(thing(concept=CONCEPT, margin=optional(NUMBER)))),
            )
        ),
        radius=each(
            thing(
                concept=CONCEPT,
                cost=optional(WHOLE),
                bound=optional(WHOLE),
                proven=YES_NO,
                party=optional(TEXT),
                state=optional(TEXT),
            )
        ),
        survival=each(thing(swaps=WHOLE, concept=CONCEPT, **SHARE_OF_PROFILES)),
        sampled=optional(thing(concept=CONCEPT, **SHARE_OF_PROFILES)),
        exits=each(thing(movers=each(TEXT), state=TEXT, path=STEPS)),
        shocks=each(thing(party=TEXT, state=TEXT, returns=optional(STEPS), escape=optional(STEPS))),
    ),
    "brief": answer(file=TEXT),
    "figure": answer(file=TEXT),
    "import": answer(folder=TEXT, notes=each(TEXT)),
    "export": answer(folder=TEXT, format=TEXT, notes=each(TEXT)),
}

ARAL = "{aral}"
ELMIRA = "{aral}/../elmira"
SYRIA = "{aral}/../syria-iraq-1975"
RUNS = [
    ("new", ["new", "talks"]),
    ("check", ["check", ARAL]),
    ("check (faults)", ["check", "nowhere"]),
    ("solve", ["solve", ARAL]),
    ("solve", ["solve", ARAL, "--concept", "nash", "--months", "12", "--seconds", "60"]),
    ("solve", ["solve", ARAL, "--weight", "North=2", "--weight", "South=1", "--weight", "Coast=1"]),
    ("solve", ["solve", "{closed}"]),
    ("solve", ["solve", "{camp_david}"]),
    ("solve (partial)", ["solve", "{partial}"]),
    ("zone", ["zone", ARAL]),
    ("zone", ["zone", "{closed}", "--horizon", "12"]),
    ("zone", ["zone", "{closed}", "--seconds", "0"]),
    ("zone", ["zone", "{camp_david}"]),
    ("trades", ["trades", ARAL]),
    ("trades", ["trades", ARAL, "--package", "nash"]),
    ("trades", ["trades", ARAL, "--giving", "water=high", "--issues", "2", "--most", "1"]),
    ("trades", ["trades", "{camp_david}"]),
    ("interim", ["interim", ARAL, "--issues", "2"]),
    ("divide", ["divide", "{camp_david}"]),
    ("sensitivity", ["sensitivity", ARAL]),
    ("sensitivity", ["sensitivity", "{camp_david}", "--concept", "leximin"]),
    ("stability", ["stability", ELMIRA]),
    ("stability", ["stability", ARAL, "--package", "nash", "--most", "2"]),
    ("stability", ["stability", SYRIA, "--concept", "gmr"]),
    ("stability (state)", ["stability", ELMIRA, "--state", "1"]),
    ("stability (state)", ["stability", SYRIA, "--state", "2", "--concept", "sseq"]),
    ("evolve", ["evolve", ELMIRA]),
    ("evolve", ["evolve", SYRIA, "--from", "1", "--concept", "nash"]),
    ("inverse", ["inverse", ELMIRA, "--state", "7"]),
    ("inverse", ["inverse", SYRIA, "--state", "2", "--changes", "2", "--most", "2"]),
    ("robustness", ["robustness", ELMIRA, "--state", "8"]),
    ("robustness", ["robustness", SYRIA, "--state", "6", "--swaps", "1", "--spread", "0.5"]),
    ("brief", ["brief", "{camp_david}", "--output", "brief.html"]),
    ("figure", ["figure", "{camp_david}", "--output", "picture.svg"]),
    ("export", ["export", ARAL, "out", "--format", "negmas"]),
]


@pytest.mark.parametrize(("name", "arguments"), RUNS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_document_keeps_to_its_schema(
    run: Run, request: pytest.FixtureRequest, name: str, arguments: list[str]
) -> None:
    if arguments[0] == "figure":
        pytest.importorskip("altair")
    fixtures = ("aral", "camp_david", "closed", "partial")
    folders = {
        fixture: request.getfixturevalue(fixture)
        for fixture in fixtures
        if any(f"{{{fixture}}}" in argument for argument in arguments)
    }
    done = run(*(argument.format(**folders) for argument in arguments), "--json")
    assert (done.code, done.err) == (1 if "faults" in name else 0, "")
    jsonschema.validate(done.document, SCHEMAS[name])
    assert done.document["goodoffices"] == version("goodoffices")


def test_an_import_keeps_to_its_schema(run: Run, aral: Path) -> None:
    run("export", aral, "out", "--format", "negmas")
    done = run("import", "out", "back", "--json")
    assert done.code == 0
    jsonschema.validate(done.document, SCHEMAS["import"])


def test_every_command_has_a_schema() -> None:
    names = {command.name for command in app.registered_commands}
    assert names == {name.split()[0] for name in SCHEMAS}


def test_a_schema_refuses_what_it_should() -> None:
    document = {"goodoffices": "1", "folder": "talks"}
    jsonschema.validate(document, SCHEMAS["new"])
    for wrong in ({"goodoffices": "1"}, {**document, "more": 1}, {**document, "folder": None}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, SCHEMAS["new"])


def keys(schema: Schema) -> Iterator[str]:
    """Every key that a schema names, also deep inside."""
    yield from schema.get("properties", {})
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    inner += [schema[name] for name in ("items", "additionalProperties") if schema.get(name)]
    for part in inner:
        yield from keys(part)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_page_names_every_key(name: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [key for key in keys(SCHEMAS[name]) if f"`{key}`" not in page] == []


def test_the_page_has_a_section_for_every_command() -> None:
    headings = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = {name for heading in headings for name in heading.split(", ")}
    assert {name.split()[0] for name in SCHEMAS} - named == set()


def test_numbers_are_those_of_the_library(run: Run, aral: Path) -> None:
    document = run("solve", aral, "--json").document
    case = read(aral)
    expected = [
        {
            "outcome": case.named(point.outcome),
            "utilities": {
                party: float(utility)
                for party, utility in zip(("North", "South", "Coast"), point.utilities, strict=True)
            },
            "ties": point.ties,
            "acceptable": point.acceptable,
        }
        for point in frontier(case).points
    ]
    assert document["frontier"]["points"] == expected
    assert document["frontier"]["size"] == len(expected)
    assert document["parties"] == ["North", "South", "Coast"]
    assert document["case"] == "The lower river"


def test_a_solution_as_a_whole(run: Run, camp_david: Path) -> None:
    document = run("solve", camp_david, "--concept", "utilitarian", "--json").document
    package = {
        "outcome": {
            "sinai": "Egypt",
            "recognition": "Israel",
            "west-bank-gaza": "Israel",
            "linkage": "Israel",
            "palestinian-rights": "Egypt",
            "jerusalem": "Israel",
        },
        "utilities": {"Israel": 60.0, "Egypt": 75.0},
    }
    assert document["solutions"] == {
        "utilitarian": {
            **package,
            "value": 135.0,
            "bound": 135.0,
            "proven": True,
            "gap": 0.0,
            "ties": 1,
            "ties_complete": True,
            "outcomes": [package],
        }
    }


def test_letters_of_every_language_are_kept(run: Run, aral: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(aral, folder)
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(
        text.replace("title: The lower river", "title: Нижняя река 下游"), encoding="utf-8"
    )
    done = run("check", folder, "--json")
    assert '"case": "Нижняя река 下游"' in done.out


def test_a_number_json_cannot_hold_is_null() -> None:
    numbers = [Fraction(10) ** 400, -(Fraction(10) ** 400), inf, nan, None, Fraction(1, 4)]
    assert [decimal(number) for number in numbers] == [None, None, None, None, None, 0.25]
