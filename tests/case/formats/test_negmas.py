"""Reading of NegMAS scenario folders."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case.formats import import_case
from goodoffices.case.formats.draft import Imported
from goodoffices.case.preferences import Interaction
from goodoffices.case.statements import Condition
from goodoffices.errors import CaseError
from tests.case.formats.folders import said, scores, utilities, written

F = Fraction

DOMAIN = """
type: DiscreteCartesianOutcomeSpace
name: river
issues:
- {name: water, type: CategoricalIssue, values: [low, middle, 'No']}
- {name: price, type: ContiguousIssue, values: [8, 10]}
"""
TABLES = """
type: LinearAdditiveUtilityFunction
name: North
reserved_value: 0.25
weights: [0.75, 0.25]
values:
- {type: TableFun, mapping: {low: 0.1, middle: 0.5, 'No': 1}}
- {type: TableFun, mapping: {8: 1.0, 9: 0.5, 10: 0}}
"""


def read(path: Path, north: str = TABLES, domain: str = DOMAIN) -> Imported:
    return import_case(written(path, {"river.yml": domain, "north.yaml": north}))


def reservation(imported: Imported) -> Fraction | None:
    stated = imported.case.preferences["north"].reservation
    return None if stated is None or stated.value is None else stated.value.low


def test_a_folder_becomes_a_case(tmp_path: Path) -> None:
    imported = read(tmp_path)
    case = imported.case
    assert imported.notes == ()
    assert case.title == "river"
    assert [option.id for option in case.issues[0].options] == ["low", "middle", "No"]
    assert [option.id for option in case.issues[1].options] == ["8", "9", "10"]
    assert case.issues[1].ordered
    assert scores(case, "north", "water") == [F(1, 10), F(1, 2), F(1)]
    assert scores(case, "north", "price") == [F(1), F(1, 2), F(0)]
    assert reservation(imported) == F(1, 4)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("{type: AffineFun, slope: 0.25, bias: -2}", [F(0), F(1, 4), F(1, 2)]),
        ("{type: LinearFun, slope: 0.1}", [F(8, 10), F(9, 10), F(1)]),
        ("{type: IdentityFun}", [F(8), F(9), F(10)]),
        ("{type: ConstFun, bias: 0.5}", [F(1, 2)] * 3),
        ("{type: QuadraticFun, a2: 1, a1: -18, bias: 81}", [F(1), F(0), F(1)]),
        ("{'8': 1, 9: 0.5, 10.0: 0}", [F(1), F(1, 2), F(0)]),
        (
            "{__python_class__: negmas.preferences.value_fun.AffineFun, slope: 1, bias: 0}",
            [F(8), F(9), F(10)],
        ),
    ],
)
def test_functions_of_numbers(function: str, expected: list[Fraction], tmp_path: Path) -> None:
    north = TABLES.replace("{type: TableFun, mapping: {8: 1.0, 9: 0.5, 10: 0}}", function)
    assert scores(read(tmp_path, north).case, "north", "price") == expected


@pytest.mark.parametrize(
    ("values", "expected", "ordered"),
    [
        ("{name: price, type: DiscreteOrdinalIssue, values: [8, 9, 10]}", ["8", "9", "10"], True),
        ("{name: price, type: DiscreteCardinalIssue, values: [8, 9, 10]}", ["8", "9", "10"], True),
        ("{name: price, values: [8, 9, 10]}", ["8", "9", "10"], False),
    ],
)
def test_kinds_of_issues(values: str, expected: list[str], ordered: bool, tmp_path: Path) -> None:
    domain = DOMAIN.replace("{name: price, type: ContiguousIssue, values: [8, 10]}", values)
    issue = read(tmp_path, domain=domain).case.issues[1]
    assert [option.id for option in issue.options] == expected
    assert issue.ordered is ordered


@pytest.mark.parametrize(
    ("values", "is_range"), [("8, 9, 10", True), ("8, 10, 9", False), ("8, 9, x", False)]
)
def test_evenly_spaced_numbers_make_a_range(values: str, is_range: bool, tmp_path: Path) -> None:
    domain = DOMAIN.replace(
        "ContiguousIssue, values: [8, 10]", f"DiscreteCardinalIssue, values: [{values}]"
    )
    north = TABLES.replace("10: 0", f"{'x' if 'x' in values else 10}: 0")
    assert (read(tmp_path, north, domain).case.issues[1].range is not None) is is_range


def test_a_number_of_values_counts_from_0(tmp_path: Path) -> None:
    domain = DOMAIN.replace("type: ContiguousIssue, values: [8, 10]", "values: 3")
    north = TABLES.replace("8: 1.0, 9: 0.5, 10: 0", "0: 1.0, 1: 0.5, 2: 0")
    issue = read(tmp_path, north, domain).case.issues[1]
    assert [option.id for option in issue.options] == ["0", "1", "2"]


def test_continuous_issues_are_cut_into_steps(tmp_path: Path) -> None:
    domain = DOMAIN.replace("ContiguousIssue, values: [8, 10]", "ContinuousIssue, values: [0.0, 1]")
    north = TABLES.replace(
        "{type: TableFun, mapping: {8: 1.0, 9: 0.5, 10: 0}}", "{type: IdentityFun}"
    )
    imported = read(tmp_path, north, domain)
    assert scores(imported.case, "north", "price") == [F(k, 100) for k in range(101)]
    assert said(imported, "'price' takes any number from 0 to 1. It was cut into steps of 0.01;")


@pytest.mark.parametrize("text", ["-.inf", "-inf", ".nan", "-Infinity"])
def test_no_least_acceptable_utility(text: str, tmp_path: Path) -> None:
    imported = read(tmp_path, TABLES.replace("0.25\nw", f"{text}\nw"))
    assert reservation(imported) is None
    assert said(imported, "north.yaml has no least acceptable utility, so no reservation")


def test_no_least_acceptable_utility_where_utilities_are_negative(tmp_path: Path) -> None:
    north = TABLES.replace("0.25\nw", "-.inf\nw").replace("low: 0.1", "low: -2")
    imported = read(tmp_path, north)
    assert reservation(imported) == min(utilities(imported.case, "north")) == F(-3, 2)
    assert said(imported, "Its reservation became a utility that no outcome falls short of.")


DISCOUNTED = """
type: ExpDiscountedUFun
discount: 0.1
reserved_value: %s
ufun:
  reserved_value: 0.3
  type: LinearAdditiveUtilityFunction
  values:
  - {type: TableFun, mapping: {low: 3.0, middle: 2.0, 'No': 1}}
  - {type: TableFun, mapping: {8: 3, 9: 2, 10: 1}}
  weights: {water: 0.5, price: 0.5}
