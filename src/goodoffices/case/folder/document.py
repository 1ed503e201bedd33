"""YAML 1.2 text as a tree of words, lists and maps that know where they stand.

Only the parser of ruamel.yaml is used. Nothing is constructed from tags, aliases are refused
(a few lines of them can stand for more values than fit in any memory), and words stay words:
``No``, ``on`` and ``1e3`` keep the characters that the writer typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from goodoffices.case.numbers import quoted

MOST_BYTES = 2_000_000
MOST_LINES = 100_000
MOST_CHARACTERS_IN_LINE = 100_000
MOST_VALUES = 200_000
MOST_DEPTH = 20

Report: TypeAlias = Callable[[int, str], None]
"""Is told of a fault: its line, counted from 1, and the sentence."""

# What YAML 1.2 calls printable, chapter 5.1; everything else may not stand in a file.
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SENTENCES = (
    ("found character '\\t'", "A tab indents this line. YAML asks for spaces."),
    (
        "mapping values are not allowed",
        "A colon stands where no key can be. Put words that contain ': ' in quotation marks, "
        "and check the indentation.",
    ),
    ("could not find expected ':'", "A colon and a space are missing after the key."),
    (
        "expected <block end>",
        "The indentation does not fit the lines above, or a quotation mark is misplaced.",
    ),
    ("expected ',' or ']'", "A list opened with '[' lacks a comma or its ']'."),
    ("expected ',' or '}'", "A map opened with '{' lacks a comma or its '}'."),
    ("expected the node content", "A value is missing here, or a bracket is not closed."),
    ("found unexpected end of stream", "A quotation mark is opened and never closed."),
    ("found character '%'", "A word cannot begin with '%'. Put it in quotation marks."),
    (
        "that cannot start any token",
        "A word cannot begin with '@' or '`'. Put it in quotation marks.",
    ),
)


@dataclass(slots=True, eq=False)
class Word:
    """Anything written as one piece: a name, a number, a text."""

    text: str
    is_plain: bool
    line: int
    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written, or YAML's word for nothing."""
        return self.is_plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(slots=True, eq=False)
class Items:
    """A list, in brackets (``is_flow``) or with dashes."""

    is_flow: bool
    line: int
    start: int
    end: int = 0
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Entries:
    """A map, in braces (``is_flow``) or one key a line. Each key stands once."""

    is_flow: bool
    line: int
    start: int
    end: int = 0
    keys: dict[str, Word] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)


Node: TypeAlias = Word | Items | Entries


def decoded(content: str | bytes, report: Report) -> str | None:
    """The content of a file as text, without a byte order mark; ``None`` after a report."""
    if len(content) > MOST_BYTES:
        report(0, too_large(len(content)))
        return None
    try:
        text = content if isinstance(content, str) else content.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = fault.object[: fault.start]
        report(
            before.count(b"\n") + 1,
            f"The byte 0x{fault.object[fault.start]:02x} is not UTF-8. Save the file as UTF-8.",
        )
        return None
    text = text.removeprefix("\ufeff")
    if odd := _NOT_PRINTABLE.search(text):
        report(
            text.count("\n", 0, odd.start()) + 1,
            f"The character U+{ord(odd[0]):04X} cannot stand in a YAML file. Remove it.",
        )
        return None
    return None if _is_too_long(text, report) else text


def _is_too_long(text: str, report: Report) -> bool:
    """Whether there are more or longer lines than the parser can take in a few seconds."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        report(0, f"The file has {len(lines):,} lines; up to {MOST_LINES:,} are read.")
        return True
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_CHARACTERS_IN_LINE:
            report(
                number,
                f"The line has {len(line):,} characters; "
                f"up to {MOST_CHARACTERS_IN_LINE:,} are read.",
            )
            return True
    return False


def too_large(size: int) -> str:
    """The sentence about a file that is not read because of its size in bytes."""
    return f"The file holds {size:,} bytes; up to {MOST_BYTES:,} are read."


def tree(text: str, report: Report) -> Node | None:
    """The tree of a YAML text; ``None`` after a report.

    Duplicate keys are reported and the first is kept, so that reading can go on.
    """
    builder = _Builder(text, report)
    try:
        for event in _events(text):
            builder.add(event)
    except _NotRead as stop:
        report(stop.line, stop.sentence)
        return None
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        report(mark.line + 1 if mark else 0, _sentence(fault))
        return None
    except YAMLError as fault:
        report(0, f"This is not YAML: {' '.join(str(fault).split())}.")
        return None
    if builder.root is None:
        report(1, "The file is empty.")
    return builder.root


def _events(text: str) -> Iterable[Event]:
    events: Iterable[Event] = YAML(typ="safe", pure=True).parse(text)
    return events


class _NotRead(Exception):
    """Stops reading of a file at a line."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


