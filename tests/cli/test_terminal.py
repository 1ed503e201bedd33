"""Interruptions, pipes and how soon help is there."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.__main__ import main as program
from goodoffices.case import Case, Issue, Option, Party, Preferences, write
from goodoffices.case.statements import Estimate
from goodoffices.cli.watching import watching
from tests.cli.conftest import Run

COMMAND = [sys.executable, "-m", "goodoffices"]


def test_the_first_interrupt_stops_the_work_and_the_second_the_program(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGINT)
    with watching(None) as watch:
        os.kill(os.getpid(), signal.SIGINT)
        assert watch.is_over()
        # Some launchers pass on a signal that has arrived already.
        os.kill(os.getpid(), signal.SIGINT)
        monkeypatch.setattr("goodoffices.cli.watching._TOGETHER", 0)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    assert capsys.readouterr() == (
        "",
        "Stopping; what is proven so far will be shown. Press Ctrl-C again to give up.\n",
    )


def test_giving_up_ends_with_130(run: Run, aral: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Path) -> Case:
        raise KeyboardInterrupt

    monkeypatch.setattr("goodoffices.cli.zones.read", interrupted)
    done = run("zone", aral)
    assert (done.code, done.out) == (130, "")
    assert "Traceback" not in done.err


def test_an_interrupt_while_the_program_is_loaded_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("goodoffices.cli.main", interrupted)
    with pytest.raises(SystemExit) as end:
        program()
    assert end.value.code == 130
    assert capsys.readouterr() == ("", "Given up before there was an answer.\n")


@pytest.fixture
def long_work(tmp_path: Path) -> Path:
    """Two parties and so many issues that their exchanges take hours to list."""
    rng = random.Random(1)
    options = tuple(Option(id=str(k)) for k in range(8))
    issues = tuple(Issue(id=f"issue-{k}", options=options) for k in range(30))

    def drawn(most: int) -> Estimate:
        value = Fraction(rng.randint(1, most))
        return Estimate(value, value)

    sheets = {
        party: Preferences(
            party=party,
            weights={issue.id: drawn(9) for issue in issues},
            scores={issue.id: {o.id: drawn(100) for o in options} for issue in issues},
        )
        for party in ("North", "South")
    }
    parties = tuple(Party(id=party) for party in sheets)
    write(Case(title="Long", parties=parties, issues=issues, preferences=sheets), tmp_path / "long")
    return tmp_path / "long"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_an_interrupt_keeps_what_is_proven(long_work: Path) -> None:
    """On a terminal, progress is drawn on the error stream; the answer goes to the output."""
    screen, terminal = os.openpty()
    with subprocess.Popen(
        [*COMMAND, "trades", str(long_work), "--package", "nash", "--issues", "8"],
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    ) as work:
        os.close(terminal)
        drawn = b""
        while b"trades of" not in drawn:
            drawn += os.read(screen, 4096)
        work.send_signal(signal.SIGINT)
        while part := _read(screen):
            drawn += part
        answer, _ = work.communicate(timeout=60)
    os.close(screen)
    assert work.returncode == 0
    assert b"Stopping; what is proven so far will be shown." in drawn
    assert "found before the work was ended" in answer
    assert "\x1b" not in answer


def _read(screen: int) -> bytes:
    """What the terminal shows next; nothing once the program has closed it."""
    try:
        return os.read(screen, 4096)
    except OSError:
        return b""


def test_a_reader_that_leaves_is_no_fault(aral: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "solve", str(aral), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as work:
        assert work.stdout is not None
        assert work.stderr is not None
        work.stdout.close()
        said = work.stderr.read()
    assert (work.returncode, said) == (1, "")


def test_help_is_there_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*COMMAND, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 1
    lines = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    commands = [line.split()[0] for line in lines]
    for command in ("new", "check", "solve", "zone", "trades", "brief", "import", "export"):
        assert command in commands
    assert [line for line in lines if line.endswith("...")] == [], "a summary is cut short"


def test_help_loads_no_solver_and_no_pictures() -> None:
    program = "import goodoffices.cli, sys; print(sorted(m.split('.')[0] for m in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    heavy = ("highspy", "altair", "jinja2", "weasyprint")
    assert [name for name in heavy if f"'{name}'" in loaded] == []


@pytest.mark.parametrize("closed", [1, 2])
def test_a_closed_stream_is_no_fault(aral: Path, closed: int) -> None:
    done = subprocess.run(
        [*COMMAND, "solve", str(aral), "--concept", "nash"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: os.close(closed),
    )
    assert (done.returncode, done.stderr) == (0, "")