"""


@pytest.mark.parametrize(("outer", "expected"), [("-.inf", F(3, 10)), ("0.7", F(7, 10))])
def test_a_discount_is_left_out(outer: str, expected: Fraction, tmp_path: Path) -> None:
    imported = read(tmp_path, DISCOUNTED % outer)
    assert reservation(imported) == expected
    assert scores(imported.case, "north", "water") == [F(3), F(2), F(1)]
    assert imported.notes == (
        "north.yaml discounts utility over time. That was left out: a case says what an agreement "
        "is worth today.",
    )


def test_without_weights_every_issue_counts_once(tmp_path: Path) -> None:
    imported = read(tmp_path, TABLES.replace("weights: [0.75, 0.25]", ""))
    assert {w.low for w in imported.case.preferences["north"].weights.values()} == {F(1)}
    assert said(imported, "The weights in north.yaml sum to 2, not 1. They were kept.")


@pytest.mark.parametrize(
    "change", [("[0.75, 0.25]", "[0.75, -0.25]"), ("name: North", "bias: 0.5")]
)
def test_biases_and_negative_weights_leave_the_utilities_as_they_are(
    change: tuple[str, str], tmp_path: Path
) -> None:
    imported = read(tmp_path, TABLES.replace(*change))
    weight, bias = (F(-1, 4), F(0)) if "-0.25" in change[1] else (F(1, 4), F(1, 2))
    assert utilities(imported.case, "north") == [
        bias + F(3, 4) * water + weight * price
        for water in (F(1, 10), F(1, 2), F(1))
        for price in (F(1), F(1, 2), F(0))
    ]
    sheet = imported.case.preferences["north"]
    assert min(weight.low for weight in sheet.weights.values()) >= 0
    assert sheet.interactions == ()
    assert said(imported, "Weights and scores were rewritten so that the utilities are the same")


def test_affine_functions_weigh_the_numbers_themselves(tmp_path: Path) -> None:
    domain = DOMAIN.replace(
        "CategoricalIssue, values: [low, middle, 'No']", "Issue, values: [0, 5]"
    )
    north = "{type: AffineUtilityFunction, weights: [-0.1, 0.25], bias: -1, reserved_value: 0}"
    imported = read(tmp_path, north, domain)
    assert utilities(imported.case, "north") == [
        F(-1, 10) * water + F(price, 4) - 1 for water in (0, 5) for price in (8, 9, 10)
    ]
    weights = imported.case.preferences["north"].weights
    assert [weight.low for weight in weights.values()] == [F(1, 2), F(1, 2)]


def test_an_affine_function_that_is_the_same_everywhere(tmp_path: Path) -> None:
    domain = DOMAIN.replace(
        "CategoricalIssue, values: [low, middle, 'No']", "Issue, values: [0, 5]"
    )
    north = "{type: LinearUtilityFunction, weights: [0, 0], bias: 0.5, reserved_value: 0}"
    assert set(utilities(read(tmp_path, north, domain).case, "north")) == {F(1, 2)}


def test_hyper_rectangles(tmp_path: Path) -> None:
    north = """