class _Builder:
    """Puts the events of the parser together without recursion."""

    def __init__(self, text: str, report: Report) -> None:
        self.text = text
        self.report = report
        self.root: Node | None = None
        self.open: list[Items | Entries] = []
        self.pending: list[Word | None] = []
        self.count = 0
        self.documents = 0

    def add(self, event: Event) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent):
            raise _NotRead(
                line, f"'*{event.anchor}' is an alias. Write what it stands for in its place."
            )
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _NotRead(line, "A second document begins with '---'. A file holds one.")
        elif isinstance(event, ScalarEvent):
            self._refuse_tag(event.tag, line)
            self._place(self._word(event, line))
        elif isinstance(event, SequenceStartEvent | MappingStartEvent):
            self._refuse_tag(event.tag, line)
            kind = Items if isinstance(event, SequenceStartEvent) else Entries
            node = kind(bool(event.flow_style), line, event.start_mark.index)
            self._place(node)
            self.open.append(node)
            self.pending.append(None)
            if len(self.open) > MOST_DEPTH:
                raise _NotRead(line, f"Lists and maps are nested more than {MOST_DEPTH} deep.")
        elif isinstance(event, SequenceEndEvent | MappingEndEvent):
            self._close(event)

    def _word(self, event: ScalarEvent, line: int) -> Word:
        start, end = event.start_mark.index, event.end_mark.index
        is_plain = not event.style
        key = self.pending[-1] if self.pending else None
        if start == end and key is not None:
            # The parser places a value that was left out at the next thing that was not.
            line = key.line
            start = end = self.text.find(":", key.end) + 1 or key.end
        elif event.style in ("|", ">"):
            # It also counts the empty lines and comments that follow a block of text.
            end = start + len(self.text[start:end].rstrip())
        return Word(event.value, is_plain, line, start, end)

    def _refuse_tag(self, tag: str | None, line: int) -> None:
        if tag is not None:
            written = str(tag).replace("tag:yaml.org,2002:", "!!")
            raise _NotRead(line, f"{quoted(written)} is a YAML tag. Write the value without it.")

    def _place(self, node: Node) -> None:
        self.count += 1
        if self.count > MOST_VALUES:
            raise _NotRead(node.line, f"The file has more than {MOST_VALUES:,} values.")
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Items):
            parent.nodes.append(node)
        elif (key := self.pending[-1]) is not None:
            self._set(parent, key, node)
            self.pending[-1] = None
        elif isinstance(node, Word):
            self.pending[-1] = node
        else:
            raise _NotRead(node.line, "A list or map stands where a key belongs.")

    def _set(self, parent: Entries, key: Word, node: Node) -> None:
        if (first := parent.keys.get(key.text)) is not None:
            self.report(
                key.line,
                f"The key {quoted(key.text)} is given twice; the first is on line {first.line}.",
            )
            return
        parent.keys[key.text] = key
        parent.values[key.text] = node

    def _close(self, event: Event) -> None:
        node = self.open.pop()
        self.pending.pop()
        if node.is_flow:
            node.end = event.end_mark.index
            return
        # A block ends with its last word; the parser would count the comments that follow.
        children = node.nodes if isinstance(node, Items) else list(node.values.values())
        node.end = max((child.end for child in children), default=event.end_mark.index)


def _sentence(fault: MarkedYAMLError) -> str:
    problem = " ".join(str(fault.problem or fault.context or fault).split())
    for pattern, sentence in _SENTENCES:
        if problem.startswith(pattern) or pattern in problem:
            return sentence
    return f"This is not YAML: {problem}."
