"""Reading of GENIUS folders: the rules, and the many ways in which files differ."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case.formats import import_case
from goodoffices.case.preferences import Interaction
from goodoffices.case.statements import Condition
from goodoffices.errors import CaseError
from tests.case.formats.folders import (
    DOMAIN,
    NORTH,
    SOUTH,
    river,
    said,
    scores,
    utilities,
    written,
)

F = Fraction


def test_a_folder_becomes_a_case(tmp_path: Path) -> None:
    imported = import_case(river(tmp_path / "talks"))
    case = imported.case
    assert imported.notes == ()
    assert case.title == "river"
    assert [party.id for party in case.parties] == ["North", "South"]
    assert [issue.id for issue in case.issues] == ["water", "price"]
    assert [option.id for option in case.issues[0].options] == ["low", "middle", "high"]
    assert [option.id for option in case.issues[1].options] == ["8", "9", "10", "11", "12"]
    assert case.issues[1].range is not None
    north = case.preferences["North"]
    assert north.scale == 1
    assert {issue: weight.low for issue, weight in north.weights.items()} == {
        "water": F(3, 4),
        "price": F(1, 4),
    }
    assert scores(case, "North", "water") == [F(2, 8), F(5, 8), F(1)]
    assert scores(case, "South", "water") == [F(1), F(5, 9), F(8, 9)]
    assert north.reservation is not None
    assert north.reservation.value is not None
    assert north.reservation.value.low == F(3, 10)


def test_integers_count_from_the_lower_bound_and_stay_within_0_and_1(tmp_path: Path) -> None:
    case = import_case(river(tmp_path)).case
    assert scores(case, "North", "price") == [F(1), F(7, 10), F(4, 10), F(1, 10), F(0)]


@pytest.mark.parametrize("name", ["river.xml", "North.xml", "South.xml"])
def test_a_file_of_the_folder_will_do(name: str, tmp_path: Path) -> None:
    folder = river(tmp_path)
    assert import_case(folder / name).case == import_case(folder).case


def test_the_domain_is_known_by_its_content(tmp_path: Path) -> None:
    files = {"a profile.xml": DOMAIN, "the domain.xml": NORTH, "Zürich.xml": SOUTH}
    case = import_case(written(tmp_path, files)).case
    assert [(party.id, party.name) for party in case.parties] == [
        ("Zurich", "Zürich"),
        ("the-domain", "the domain"),
    ]


def test_agents_of_the_template_name_the_parties(tmp_path: Path) -> None:
    agent = '<agent name="The North" class="x" utility_space="North.xml"/>'
    domain = DOMAIN.replace("<utility_space", agent + "<utility_space", 1)
    parties = import_case(river(tmp_path, domain=domain)).case.parties
    assert [str(party) for party in parties] == ["The North", "South"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: '<?xml version="1.0" encoding="UTF-8"?>\n' + text,
        lambda text: "\n\n" + text,
        lambda text: re.sub(r"</?objective[^>]*>", "", text),
        lambda text: text.replace("<objective", "<objective index='9'><objective", 1).replace(
            "</objective>", "</objective></objective>", 1
        ),
        lambda text: re.sub(r' vtype="\w+"', "", text),
        lambda text: re.sub(r' type="(discrete|objective)"', "", text),
        lambda text: re.sub(r' [ev]?type="discrete"', "", text),
        lambda text: re.sub(r'lowerbound="8" upperbound="12"(/?)>', _as_range, text),
        lambda text: text.replace("<issue", "<ISSUE").replace("</issue", "</ISSUE"),
    ],
)
def test_spellings_that_change_nothing(change: object, tmp_path: Path) -> None:
    assert callable(change)
    plain = import_case(river(tmp_path / "plain")).case
    parts = {"domain": change(DOMAIN), "north": change(NORTH), "south": change(SOUTH)}
    changed = import_case(river(tmp_path / "changed", **parts)).case
    assert changed.issues == plain.issues
    assert dict(changed.preferences) == dict(plain.preferences)


def _as_range(found: re.Match[str]) -> str:
    return f'><range lowerbound="8" upperbound="12"/>{"</issue>" if found[1] else ""}'


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_declared_encodings(encoding: str, tmp_path: Path) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    parts = {
        name: (head + text.replace("middle", "mögen")).encode(encoding)
        for name, text in (("domain", DOMAIN), ("north", NORTH), ("south", SOUTH))
    }
    case = import_case(river(tmp_path, **parts)).case
    assert [option.id for option in case.issues[0].options] == ["low", "mögen", "high"]


def test_weights_may_stand_before_the_issues_and_outside_the_objective(tmp_path: Path) -> None:
    weights = "".join(re.findall(r"<weight[^>]*/>", NORTH))
    north = re.sub(r"<weight[^>]*/>", "", NORTH).replace(
        "<utility_space>", f"<utility_space>{weights}"
    )
    plain = import_case(river(tmp_path / "plain")).case
    assert utilities(import_case(river(tmp_path / "x", north=north)).case, "North") == utilities(
        plain, "North"
    )


def test_weights_that_do_not_sum_to_1_are_kept_and_noted(tmp_path: Path) -> None:
    imported = import_case(river(tmp_path, north=NORTH.replace("0.75", "0.74")))
    assert imported.case.preferences["North"].weights["water"].low == F(74, 100)
    assert imported.notes == ("The weights in North.xml sum to 0.99, not 1. They were kept.",)


def test_the_weight_of_an_objective_counts_for_nothing(tmp_path: Path) -> None:
    north = NORTH.replace("<weight", '<weight index="0" value="1.0"/><weight', 1)
    assert import_case(river(tmp_path / "a", north=north)).notes == ()
    north = NORTH.replace("<weight", '<weight index="77" value="0.5"/><weight', 1)
    [note] = import_case(river(tmp_path / "b", north=north)).notes
    assert "gives the weight 0.5 to '77', which is no issue" in note


def test_an_item_given_twice_counts_as_given_later(tmp_path: Path) -> None:
    again = '<item index="1" value="low" evaluation="4"/><item index="2"'
    imported = import_case(river(tmp_path, north=NORTH.replace('<item index="2"', again)))
    assert scores(imported.case, "North", "water") == [F(4, 8), F(5, 8), F(1)]
    assert said(imported, "values 'low' of 'water' twice. The later value, 4, counts.")


@pytest.mark.parametrize("text", ["", 'evaluation="null"', 'evaluation=""'])
def test_what_is_not_valued_counts_0(text: str, tmp_path: Path) -> None:
    imported = import_case(river(tmp_path, north=NORTH.replace('evaluation="5"', text)))
    assert scores(imported.case, "North", "water") == [F(2, 8), F(0), F(1)]
    assert said(imported, "North.xml does not value 'middle' of 'water'. What is not valued")


def test_an_issue_on_which_nothing_has_a_value(tmp_path: Path) -> None:
    imported = import_case(
        river(tmp_path, north=re.sub("evaluation=.[258].", 'evaluation="0"', NORTH))
    )
    assert scores(imported.case, "North", "water") == [F(0)] * 3
    assert said(imported, "values nothing in 'water' above 0. Every value counts 0, as in GENIUS.")


def test_evaluations_up_to_1_are_shares_of_the_largest_too(tmp_path: Path) -> None:
    north = NORTH
    for old, new in (("2", "0.1"), ("5", "0.2"), ("8", "0.5")):
        north = north.replace(f'evaluation="{old}"', f'evaluation="{new}"')
    imported = import_case(river(tmp_path, north=north))
    assert scores(imported.case, "North", "water") == [F(1, 5), F(2, 5), F(1)]
    assert said(imported, "The largest evaluation of 'water' in North.xml is 0.5.")


def test_evaluations_are_exact_decimals(tmp_path: Path) -> None:
    north = NORTH.replace('evaluation="2"', 'evaluation="0.1"').replace('="8"/>', '="8e0"/>')
    assert scores(import_case(river(tmp_path, north=north)).case, "North", "water")[0] == F(1, 80)


def test_a_value_that_the_domain_lacks_counts_for_the_largest_only(tmp_path: Path) -> None:
    more = '<item index="4" value="flood" evaluation="16"/></issue>'
    imported = import_case(river(tmp_path, north=NORTH.replace("</issue>", more, 1)))
    assert scores(imported.case, "North", "water") == [F(2, 16), F(5, 16), F(8, 16)]
    assert said(imported, "North.xml values 'flood', which 'water' lacks in the domain.")


def test_values_may_differ_in_capitals_and_space(tmp_path: Path) -> None:
    north = NORTH.replace('value="low"', 'value=" Low "').replace('value="high"', 'value="HIGH"')
    assert scores(import_case(river(tmp_path, north=north)).case, "North", "water") == [
        F(2, 8),
        F(5, 8),
        F(1),
    ]


def test_the_index_tells_which_issue_is_meant_even_under_another_name(tmp_path: Path) -> None:
    north = NORTH.replace('name="water"', 'name="price"', 1).replace(
        'index="2" name="price"', 'index="2" name="water"'
    )
    imported = import_case(river(tmp_path, north=north))
    assert scores(imported.case, "North", "water") == [F(2, 8), F(5, 8), F(1)]
    assert said(imported, "calls issue 1 'price', the domain 'water'. The index was followed")


def test_the_name_tells_where_the_index_cannot_be_meant(tmp_path: Path) -> None:
    north = (
        NORTH.replace('issue index="1"', 'issue index="x"')
        .replace('issue index="2"', 'issue index="1"')
        .replace('issue index="x"', 'issue index="2"')
        .replace('weight index="1"', 'weight index="x"')
        .replace('weight index="2"', 'weight index="1"')
        .replace('weight index="x"', 'weight index="2"')
    )
    imported = import_case(river(tmp_path / "x", north=north))
    plain = import_case(river(tmp_path / "plain")).case
    assert utilities(imported.case, "North") == utilities(plain, "North")
    assert len(said(imported, "another index. The name was followed.")) == 2


def test_an_issue_that_a_profile_leaves_out_counts_0(tmp_path: Path) -> None:
    north = re.sub(r'<issue index="2".*?</issue>', "", NORTH, flags=re.DOTALL)
    imported = import_case(river(tmp_path / "a", north=north))
    assert scores(imported.case, "North", "price") == [F(0)] * 5
    assert said(imported, "North.xml values no option of 'price': all count 0.")
    without = re.sub(r'<weight index="2"[^>]*/>', "", north)
    imported = import_case(river(tmp_path / "b", north=without))
    assert imported.case.preferences["North"].weights["price"].low == 0
    assert said(imported, "North.xml gives 'price' no weight. It counts 0.")


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ('<reservation value=" 0.25 "></reservation>', F(1, 4), 0),
        ("<reservation>0.25</reservation>", F(1, 4), 0),
        ('<reservation value="2.5E-1"/>', F(1, 4), 0),
        ('<reservation value="-inf"/>', None, 1),
        ('<reservation value="-Infinity"/>', None, 1),
        ("<reservation/>", None, 0),
        ("", None, 0),
    ],
)
def test_reservations(text: str, value: Fraction | None, notes: int, tmp_path: Path) -> None:
    north = NORTH.replace('<reservation value="0.3"/>', text)
    imported = import_case(river(tmp_path, north=north))
    stated = imported.case.preferences["North"].reservation
    found = stated.value.low if stated is not None and stated.value is not None else None
    assert found == value
    assert len(said(imported, "no least acceptable utility, so no reservation")) == notes


def test_a_discount_is_left_out_with_a_note(tmp_path: Path) -> None:
    north = NORTH.replace('factor value="1.0"', 'factor value="0.5"')
    [note] = import_case(river(tmp_path, north=north)).notes
    assert note.startswith("North.xml discounts utility over time ('0.5'). That was left out")


def test_costs_are_noted_once_where_there_are_any(tmp_path: Path) -> None:
    domain = DOMAIN.replace('value="low"', 'value="low" cost="0.0"')
    assert import_case(river(tmp_path / "a", domain=domain)).notes == ()
    domain = DOMAIN.replace('value="low"', 'value="low" cost="3"')
    [note] = import_case(river(tmp_path / "b", domain=domain)).notes
    assert note == "The costs in river.xml were left out: GENIUS does not use them."


def test_descriptions_of_values_are_kept(tmp_path: Path) -> None:
    domain = DOMAIN.replace('value="low"', 'value="low" description="As in dry years"')
    options = import_case(river(tmp_path, domain=domain)).case.issues[0].options
    assert [option.about for option in options] == ["As in dry years", "", ""]


REAL = """<issue index="2" name="price" type="real" etype="real" vtype="real">
<range lowerbound="0" upperbound="1"/>%s</issue>"""


def real(evaluator: str, tmp_path: Path) -> list[Fraction]:
    old = r'<issue index="2".*?(/>|</issue>)'
    domain = re.sub(old, REAL % "", DOMAIN, flags=re.DOTALL)
    sides = [
        re.sub(r'<issue index="2".*?</issue>', REAL % evaluator, text, flags=re.DOTALL)
        for text in (NORTH, SOUTH)
    ]
    imported = import_case(river(tmp_path, domain=domain, north=sides[0], south=sides[1]))
    assert said(imported, "'price' takes any number from 0 to 1. It was cut into steps of 0.01")
    return scores(imported.case, "North", "price")


def test_real_issues_are_cut_into_steps(tmp_path: Path) -> None:
    found = real('<evaluator ftype="linear" parameter0="0.5" parameter1="2"/>', tmp_path)
    assert found == [min(F(1, 2) + F(2 * k, 100), F(1)) for k in range(101)]


def test_constant_and_triangular_functions(tmp_path: Path) -> None:
    assert (
        real('<evaluator ftype="constant" parameter0="0.7"/>', tmp_path / "a") == [F(7, 10)] * 101
    )
    triangle = '<evaluator ftype="triangular" parameter0="0" parameter1="1" parameter2="0.25"/>'
    found = real(triangle, tmp_path / "b")
    assert [found[k] for k in (0, 5, 25, 40, 100)] == [F(0), F(1, 5), F(1), F(4, 5), F(0)]


def test_a_function_nobody_can_compute_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"'faratin' is not supported\. Functions: linear"):
        real('<evaluator ftype="faratin" parameter0="0"/>', tmp_path)


HYPER = """<utility_space type="nonlinear">
<objective index="0" name="river" type="objective" etype="objective">
<issue index="1" name="water" type="discrete" vtype="discrete"/>
<issue index="2" name="price" type="integer" vtype="integer" lowerbound="8" upperbound="12"/>
<issue index="3" name="years" type="integer" vtype="integer" lowerbound="0" upperbound="9"/>
<utility maxutility="200"><ufun type="PlainUfun" weight="1" aggregation="sum">%s</ufun></utility>
</objective><reservation value="0.5"/></utility_space>
"""
YEARS = '<issue index="3" name="years" type="integer" lowerbound="0" upperbound="9"/></objective>'


def hyper(rectangles: str, tmp_path: Path) -> tuple[tuple[Interaction, ...], tuple[str, ...]]:
    domain = DOMAIN.replace("</objective>", YEARS)
    folder = river(tmp_path, domain=domain, north=HYPER % rectangles)
    (folder / "South.xml").unlink()
    imported = import_case(folder)
    north = imported.case.preferences["North"]
    assert {weight.low for weight in north.weights.values()} == {F(0)}
    assert north.scores == {}
    return north.interactions, imported.notes


def price(*values: int) -> dict[str, frozenset[str]]:
    return {"price": frozenset(map(str, values))}


INCLUDES = '<INCLUDES index="2" min="9" max="10"/>'
EXCLUDES = '<EXCLUDES index="3" min="1" max="9"/>'


def test_includes_pay_when_all_bounds_hold(tmp_path: Path) -> None:
    more = '<INCLUDES index="3" min="0" max="0"/>'
    found, notes = hyper(
        f'<hyperRectangle utility="50">{INCLUDES}{more}</hyperRectangle>', tmp_path
    )
    when = Condition({**price(9, 10), "years": frozenset("0")})
    assert found == (Interaction(when=when, add=F(1, 4)),)
    assert notes == ()


def test_excludes_pay_when_one_bound_is_violated(tmp_path: Path) -> None:
    bounds = EXCLUDES + INCLUDES.replace("INCLUDES", "EXCLUDES")
    [found], _ = hyper(f'<hyperRectangle utility="50">{bounds}</hyperRectangle>', tmp_path)
    assert found.when == Condition({})
    named = {"water": "low", "price": "9", "years": "5"}
    assert not found.applies(named)
    assert found.applies({**named, "price": "11"})
    assert found.applies({**named, "years": "0"})


def test_mixed_bounds(tmp_path: Path) -> None:
    bounds = INCLUDES + EXCLUDES
    [found], notes = hyper(f'<hyperRectangle utility="50">{bounds}</hyperRectangle>', tmp_path)
    assert found.when == Condition(price(9, 10))
    assert found.unless == Condition({"years": frozenset(map(str, range(1, 10)))})
    assert "GENIUS reads only the EXCLUDES" in notes[0]


@pytest.mark.parametrize(
    ("bounds", "condition"),
    [
        ("", {}),
        ('<INCLUDES index="2" min="0" max="99"/>', {}),
        ('<INCLUDES index="2" min="10" max="99"/>', price(10, 11, 12)),
        ('<INCLUDES index="2" min="9" max="12"/><INCLUDES index="2" min="8" max="9"/>', price(9)),
        ('<EXCLUDES index="2" min="13" max="99"/>', {}),
        ('<includes index="2" min="9.0" max="9.5"/>', price(9)),
    ],
)
def test_bounds_past_the_domain(
    bounds: str, condition: dict[str, frozenset[str]], tmp_path: Path
) -> None:
    [found], _ = hyper(f'<hyperRectangle utility="50">{bounds}</hyperRectangle>', tmp_path)
    assert found == Interaction(when=Condition(condition), add=F(1, 4))


@pytest.mark.parametrize(
    "bounds",
    [
        '<INCLUDES index="2" min="13" max="99"/>',
        '<INCLUDES index="2" min="11" max="9"/>',
        '<EXCLUDES index="2" min="0" max="99"/>',
    ],
)
def test_rectangles_that_never_pay_are_left_out(bounds: str, tmp_path: Path) -> None:
    found, notes = hyper(f'<hyperRectangle utility="50">{bounds}</hyperRectangle>', tmp_path)
    assert found == ()
    assert notes == ("Rectangles of North.xml that pay for no outcome at all were left out: 1.",)


def test_weights_of_rectangles_and_functions_multiply(tmp_path: Path) -> None:
    pays = f'<hyperRectangle utility="40" weight="2">{INCLUDES}</hyperRectangle>'
    inner = f'<ufun weight="0.5">{pays}</ufun>'
    found, _ = hyper(inner, tmp_path)
    assert found == (Interaction(when=Condition(price(9, 10)), add=F(1, 5)),)


def test_sums_past_maxutility_are_noted(tmp_path: Path) -> None:
    pays = f'<hyperRectangle utility="101">{INCLUDES}</hyperRectangle>'
    _, notes = hyper(pays * 2, tmp_path)
    assert notes == (
        "In North.xml combinations of options may together be worth more than its maxutility, "
        "200. GENIUS would count no more than that; here all of it counts.",
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('aggregation="sum"', 'aggregation="max"', "The aggregation 'max' is not supported"),
        ('maxutility="200"', 'maxutility="0"', "maxutility is 0. It must be greater than 0."),
        ('maxutility="200"', "", 'maxutility is missing. Write a number: maxutility="1000".'),
        ('utility="50"', 'utility="x"', "utility: 'x' is not a number"),
        ('index="2" min', 'index="9" min', "no issue with the index '9'. Indices: 1, 2, 3."),
        ('index="2" min', 'index="1" min', "'water' has named values. Bounds need numbers."),
        ('min="9"', "", 'min is missing. Write a number: min="0".'),
    ],
)
def test_faults_of_rectangles(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    pays = f'<hyperRectangle utility="50">{INCLUDES}</hyperRectangle>'
    domain = DOMAIN.replace("</objective>", YEARS)
    north = (HYPER % pays).replace(old, new)
    with pytest.raises(CaseError) as caught:
        import_case(river(tmp_path, domain=domain, north=north))
    assert any(sentence in fault.message for fault in caught.value.faults)
    assert all(fault.file.endswith("North.xml") for fault in caught.value.faults)


def test_files_that_are_no_part_of_the_case_are_passed_over_with_a_note(tmp_path: Path) -> None:
    folder = river(tmp_path)
    written(
        folder,
        {
            "pareto.xml": "\n0.6061776, 1.0\n0.81, 0.95\n",
            "results.xml": "<Tournament><issue/></Tournament>",
            "._North.xml": b"\x00\x05",
            "notes.txt": "nothing",
        },
    )
    imported = import_case(folder)
    assert len(imported.case.parties) == 2
    assert [note.split()[0] for note in imported.notes] == ["pareto.xml", "results.xml"]


def test_without_a_domain_file_the_first_profile_states_the_issues(tmp_path: Path) -> None:
    folder = river(tmp_path)
    (folder / "river.xml").unlink()
    imported = import_case(folder)
    assert said(imported, "There is no domain file; the issues were read from North.xml.")
    assert imported.case.size == 15


def test_of_two_domains_one_must_be_named(tmp_path: Path) -> None:
    folder = river(tmp_path)
    written(folder, {"other.xml": DOMAIN.replace("middle", "mid")})
    with pytest.raises(CaseError, match=r"more than one domain: other\.xml, river\.xml"):
        import_case(folder)
    assert import_case(folder / "river.xml").case.size == 15
    written(folder, {"other.xml": DOMAIN})
    assert import_case(folder).case.size == 15


@pytest.mark.parametrize(
    ("part", "old", "new", "sentence"),
    [
        ("north", 'value="0.75"', 'value="abc"', "value: 'abc' is not a number"),
        ("north", 'value="0.75"', 'value="0,75"', "ecimals are written with a point"),
        (
            "north",
            'value="0.75"',
            'value="-0.75"',
            "The weight is -0.75. Weights are 0 or greater.",
        ),
        ("north", 'evaluation="5"', 'evaluation="NaN"', "nly finite numbers are read"),
        ("north", 'evaluation="5"', 'evaluation="1e999999999"', "The exponent of"),
        ("north", 'value="0.3"', 'value="much"', "'much' is not a number"),
        ("north", 'value="0.3"', 'value="inf"', "nly finite numbers are read"),
        ("north", 'slope="-0.3"', "", 'slope is missing. Write a number: slope="0.1".'),
        ("north", 'index="1" name="water"', 'index="7" name="rain"', "no issue with the index '7'"),
        (
            "domain",
            'lowerbound="8"',
            'lowerbound="8.5"',
            "The bounds of an integer issue are whole",
        ),
        ("domain", 'upperbound="12"', 'upperbound="7"', "The lower end comes first."),
        ("domain", 'upperbound="12"', 'upperbound="1e9"', "up to 100,000 make an issue"),
        ("domain", 'upperbound="12"', "", "upperbound is missing"),
        ("domain", 'issue index="2"', 'issue index="1"', "Two issues have the index '1'."),
        ("domain", 'value="low"', "", "The item has no value."),
    ],
)
def test_faults_name_file_line_and_what_would_be_right(
    part: str, old: str, new: str, sentence: str, tmp_path: Path
) -> None:
    changed = {"north": NORTH, "domain": DOMAIN}[part].replace(old, new)
    with pytest.raises(CaseError) as caught:
        import_case(river(tmp_path, **{part: changed}))
    fault = caught.value.faults[0]
    assert sentence in fault.message
    assert Path(fault.file).name == {"north": "North.xml", "domain": "river.xml"}[part]
    assert fault.line is not None


def test_a_profile_without_any_weight_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="No issue has a weight"):
        import_case(river(tmp_path, north=re.sub("<weight[^>]*/>", "", NORTH)))


def test_faults_of_all_files_come_together(tmp_path: Path) -> None:
    broken = {"north": NORTH.replace("0.75", "x"), "south": SOUTH.replace("0.25", "y")}
    with pytest.raises(CaseError) as caught:
        import_case(river(tmp_path, **broken))
    assert [Path(fault.file).name for fault in caught.value.faults] == ["North.xml", "South.xml"]


def test_a_domain_without_profiles_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no profile states a party's preferences"):
        import_case(written(tmp_path, {"river.xml": DOMAIN}))
