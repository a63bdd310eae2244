"""Which questions are answered at all: read as the grammar of SPARQL reads them, before any engine sees them.

A question is split into the terminals of SPARQL 1.1 (its strings, comments, IRIs and names), so that a word counts as a keyword exactly
where the grammar has one. Code point escapes (`u0053` after a backslash) are resolved first, as the grammar says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsgraph.core.errors import QueryError
from newsgraph.core.vocabulary import PREFIXES

LONGEST = 1_000_000
"""Characters of a question."""
DEEPEST = 200
"""Brackets within brackets of a question: the parser of the engine is recursive, and a deeper question can end the process."""

_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SURROGATES = range(0xD800, 0xE000)
_LARGEST = 0x10FFFF
# No alternative gives back what it took, and a run of letters, dots and hyphens is taken as a whole: each character of a question is read a
# few times at most, however it is written.
_TERMINAL = re.compile(
    r"""(?P<space>[\x20\t\r\n]++|\#[^\r\n]*+)"""
    r"""|(?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)"""
    r"""|(?P<quotes>\"{3}|'{3})"""
    r"""|(?P<string>"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')"""
    r"""|(?P<variable>[?$]\w++)|(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)"""
    r"""|(?P<name>(?:[^\W\d_][\w.\-]*+(?<!\.))?:(?:[\w:%\-]|\\.|\.(?=[\w:%\\\-.]))*+|_:\w(?:[\w.\-]*[\w\-])?)"""
    r"""|(?P<run>[^\W\d_][\w.\-]*+)|(?P<number>\d++)|(?P<sign>.)""",
    re.DOTALL,
)
_WITHIN_RUN = re.compile(r"(?P<word>[A-Za-z]\w*+)|(?P<number>\d++)|(?P<sign>.)")
_LONG_STRINGS = {
    '"""': re.compile(r'"""(?:"{0,2}+(?:[^"\\]|\\.))*+"""', re.DOTALL),
    "'''": re.compile(r"'''(?:'{0,2}+(?:[^'\\]|\\.))*+'''", re.DOTALL),
}
_OPENING, _CLOSING, _UNARY = frozenset("({["), frozenset(")}]"), frozenset("!+-^")


class Terminal(NamedTuple):
    """A terminal of a question: its kind (a group of the pattern), and its text."""

    kind: str
    text: str


def resolve_code_points(sparql: str) -> str:
    r"""Return a question with its code point escapes resolved, which SPARQL does before anything else.

    >>> resolve_code_points(r"\u0053ELECT")
    'SELECT'
    """

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number <= _LARGEST and number not in _SURROGATES else match[0]

    return _CODE_POINT.sub(character, sparql)


def terminals(sparql: str) -> Iterator[Terminal]:
    """Yield the terminals of a question without white space and comments."""
    at, unclosed = 0, set[str]()
    while match := _TERMINAL.match(sparql, at):
        kind, at = str(match.lastgroup), match.end()
        if kind == "quotes":
            quotes = match[0]
            long = None if quotes in unclosed else _LONG_STRINGS[quotes].match(sparql, match.start())
            if long is None:  # then no later one of these quotes is closed either: the first two are an empty string
                unclosed.add(quotes)
            at = long.end() if long else match.start() + 2
            yield Terminal("string", sparql[match.start() : at])
        elif kind == "run":
            yield from (Terminal(str(part.lastgroup), part[0]) for part in _WITHIN_RUN.finditer(match[0]))
        elif kind != "space":
            yield Terminal(kind, match[0])


def keywords_of(sparql: str) -> list[str]:
    """Return the keywords of a question in upper case, in their order."""
    return [terminal.text.upper() for terminal in terminals(sparql) if terminal.kind == "word"]


class Question(NamedTuple):
    """A question that may be asked: its text with escapes resolved, its keywords in upper case, the graphs that FROM names (IRIs), and its size.

    The size is the number of terminals; `joined` is that of those which one solution may have to fit all, of a UNION those of its largest part.
    """

    text: str
    keywords: tuple[str, ...]
    graphs: tuple[str, ...]
    size: int
    joined: int


def check_question(sparql: str) -> Question:
    """Read a question. Raises QueryError if it is too long or too deep, or asks another machine."""
    if len(sparql) > LONGEST:
        message = f"The question has {len(sparql):,} characters, and at most {LONGEST:,} are read. Ask a shorter one."
        raise QueryError(message)
    text = resolve_code_points(sparql)
    found = list(terminals(text))
    _check_depth(found)
    keywords = tuple(terminal.text.upper() for terminal in found if terminal.kind == "word")
    if "SERVICE" in keywords:
        message = "SERVICE asks another machine, and newsgraph never uses the network. Leave the SERVICE part out."
        raise QueryError(message)
    return Question(text, keywords, tuple(_graphs(found)), len(found), _joined(found))


def _joined(found: list[Terminal]) -> int:
    """Return the number of terminals of a question, of the groups between which UNION stands only those of the largest."""
    # of each open group: its terminals so far, and the largest part of the UNION that it may be in the middle of
    whole, of_union = [0], [0]
    is_further = False  # whether the next group is a further part of a UNION
    for terminal in found:
        if terminal.kind == "sign" and terminal.text == "{":
            if not is_further:
                whole[-1] += of_union[-1]
                of_union[-1] = 0
            whole.append(0)
            of_union.append(0)
        elif terminal.kind == "sign" and terminal.text == "}" and len(whole) > 1:
            size = whole.pop() + of_union.pop()
            of_union[-1] = max(of_union[-1], size)
        else:
            whole[-1] += 1
        is_further = terminal.kind == "word" and terminal.text.upper() == "UNION"
    return sum(whole) + sum(of_union)


def _check_depth(found: list[Terminal]) -> None:
    depth = signs = 0
    for terminal in found:
        is_sign = terminal.kind == "sign"
        depth += (is_sign and terminal.text in _OPENING) - (is_sign and terminal.text in _CLOSING)
        signs = signs + 1 if is_sign and terminal.text in _UNARY else 0
        if depth > DEEPEST or signs > DEEPEST:
            message = f"The question is nested more than {DEEPEST} deep. Ask a flatter one."
            raise QueryError(message)


def _graphs(found: list[Terminal]) -> Iterator[str]:
    """Yield the graphs of FROM and FROM NAMED as full IRIs; a name with an unknown prefix stays as it is."""
    prefixes = dict(PREFIXES)
    for number, terminal in enumerate(found):
        behind = found[number + 1 : number + 3]
        if terminal.kind != "word" or not behind:
            continue
        if terminal.text.upper() == "PREFIX" and len(behind) > 1:
            prefixes[behind[0].text.removesuffix(":")] = behind[1].text[1:-1]
        elif terminal.text.upper() == "FROM":
            graph = behind[-1] if behind[0].text.upper() == "NAMED" and len(behind) > 1 else behind[0]
            prefix, _, local = graph.text.partition(":")
            yield graph.text[1:-1] if graph.kind == "iri" else prefixes.get(prefix, f"{prefix}:") + local
