"""The reference page of the commands says everything that ``--help`` offers."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import get_args

import pytest
from typer.models import CommandInfo, OptionInfo

from goodoffices.cli import app

PAGE = (Path(__file__).parent.parent.parent / "docs" / "reference" / "commands.md").read_text(
    encoding="utf-8"
)


def section(command: str) -> str:
    """The part of the page about one command."""
    parts = re.split(r"^## `(\w+)[^`]*`$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[command]


def options(command: CommandInfo) -> list[str]:
    """Every option of a command as it is typed."""
    assert command.callback is not None
    found = []
    for name, parameter in inspect.signature(command.callback, eval_str=True).parameters.items():
        for extra in get_args(parameter.annotation):
            if isinstance(extra, OptionInfo):
                declared = [extra.default, *(extra.param_decls or ())]
                spelled = [d for d in declared if isinstance(d, str) and d.startswith("--")]
                found += spelled or [f"--{name}"]
    return found


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda command: command.name)
def test_every_option_is_on_the_page(command: CommandInfo) -> None:
    assert command.name is not None
    known = section(command.name)
    offered = options(command)
    assert offered
    if command.name in ("new", "check", "divide"):
        offered.remove("--json")  # said once, for all commands
    assert [option for option in offered if f"`{option}" not in known] == []
