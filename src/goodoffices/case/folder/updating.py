"""Changing a YAML text in place: what has not changed keeps its characters.

What the text says (``old``) is compared with what it should say (``new``). Where they are equal
the text stays, with its comments, order and spacing. An entry takes with it the comments above it
and the one at the end of its line; what stands above the first entry may be about all of them, and
stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from goodoffices.case.folder.document import Entries, Items, Node, Word
from goodoffices.case.folder.emitting import entry, flow, item, tail
from goodoffices.case.folder.trees import Tree

_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n|\Z)")


class Unlike(Exception):
    """The text says the same in another form, so its parts cannot be changed one by one."""


def updated(text: str, root: Node, old: Tree, new: Tree) -> str:
    """The text that says ``new``, changed from one that says ``old``.

    It may turn out to say something else where the text uses more of YAML than a case folder
    needs, so whoever writes it must read it again first.

    Raises
    ------
    Unlike
        The text has to be written anew.
    """
    update = _Update(text)
    changed = update.node(root, old, new, 0)
    result = text[: root.start] + changed + text[update.end(root) :]
    return re.sub(r"\r?\n", "\r\n", result) if "\r\n" in text else result


@dataclass(frozen=True, slots=True)
class _Update:
    text: str

    def node(self, node: Node, old: Tree | None, new: Tree, depth: int) -> str:
        """The text in place of that of a node, up to ``end(node)``."""
        if old == new:
            return self.text[node.start : self.end(node)]
        if isinstance(node, Entries) and isinstance(old, Mapping) and isinstance(new, Mapping):
            update = self._flow_map if node.is_flow else self._block_map
            return update(node, old, new, depth)
        if isinstance(node, Items):
            update_list = self._flow_list if node.is_flow else self._block_list
            return update_list(node, _list(old), _list(new), depth)
        raise Unlike

    def end(self, node: Node) -> int:
        """Where a node ends: a block with the last comment at its side."""
        if isinstance(node, Word) or node.is_flow:
            return node.end
        return self._line_end(node.end)

    def _line_end(self, at: int) -> int:
        """The end of the line, if nothing but a comment stands between."""
        rest = _REST_OF_LINE.match(self.text, at)
        return rest.end() if rest else at

    def _column(self, at: int) -> int:
        return at - (self.text.rfind("\n", 0, at) + 1)

    def _block_map(
        self, node: Entries, old: Mapping[str, Tree], new: Mapping[str, Tree], depth: int
    ) -> str:
        _check_alike(node, old, new)
        margin = "\n" + " " * self._column(node.start)
        parts: dict[str, str] = {}
        at = node.start
        for key, word in node.keys.items():
            value = node.values[key]
            lead, at = self.text[at : word.start], self._line_end(self.end(value))
            # A key in neither tree states what holds anyway, such as ``role: principal``.
            if key in new or key not in old:
                body = self._entry(word, value, old.get(key), new.get(key), depth)
                parts[key] = _fitted(lead, margin, not parts) + body
        earlier: list[str] = []
        for key, tree in new.items():
            if key not in parts and key not in old:
                gap = "\n" if depth == 0 and not isinstance(tree, str) else ""
                added = gap + margin + entry(key, tree, len(margin) - 1, depth)
                parts = _inserted(parts, earlier, key, added)
            # What the text says in another form counts as said at the end.
            earlier.append(key if key in parts else next(reversed(parts), key))
        return "".join(parts.values())

    def _entry(self, key: Word, value: Node, old: Tree | None, new: Tree | None, depth: int) -> str:
        """The text of an entry from its key to the end of the line."""
        end = self.end(value)
        rest = self.text[end : self._line_end(end)]
        if new is None or old == new:
            return self.text[key.start : end] + rest
        try:
            changed = self.node(value, old, new, depth + 1)
            return self.text[key.start : value.start] + changed + rest
        except Unlike:
            column, used = self._column(key.start), key.end - key.start + 1
            written = tail(new, column, depth + 1, used)
            return self.text[key.start : key.end] + ":" + _commented(written, rest)

    def _block_list(self, node: Items, old: list[Tree], new: list[Tree], depth: int) -> str:
        if len(old) != len(node.nodes) or not new:
            raise Unlike
        column = self._column(node.start)
        margin = "\n" + " " * column
        leads: dict[int, str] = {}
        at = node.start
        for child in node.nodes:
            leads[child.start] = self.text[at : child.start]
            at = self._line_end(self.end(child))
        children = _in_tree_order(node.nodes)
        parts: list[str] = []
        for position, source in enumerate(_sources(old, new)):
            tree = new[position]
            if source is None or _would_be_renamed(children[source], tree, position - source):
                lead, body = "- ", item(tree, column, depth)
            else:
                child = children[source]
                lead = leads[child.start]
                body = self._item(child, old[source], tree, column, depth)
            parts.append(_fitted(lead, margin, not parts) + body)
        return "".join(parts)

    def _item(self, node: Node, old: Tree, new: Tree, column: int, depth: int) -> str:
        """The text of a list's item after its dash, to the end of the line."""
        end = self.end(node)
        rest = self.text[end : self._line_end(end)]
        try:
            return self.node(node, old, new, depth + 1) + rest
        except Unlike:
            return _commented(item(new, column, depth), rest)

    def _flow_map(
        self, node: Entries, old: Mapping[str, Tree], new: Mapping[str, Tree], depth: int
    ) -> str:
        if not node.keys.keys() == old.keys() == new.keys():
            raise Unlike
        pairs = [(node.values[key], old[key], new[key]) for key in node.keys]
        return self._spliced(node, pairs, depth)

    def _flow_list(self, node: Items, old: list[Tree], new: list[Tree], depth: int) -> str:
        if not len(node.nodes) == len(old) == len(new):
            raise Unlike
        return self._spliced(node, list(zip(node.nodes, old, new, strict=True)), depth)

    def _spliced(
        self, node: Items | Entries, changes: list[tuple[Node, Tree, Tree]], depth: int
    ) -> str:
        parts = []
        at = node.start
        for child, old, new in changes:
            try:
                changed = self.node(child, old, new, depth + 1)
            except Unlike:
                changed = flow(new)
            parts += [self.text[at : child.start], changed]
            at = child.end
        return "".join([*parts, self.text[at : node.end]])


