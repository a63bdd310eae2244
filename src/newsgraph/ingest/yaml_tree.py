"""Read YAML into maps, lists and strings without guessing types: `NO`, `1_000` and `12:30` stay the text that was written.

PyYAML parses, by libyaml where it is installed, and the tree is built from the parser's events in one pass. PyYAML's own constructors
would keep the last of several equal keys without a word, pass over unknown tags, turn null into an empty text, and build whatever
aliases and deep nesting ask for. Here equal keys become problems of the document, and the others are errors that name a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from newsgraph.ingest.problem_notes import ProblemNotes, quote_value

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml is optional in PyYAML
_NULL = "tag:yaml.org,2002:null"
_NULL_WORDS = frozenset({"", "~", "null", "Null", "NULL"})
_SET = "tag:yaml.org,2002:set"  # a map without values: a list to us
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("null", "str", "bool", "int", "float", "timestamp", "seq", "map")) | {"!"}
# News nests four deep; aliases are legal YAML but no feed writes them.
MAX_DEPTH = 40
MAX_ALIASES = 20
MAX_VALUES = 1_000_000
_NO_ALIASES = "Write values out instead of *references, and put quotes around a text that starts with * or &"


class YamlError(Exception):
    """YAML that cannot be read or is refused; `hint` says what to do."""

    def __init__(self, line: int | None, what: str, hint: str) -> None:
        """State what is wrong, at which line of the file (None if that is unknown), and how to fix it."""
        super().__init__(f"{what} (line {line})" if line else what)
        self.hint = hint


def read_yaml(text: str, notes: ProblemNotes, first_line: int = 1) -> Tree:
    """Read one YAML document; of several equal keys the first is kept and the others are noted.

    `first_line` is the line of the file at which the text starts, for messages. Raises YamlError.
    """
    try:
        return _TreeBuilder(yaml.parse(text, Loader=_LOADER), first_line).document(notes)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else first_line
        raise YamlError(line, f"is not valid YAML: {error.problem}", _syntax_hint(str(error.problem))) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise YamlError(None, f"is not valid YAML: {' '.join(str(error).split())[:120]}", "Correct the YAML") from error


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a list is in a YAML text, for adding to it.

    `lines` holds the line of each item, from 1; it is empty where the text holds no list yet. `column` is that of the dashes, from 0.
    `flow` is true for a list in brackets: `[a, b]`.
    """

    lines: tuple[int, ...] = ()
    column: int = 0
    flow: bool = False


def list_place(text: str, field: str) -> ListPlace:
    """Find the list that is the whole of a YAML text or the value of a field; only for texts that `read_yaml` has accepted."""
    node = yaml.compose(text, Loader=_LOADER)
    if isinstance(node, yaml.MappingNode):
        node = next((value for key, value in node.value if isinstance(key, yaml.ScalarNode) and key.value == field), None)
    if not isinstance(node, yaml.SequenceNode):
        return ListPlace()
    return ListPlace(tuple(item.start_mark.line + 1 for item in node.value), node.start_mark.column, bool(node.flow_style))


def _syntax_hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "Put quotes around a text that holds a colon and a space"
    if "tab" in problem or "cannot start any token" in problem:
        return "Indent with spaces, and put quotes around a text that starts with a sign"
    return "Correct the YAML: look for a missing quote or a wrong indentation at or before that line"


class _TreeBuilder:
    """Builds the tree of one document from the events of a YAML parser; what an alias repeats is built once and shared."""

    def __init__(self, events: Iterator[yaml.Event], first_line: int) -> None:
        self._events, self._first_line = events, first_line
        self._anchors: dict[str, Tree] = {}
        self._values = self._aliases = 0

    def document(self, notes: ProblemNotes) -> Tree:
        """Build the only document of the stream; None where the stream is empty."""
        next(self._events)  # the stream starts
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        tree = self._value(next(self._events), notes, 0)
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._error(after, "begins a second YAML document", "Remove the line of --- and what follows it, or use another file")
        return tree

    def _value(self, event: yaml.Event, notes: ProblemNotes, depth: int) -> Tree:
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._error(event, f"holds more than {MAX_VALUES:,} values", "Split it into several files")
        if isinstance(event, yaml.ScalarEvent):
            is_null = event.tag == _NULL or (event.implicit[0] and event.value in _NULL_WORDS)
            tree: Tree = None if is_null else event.value
        elif isinstance(event, yaml.CollectionStartEvent):
            if depth > MAX_DEPTH:
                raise self._error(event, f"is nested more than {MAX_DEPTH} deep", "Flatten the data: an article needs four levels")
            build = self._list if isinstance(event, yaml.SequenceStartEvent) else self._map
            tree = build(notes, depth + 1)
        else:
            return self._alias(event)
        if event.tag == _SET and isinstance(tree, dict):
            tree = [*tree]
        elif event.tag and event.tag not in _PLAIN_TAGS:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise self._error(event, f"holds the custom YAML tag {quote_value(tag)}", "Remove the tag: plain YAML is data only")
        if event.anchor:
            if event.anchor in self._anchors:
                raise self._error(event, f"defines the YAML anchor &{event.anchor} twice", _NO_ALIASES)
            self._anchors[event.anchor] = tree
        return tree

    def _alias(self, event: yaml.Event) -> Tree:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise self._error(event, f"holds more than {MAX_ALIASES} YAML aliases", _NO_ALIASES)
        name = event.anchor if isinstance(event, yaml.AliasEvent) else None
        if name not in self._anchors:  # which it is neither before its anchor nor inside the anchored value
            raise self._error(event, f"holds the YAML alias *{name}, but no value before it has the anchor &{name}", _NO_ALIASES)
        return self._anchors[name]

    def _list(self, notes: ProblemNotes, depth: int) -> list[Tree]:
        items: list[Tree] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, notes if isinstance(event, yaml.ScalarEvent) else notes.at(f"[{len(items)}]"), depth))
        return items

    def _map(self, notes: ProblemNotes, depth: int) -> dict[str, Tree]:
        fields: dict[str, Tree] = {}
        for key_event in self._events:
            if isinstance(key_event, yaml.MappingEndEvent):
                break
            key = self._key(key_event, notes, depth)
            event = next(self._events)
            if key is not None and key not in fields:
                fields[key] = self._value(event, notes if isinstance(event, yaml.ScalarEvent) else notes.at(key), depth)
                continue
            self._value(event, ProblemNotes(notes.source), depth)  # an alias may repeat it
            if key is None:
                notes.add("", "holds a list or a map as the name of a field, which was left out", "Name fields by plain words")
            else:
                notes.add(key, "is given more than once; the first one was kept", "Remove the others")
        return fields

    def _key(self, event: yaml.Event, notes: ProblemNotes, depth: int) -> str | None:
        """Build the name of a field, where "null" is a word like others; None for a list or a map."""
        if isinstance(event, yaml.ScalarEvent) and not (event.anchor or event.tag):
            return event.value
        key = self._value(event, ProblemNotes(notes.source), depth)
        return key if isinstance(key, str) else None

    def _error(self, event: yaml.Event, what: str, hint: str) -> YamlError:
        line = event.start_mark.line if event.start_mark else 0
        return YamlError(line + self._first_line, what, hint)
