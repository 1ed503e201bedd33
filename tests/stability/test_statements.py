"""Preference statements against truth tables, and the sentences about those that do not parse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest

from goodoffices.errors import CaseError
from goodoffices.stability import Model, model_from_text
from goodoffices.stability.statements import parsed, ranks, satisfied
from tests.fuzzing import amount

ACTIONS = ("a", "b", "long-name", "c_3")

Holds = Callable[[Sequence[bool]], bool]


def model(actions: Sequence[str] = ACTIONS, rest: str = "") -> Model:
    listed = "".join(f"  - {{id: {name}, party: North}}\n" for name in actions)
    return model_from_text(
        f"title: t\nparties: [North]\nactions:\n{listed}preferences: {{North: indifferent}}\n{rest}"
    )


def table(text: str) -> list[int]:
    return satisfied(model(), text).tolist()


def settings() -> list[list[bool]]:
    return [[bool(state >> bit & 1) for bit in range(4)] for state in range(16)]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a", lambda s: s[0]),
        ("-a and b", lambda s: not s[0] and s[1]),
        ("NY--", lambda s: not s[0] and s[1]),
        ("not (NY--)", lambda s: s[0] or not s[1]),
        ("a or b and c_3", lambda s: s[0] or (s[1] and s[3])),
        ("(a or b) and c_3", lambda s: (s[0] or s[1]) and s[3]),
        ("a if b", lambda s: s[0] or not s[1]),
        ("a IF b", lambda s: s[0] or not s[1]),
        ("a iff -b | long-name", lambda s: s[0] == (not s[1] or s[2])),
        ("- -a & not !b", lambda s: s[0] and s[1]),
        ("-long-name", lambda s: not s[2]),
        ("(a if b) iff c_3", lambda s: (s[0] or not s[1]) == s[3]),
    ],
)
def test_words_mean_what_they_say(text: str, holds: Holds) -> None:
    assert table(text) == [int(holds(setting)) for setting in settings()]


def test_of_equally_important_statements_it_counts_how_many_hold() -> None:
    assert table("a; b; c_3") == [s[0] + s[1] + s[3] for s in settings()]


def random_statement(rng: Random, depth: int) -> tuple[str, Holds]:
    if depth == 0 or rng.random() < 0.2:
        number = rng.randrange(len(ACTIONS))
        if rng.random() < 0.3:
            signs = [rng.choice("YN-") for _ in ACTIONS]
            signs[number] = "Y"
            return "".join(signs), lambda s: all(
                sign == "-" or s[k] == (sign == "Y") for k, sign in enumerate(signs)
            )
        return ACTIONS[number], lambda s: s[number]
    one, holds_one = random_statement(rng, depth - 1)
    if rng.random() < 0.3:
        return f"-({one})", lambda s: not holds_one(s)
    other, holds_other = random_statement(rng, depth - 1)
    meaning: dict[str, Holds] = {
        "and": lambda s: holds_one(s) and holds_other(s),
        "or": lambda s: holds_one(s) or holds_other(s),
        "if": lambda s: holds_one(s) or not holds_other(s),
        "iff": lambda s: holds_one(s) == holds_other(s),
    }
    word = rng.choice(list(meaning))
    return f"({one}) {word} ({other})", meaning[word]


def test_random_statements_agree_with_their_truth_tables() -> None:
    rng = Random(1)
    asked = model()
    for _ in range(amount(300)):
        text, holds = random_statement(rng, 4)
        assert satisfied(asked, text).tolist() == [int(holds(s)) for s in settings()], text


def test_any_number_of_statements_ranks_by_the_first_that_tells_apart() -> None:
    rng = Random(2)
    asked = model(rest="infeasible: [YY--]")
    states = asked.states.tolist()
    for count in (1, 3, 61, 62, 63, 64, 130, 400):
        pairs = [random_statement(rng, 2) for _ in range(count)]
        # What matters last must not be lost: nothing before tells a and c_3 apart.
        weak = [("a or c_3", lambda s: s[0] or s[3])] * (count - 1)
        for group in (pairs, [*weak, ("a", lambda s: s[0])]):
            weights = {
                state: sum(
                    2 ** (count - j)
                    for j, (_, holds) in enumerate(group)
                    if holds(settings()[state])
                )
                for state in states
            }
            levels = sorted(set(weights.values()))
            found = ranks(asked, [text for text, _ in group])
            assert [found[s] for s in states] == [levels.index(weights[s]) for s in states]
            assert str(found.dtype) == "int32"


def test_groups_compare_by_how_many_hold_before_what_comes_after() -> None:
    asked = model(("a", "b", "c"))
    found = ranks(asked, ["a; b", "c"])
    order = sorted(range(8), key=lambda s: -found[s])
    assert [asked.pattern(s) for s in order[:2]] == ["YYY", "YYN"]
    assert found[asked.state("2")] == found[asked.state("3")]


@pytest.mark.parametrize(
    ("text", "sentence", "under"),
    [
        ("a and", "An action, a pattern or '(' belongs where the statement ends.", "     ^"),
        ("a b", "'and', 'or', 'if' or 'iff' belongs before 'b'.", "  ^"),
        ("a & | b", "An action, a pattern or '(' belongs where 'or' stands.", "    ^"),
        ("(a or b", "This '(' is never closed.", "^"),
        ("a)", "This ')' closes nothing.", " ^"),
        ("water", "'water' is not an action of this model.", "^^^^^"),
        ("YN-", "The pattern has 3 signs; it takes 4, one for each action.", "^^^"),
        ("a + b", "'and', 'or', 'if' or 'iff' belongs before '+'.", "  ^"),
        ("a and +", "The sign '+' has no meaning here.", "      ^"),
        ("a if b if c_3", "Put the first 'if' or 'iff' with its two sides in parentheses.",
         "       ^^"),
        ("a;", "An action, a pattern or '(' belongs where the statement ends.", "  ^"),
        ("", "An action, a pattern or '(' belongs where the statement ends.", "^"),
    ],
)  # fmt: skip
def test_what_does_not_parse_is_underlined(text: str, sentence: str, under: str) -> None:
    with pytest.raises(CaseError) as caught:
        parsed(text, ACTIONS)
    assert str(caught.value) == f"{sentence}\n    {text}\n    {under}"


def test_of_a_long_statement_the_place_is_shown() -> None:
    with pytest.raises(CaseError) as caught:
        parsed(" and ".join(["a"] * 100 + ["wrong"] + ["b"] * 100), ACTIONS)
    _, shown, under = str(caught.value).split("\n")
    assert len(shown) < 100
    assert shown[under.index("^") : under.rindex("^") + 1] == "wrong"


@pytest.mark.parametrize("text", ["(" * 5000, "-" * 1999 + "a", "not " * 490 + "a", "a; " * 700])
def test_deep_and_long_statements_end(text: str) -> None:
    try:
        parsed(text, ACTIONS)
    except CaseError as fault:
        assert len(str(fault)) < 400


def test_a_statement_must_be_clear_about_merged_states() -> None:
    merged = model(rest="states: {gone: --Y-}")
    assert satisfied(merged, "long-name or a").tolist()[merged.state("gone")] == 1
    with pytest.raises(CaseError, match=r"'a' holds at some settings of the state gone \(--Y-\)"):
        satisfied(merged, "a")
