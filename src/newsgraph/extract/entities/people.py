"""Find people: full names with a high probability from the tagger, and surnames that repeat them in the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from newsgraph.extract.companies.recognizer_features import PERSON
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText

# Measured on texts that tagger and reader were not trained on: nineteen in twenty of the full names above this probability are right, and
# four in five of the least sure.
SURE = 0.3
# A single name of which nobody with a full name is the owner, tagged once or more often: four in five are right.
_ALONE, _REPEATED = 0.7, 0.5
_CARRIED = 0.9  # a surname is a little less sure than the full name
_LONGEST = 6  # tokens of a name; a longer run is a list without commas


@dataclass(frozen=True, slots=True)
class Person:
    """A person at tokens `first` to `last` (excluded); `name` is the full name, even if the tokens are only the surname."""

    first: int
    last: int
    name: str
    rule: str
    confidence: float


def find_people(text: ArticleText, spans: Sequence[TaggedSpan], taken: Collection[int]) -> list[Person]:
    """Return the people outside `taken` tokens, in text order; `spans` are the names that the tagger found."""
    free = [span for span in spans if span.label == PERSON and not any(at in taken for at in range(span.first, span.last))]
    full = list(_full_names(text, free))
    owners: dict[str, set[str]] = {}
    surest: dict[str, float] = {}
    for person in full:
        owners.setdefault(text.lower[person.last - 1], set()).add(person.name)
        surest[person.name] = max(person.confidence, surest.get(person.name, 0.0))
    used = {person.first for person in full}
    carried = []
    tagged = Counter(text.lower[span.first] for span in free if span.last - span.first == 1)
    for span in free:
        names = owners.get(text.lower[span.first], set()) if span.last - span.first == 1 else set()
        if len(names) == 1 and span.first not in used:  # a surname that two people share is ambiguous
            (name,) = names
            carried.append(Person(span.first, span.last, name, "surname", round(surest[name] * _CARRIED, 2)))
        elif not names and span.last - span.first == 1 and _is_name(text, span) and span.chance >= _least(tagged[text.lower[span.first]]):
            carried.append(
                Person(span.first, span.last, text.words(span.first, span.last), "tagged_alone", round(span.chance * _CARRIED, 2))
            )
    return sorted((*full, *carried), key=lambda person: person.first)


def _least(times: int) -> float:
    """Return the least probability of a single name that is tagged so many times."""
    return _REPEATED if times > 1 else _ALONE


def _full_names(text: ArticleText, spans: Sequence[TaggedSpan]) -> Iterator[Person]:
    """Yield the names of two words or more; of two spellings that differ in case, the one that is not ALL CAPS is used."""
    full = [span for span in spans if span.chance >= SURE and _is_full(text, span)]
    spelled: dict[str, str] = {}
    for span in full:
        words = text.words(span.first, span.last)
        if words.lower() not in spelled or spelled[words.lower()].isupper():
            spelled[words.lower()] = words
    for span in full:
        yield Person(span.first, span.last, spelled[text.words(span.first, span.last).lower()], "tagged", round(span.chance, 2))


def _is_name(text: ArticleText, span: TaggedSpan) -> bool:
    word = text.tokens[span.first]
    return word[0].isupper() and len(word) > 2 and not word.isupper()  # noqa: PLR2004 - initials are no name


def _is_full(text: ArticleText, span: TaggedSpan) -> bool:
    words = [token for token in text.tokens[span.first : span.last] if token[0].isalpha()]
    return 1 < len(words) <= _LONGEST and words[-1][0].isupper() and len(words[-1]) > 1
