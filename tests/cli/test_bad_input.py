"""Whatever is wrong is said in a sentence, with exit code 1 and nothing on the output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["solve", "nowhere"],
            "There is no folder 'nowhere'. A case is a folder that holds case.yaml.",
        ),
        (
            ["solve", "{aral}/case.yaml"],
            "'{aral}/case.yaml' is a file. A case is a folder that holds case.yaml. Name the "
            "folder it is in.",
        ),
        (
            ["solve", "{aral}", "--concept", "nsh"],
            "'nsh' is not a solution concept. Did you mean 'nash'?",
        ),
        (
            ["sensitivity", "{aral}", "--concept", "nsh"],
            "'nsh' is not a solution concept. Did you mean 'nash'?",
        ),
        (
            ["trades", "{aral}", "--package", "best"],
            "The package 'best' is neither ISSUE=OPTION nor 'status-quo' nor a solution. "
            "Solutions: nash, kalai-smorodinsky, kalai, egalitarian, leximin, utilitarian, "
            "maximum-nash-welfare.",
        ),
        (
            ["trades", "{aral}", "--package", "Nash"],
            "The package 'Nash' is neither ISSUE=OPTION nor 'status-quo' nor a solution. Did you "
            "mean 'nash'?",
        ),
        (
            ["brief", "{aral}", "--output", "nowhere/brief.html"],
            "There is no folder 'nowhere' for 'brief.html'. Make it, or name another.",
        ),
        (
            ["figure", "{aral}", "--output", "nowhere/space.svg"],
            "There is no folder 'nowhere' for 'space.svg'. Make it, or name another.",
        ),
        (
            ["export", "{aral}", "{aral}/out", "--format", "genius"],
            "'{aral}/out' lies within '{aral}', which is being read. Name a folder outside it.",
        ),
        (
            ["import", "{aral}", "{aral}/out"],
            "'{aral}/out' lies within '{aral}', which is being read. Name a folder outside it.",
        ),
        (
            ["import", "{aral}", "out"],
            "'{aral}' is a case folder already; there is nothing to import.",
        ),
        (
            ["import", "/dev/null", "out"],
            "'/dev/null' is neither a file nor a folder, so it holds no case.",
        ),
        (
            ["trades", "{camp_david}", "--package", "status-quo"],
            "The case states no status quo. Name the package's options.",
        ),
        (
            ["trades", "{aral}", "--package", "nash", "--package", "water=low"],
            "The option 'nash' has no '='. Write it as NAME=VALUE.",
        ),
        (
            ["trades", "{aral}", "--package", "water=low", "--package", "water=high"],
            "The option 'water' is given twice.",
        ),
        (
            ["trades", "{aral}", "--giving", "water=low"],
            "The package already has 'low' on 'water'; giving it would change nothing.",
        ),
        (
            ["solve", "{aral}", "--months", "soon"],
            "--months: 'soon' is not a number. Write it like 25, 0.5 or 2/3.",
        ),
        (["zone", "{aral}", "--months", "-1"], "--months is -1; it must be 0 or more."),
        (
            ["zone", "{aral}", "--horizon", "nan"],
            "--horizon: 'nan' is not a number. Only finite numbers are read.",
        ),
        (
            ["solve", "{aral}", "--seconds", "1e999999999"],
            "--seconds: The exponent of '1e999999999' is out of bounds; exponents from -400 to "
            "400 are read.",
        ),
        (
            ["solve", "{aral}", "--weight", "Nroth=2"],
            "A bargaining weight is given for 'Nroth', who is not among those who must consent. "
            "Parties: North, South, Coast.",
        ),
        (
            ["solve", "{aral}", "--weight", "North=much"],
            "The weight of North: 'much' is not a number. Write it like 25, 0.5 or 2/3.",
        ),
        (
            ["solve", "{partial}", "--concept", "nash"],
            "Preferences of this case are partial, so there is no one solution by a --concept, "
            "with or without a --weight. Leave these out to see what can be said.",
        ),
        (
            ["sensitivity", "{closed}"],
            "No outcome is acceptable to all, so there is no solution that could change. "
            "'goodoffices zone' says what would open a zone of possible agreement.",
        ),
        (
            ["figure", "{closed}", "--kind", "gains"],
            "No package is acceptable to all, so there is no nash solution.",
        ),
        (
            ["figure", "{aral}", "--pair", "North"],
            "--pair is given 1 times; it needs two parties.",
        ),
        (
            ["figure", "{aral}", "--kind", "trade", "--package", "nash"],
            "There is no trade to draw from the Nash solution. Nothing can be traded, in changes "
            "of up to 3 issues, without a loss to somebody; larger trades were not looked for. "
            "Name another package with --package.",
        ),
        (
            ["figure", "{camp_david}", "--kind", "trade"],
            "There is no trade to draw from the Nash solution. Nothing can be traded, in changes "
            "of up to 3 issues, without a loss to somebody; larger trades were not looked for. "
            "Name another package with --package.",
        ),
        (
            ["figure", "{aral}", "--output", "picture.doc"],
            "'picture.doc' does not end in .svg, .png, .json, so it is not clear how to write the "
            "picture.",
        ),
        (
            ["brief", "{aral}", "--output", "brief.doc"],
            "A brief is written as .html or .pdf, and 'brief.doc' ends in neither.",
        ),
        (
            ["divide", "{aral}"],
            "Adjusted winner divides between two parties; 3 must consent here: North, South and "
            "Coast.",
        ),
        (
            ["interim", "{camp_david}"],
            "An interim package leaves issues as they stand, and the case states no status quo. "
            "Add 'status_quo' to case.yaml: one option for each issue.",
        ),
        (
            ["stability", "{aral}/../elmira", "--state", "12"],
            "'12' is not a state of this model. It has 9 states: 1, 2, 3, 4, 5, 6, 7, 8, 9.",
        ),
        (
            ["stability", "{aral}", "--state", "agreed"],
            "'agreed' is not a state of this model. It has 64 states: all broken, as agreed, 2, 3, "
            "4, 5, 6, 7, 8, 9, 10, 11 and 52 more.",
        ),
        (
            ["stability", "{aral}/../elmira", "--concept", "nsh"],
            "'nsh' is not a stability concept. Concepts: nash, gmr, smr, seq, sseq.",
        ),
        (
            ["inverse", "{aral}/../elmira", "--state", "7", "--concept", "L3"],
            "'L3' is not a stability concept. Concepts: nash, gmr, smr, seq, sseq.",
        ),
        (
            ["evolve", "{aral}/../elmira", "--package", "nash"],
            "'{aral}/../elmira' is a graph model, so there is no package to agree on. Leave "
            "--package out, or name a case folder.",
        ),
        (
            ["robustness", "{aral}/../elmira", "--state", "5", "--spread", "2"],
            "The spread is 2.0; it lies between 0 and 1.",
        ),
        (
            ["stability", "nowhere.yaml"],
            "There is no file 'nowhere.yaml'. A graph model is a YAML file, model.yaml.",
        ),
        (
            ["export", "{aral}", "out", "--format", "word"],
            "'word' is not a format. Formats: genius, geniusweb, negolog, negmas.",
        ),
        (
            ["import", "nowhere", "out"],
            "There is no file or folder 'nowhere'. Name a folder that holds a domain and its "
            "profiles.",
        ),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_one_sentence_says_what_is_wrong(
    run: Run,
    request: pytest.FixtureRequest,
    arguments: list[str],
    sentence: str,
) -> None:
    folders = {
        name: request.getfixturevalue(name)
        for name in ("aral", "camp_david", "closed", "partial")
        if any(f"{{{name}}}" in argument for argument in arguments)
    }
    done = run(*(argument.format(**folders) for argument in arguments))
    assert (done.code, done.out, done.err) == (1, "", sentence.format(**folders) + "\n")


def test_every_issue_a_package_leaves_open_is_named(run: Run, aral: Path) -> None:
    done = run("trades", aral, "--package", "water=low", "--package", "dams=burnt")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "The package leaves 'price' open. Options: 0, 10, 20, 30, 40, 50.",
        "'burnt' is not an option of 'dams'. Options: north, joint, operator, sold.",
        "The package leaves 'fish' open. Options: south-first, half, coast-first.",
        "The package leaves 'data' open. Options: none, monthly, live.",
        "The package leaves 'monitoring' open. Options: none, joint, outside.",
    ]


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    folder = tmp_path / "faulty"
    folder.mkdir()
    (folder / "case.yaml").write_text(
        "title: Faulty\n"
        "parties: [North, North]\n"
        "issues:\n"
        "  - {id: water, options: [low]}\n"
        "  - {id: fish, optoins: [half, whole]}\n"
    )
    return folder


def test_all_faults_of_a_case_are_printed(run: Run, faulty: Path) -> None:
    done = run("check", faulty)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "case.yaml:2, parties[2]: 'North' appears twice; the first is on line 2. Give each a "
        "different id.",
        "case.yaml:5, issues.fish: 'optoins' is not a key here. Did you mean 'options'?",
        "case.yaml:5, issues.fish: An issue has either 'options' or a 'range'; this one has "
        "neither.",
        "preferences/North.yaml: North has no preferences file. Add preferences/North.yaml; "
        "'party: North' alone says that nothing is known yet.",
    ]
    assert run("solve", faulty).err == done.err


def test_faults_are_data_when_json_is_asked_for(run: Run, faulty: Path) -> None:
    done = run("check", faulty, "--json")
    assert (done.code, done.err) == (1, "")
    printed = run("check", faulty).err.splitlines()
    assert len(done.document["faults"]) == len(printed)
    assert done.document["faults"][0].keys() == {"message", "file", "line", "path"}


def test_of_very_many_faults_the_first_are_printed(run: Run, faulty: Path) -> None:
    issues = "".join(f"  - {{id: i{k}}}\n" for k in range(70))
    (faulty / "case.yaml").write_text(f"title: Faulty\nparties: [North]\nissues:\n{issues}")
    printed = run("solve", faulty)
    lines = printed.err.splitlines()
    assert (printed.code, printed.out, len(lines)) == (1, "", 51)
    assert lines[49].startswith("case.yaml:53, issues.i49: An issue has either")
    assert lines[50] == (
        "21 more faults. goodoffices check with --json lists all faults of a case folder."
    )
    assert len(run("check", faulty, "--json").document["faults"]) == 71


@pytest.mark.parametrize(
    "arguments",
    [[], ["trade"], ["solve"], ["solve", "{aral}", "--jason"], ["figure", "{aral}", "--kind", "x"]],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(run: Run, aral: Path, arguments: list[str]) -> None:
    done = run(*(argument.format(aral=aral) for argument in arguments))
    assert done.code == 2
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "/proc/talks"],
        ["brief", "{aral}", "--seconds", "0", "--output", "/proc/brief.html"],
        ["figure", "{aral}", "--output", "/proc/picture.svg"],
        ["export", "{aral}", "/proc/out", "--format", "genius"],
        ["import", "{genius}", "/proc/out"],
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that refuses new files")
def test_what_cannot_be_written_is_a_sentence(
    run: Run, aral: Path, tmp_path: Path, arguments: list[str]
) -> None:
    genius = tmp_path / "genius"
    run("export", aral, genius, "--format", "negmas")
    done = run(*(argument.format(aral=aral, genius=genius) for argument in arguments))
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert "/proc" in done.err
    assert "Traceback" not in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_a_sentence(aral: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "goodoffices", "check", aral],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr == "The system refused. No space left on device.\n"


def test_a_link_that_leads_in_a_circle_is_called_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert run("check", "loop").err == (
        "'loop' is a link that leads to no folder (too many levels of symbolic links). A case is a "
        "folder that holds case.yaml.\n"
    )
    assert run("import", "loop", "out").err == (
        "'loop' cannot be read: too many levels of symbolic links.\n"
    )


def test_a_folder_in_another_format_is_pointed_to_import(run: Run, aral: Path) -> None:
    run("export", aral, "other", "--format", "genius")
    assert run("check", "other").err == (
        "case.yaml: There is no case.yaml in 'other'. To read a case in another format, use "
        "goodoffices import.\n"
    )


def test_a_file_that_cannot_be_written_is_named(run: Run, aral: Path, tmp_path: Path) -> None:
    (tmp_path / "space.svg").mkdir()
    done = run("figure", aral, "--output", "space.svg")
    assert done.code == 1
    assert done.err.startswith("Nothing was written to 'space.svg': ")


def test_ids_may_hold_equals_signs_and_outer_spaces(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd" / "preferences").mkdir(parents=True)
    (tmp_path / "odd" / "case.yaml").write_text(
        "title: Odd\nparties: [North]\nissues:\n  - {id: a=b, options: [p=q, ' r ']}\n"
    )
    (tmp_path / "odd" / "preferences" / "North.yaml").write_text(
        "party: North\nweights: {a=b: 100}\nscores: {a=b: {p=q: 100, ' r ': 0}}\n"
    )
    for option in ("p=q", " r ", "r"):
        done = run("trades", "odd", "--package", f"a=b={option}", "--json")
        assert done.document["package"]["outcome"]["a=b"].strip() == option.strip()
