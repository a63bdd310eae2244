"""What the budgets of `core.limits` leave unread in the text of an article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from newsgraph.core.limits import NAME_CHARACTERS, READER_WINDOWS, SENTENCE_MATCHES, SENTENCE_NAMES, SENTENCE_WORDS
from newsgraph.extract.text.article_text import ArticleText


class _Name(Protocol):
    """Tokens `first` to `last` (excluded)."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


_Named = TypeVar("_Named", bound=_Name)


def without_long_names(text: ArticleText, names: Sequence[_Named]) -> list[_Named]:
    """Return the names of a text without those that are longer than `limits.NAME_CHARACTERS`."""
    return [name for name in names if text.ends[name.last - 1] - text.starts[name.first] <= NAME_CHARACTERS]


def text_omissions(text: ArticleText, firsts: Iterable[int], *, limited: bool, long_names: int, unread: int) -> Iterator[str]:
    """Yield what is left out of a text, each as a predicate of the article.

    `firsts` are the first tokens of the possible parties of events, `limited` says that events of a sentence were left out (see
    `event_finder.FoundEvents`), `long_names` is the number of names that were left out for their length, and `unread` that of the windows
    that the learned reader did not read.
    """
    if text.longest > SENTENCE_WORDS:
        yield f"has a sentence of {text.longest:,} words, which is read in pieces of {SENTENCE_WORDS}"
    most = _most_in_a_sentence(text, sorted(firsts))
    if most > SENTENCE_NAMES:
        yield f"names {most:,} parties in one sentence, of which the first {SENTENCE_NAMES} are looked at for events and relations"
    if limited:
        yield f"has a sentence that reports more than {SENTENCE_MATCHES} events, of which the first {SENTENCE_MATCHES} are kept"
    if unread:
        parts = f"the first {READER_WINDOWS} of {READER_WINDOWS + unread:,} parts of its text"
        yield f"has unusually many marks and rare words, so that the learned reader looks for events only in {parts}"
    if long_names:
        number = "a name" if long_names == 1 else f"{long_names:,} names"
        yield f"has {number} of more than {NAME_CHARACTERS} characters, left out"


def _most_in_a_sentence(text: ArticleText, firsts: Sequence[int]) -> int:
    if len(firsts) <= SENTENCE_NAMES:
        return 0
    return max(bisect_left(firsts, sentence.last) - bisect_left(firsts, sentence.first) for sentence in text.sentences)
