r"""The plain part of YAML that feeds write, read line by line: maps, lists with dashes, texts of one line.

PyYAML reads everything else, and at any doubt the answer here is None. No doubt is about a line `name: value`, `- value` or
`- name: value` with blanks before it, where the name is a plain word, and the value a plain text or one in quotes with no
escapes but `\"` and `\\`. A doubt are anchors, aliases, tags, merge keys, lists and maps in brackets, block texts, texts over several
lines, comments, several documents, doubled names, tabs and rare line ends. What is read means the same to PyYAML: tests compare both.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_DOUBTFUL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE = re.compile(
    r"^( *)(- +)?"
    r"(?:([A-Za-z_][\w.-]{0,99}):(?: +|$))?"
    r'(?:("[^"\\\n]*(?:\\["\\][^"\\\n]*)*"|\'[^\'\n]*(?:\'\'[^\'\n]*)*\')'
    r"|((?:[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<]|-(?=[0-9]))[^:#\n]*(?:(?::(?=[^ \n])|(?<! )#)[^:#\n]*)*))? *$",
    re.MULTILINE | re.ASCII,
)
_ESCAPED = re.compile(r'\\(["\\])')
_DEEPEST = 24
_LARGEST = 2_000_000  # characters


class _DoubtError(Exception):
    """A line that may mean something else than it seems to."""


def read_plain(text: str) -> Plain:
    """Read a text of plain YAML; None where there is any doubt, and where there is nothing in it."""
    if len(text) > _LARGEST or _DOUBTFUL.search(text):
        return None
    lines = _LINE.findall(text)
    if len(lines) != text.count("\n") + 1:
        return None
    try:
        return _read(lines)
    except _DoubtError:
        return None


class _Outline:
    """The maps and lists that are open, each with the column where it begins; `waiting` is a name whose value is still to come."""

    def __init__(self) -> None:
        self.root: Plain = None
        self.waiting = ""
        self._columns: list[int] = []
        self._opened: list[dict[str, Plain] | list[Plain]] = []

    def at(self, column: int, *, dash: bool) -> dict[str, Plain] | list[Plain]:
        """Close what lies deeper, and give the map or the list (where there is a `dash`) that a line at a column belongs to."""
        while self._columns and self._columns[-1] > column:
            self._close()
            self.waiting = ""
        if self._opened and not dash and self._columns[-1] == column and isinstance(self._opened[-1], list):
            self._close()  # a list may stand as far left as the map that holds it
        top = self._opened[-1] if self._opened else None
        if top is None or column > self._columns[-1] or (dash and self.waiting and isinstance(top, dict)):
            return self._begun(top, column, dash=dash)
        if isinstance(top, list) is not dash or self._columns[-1] != column:
            raise _DoubtError
        return top

    def open(self, column: int, made: dict[str, Plain] | list[Plain]) -> None:
        """Put a map or a list that begins at a column on top."""
        if len(self._opened) >= _DEEPEST:
            raise _DoubtError
        self._columns.append(column)
        self._opened.append(made)

    def _close(self) -> None:
        self._columns.pop()
        self._opened.pop()

    def _begun(self, top: object, column: int, *, dash: bool) -> dict[str, Plain] | list[Plain]:
        made: dict[str, Plain] | list[Plain] = [] if dash else {}
        if self.root is None and not column:
            self.root = made
        elif self.waiting and isinstance(top, dict):
            top[self.waiting] = made
        else:
            raise _DoubtError
        self.open(column, made)
        return made


def _read(lines: list[tuple[str, str, str, str, str]]) -> Plain:
    outline = _Outline()
    top: dict[str, Plain] | list[Plain] = []
    here = -1  # the column of the map that the last line was of; most lines go on with it
    for blanks, dash, name, quoted, plain in lines:
        if not (dash or name or quoted or plain):
            continue  # an empty line
        told = quoted or plain
        if not (name or (dash and told)):
            raise _DoubtError
        if dash or len(blanks) != here:
            top, here = outline.at(len(blanks), dash=bool(dash)), len(blanks)
        if isinstance(top, list):
            item: dict[str, Plain] | Plain = {} if name else _value(quoted, plain)
            top.append(item)
            here = len(blanks) + len(dash) if isinstance(item, dict) else -1
            if not isinstance(item, dict):
                outline.waiting = ""
                continue
            outline.open(here, item)
            top = item
        if name in top:
            raise _DoubtError
        top[name] = _value(quoted, plain)
        outline.waiting = "" if told else name
    return outline.root


def _value(quoted: str, plain: str) -> str | None:
    if plain:
        return None if (text := plain.rstrip(" ")) in NULLS else text
    if not quoted:
        return None
    text = quoted[1:-1]
    if quoted[0] == '"':
        return _ESCAPED.sub(r"\1", text) if "\\" in text else text
    return text.replace("''", "'")
