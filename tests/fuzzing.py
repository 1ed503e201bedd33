"""Inputs that nobody would write: files that are right, broken at random, and random tokens.

The same seed gives the same inputs. How many are tried is set by the environment variable
``GOODOFFICES_FUZZ`` (100,000 before a release); by default few enough for every test run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from random import Random

TOKENS = (
    "a", "North", "water", "low", "0", "-1", "0.5", "2/3", "1/0", "1e999999999", "1e-5", ".nan",
    ".inf", "null", "~", "true", "No", "40 %", "0,5", "'", '"', "'x'", '"\\u0000"', '"\\ud800"',
    "[", "]", "{", "}", "[]", "{}", ",", ":", ": ", "- ", "? ", "|\n ", ">-\n ", "#", " # x\n",
    "&a ", "*a", "<<: *a", "!!python/object:os.system ", "!t ", "%YAML 1.1\n---\n", "---\n",
    "...\n", "\n", "\n  ", "\n    ", "\t", "\r", "\0", "\ufeff", "\u2028", "\x85", "\xa0", "é",
    "🕊", "@", "`", "=", "id: ", "title: ", "parties: ", "issues: ", "options: ", "range: ",
    "from: ", "to: ", "step: ", "forbid: ", "unless: ", "require: ", "when: ", "weights: ",
    "scores: ", "value: ", "sources: ", "reservation: ", "status quo", "9" * 400,
)  # fmt: skip

_Mutation = Callable[[Random, bytes], bytes]


def amount(usual: int) -> int:
    """How many inputs to try."""
    return int(os.environ.get("GOODOFFICES_FUZZ", usual))


def mutants(
    seeds: Sequence[bytes], count: int, seed: int, tokens: Sequence[str] = TOKENS
) -> Iterator[bytes]:
    """So many inputs: each a seed file changed in one to four ways, or tokens in a row."""
    random = Random(seed)
    words = [token.encode() for token in tokens]
    changes: tuple[_Mutation, ...] = (
        _flip_byte,
        _delete_piece,
        _double_piece,
        _swap_lines,
        _delete_line,
        _indent_line,
        lambda r, data: _put(r, data, r.choice(words)),
        lambda r, data: _replace_word(r, data, r.choice(words)),
        lambda r, data: _cross(r, data, r.choice(seeds)),
    )
    for _ in range(count):
        if random.random() < 0.05:
            yield b"".join(random.choices(words, k=random.randrange(1, 40)))
            continue
        data = random.choice(seeds)
        for _ in range(random.choice((1, 1, 1, 2, 4))):
            data = random.choice(changes)(random, data)
        yield data


def _place(random: Random, data: bytes) -> int:
    return random.randrange(len(data) + 1)


def _piece(random: Random, data: bytes) -> tuple[int, int]:
    start = _place(random, data)
    return start, min(len(data), start + random.choice((1, 2, 5, 20, 100)))


def _flip_byte(random: Random, data: bytes) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes((data[at] ^ 1 << random.randrange(8),)) + data[at + 1 :]


def _delete_piece(random: Random, data: bytes) -> bytes:
    start, end = _piece(random, data)
    return data[:start] + data[end:]


def _double_piece(random: Random, data: bytes) -> bytes:
    start, end = _piece(random, data)
    return _put(random, data, data[start:end])


def _put(random: Random, data: bytes, piece: bytes) -> bytes:
    at = _place(random, data)
    return data[:at] + piece + data[at:]


def _replace_word(random: Random, data: bytes, word: bytes) -> bytes:
    words = data.split(b" ")
    words[random.randrange(len(words))] = word
    return b" ".join(words)


def _swap_lines(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _delete_line(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def _indent_line(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice((b" ", b"  ", b"\t", b"- ", b"# ")) + lines[at]
    return b"\n".join(lines)


def _cross(random: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: _place(random, data)] + other[_place(random, other) :]
