"""What may be asked for in the page's search field, by the words that ask for it: kinds of things, types of events and their groups.

Words besides the names of kinds, types and groups are in `data/page_questions.csv`; those of the row without a kind ask for nothing by
themselves. Bounds, orders and statuses are patterns in `data/question_patterns.csv`; relations that last are in `data/question_links.csv`,
each with the role of whose they are asked, and its edges: "<" where the edge comes from the other thing, ">" where it leads there. The
page has all types, of which some do not occur in its graph: the answer to "layoffs" is then that there are none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from newsgraph.core.vocabulary import NODE_KINDS, ROLES
from newsgraph.explorer.event_payload import GROUPS, event_type_words

_NO_WORD = re.compile(r"[^a-z0-9]+")
_PLURALS = ((re.compile(r"s$"), "s"), (re.compile(r"(x|ch)$"), r"\1es"), (re.compile(r"(?<![aeou])y$"), "ies"), (re.compile(r"$"), "s"))
_VAGUE = frozenset({"other"})  # of what is left over: nobody asks for it by this word
Subject = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a word asks for: a kind, types of events, and roles of who does it, of the other side, and of whose it is ("Acme's recalls")."""

    kind: str
    types: tuple[str, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()
    verb: bool = False


def question_subjects() -> list[Subject]:
    """Return the subjects, each with its words (joined by "|"), its kind, and the types of events (none for other kinds, or for all types).

    Those of one type have its name as `label`. Those of which it can be asked who did it to whom have `sides`, and verbs are marked. No word is of two subjects: it belongs to the
    kind before the type, to the type before the group.

    >>> [subject for subject in question_subjects() if subject["types"] == ["layoff"]]
    [{'words': 'layoff|layoffs|job cuts|redundancies', 'kind': 'event', 'types': ['layoff'], 'label': 'Layoff'}]
    """
    words: dict[str, _Asked] = {}
    for word, asked in (*_of_rows(several=True), *_of_kinds(), *_of_types(), *_of_rows(several=False), *_of_groups()):
        words.setdefault(word, asked)
    subjects: dict[_Asked, list[str]] = {}
    for word, asked in words.items():
        subjects.setdefault(asked, []).append(word)
    return [_subject(asked, of) for asked, of in subjects.items()]


def _subject(asked: _Asked, words: list[str]) -> Subject:
    subject: Subject = {"words": "|".join(words), "kind": asked.kind, "types": list(asked.types)}
    if len(asked.types) == 1:
        subject["label"] = event_type_words()[asked.types[0]].label
    if asked.sides:
        subject["sides"] = [[ROLES[role].label for role in roles] for roles in asked.sides]
    if asked.verb:
        subject["verb"] = 1
    return subject


def question_patterns() -> dict[str, str]:
    """Return the patterns of words by what they ask for: "-amount" (the largest first). Words in capitals within them stand for other patterns.

    Two are not in the table: EVENTS, the words for events of all types, and NOUNS, those for all that can be counted.
    """
    patterns = {row["asks"]: row["pattern"] for row in _rows("question_patterns.csv")}
    events = "|".join(str(subject["words"]) for subject in question_subjects() if subject["kind"] == "event")
    counted = [words for asks, words in patterns.items() if asks.startswith("#")]
    return {**patterns, "EVENTS": events, "NOUNS": "|".join((events, *counted))}


def question_links() -> list[dict[str, object]]:
    """Return the relations that may be asked for: "customers of Acme" are those to which it has the role of a supplier.

    >>> [link["links"] for link in question_links() if link["role"] == "supplier"]
    [['>supplies_to', '>supplies']]
    """
    return [{**row, "links": row["links"].split()} for row in _rows("question_links.csv")]


def filler_words() -> list[str]:
    """Return the words of questions that ask for nothing by themselves: "which", "of"."""
    return [word for row in _rows() if not row["kind"] for word in row["words"].split("|")]


_Word = tuple[str, _Asked]


def _rows(name: str = "page_questions.csv") -> Iterator[dict[str, str]]:
    text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _sides(row: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[side].split()) for side in ("doer", "other", "owner")) if row["doer"] else ()


def _of_rows(*, several: bool) -> Iterator[_Word]:
    """Yield the words of the table that ask for something, either those of several types at once or all others."""
    for row in _rows():
        types = tuple(row["types"].split())
        if row["kind"] and (len(types) > 1) is several:
            for column in ("words", "verbs"):
                asked = _Asked(row["kind"], types, _sides(row), verb=column == "verbs" and row["doer"] != "")
                yield from ((word, asked) for word in row[column].split("|") if word)


def _of_kinds() -> Iterator[_Word]:
    for name, kind in NODE_KINDS.items():
        yield from ((word, _Asked(name)) for word in _folded((kind.label, kind.plural)))


def _of_types() -> Iterator[_Word]:
    """Yield the names of the types; their sides are those of the first row of the table that is of this type."""
    sides: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in _rows():
        sides.setdefault(row["types"], _sides(row))
    for name, words in event_type_words().items():
        asked = _Asked("event", (name,), sides.get(name, ()))
        for word in _folded((words.label, words.short, name)):
            yield from ((form, asked) for form in dict.fromkeys((word, _plural(word))))


def _of_groups() -> Iterator[_Word]:
    for group, label in GROUPS.items():
        types = tuple(name for name, words in event_type_words().items() if words.group == group)
        yield from ((word, _Asked("event", types)) for word in _folded((label,)))


def _folded(names: Iterable[str]) -> list[str]:
    words = dict.fromkeys(_NO_WORD.sub(" ", name.lower()).strip() for name in names)
    return [word for word in words if word not in _VAGUE]  # in the order of the names, which no set would keep


def _plural(word: str) -> str:
    """Return the plural of a word, or of the last of several.

    >>> [_plural(word) for word in ("launch", "bankruptcy", "job cuts", "ipo")]
    ['launches', 'bankruptcies', 'job cuts', 'ipos']
    """
    return next(pattern.sub(ending, word, count=1) for pattern, ending in _PLURALS if pattern.search(word))
