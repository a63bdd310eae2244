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


def _read(lines: list[tuple[str, str, str, str, str]]) -> Plain:
    """Put lines together. `open_at` holds the columns at which the maps and lists that are open begin, `opened` these themselves."""
    root: Plain = None
    open_at: list[int] = []
    opened: list[dict[str, Plain] | list[Plain]] = []
    waiting = ""  # the name before, where it has no value on its line
    for blanks, dash, name, quoted, plain in lines:
        if not (dash or name):
            if quoted or plain:
                raise _DoubtError
            continue  # an empty line
        at = len(blanks)
        while open_at and open_at[-1] > at:
            open_at.pop()
            opened.pop()
            waiting = ""
        top = opened[-1] if opened else None
        if not dash and isinstance(top, list) and open_at[-1] == at:  # a list may stand as far left as the map that holds it
            open_at.pop()
            opened.pop()
            top = opened[-1] if opened else None
        begins_list = bool(dash) and isinstance(top, dict) and waiting != ""
        if top is None or at > open_at[-1] or begins_list:
            made: dict[str, Plain] | list[Plain] = [] if dash else {}
            if root is None and not at:
                root = made
            elif waiting and isinstance(top, dict):
                top[waiting] = made
            else:
                raise _DoubtError
            open_at.append(at)
            opened.append(made)
            top = made
        if isinstance(top, list) is not bool(dash) or len(opened) > _DEEPEST or open_at[-1] != at:
            raise _DoubtError
        value = _value(quoted, plain)
        if isinstance(top, list):
            if not name:
                if not (quoted or plain):
                    raise _DoubtError
                top.append(value)
                waiting = ""
                continue
            item: dict[str, Plain] = {}
            top.append(item)
            open_at.append(at + len(dash))
            opened.append(item)
            top = item
        if name in top:
            raise _DoubtError
        top[name] = value
        waiting = "" if quoted or plain else name
    return root


def _value(quoted: str, plain: str) -> str | None:
    if plain:
        return None if (text := plain.rstrip(" ")) in NULLS else text
    if not quoted:
        return None
    text = quoted[1:-1]
    if quoted[0] == '"':
        return _ESCAPED.sub(r"\1", text) if "\\" in text else text
    return text.replace("''", "'")
