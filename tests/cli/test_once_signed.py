"""From a case to its graph model, on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

from goodoffices.case import read, read_compliance
from goodoffices.stability import from_settlement, read_model
from goodoffices.stability.writing import says_the_same
from tests.cli.conftest import Run

NASH = ("high", "50", "north", "coast-first", "live", "joint")


def test_the_model_of_a_package_is_written_and_is_a_model(run: Run, aral: Path) -> None:
    done = run("stability", aral, "--package", "nash", "--write", "signed.yaml")
    assert (done.code, done.out) == (0, "Wrote the model to signed.yaml.\n")
    case = read(aral)
    made = from_settlement(case, NASH, read_compliance(aral, case))
    assert says_the_same(read_model("signed.yaml"), made)
    assert run("stability", "signed.yaml", "--state", "as agreed").code == 0


def test_writing_as_json_names_the_file(run: Run, aral: Path) -> None:
    done = run("stability", aral, "--package", "nash", "--write", "signed.yaml", "--json")
    assert done.document["file"] == "signed.yaml"


def test_faults_of_the_obligations_are_faults_of_the_case(
    run: Run, aral: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "talks"
    shutil.copytree(aral, folder)
    text = (folder / "obligations.yaml").read_text(encoding="utf-8")
    (folder / "obligations.yaml").write_text(text.replace("issue: fish", "issue: fsh"), "utf-8")
    for command in ("check", "brief", "stability"):
        done = run(command, folder)
        assert done.code == 1
        assert "'fsh' is not an issue of this case. Did you mean 'fish'?" in done.err
    assert run("check", folder, "--json").document["faults"][0]["file"] == "obligations.yaml"