def _list(tree: Tree | None) -> list[Tree]:
    if isinstance(tree, Sequence) and not isinstance(tree, str):
        return list(tree)
    raise Unlike


def _check_alike(node: Entries, old: Mapping[str, Tree], new: Mapping[str, Tree]) -> None:
    """Every key that changes must be there to be changed."""
    hidden = [key for key in old if key not in node.keys and old[key] != new.get(key)]
    if hidden or not new:
        raise Unlike


def _fitted(lead: str, margin: str, is_first: bool) -> str:
    """What stands before an entry, made to fit where the entry now comes."""
    if is_first:
        return lead.lstrip()
    return lead if "\n" in lead else margin + lead


def _commented(written: str, comment: str) -> str:
    """A comment put back at the end of the first line."""
    first, newline, more = written.partition("\n")
    return first + comment + newline + more


def _inserted(parts: dict[str, str], earlier: Sequence[str], key: str, text: str) -> dict[str, str]:
    """The parts with one more, after all those that come before it when a file is new."""
    keys = list(parts)
    at = max((keys.index(k) + 1 for k in earlier if k in parts), default=len(keys))
    return {**{k: parts[k] for k in keys[:at]}, key: text, **{k: parts[k] for k in keys[at:]}}


def _in_tree_order(nodes: list[Node]) -> list[Node]:
    """Rankings of issues before rankings of options, as in trees; other lists as they are."""
    return sorted(nodes, key=lambda node: isinstance(node, Entries) and "issue" in node.keys)


def _would_be_renamed(node: Node, tree: Tree, moved: int) -> bool:
    """Whether moving an item changes the id that its position gives it."""
    is_named = not isinstance(node, Entries) or "id" in node.keys
    return moved != 0 and not is_named and isinstance(tree, Mapping) and "id" in tree


def _id(tree: Tree) -> str | None:
    if isinstance(tree, str):
        return tree
    found = tree.get("id") if isinstance(tree, Mapping) else None
    return found if isinstance(found, str) else None


def _sources(old: list[Tree], new: list[Tree]) -> list[int | None]:
    """For each new item, the position of the old item that it comes from."""
    names = [_id(tree) for tree in old]
    if None not in names and len(set(names)) == len(names):
        at = {name: k for k, name in enumerate(names)}
        return [at.get(_id(tree)) for tree in new]
    found: list[int | None] = [None] * len(new)
    matcher = SequenceMatcher(None, [repr(t) for t in old], [repr(t) for t in new], autojunk=False)
    for _, first, end, first_new, end_new in matcher.get_opcodes():
        for shift in range(min(end - first, end_new - first_new)):
            found[first_new + shift] = first + shift
    return found
