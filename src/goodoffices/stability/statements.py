"""Preference statements: what a party wants, said about actions, the most important first.

A statement is built from ids of actions with ``and``, ``or``, ``not``, ``if``, ``iff`` and
parentheses, or is a pattern such as ``YN-``. ``&``, ``|`` and ``-`` are short for the first three.
Statements with semicolons between them are equally important: of these it matters how many hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Model
from goodoffices.stability.values import Values

MOST_CHARACTERS = 2_000
MOST_DEPTH = 40

WORDS = ("and", "or", "not", "if", "iff")
"""What no action can be called."""

_TOKEN = re.compile(
    r"(?P<pattern>(?=-*[YN])[YN-]+(?![\w-]))|(?P<name>\w[\w-]*)|(?P<sign>[&|()!;-])|(?P<odd>\S)"
)
_SHORT = {"&": "and", "|": "or", "-": "not", "!": "not"}
_SHOWN = 90

Truth: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Taken:
    """The action with this number is taken."""

    action: int


@dataclass(frozen=True, slots=True)
class Joined:
    """All of some statements hold (``is_all``), or any of them."""

    parts: tuple[Statement, ...]
    is_all: bool


@dataclass(frozen=True, slots=True)
class Negated:
    """A statement does not hold."""

    part: Statement


@dataclass(frozen=True, slots=True)
class Same:
    """Two statements hold both or neither."""

    one: Statement
    other: Statement


Statement: TypeAlias = Taken | Joined | Negated | Same


def parsed(text: str, actions: Sequence[str]) -> tuple[Statement, ...]:
    """The equally important statements of a text; mostly it is one.

    Parameters
    ----------
    text
        For example ``release_water and -attack``, ``YN-``, or ``attack if escalate``: that it
        attacks where the other escalates, and elsewhere whatever it likes.
    actions
        Ids of the actions, in the order of patterns.

    Raises
    ------
    CaseError
        The text is no statement. The place is underlined.

    Examples
    --------
    >>> parsed("a and -b", ("a", "b"))
    (Joined(parts=(Taken(action=0), Negated(part=Taken(action=1))), is_all=True),)
    >>> parsed("a; b", ("a", "b"))
    (Taken(action=0), Taken(action=1))
    >>> parsed("a and or b", ("a", "b"))
    Traceback (most recent call last):
        ...
    goodoffices.errors.CaseError: An action, a pattern or '(' belongs where 'or' stands.
        a and or b
              ^^
    """
    line = " ".join(text.split())
    if len(line) > MOST_CHARACTERS:
        raise CaseError(
            f"The statement has {len(line):,} characters; up to {MOST_CHARACTERS:,} are read."
        )
    return _Parser(line, actions).group()


def satisfied(model: Model, text: str) -> Values:
    """How many of a text's equally important statements hold at each state: of one, 0 or 1.

    Raises
    ------
    CaseError
        The text is no statement, or it both holds and does not hold at a state that stands for
        more than one setting of the actions.
    """
    group = parsed(text, [action.id for action in model.actions])
    taken = _Settings(model)
    count = np.zeros(model.graph.size, dtype=np.int32)
    for statement in group:
        may, must = _truth(statement, taken)
        if may is not must and not np.array_equal(may, must):
            state = int(np.flatnonzero(may != must)[0])
            raise CaseError(
                f"{quoted(text)} holds at some settings of the state {model.label(state)} "
                f"({model.pattern(state)}) and not at others. Give a ranking, or leave the "
                "state's settings apart."
            )
        count += may
    return count


def ranks(model: Model, statements: Sequence[str]) -> Values:
    """The ranking that statements make, the most important first: the greater, the better.

    Of two states the better is the one at which the first statement that tells them apart holds;
    where that is a group of equally important ones, at which more of them hold.

    Returns
    -------
    For each state a number from 0, without gaps among the feasible ones; 0 at infeasible ones.

    Raises
    ------
    CaseError
        As :func:`satisfied`.

    References
    ----------
    The order is that of weights ``2 ** (m - j)`` for the j-th of m statements (option
    prioritising; read in the code of a program, not in a paper). It is reached by comparing
    from the first statement on, so there may be any number.

    Examples
    --------
    >>> from goodoffices.stability.model import Action
    >>> from goodoffices.case import Party
    >>> model = Model(title="", parties=(Party(id="P"),), graph=Hypercube((("both", "both"),)),
    ...     actions=(Action(id="a", party="P"), Action(id="b", party="P")), orderings=())
    >>> ranks(model, ["a", "-b"]).tolist()  # at neither, a, b, both
    [1, 3, 0, 2]
    """
    states = model.states
    key = np.zeros(len(states), dtype=np.int64)
    room = 1
    for text in statements:
        count = satisfied(model, text)[states]
        levels = int(count.max(initial=0)) + 1
        if room * levels >= 2**62:
            # As many bits as hold the places seen so far are used; the order stays.
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            room = len(states)
        key = key * levels + count
        room *= levels
    found = np.zeros(model.graph.size, dtype=np.int32)
    found[states] = np.unique(key, return_inverse=True)[1]
    return found


class _Settings:
    """For each action, where it may and where it must be taken."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: dict[int, tuple[Truth, Truth]] = {}
        if not isinstance(model.graph, Hypercube):
            self._patterns = [model.pattern(state) for state in range(model.graph.size)]

    def __call__(self, action: int) -> tuple[Truth, Truth]:
        if action not in self._known:
            self._known[action] = self._at(action)
        return self._known[action]

    def _at(self, action: int) -> tuple[Truth, Truth]:
        if isinstance(self._model.graph, Hypercube):
            # Every other run of settings takes the action; no need to look at each.
            run = 1 << self._model.bits[action]
            found = np.zeros((self._model.graph.size // (2 * run), 2, run), dtype=np.bool_)
            found[:, 1] = True
            return (found.reshape(-1),) * 2
        signs = np.array([pattern[action : action + 1] or "-" for pattern in self._patterns])
        return signs != "N", signs == "Y"


def _truth(
    statement: Statement, taken: Callable[[int], tuple[Truth, Truth]]
) -> tuple[Truth, Truth]:
    """Where a statement may and where it must hold; one and the same array where that is clear."""
    match statement:
        case Taken(action):
            return taken(action)
        case Negated(part):
            may, must = _truth(part, taken)
            never = ~may
            return (never, never) if may is must else (~must, never)
        case Joined(parts, is_all):
            pairs = [_truth(part, taken) for part in parts]
            join = np.logical_and if is_all else np.logical_or
            may = join.reduce([may for may, _ in pairs])
            if all(may is must for may, must in pairs):
                return may, may
            return may, join.reduce([must for _, must in pairs])
        case Same(one, other):
            both = Joined((one, other), is_all=True)
            neither = Joined((Negated(one), Negated(other)), is_all=True)
            return _truth(Joined((both, neither), is_all=False), taken)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    length: int


class _Parser:
    """Recursive descent over the tokens of one line."""

    def __init__(self, line: str, actions: Sequence[str]) -> None:
        self.line = line
        self.actions = {action: number for number, action in enumerate(actions)}
        self.tokens = list(_tokens(line))
        self.at = 0
        self.depth = 0

    def group(self) -> tuple[Statement, ...]:
        found = [self.whole()]
        while self.accept(";"):
            found.append(self.whole())
        token = self.tokens[self.at]
        if token.kind == "end":
            return tuple(found)
        if token.text in ("if", "iff"):
            raise self.fault("Put the first 'if' or 'iff' with its two sides in parentheses.")
        if token.text == ")":
            raise self.fault("This ')' closes nothing.")
        raise self.fault(f"'and', 'or', 'if' or 'iff' belongs before {quoted(token.text)}.")

    def whole(self) -> Statement:
        first = self.any_of()
        if self.accept("iff"):
            return Same(first, self.any_of())
        if self.accept("if"):
            return Joined((first, Negated(self.any_of())), is_all=False)
        return first

    def any_of(self) -> Statement:
        parts = [self.all_of()]
        while self.accept("or"):
            parts.append(self.all_of())
        return Joined(tuple(parts), is_all=False) if len(parts) > 1 else parts[0]

    def all_of(self) -> Statement:
        parts = [self.single()]
        while self.accept("and"):
            parts.append(self.single())
        return Joined(tuple(parts), is_all=True) if len(parts) > 1 else parts[0]

    def single(self) -> Statement:
        is_negated = False
        while self.accept("not"):
            is_negated = not is_negated
        found = self.named()
        return Negated(found) if is_negated else found

    def named(self) -> Statement:
        token = self.tokens[self.at]
        if token.text == "(":
            return self.bracketed()
        if token.kind == "pattern":
            return self.pattern(token)
        if token.kind == "odd":
            raise self.fault(f"The sign {quoted(token.text)} has no meaning here.")
        if token.kind != "name":
            found = quoted(token.text) + " stands" if token.text else "the statement ends"
            raise self.fault(f"An action, a pattern or '(' belongs where {found}.")
        if token.text not in self.actions:
            raise self.fault(f"{quoted(token.text)} is not an action of this model.")
        self.at += 1
        return Taken(self.actions[token.text])

    def bracketed(self) -> Statement:
        opened = self.at
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.fault(f"Parentheses are nested more than {MOST_DEPTH} deep.")
        self.at += 1
        found = self.whole()
        if not self.accept(")"):
            self.at = opened
            raise self.fault("This '(' is never closed.")
        self.depth -= 1
        return found

    def pattern(self, token: _Token) -> Statement:
        if len(token.text) != len(self.actions):
            raise self.fault(
                f"The pattern has {len(token.text)} signs; it takes {len(self.actions)}, one for "
                "each action."
            )
        self.at += 1
        parts: list[Statement] = []
        for number, sign in enumerate(token.text):
            if sign != "-":
                parts.append(Taken(number) if sign == "Y" else Negated(Taken(number)))
        return Joined(tuple(parts), is_all=True) if len(parts) > 1 else parts[0]

    def accept(self, text: str) -> bool:
        if self.tokens[self.at].kind == "sign" and self.tokens[self.at].text == text:
            self.at += 1
            return True
        return False

    def fault(self, sentence: str) -> CaseError:
        token = self.tokens[self.at]
        # Of a long statement, what stands around the place.
        first = max(0, token.start - _SHOWN // 2) if len(self.line) > _SHOWN else 0
        shown = self.line[first : first + _SHOWN]
        signs = "^" * max(1, min(token.length, first + _SHOWN - token.start))
        return CaseError(f"{sentence}\n    {shown}\n    {' ' * (token.start - first)}{signs}")


def _tokens(line: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(line):
        kind, text = str(found.lastgroup), found[0]
        if kind == "name" and text.lower() in WORDS:
            kind, text = "sign", text.lower()
        yield _Token(kind, _SHORT.get(text, text), found.start(), len(text))
    yield _Token("end", "", len(line), 1)
