"""Lists of names in a sentence: "clients include HBO, @0, the Discovery Channel and @1" names two clients, whatever the others are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence

_NAME, _OTHER = "@", "^"  # a name with a placeholder, and words that are written like a name
_JOINTS = frozenset({",", "and", "&", "or", "/"})
_LAST = frozenset({"and", "or"})  # before the last name of a list
_SKIPPED = frozenset({"the"})  # words of a list before a name
_EXPLAINED = frozenset({",", "(", "-", "–", "—"})  # behind a name that is explained
_COMMAS = 3  # names that commas alone make a list of: "A, B" may be a name and what explains it


class _Unit(NamedTuple):
    """Words `first` to `last` (excluded) of a sentence: one word, or a name with what belongs to it."""

    word: str
    first: int
    last: int


def without_unknown_members(sentence: DelexicalizedSentence, tokens: Sequence[str]) -> DelexicalizedSentence:
    """Return a sentence whose lists hold only names with a placeholder: of "hbo , @0 supply chain , npr and @1" there remains "@0 , @1".

    `tokens` are those of the text, as they are written. A list is two names with "and" or three with commas. What the words stand for
    stays the same: a placeholder stands for the members before it as well.
    """
    words, spans = list(sentence.words), list(sentence.spans)
    begins = {first: number for number, (first, _) in enumerate(spans)}
    starts = _starts(sentence)
    for first, last in reversed(list(_lists(list(_units(sentence, tokens, starts))))):
        members = [at for at in range(first, last) if words[at].startswith(_NAME)]
        if not members or 2 * len(members) - 1 == last - first:
            continue
        own = begins[starts[members[0]]]
        froms = [starts[first], *(starts[at] for at in members[1:])]
        untils = [*(starts[at] - 1 for at in members[1:]), starts[last]]
        spans[own : own + len(members)] = zip(froms, untils, strict=True)
        words[first:last] = [word for at in members for word in (words[at], ",")][:-1]
    if len(words) == len(sentence.words):
        return sentence
    return DelexicalizedSentence(" ".join(words), words, spans, sentence.sentence)


def _starts(sentence: DelexicalizedSentence) -> list[int]:
    """Return the token with which each word of a sentence begins, and the token behind the last one."""
    after = dict(sentence.spans)
    starts = [sentence.sentence.first]
    for _ in sentence.words:
        starts.append(after.get(starts[-1], starts[-1] + 1))
    return starts


def _units(sentence: DelexicalizedSentence, tokens: Sequence[str], starts: Sequence[int]) -> Iterator[_Unit]:
    """Yield the units of a sentence; the words behind a name that are written like one, and its ticker in brackets, belong to it."""
    words, at = sentence.words, 0
    about = sentence.sentence
    capitals = not about.shouted and not (about.titled and about.region == "title")  # a sentence of many names looks like a headline

    def is_written_as_name(number: int) -> bool:
        return capitals and 0 < number < len(words) and words[number][:1] not in "@$" and tokens[starts[number]][:1].isupper()

    while at < len(words):
        first, named = at, words[at].startswith(_NAME)
        at += 1
        if named or is_written_as_name(first):
            while is_written_as_name(at):
                at += 1
            if words[at : at + 1] == ["<"] and words[at + 2 : at + 3] == [">"]:
                at += 3
            yield _Unit(_NAME if named else _OTHER, first, at)
        else:
            yield _Unit(words[first], first, at)


def _lists(units: Sequence[_Unit]) -> Iterator[tuple[int, int]]:
    """Yield the first word of each list, and the word behind it."""
    at = 0
    while at < len(units):
        stop = _list_end(units, at)
        if stop > at + 1:
            yield units[at].first, units[stop - 1].last
        at = stop


def _list_end(units: Sequence[_Unit], at: int) -> int:
    """Return the end of the list that begins at a unit, or of the unit alone; a list ends with the name behind its "and"."""
    if units[at].word not in {_NAME, _OTHER}:
        return at + 1
    before, stop, members, joined = at, at + 1, 1, False
    while not joined:
        step = stop
        while step < len(units) and units[step].word in _JOINTS:
            step += 1
        joint = any(unit.word in _LAST for unit in units[stop:step])
        while stop < step < len(units) and units[step].word in _SKIPPED:
            step += 1
        if step in {stop, len(units)} or units[step].word not in {_NAME, _OTHER} or _owns(units, step):
            break
        before, stop, members, joined = stop, step + 1, members + 1, joint
    if members > 1 and not joined and units[stop - 1].word == _OTHER and stop < len(units) and units[stop].word in _EXPLAINED:
        stop, members = before, members - 1  # what follows is about a name without placeholder
    return stop if joined or members >= _COMMAS else at + 1


def _owns(units: Sequence[_Unit], at: int) -> bool:
    """Return whether a unit without placeholder is no member but the owner of what follows: "A and China's B"."""
    return units[at].word == _OTHER and at + 1 < len(units) and units[at + 1].word == "'s"