type: HyperRectangleUtilityFunction
reserved_value: 1
bias: 0.5
outcome_ranges:
- {0: low, 1: [8, 9]}
- {water: [low, middle, 'No'], price: 10}
- {water: [low, 'No']}
- null
utilities: [5, 2, 1, 3]
weights: [1, 2, 1, 1]
"""
    sheet = read(tmp_path, north).case.preferences["north"]
    low, cheap = frozenset(("low",)), frozenset(("8", "9"))
    assert sheet.interactions == (
        Interaction(when=Condition({"water": low, "price": cheap}), add=F(5)),
        Interaction(when=Condition({"price": frozenset(("10",))}), add=F(4)),
        Interaction(when=Condition({"water": low | {"No"}}), add=F(1)),
        Interaction(when=Condition({}), add=F(3)),
        Interaction(when=Condition({}), add=F(1, 2)),
    )
    assert {weight.low for weight in sheet.weights.values()} == {F(0)}


def test_files_about_the_scenario_are_passed_over(tmp_path: Path) -> None:
    read(tmp_path)
    imported = import_case(written(tmp_path, {"_info.yaml": "title: x\n"}))
    assert imported.notes == (
        "_info.yaml is neither an outcome space nor a utility function. It was not read.",
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("0.75", "much", "'much' is not a number"),
        ("[0.75, 0.25]", "[1]", "There are 2 issues and 1 entries here."),
        ("low: 0.1, ", "", "'low' of 'water' has no utility."),
        ("low: 0.1", "loww: 0.1", "'loww' is not a value of 'water'."),
        ("{type: TableFun, mapping: {8", "{type: CosFun, x: {8", "'CosFun' are not read. Types: T"),
        ("{type: TableFun, mapping: {low", "{type: IdentityFun, x: {low", "has named values."),
        ("LinearAdditive", "NonLinearAggregation", "are not read. Types: LinearAdditive"),
        ("name: North", "name: !!python/object/apply:os.system [ls]", "is a YAML tag."),
        ("0.25\nw", ".inf\nw", "nly finite numbers are read"),
        ("name: North", "bias: [1]", "Found a list where the bias belongs."),
    ],
)
def test_faults(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        read(tmp_path, TABLES.replace(old, new))
    assert any(sentence in fault.message for fault in caught.value.faults)
    assert all(fault.file.endswith("north.yaml") for fault in caught.value.faults)
    assert all(fault.line is not None for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[8, 10]", "[8]", "A ContiguousIssue has two values, the lowest and the highest."),
        ("[8, 10]", "[8.5, 10]", "The ends are whole numbers."),
        ("[8, 10]", "[10, 8]", "The lower end comes first."),
        ("[8, 10]", "[0, 1e9]", "up to 100,000 make an issue."),
        ("ContiguousIssue", "CallableIssue", "Issues of the type 'CallableIssue' are not read."),
        (", values: [8, 10]", "", "'values' is missing."),
        ("[low, middle, 'No']", "[]", "'water' has no values. List at least one."),
    ],
)
def test_faults_of_domains(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        read(tmp_path, domain=DOMAIN.replace(old, new))
    assert sentence in caught.value.faults[0].message
    assert caught.value.faults[0].line is not None


def test_two_outcome_spaces(tmp_path: Path) -> None:
    read(tmp_path)
    written(tmp_path, {"other.yml": DOMAIN})
    with pytest.raises(CaseError, match="it holds 2 outcome spaces"):
        import_case(tmp_path)
    assert import_case(tmp_path / "river.yml").case.size == 9
