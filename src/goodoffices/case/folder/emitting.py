"""Words, lists and maps as YAML text that a person would have written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from textwrap import wrap

from goodoffices.case.folder.trees import Tree

WIDTH = 100
_STEP = 2

# Letters, digits and a little punctuation in one line: no reader takes it for anything else.
_PLAIN = re.compile(r"\w(?:[\w .()/%+'-]*[\w.()/%+'-])?|-[0-9][0-9./]*")
# What else is plain where it has the rest of the line to itself.
_PLAIN_LINE = re.compile(r"\w(?:(?!: | #)[\w \"(),./:;?!%&*=<>+'#–—…’“”-])*(?<![ :])")
# What some reader would take for nothing, or for true or false.
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_PROSE = re.compile(r"\S+(?: \S+)*")
_LONG = 80


def document(tree: Mapping[str, Tree], heading: str) -> str:
    """A whole file: a comment, then the sections with empty lines between the long ones."""
    parts = [f"# {line}".rstrip() for line in heading.splitlines()]
    is_long = False
    for key, value in tree.items():
        if parts and (is_long or not isinstance(value, str)):
            parts.append("")
        is_long = not isinstance(value, str)
        parts.append(entry(key, value, 0, 0))
    return "\n".join(parts) + "\n"


def entry(key: str, value: Tree, column: int, depth: int) -> str:
    """``key: value``, to be placed at a column, its further lines indented to fit.

    ``depth`` counts the maps and lists around it; the outermost are never put in braces.
    """
    return f"{word(key)}:{tail(value, column, depth + 1, len(key) + 1)}"


def tail(value: Tree, column: int, depth: int, used: int) -> str:
    """What follows ``key:``, with a space or on lines of its own."""
    if isinstance(value, str):
        return " " + _text(value, column, used)
    if _is_flow(value, depth, column + used + 1):
        return " " + flow(value)
    indent = column + _STEP
    return f"\n{' ' * indent}{block(value, indent, depth)}"


def block(value: Tree, column: int, depth: int) -> str:
    """A map or list with one entry to a line, to be placed at a column."""
    if isinstance(value, bool):
        return flow(value)
    if isinstance(value, Mapping):
        lines = [entry(key, inner, column, depth) for key, inner in value.items()]
    else:
        lines = [f"- {item(inner, column, depth)}" for inner in value]
    return f"\n{' ' * column}".join(lines)


def item(value: Tree, column: int, depth: int) -> str:
    """What follows the dash of a list at a column."""
    if isinstance(value, str):
        return _text(value, column, _STEP)
    if depth > 1 and _is_flow(value, depth + 1, column + _STEP):
        return flow(value)
    return block(value, column + _STEP, depth + 1) if value else flow(value)


def flow(value: Tree) -> str:
    """Everything in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return word(value)
    if isinstance(value, Mapping):
        inside = (f"{word(key)}: {flow(inner)}" for key, inner in value.items())
        return "{" + ", ".join(inside) + "}"
    return "[" + ", ".join(flow(inner) for inner in value) + "]"


def word(text: str) -> str:
    """A text in one line, in quotation marks where it needs them."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return '"' + _ESCAPED.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _escape(found: re.Match[str]) -> str:
    if found[0] in "\n\t":
        return json.dumps(found[0])[1:-1]
    return f"\\u{ord(found[0]):04x}"


def _is_flow(value: Tree, depth: int, used: int) -> bool:
    """Whether a map or list goes into one line: never the outermost, nor what is too wide."""
    if isinstance(value, bool) or not value:
        return True
    is_list_of_words = not isinstance(value, Mapping) and all(isinstance(v, str) for v in value)
    if (depth < 2 and not is_list_of_words) or _has_lines(value):
        return False
    return used + len(flow(value)) <= WIDTH


def _has_lines(value: Tree) -> bool:
    if isinstance(value, str):
        return "\n" in value
    if isinstance(value, bool):
        return False
    return any(map(_has_lines, value.values() if isinstance(value, Mapping) else value))


def _text(text: str, column: int, used: int) -> str:
    """A text after ``key:`` or a dash: in one line, or as a block below."""
    indent = " " * (column + _STEP)
    lines = text.split("\n")
    if len(lines) > 1 and _is_block(text, lines):
        mark = "|" if text.endswith("\n") else "|-"
        kept = lines[:-1] if text.endswith("\n") else lines
        return "\n".join([mark, *((indent + line).rstrip() for line in kept)])
    is_long = column + used + len(text) > WIDTH and len(text) > _LONG
    if is_long and _PROSE.fullmatch(text) and not _ESCAPED.search(text):
        width = max(40, WIDTH - len(indent))
        folded = wrap(text, width, break_long_words=False, break_on_hyphens=False)
        return "\n".join([">-", *(indent + line for line in folded)])
    is_plain = _PLAIN_LINE.fullmatch(text) and text.lower() not in _RESERVED
    return text if is_plain else word(text)


def _is_block(text: str, lines: list[str]) -> bool:
    """Whether lines can stand as they are, with nothing that a reader would drop or change."""
    if text.startswith("\n") or text.endswith("\n\n") or _ESCAPED.search("".join(lines)):
        return False
    return all(line == line.strip() for line in lines)
