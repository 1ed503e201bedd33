"""JSON, with every number kept as the text that the file has."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from goodoffices.case.folder.document import MOST_DEPTH, Entries, Items, Node, Report, Word
from goodoffices.case.numbers import quoted


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, as its text."""

    text: str


Json: TypeAlias = "str | Literal | Sequence[Json] | Mapping[str, Json]"


def tree(text: str, report: Report) -> Node | None:
    """The tree of a JSON text, without line numbers; ``None`` after a report."""
    try:
        found = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_float=Literal,
            parse_int=Literal,
            parse_constant=Literal,
        )
    except json.JSONDecodeError as fault:
        report(fault.lineno, f"This is not JSON: {fault.msg[:1].lower()}{fault.msg[1:]}.")
        return None
    except RecursionError:
        report(0, f"Lists and maps are nested more than {MOST_DEPTH} deep.")
        return None
    return _node(found, report, MOST_DEPTH)


def json_text(value: Json, indent: str = "") -> str:
    """A value as JSON, one entry a line, numbers as their texts."""
    if isinstance(value, Literal):
        return value.text
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    inner = indent + "  "
    if isinstance(value, Mapping):
        parts = [f"{json_text(key)}: {json_text(item, inner)}" for key, item in value.items()]
        brackets = "{}"
    else:
        parts = [json_text(item, inner) for item in value]
        brackets = "[]"
    if not parts:
        return brackets
    lines = ",\n".join(inner + part for part in parts)
    return f"{brackets[0]}\n{lines}\n{indent}{brackets[1]}"


class _Pairs(list[tuple[str, object]]):
    """The entries of a map as written, keys that stand twice included."""


def _node(value: object, report: Report, depth: int) -> Node | None:
    """A parsed value as a node; ``None`` after a report."""
    if depth == 0:
        report(0, f"Lists and maps are nested more than {MOST_DEPTH} deep.")
        return None
    if isinstance(value, _Pairs):
        return _entries(value, report, depth)
    if isinstance(value, list):
        items = Items(is_flow=True, line=0, start=0)
        for part in value:
            node = _node(part, report, depth - 1)
            if node is None:
                return None
            items.nodes.append(node)
        return items
    if isinstance(value, str):
        return _word(value, is_plain=False)
    if isinstance(value, Literal):
        return _word(value.text, is_plain=True)
    return _word("null" if value is None else str(value).lower(), is_plain=True)


def _entries(pairs: _Pairs, report: Report, depth: int) -> Entries | None:
    entries = Entries(is_flow=True, line=0, start=0)
    for key, part in pairs:
        if key in entries.keys:
            report(0, f"The key {quoted(key)} is given twice.")
            return None
        node = _node(part, report, depth - 1)
        if node is None:
            return None
        entries.keys[key] = _word(key, is_plain=False)
        entries.values[key] = node
    return entries


def _word(text: str, *, is_plain: bool) -> Word:
    return Word(text, is_plain, line=0, start=0, end=0)
