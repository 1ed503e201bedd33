"""Writing of cases in other formats: what is carried, what is said to be left out, and how."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case import read
from goodoffices.case.formats import FORMATS, export_case, import_case
from goodoffices.case.model import Case, Constraint, Issue, Option, Party, Range, Role, Source
from goodoffices.case.preferences import (
    Interaction,
    IssueRanking,
    Preferences,
    RedLine,
    Reservation,
)
from goodoffices.case.statements import Condition, Estimate
from goodoffices.errors import CaseError
from tests.case.formats.folders import utilities

F = Fraction


def exact(value: Fraction | int) -> Estimate:
    return Estimate(Fraction(value), Fraction(value))


WATER = Issue(id="water", options=tuple(Option(id=o) for o in ("low", "middle", "high")))
PRICE = Issue(
    id="price",
    options=tuple(Option(id=str(k)) for k in range(3)),
    ordered=True,
    range=Range(start=F(0), stop=F(2), step=F(1)),
)


def sheet(party: str, water: Sequence[int], price: Sequence[int], **more: object) -> Preferences:
    scores = {
        "water": dict(zip(("low", "middle", "high"), map(exact, water), strict=True)),
        "price": dict(zip("012", map(exact, price), strict=True)),
    }
    plain = Preferences(
        party=party,
        weights={"water": exact(60), "price": exact(40)},
        scores=scores,
        reservation=Reservation(value=exact(35)),
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # fields of any type


RIVER = Case(
    title="The lower river",
    parties=(Party(id="North"), Party(id="South")),
    issues=(WATER, PRICE),
    preferences={
        "North": sheet("North", (0, 50, 80), (100, 50, 0)),
        "South": sheet("South", (100, 30, 0), (0, 50, 100)),
    },
)
COMBINED = Interaction(when=Condition({"water": frozenset(("low", "high"))}), add=F(10))


def shares(case: Case, party: str) -> list[Fraction]:
    return utilities(case, party)


def with_sheets(case: Case, **sheets: Preferences) -> Case:
    return replace(case, preferences={**case.preferences, **sheets})


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_reads_back(format: str, tmp_path: Path) -> None:
    notes = export_case(RIVER, tmp_path / "out", format)
    again = import_case(tmp_path / "out")
    assert again.case.size == RIVER.size
    for old, new in zip(RIVER.parties, again.case.parties, strict=True):
        assert shares(again.case, new.id) == shares(RIVER, old.id)
        reservation = again.case.preferences[new.id].reservation
        if format == "geniusweb":
            assert reservation is None
            assert f"{old.id}'s reservation value was left out" in " ".join(notes)
        else:
            assert reservation == Reservation(value=exact(F(35, 100)))


def test_linear_scores_on_whole_numbers_stay_a_range(tmp_path: Path) -> None:
    for format in ("genius", "geniusweb", "negmas"):
        export_case(RIVER, tmp_path / format, format)
        assert import_case(tmp_path / format).case.issues[1] == PRICE


def test_ranges_of_other_steps_stay_ranges(tmp_path: Path) -> None:
    halves = tuple(Option(id=text) for text in ("0", "0.5", "1"))
    price = replace(PRICE, options=halves, range=Range(start=F(0), stop=F(1), step=F(1, 2)))
    sheets = {
        party: replace(
            old,
            scores={
                **old.scores,
                "price": dict(zip(("0", "0.5", "1"), old.scores["price"].values(), strict=True)),
            },
        )
        for party, old in RIVER.preferences.items()
    }
    case = replace(RIVER, issues=(WATER, price), preferences=sheets)
    for format in ("geniusweb", "negmas"):
        export_case(case, tmp_path / format, format)
        assert import_case(tmp_path / format).case.issues[1] == price
    assert "Ranges became lists of values: 'price'." in export_case(case, tmp_path / "g", "genius")


def test_scores_that_are_on_no_line_make_a_list_of_values(tmp_path: Path) -> None:
    case = with_sheets(RIVER, South=sheet("South", (100, 30, 0), (0, 90, 100)))
    for format in ("genius", "geniusweb"):
        notes = export_case(case, tmp_path / format, format)
        assert "Ranges became lists of values: 'price'." in notes
        again = import_case(tmp_path / format).case
        assert again.issues[1].range is None
        assert shares(again, "South") == shares(case, "South")


def test_everything_left_out_is_said(tmp_path: Path) -> None:
    low = Condition({"water": frozenset(("low",))})
    north = sheet(
        "North",
        (0, 50, 80),
        (100, 50, 0),
        red_lines=(RedLine(never=low),),
        issue_rankings=(IssueRanking(order=(("water",), ("price",))),),
        reservation=Reservation(value=exact(35), per_month=F(-1), why="The war goes on."),
    )
    case = replace(
        with_sheets(RIVER, North=north, Coast=Preferences(party="Coast", weights={}, scores={})),
        parties=(
            Party(id="South", role=Role.GUARANTOR, name="The South"),
            Party(id="North"),
            Party(id="Coast"),
            Party(id="Office", role=Role.MEDIATOR),
        ),
        issues=(replace(WATER, name="Summer release", ordered=True), PRICE),
        constraints=(Constraint(id="c1", forbid=low),),
        status_quo=("low", "0"),
        sources=(Source(id="s1"),),
    )
    notes = export_case(case, tmp_path / "out", "genius")
    assert notes == (
        "How North's reservation changes from month to month was left out.",
        "Coast was left out: its preferences are partial (the weight of 'water', the scores of "
        "'water', the weight of 'price' and 1 more not known exactly).",
        "Office states no preferences and was left out.",
        "The weights of North do not sum to 1, which GENIUS expects.",
        "Constraints c1 were left out.",
        "Red lines of North were left out.",
        "Rankings of North were left out.",
        "The roles of South were left out.",
        "The names of water were left out.",
        "Sources s1 were left out.",
        "The status quo was left out.",
        "Explanations ('about' and 'why') were left out.",
        "Files are read in alphabetical order, so parties will change places.",
        "That options are in an order was left out: water.",
    )


def test_nothing_is_said_where_nothing_is_left_out(tmp_path: Path) -> None:
    case = with_sheets(RIVER, North=sheet("North", (0, 50, 100), (100, 50, 0)))
    assert export_case(case, tmp_path / "a", "genius") == ()
    assert export_case(case, tmp_path / "b", "negmas") == ()


def test_interactions_make_hyper_rectangles(tmp_path: Path) -> None:
    unless = Interaction(
        when=Condition({}), unless=Condition({"price": frozenset("12")}), add=F(-5)
    )
    both = Interaction(when=COMBINED.when, unless=unless.unless, add=F(20))
    north = sheet("North", (0, 50, 80), (100, 50, 0), interactions=(COMBINED, unless, both))
    case = with_sheets(RIVER, North=north)
    for format in ("genius", "negmas"):
        notes = export_case(case, tmp_path / format, format)
        again = import_case(tmp_path / format).case
        assert [shares(again, party) for party in ("North", "South")] == [
            shares(case, party) for party in ("North", "South")
        ]
        assert any("because of interactions" in note or "has interact" in note for note in notes)
    notes = export_case(case, tmp_path / "again", "genius")
    assert "Options of 'water' became numbers: 0 for 'low', 1 for 'middle', 2 for 'high'." in notes


def test_interactions_are_left_out_where_the_format_has_none(tmp_path: Path) -> None:
    case = with_sheets(
        RIVER, North=sheet("North", (0, 50, 80), (100, 50, 0), interactions=(COMBINED,))
    )
    for format in ("geniusweb", "negolog"):
        notes = export_case(case, tmp_path / format, format)
        assert (
            "Interactions of North were left out: the format has none. "
            "The utilities it states are without them." in notes
        )


def test_negative_scores_are_raised_for_genius(tmp_path: Path) -> None:
    case = with_sheets(RIVER, North=sheet("North", (-50, 0, 50), (100, 50, 0)))
    notes = export_case(case, tmp_path / "out", "genius")
    again = import_case(tmp_path / "out").case
    assert shares(again, "North") == [u + F(30, 100) for u in shares(case, "North")]
    stated = again.preferences["North"].reservation
    assert stated == Reservation(value=exact(F(65, 100)))
    assert any(note.startswith("GENIUS evaluations are not negative.") for note in notes)


def test_numbers_without_an_end_are_rounded_and_said_to_be(tmp_path: Path) -> None:
    north = replace(RIVER.preferences["North"], scale=F(99))
    case = with_sheets(RIVER, North=north)
    notes = export_case(case, tmp_path / "out", "negmas")
    assert "Numbers that are no finite decimals were rounded to 17 digits: 7." in notes
    again = import_case(tmp_path / "out").case
    pairs = zip(shares(again, "North"), shares(case, "North"), strict=True)
    assert all(abs(new - old) < F(1, 10**15) for new, old in pairs)


def test_a_status_quo_as_reservation(tmp_path: Path) -> None:
    north = sheet("North", (0, 50, 80), (100, 50, 0), reservation=Reservation(value=None))
    case = replace(with_sheets(RIVER, North=north), status_quo=("middle", "1"))
    value = north.utility({"water": "middle", "price": "1"}) / 100
    for format in FORMATS:
        export_case(case, tmp_path / format, format)
        again = import_case(tmp_path / format).case
        assert again.preferences[again.parties[0].id].reservation == Reservation(value=exact(value))


def test_a_reservation_that_is_an_interval(tmp_path: Path) -> None:
    open_ = Reservation(value=Estimate(F(30), F(40)))
    case = with_sheets(RIVER, North=sheet("North", (0, 50, 80), (100, 50, 0), reservation=open_))
    notes = export_case(case, tmp_path / "out", "genius")
    assert "North's reservation was left out: it is not known exactly." in notes


def test_negolog_has_two_seats(tmp_path: Path) -> None:
    case = replace(
        with_sheets(RIVER, Coast=sheet("Coast", (0, 50, 80), (100, 50, 0))),
        parties=(*RIVER.parties, Party(id="Coast")),
    )
    with pytest.raises(CaseError, match="has 3 with exact preferences: North, South, Coast"):
        export_case(case, tmp_path / "out", "negolog")
    assert not (tmp_path / "out").exists()


def test_without_exact_preferences_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="No party of 'The lower river' has exact preferences"):
        export_case(RIVER.public(), tmp_path / "out", "genius")


def test_a_party_called_domain(tmp_path: Path) -> None:
    case = replace(
        RIVER,
        parties=(Party(id="domain"), Party(id="the-domain")),
        preferences={
            "domain": replace(RIVER.preferences["North"], party="domain"),
            "the-domain": replace(RIVER.preferences["South"], party="the-domain"),
        },
    )
    for format in ("genius", "geniusweb", "negmas"):
        export_case(case, tmp_path / format, format)
        again = import_case(tmp_path / format).case
        assert [party.id for party in again.parties] == ["domain", "the-domain"]


def test_names_of_parties_and_the_title_are_carried(tmp_path: Path) -> None:
    case = replace(
        RIVER, parties=(Party(id="North", name='The "North" & others'), Party(id="South"))
    )
    for format in ("genius", "geniusweb"):
        export_case(case, tmp_path / format, format)
        again = import_case(tmp_path / format).case
        assert again.title == "The lower river"
        assert [str(party) for party in again.parties] == ['The "North" & others', "South"]


def test_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    case = replace(RIVER, title="bell \x07")
    with pytest.raises(CaseError, match=r"holds the character U[+]0007"):
        export_case(case, tmp_path / "out", "genius")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CaseError, match=r"is not empty. Choose a folder that is not there yet."):
        export_case(RIVER, tmp_path, "genius")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(CaseError, match=r"mine\.txt' is a file"):
        export_case(RIVER, tmp_path / "mine.txt", "genius")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    export_case(RIVER, tmp_path / "deep" / "out", "genius")
    (tmp_path / "empty").mkdir()
    export_case(RIVER, tmp_path / "empty", "genius")
    names = ["North.xml", "South.xml", "domain.xml"]
    assert sorted(path.name for path in (tmp_path / "empty").iterdir()) == names
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "empty"]


def test_an_interrupted_export_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        export_case(RIVER, tmp_path / "out", "genius")
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CaseError, match="cannot be written: "):
        export_case(RIVER, tmp_path / "file" / "out", "genius")


def test_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"'geniusw' is not a format. Did you mean 'genius"):
        export_case(RIVER, tmp_path / "out", "geniusw")
    with pytest.raises(CaseError, match=r"'x' is not a format. Formats: genius, geniusweb"):
        import_case(tmp_path, "x")


@pytest.mark.skipif(os.name != "posix", reason="needs rights for the owner alone")
def test_only_the_owner_can_read_what_is_exported(tmp_path: Path) -> None:
    export_case(read("examples/aral"), tmp_path / "out", "genius")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}
