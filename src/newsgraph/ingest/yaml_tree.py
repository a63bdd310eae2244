"""YAML text -> maps, lists and strings, with nothing guessed: `NO`, `1_000` and `12:30` stay what was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from newsgraph.ingest.plain_yaml import NULLS, read_plain
from newsgraph.ingest.problem_notes import ProblemNotes, shown

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"

_NULL, _STR = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("null", "str", "bool", "int", "float", "timestamp", "seq", "map"))
# News nests four deep; aliases are legal YAML but no feed writes them.
MAX_DEPTH = 40
MAX_ALIASES = 20
MAX_NODES = 1_000_000  # half a kilobyte each while they are read
# Text that may hold aliases or deep nesting is looked through event by event before anything is built from it.
_SUSPECT = re.compile(r"(?:^|[\s\[{,:?-])[&*][^\s&*]|(?:[-?:][ \t]+){20}|[\n\x85\u2028\u2029][ ]{200}")
_SUSPECT_BRACKETS = 200
_SUSPECT_LENGTH = 2_000_000


class YamlError(Exception):
    """YAML that cannot be read or is refused; `hint` says what to do."""

    def __init__(self, line: int | None, what: str, hint: str) -> None:
        """Say at which line of the file, where that is known, what is wrong and how to mend it."""
        super().__init__(f"{what} (line {line})" if line else what)
        self.hint = hint


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc] # libyaml is optional in PyYAML
    """Composes nodes and resolves nothing but null: the fields know their types better than YAML's guesses."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: object) -> str:
        if kind is yaml.ScalarNode:
            plain = isinstance(implicit, tuple) and implicit[0]
            return _NULL if plain and value in NULLS else _STR
        return "tag:yaml.org,2002:seq" if kind is yaml.SequenceNode else "tag:yaml.org,2002:map"

    def descend_resolver(self, *_: object) -> None:
        """Do nothing: there are no resolvers that depend on a path, and the call is made for each node."""

    def ascend_resolver(self) -> None:
        """Do nothing, as above."""


def read_yaml(text: str, notes: ProblemNotes, first_line: int = 1) -> Tree:
    """Read one YAML document; doubled keys are noted and the first one is kept.

    `first_line` is the line of the file at which the text starts, for messages. Raises `YamlError`.
    """
    plain = read_plain(text)
    return read_any(text, notes, first_line) if plain is None else plain


def read_any(text: str, notes: ProblemNotes, first_line: int = 1) -> Tree:
    """Do as `read_yaml`, by PyYAML whatever the text."""
    try:
        if _is_suspect(text):
            _refuse_bombs(text, first_line)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else first_line
        raise YamlError(line, f"is no YAML: {error.problem}", _mend(str(error.problem))) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise YamlError(None, f"is no YAML: {' '.join(str(error).split())[:120]}", "Mend the YAML") from error
    return None if node is None else _Reader(first_line).tree(node, notes, 0)


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a list stands in a YAML text: the line of each item, the column of the dashes, and whether it is written as [a, b].

    `lines` is empty and `flow` false where the text holds no list yet.
    """

    lines: tuple[int, ...] = ()
    column: int = 0
    flow: bool = False


def list_place(text: str, field: str) -> ListPlace:
    """Find the list that a YAML text is, or that stands in it under a field; for texts that `read_yaml` has read."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    if isinstance(node, yaml.MappingNode):
        node = next((value for key, value in node.value if isinstance(key, yaml.ScalarNode) and key.value == field), None)
    if not isinstance(node, yaml.SequenceNode):
        return ListPlace()
    return ListPlace(tuple(item.start_mark.line + 1 for item in node.value), node.start_mark.column, bool(node.flow_style))


def _mend(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "Put quotes around a text that holds a colon and a space"
    if "tab" in problem or "cannot start any token" in problem:
        return "Indent with spaces, and put quotes around a text that starts with a sign"
    return "Mend the YAML: look for a missing quote or a wrong indentation at or before that line"


def _is_suspect(text: str) -> bool:
    brackets = text.count("[") + text.count("{")
    return len(text) > _SUSPECT_LENGTH or brackets > _SUSPECT_BRACKETS or _SUSPECT.search(text) is not None


def _refuse_bombs(text: str, first_line: int) -> None:
    aliases = depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if aliases > MAX_ALIASES:
            raise YamlError(line, f"holds more than {MAX_ALIASES} YAML aliases", "Write the values out instead of *references")
        if count > MAX_NODES:
            raise YamlError(line, f"holds more than {MAX_NODES:,} values", "Split it into several files")
        _refuse_depth(depth, line)


def _refuse_depth(depth: int, line: int) -> None:
    if depth > MAX_DEPTH:
        raise YamlError(line, f"is nested more than {MAX_DEPTH} deep", "Flatten the data: an article needs four levels")


class _Reader:
    """Turns composed nodes into maps, lists and strings; what an alias repeats is read once and shared."""

    def __init__(self, first_line: int) -> None:
        self._first_line = first_line
        self._done: dict[int, Tree] = {}

    def tree(self, node: yaml.Node, notes: ProblemNotes, depth: int) -> Tree:
        if node.tag not in _PLAIN_TAGS:
            name = node.tag.replace("tag:yaml.org,2002:", "!!")
            raise YamlError(self._line(node), f"holds the custom YAML tag {shown(name)}", "Remove the tag: plain YAML is data only")
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == _NULL else str(node.value)
        _refuse_depth(depth, self._line(node))
        if id(node) not in self._done:
            read = self._list if isinstance(node, yaml.SequenceNode) else self._map
            self._done[id(node)] = read(node, notes, depth)
        return self._done[id(node)]

    def _line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self._first_line

    def _list(self, node: yaml.Node, notes: ProblemNotes, depth: int) -> Tree:
        return [
            self.tree(item, notes if isinstance(item, yaml.ScalarNode) else notes.at(f"[{number}]"), depth + 1)
            for number, item in enumerate(node.value)
        ]

    def _map(self, node: yaml.Node, notes: ProblemNotes, depth: int) -> Tree:
        found: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                notes.add("", "holds a list or a map as the name of a field, which was left out", "Name fields by plain words")
            elif (key := str(key_node.value)) in found:
                notes.add(key, "is given more than once; the first one was kept", "Remove the others")
            else:
                below = notes if isinstance(value_node, yaml.ScalarNode) else notes.at(key)
                found[key] = self.tree(value_node, below, depth + 1)
        return found
