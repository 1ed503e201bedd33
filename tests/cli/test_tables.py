"""What people read: whole screens where this room words them, key sentences elsewhere."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case import Case, Issue, Option, Party, Preferences, Reservation, read, write
from goodoffices.case.statements import Estimate
from goodoffices.settlement import CONCEPTS, partial_words, solutions
from tests.cli.conftest import Run, exactly

SOLVED = """\
The barter: 9 outcomes before constraints

Solutions

solution   package   ties           proof
──────────────────────────────────────────
nash       A         the only one   proven
leximin    A         the only one   proven

Packages

issue     A
───────────────
[b]Lake   North
Mill      South

What each party gets, in its own points

party       keeps   status quo    A
───────────────────────────────────
The North      10            0   60
The South      10          100   50

Frontier: 6 efficient points, 4 acceptable to all; complete and proven (merging
issue by issue).

Efficient and acceptable to all, in each party's own points

party        1    2    3    4
─────────────────────────────
The North   70   60   30   10
The South   25   50   70   75
outcomes     1    1    1    1
"""


def barter() -> Case:
    options = tuple(Option(id=name) for name in ("North", "shared", "South"))
    return Case(
        title="The barter",
        parties=(Party(id="North", name="The North"), Party(id="South", name="The South")),
        issues=(
            Issue(id="lake", name="[b]Lake", options=options),
            Issue(id="mill", name="Mill", options=options),
        ),
        status_quo=("South", "South"),
        preferences={
            "North": sheet("North", {"lake": (60, 30, 0), "mill": (40, 10, 0)}),
            "South": sheet("South", {"lake": (0, 20, 50), "mill": (0, 25, 50)}),
        },
    )


def sheet(party: str, points: dict[str, tuple[int, int, int]]) -> Preferences:
    return Preferences(
        party=party,
        weights={issue: exactly(100) for issue in points},
        scores={
            issue: dict(zip(("North", "shared", "South"), map(exactly, row), strict=True))
            for issue, row in points.items()
        },
        reservation=Reservation(value=exactly(10)),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(barter(), tmp_path / "barter")
    return tmp_path / "barter"


def test_a_case_solved(run: Run, folder: Path) -> None:
    done = run("solve", folder, "--concept", "nash", "--concept", "leximin")
    assert done == type(done)(0, SOLVED, "")


def test_bargaining_weights_change_what_nash_picks(run: Run, folder: Path) -> None:
    done = run("solve", folder, "--concept", "nash", "--weight", "North=9", "--weight", "South=1")
    assert (done.code, done.err) == (0, "")
    assert "The North      10            0   70\nThe South      10          100   25\n" in done.out


def test_ties_are_counted_and_shown(run: Run, tmp_path: Path) -> None:
    case = barter()
    flat = replace(
        case,
        preferences={
            party: replace(
                preferences,
                scores={
                    issue: dict.fromkeys(row, exactly(50))
                    for issue, row in preferences.scores.items()
                },
            )
            for party, preferences in case.preferences.items()
        },
    )
    write(flat, tmp_path / "flat")
    done = run("solve", tmp_path / "flat", "--concept", "nash")
    assert "nash       A         9      proven" in done.out
    assert "Where several outcomes tie, the first with its points stands for those" in done.out


def test_no_zone_leads_to_the_command_zone(run: Run, closed: Path) -> None:
    done = run("solve", closed, "--concept", "nash")
    assert done.code == 0
    assert "nash       none             proven: nothing is acceptable to all" in done.out
    assert "No package is acceptable to all. What would open a zone" in done.out
    zone = run("zone", closed)
    assert "No outcome is acceptable to all (each of 1,944 outcomes was looked at)." in zone.out


def test_a_zone(run: Run, aral: Path) -> None:
    done = run("zone", aral)
    assert done.out.startswith(
        "The lower river: 1,944 outcomes before constraints\n\n"
        "A zone of possible agreement exists: 227 of 1,944 outcomes are acceptable to\nall.\n"
    )


def test_advice_is_printed_with_its_id(run: Run, folder: Path, aral: Path) -> None:
    assert run("check", aral).out == (
        "The lower river: 5 parties, 6 issues, 1,944 outcomes before constraints. No faults.\n"
        "Nothing to advise.\n"
    )
    assert "\ncase.W" in run("check", folder).out


def test_trades_from_a_package_named_option_by_option(run: Run, folder: Path) -> None:
    done = run("trades", folder, "--package", "lake=South", "--package", "mill=North")
    assert (done.code, done.err) == (0, "")
    assert "\n1. The South gives way on [b]Lake (South → North): it loses 50 points;" in done.out
    assert "1 efficient package would give nobody\nless and somebody more." in done.out
    assert "The package leaves something on the table" in done.out


def test_a_package_named_by_a_solution_is_efficient(run: Run, folder: Path) -> None:
    done = run("trades", folder, "--package", "nash")
    assert "The package is efficient: whatever is changed, somebody loses." in done.out


def test_what_the_others_would_give_in_return(run: Run, aral: Path) -> None:
    done = run("trades", aral, "--giving", "water=middle", "--most", "1", "--issues", "2")
    assert "1. The North gives way on Summer release (Low (as today) → Middle)" in done.out
    assert "\n2. " not in done.out


def test_trades_that_exclude_each_other_say_so(run: Run, aral: Path) -> None:
    out = run("trades", aral, "--most", "3").out
    assert "Either this\nor trade 1: they settle an issue in different ways." in out
    assert "Either this\nor trades 1 or 2: they settle an issue in different ways." in out


def test_the_best_of_what_is_left_counts_gains_from_the_start(run: Run, aral: Path) -> None:
    said = "Here the standards count gains from the start, not from no agreement"
    assert said in run("trades", aral).out
    assert said not in run("trades", aral, "--package", "nash").out


def test_the_best_of_what_is_left_is_shown_whole(run: Run, aral: Path) -> None:
    out = run("trades", aral, "--most", "1").out
    assert "\nWhere the trades start: the status quo\n" in out
    assert "\nissue            start           Nash welfare    by leximin       D\n" in out
    assert (
        "\nFish quota       South first     Half each       South first      Coast first\n" in out
    )
    assert "A joint team; other issues as in the status quo (The\nNorth +17," in out
    assert "\nBest by the standard utilitarian (package D): Summer release: High;" in out


def test_interim_packages(run: Run, aral: Path) -> None:
    done = run("interim", aral, "--issues", "2", "--most", "1")
    assert (done.code, done.err) == (0, "")
    assert "1. Summer release: Middle and Winter power payment: 30 million a year" in done.out
    assert "other efficient ways to settle the same issues; see --most." in done.out
    assert "This leaves The Coast at 14, still below the\n30 that it counts on" in done.out
    assert "But The North would have more by stopping here (74)" in done.out


def test_interim_packages_in_json_say_which_solutions_are_left(run: Run, aral: Path) -> None:
    answer = run("interim", aral, "--issues", "2", "--json").document
    (package, *_) = answer["sets"][0]["packages"]
    assert package["reservations"] == {"North": 60, "South": 48, "Coast": 30}
    assert [one["name"] for one in package["earlier"]] == ["A", "B", "C", "D"]
    assert not any(one["has_package"] for one in package["earlier"])
    assert (package["keeps"], package["would_stop"]) == ([], ["North"])


def test_a_division(run: Run, camp_david: Path) -> None:
    done = run("divide", camp_david)
    assert (done.code, done.err) == (0, "")
    assert "Israel by 1/6" in done.out
    assert "Each then has 65.8 of its 100 points." in done.out


def test_sensitivity_names_the_packages_it_speaks_of(run: Run, aral: Path) -> None:
    done = run("sensitivity", aral, "--most", "1")
    assert "\nThis is about the Nash solution, package A. Each" in done.out
    assert "the party's other weights make room for it in proportion" in done.out
    assert "A reservation value that is the status quo moves with" in done.out
    assert (
        "\nThe North: weight of “Summer      25       9.5    25.9   D            other 1\n"
        in done.out
    )
    assert "less delicate numbers can change the solution too" in done.out
    assert re.search(r"^issue +A +D$", done.out, re.MULTILINE)
    assert "\npackage   as A, but\n" in done.out
    assert (
        "\nother 1   Summer release: Middle; Who runs the dams: A neutral operator; Fish\n"
        in done.out
    )


@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_command_gives_a_package_the_same_letter(run: Run, aral: Path, concept: str) -> None:
    solved = run("solve", aral, "--json").document["packages"]
    letters = {tuple(one["outcome"].values()): one["name"] for one in solved}
    (alone,) = run("solve", aral, "--concept", concept, "--json").document["packages"]
    about = run("sensitivity", aral, "--concept", concept, "--json").document
    start = run("trades", aral, "--package", concept, "--json").document["package"]
    for package in (alone, about, start):
        assert package["name"] == letters[tuple(package["outcome"].values())]
    changes = [number[end] for number in about["numbers"] for end in ("below", "above")]
    for change in changes:
        if change is not None and change["outcome"] is not None:
            assert change["name"] == letters.get(tuple(change["outcome"].values()))


def test_packages_whose_letters_would_have_to_be_searched_go_by_their_concept(
    run: Run, aral: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solutions, "_MERGED_AT_MOST", 0)
    about = run("sensitivity", aral, "--concept", "leximin", "--most", "1").out
    assert "\nThis is about the leximin solution. Each number" in about
    assert re.search(r"^issue +leximin$", about, re.MULTILINE)
    assert "\npackage   as the leximin solution, but\n" in about
    start = run("trades", aral, "--package", "leximin").out
    assert "\nWhere the trades start: the leximin solution\n" in start


def test_partial_preferences(run: Run, partial: Path) -> None:
    done = run("solve", partial)
    assert (done.code, done.err) == (0, "")
    assert "The preferences of Israel are not exact numbers." in done.out
    assert "Acceptable to all: " in done.out
    assert "is the most cautious choice" in done.out
    assert run("solve", partial).out == done.out


def test_solve_says_of_partial_preferences_what_the_brief_says(
    run: Run, partial: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    solved = " ".join(run("solve", partial).out.split())
    run("brief", partial, "--output", "partial.html")
    page = " ".join(Path("partial.html").read_text(encoding="utf-8").split())
    for told in (
        partial_words.PACKAGES_LEAD,
        partial_words.CONSENT_TITLE,
        "They are no probabilities of what a party will do.",
        "no reservation value. It is assumed to be 0 points",
        "is the most cautious choice",
        *((partial_words.QUESTIONS_LEAD.split(":")[0],) if "What to ask next" in solved else ()),
    ):
        assert told in solved, told
        assert told in page, told


def test_a_brief_says_where_it_is(run: Run, camp_david: Path, tmp_path: Path) -> None:
    done = run("brief", camp_david)
    assert done.out == (
        "Wrote the brief to camp-david-brief.html. It holds everybody's confidential numbers.\n"
    )
    page = (tmp_path / "camp-david-brief.html").read_text(encoding="utf-8")
    assert "Camp David" in page


@pytest.mark.parametrize(
    "options",
    [
        ["--kind", "space", "--pair", "South", "--pair", "Coast"],
        ["--kind", "profiles"],
        ["--kind", "gains", "--package", "leximin"],
        ["--kind", "trade"],
        ["--kind", "trade", "--package", "status-quo"],
    ],
    ids=" ".join,
)
def test_pictures(run: Run, aral: Path, tmp_path: Path, options: list[str]) -> None:
    pytest.importorskip("altair")
    done = run("figure", aral, *options, "--output", "picture.svg")
    assert (done.code, done.out) == (0, "Wrote the picture to picture.svg.\n")
    assert (tmp_path / "picture.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_folder_made_is_a_case(run: Run) -> None:
    assert run("new", "talks").out == (
        "Wrote a starting case to talks. Edit case.yaml, then: goodoffices check talks\n"
    )
    assert run("check", "talks").code == 0
    again = run("new", "talks")
    assert (again.code, again.out) == (1, "")


def test_out_and_in_again(run: Run, camp_david: Path, tmp_path: Path) -> None:
    assert run("export", camp_david, "out", "--format", "genius").code == 0
    done = run("import", "out", "back", "--format", "genius")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].endswith(" to back.")
    assert read(tmp_path / "back").size == read(camp_david).size


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("command", ["solve", "zone", "trades", "interim", "sensitivity"])
def test_nothing_is_wider_than_the_screen_or_coloured(
    run: Run, monkeypatch: pytest.MonkeyPatch, aral: Path, command: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = run(command, aral).out.splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if "\x1b" in line or "…" in line or line != line.rstrip()] == []


def test_ten_parties_and_long_names_fit(run: Run, tmp_path: Path) -> None:
    long = "a-name-that-is-far-longer-than-any-column-of-this-table-can-be-on-a-screen"
    parties = tuple(Party(id=f"party-{k}", name=f"The {k}th of the parties") for k in range(10))
    issue = Issue(id="one", name=long, options=(Option(id="no"), Option(id="yes", name=long)))
    sheets = {
        party.id: Preferences(
            party=party.id,
            weights={"one": exactly(100)},
            scores={"one": {"no": exactly(0), "yes": Estimate(Fraction(k), Fraction(k))}},
        )
        for k, party in enumerate(parties)
    }
    case = Case(title="Ten", parties=parties, issues=(issue,), preferences=sheets)
    write(case, tmp_path / "ten")
    out = run("solve", tmp_path / "ten").out
    assert max(map(len, out.splitlines())) <= 80
    assert "The 9th of the parties       0   9" in out


@pytest.fixture
def ruled_out(tmp_path: Path) -> Path:
    """A case whose status quo is the best for both, and is forbidden."""
    (tmp_path / "ruled" / "preferences").mkdir(parents=True)
    (tmp_path / "ruled" / "case.yaml").write_text(
        "title: Ruled out\nparties: [North, South]\nissues:\n  - {id: x, options: [p, q]}\n"
        "constraints:\n  - forbid: {x: p}\nstatus_quo: {x: p}\n"
    )
    for party in ("North", "South"):
        (tmp_path / "ruled" / "preferences" / f"{party}.yaml").write_text(
            f"party: {party}\nweights: {{x: 100}}\nscores: {{x: {{p: 100, q: 0}}}}\n"
            "reservation: status quo\n"
        )
    return tmp_path / "ruled"


def test_nothing_is_left_on_the_table_where_nothing_allowed_is_better(
    run: Run, ruled_out: Path
) -> None:
    done = run("trades", ruled_out)
    assert "No allowed package gives nobody less and somebody more. This is proven." in done.out
    assert "on the table" not in done.out
    document = run("trades", ruled_out, "--json").document
    assert document["package"]["feasible"] is False
    assert document["improvements"]["exist"] is False


@pytest.mark.parametrize("columns", ["0", "1", "39"])
def test_on_a_screen_of_no_width_the_answer_is_there(
    run: Run, aral: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = run("solve", aral, "--concept", "nash")
    assert "Solutions" in done.out
    assert "proven" in done.out


def test_a_letter_names_a_package_wherever_one_is_asked_for(run: Run, aral: Path) -> None:
    assert "\nWhere the trades start: package B\n" in run("trades", aral, "--package", "B").out
    wrong = run("trades", aral, "--package", "Z")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "There is no package Z. Packages with letters: A, B, C, D.\n"
    zone = " ".join(run("zone", aral).out.split())
    assert "Most room is left by package C: The North 75" in zone
    assert "holds a point of one party to be worth as much as a point of another." in zone


def test_a_reservation_that_nobody_stated_is_said_to_be_assumed(run: Run, camp_david: Path) -> None:
    told = "Israel and Egypt state no reservation value. It is assumed to be 0 points"
    for command in ("solve", "zone"):
        assert told in " ".join(run(command, camp_david).out.split())
