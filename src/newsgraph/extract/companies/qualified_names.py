"""Names that go on behind a known part: "Bank of China (Hong Kong) Limited", "Zorvex of New York City LLC", "Zorvex 44".

What is between a name and a legal form belongs to the name. A place in brackets without a legal form does so too, unless it only says
where the company is at home, or the sentence lists companies with their places ("Siemens (Germany), ABB (Switzerland)"). A number does so
if the text has it behind each mention of an unlisted name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.companies.legal_forms import LegalForms
from newsgraph.extract.companies.name_spans import NameSpan
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.country_names import country_names
from newsgraph.extract.text.word_kinds import CAPITAL

_INSIDE = 4  # most tokens of a bracket that is part of a name, and of a place
_DIGITS = range(1, 4)  # digits of a number in a name; four are a year
_COUNTED = frozenset({"%", "percent", "per", "pct", "million", "billion", "trillion", "mln", "bn", "-", "/"})  # what follows other numbers


@dataclass(frozen=True, slots=True)
class QualifiedNames:
    """Finds the ends of such names in one text.

    `kinds` are the bits of its tokens (see `word_kinds`), `numbers` the numbers that belong to names (see `numbers_of_names`).
    """

    text: ArticleText
    kinds: Sequence[int]
    lexicon: Lexicon
    numbers: Mapping[str, str]

    def extended(self, span: NameSpan) -> NameSpan:
        """Return a span with what belongs to its name behind it; the span itself if nothing does."""
        if span.last > span.core or span.last >= span.sentence.last:
            return span
        forms = LegalForms(self.text, self.kinds, self.lexicon)
        after = self.text.lower[span.last]
        if after == "(":
            core = self._after_bracket(span.last)
        elif after == "of":
            core = self._after_place(span.last + 1)
        elif after.isdecimal():
            if self.numbers.get(self.text.words(span.first, span.last)) != after:
                return span
            return span._replace(core=span.last + 1, last=forms.end(span.last + 1, span.sentence.last))
        else:
            core = self._after_hyphen(span.last)
        if not core or core > span.sentence.last:
            return span
        last = forms.end(core, span.sentence.last)
        if last == core and (after != "(" or not self._is_place_in_name(span, core)):
            return span
        return span._replace(core=core, last=last)

    def _after_bracket(self, at: int) -> int:
        """Return the end of a bracket of capitalised words that opens at a token, or 0."""
        inside = self.text.tokens[at + 1 : at + _INSIDE + 2]
        size = inside.index(")") if ")" in inside else 0
        plain = size and all(kind & CAPITAL for kind in self.kinds[at + 1 : at + 1 + size])
        return at + size + 2 if plain else 0

    def _after_place(self, at: int) -> int:
        """Return the end of the place that begins at a token, or 0."""
        sizes = range(min(_INSIDE, len(self.text.tokens) - at), 0, -1)
        return next((at + size for size in sizes if " ".join(self.text.lower[at : at + size]) in self.lexicon.places), 0)

    def _after_hyphen(self, at: int) -> int:
        """Return the end of a capitalised word behind a hyphen at a token, or 0: "Daimler-Benz AG", if Daimler is listed."""
        return at + 2 if self.text.lower[at] == "-" and at + 1 < len(self.kinds) and self.kinds[at + 1] & CAPITAL else 0

    def _is_place_in_name(self, span: NameSpan, end: int) -> bool:
        """Return whether the bracket behind a span holds a place that distinguishes the company."""
        place = " ".join(self.text.lower[span.last + 1 : end - 1])
        if place not in self.lexicon.places or self._brackets_with_places(span) > 1:
            return False
        entry = self.lexicon.companies.get(span.hit.phrase.name) if span.hit else None
        country = country_names().get(place, "")[:2]
        return not (entry and country and entry.country == country)

    def _brackets_with_places(self, span: NameSpan) -> int:
        low, sentence = self.text.lower, span.sentence
        ends = ((at, self._after_bracket(at)) for at in range(sentence.first, sentence.last) if low[at] == "(")
        return sum(1 for at, end in ends if end and " ".join(low[at + 1 : end - 1]) in self.lexicon.places)


def numbers_of_names(text: ArticleText, spans: Iterable[NameSpan]) -> dict[str, str]:
    """Return the number that a text has behind each mention of a name, by name; of unlisted names that it mentions more than once."""
    followed: dict[str, dict[int, str]] = defaultdict(dict)
    for span in spans:
        if not span.hit and span.last == span.core:
            counts = not _COUNTED.isdisjoint(text.lower[span.last + 1 : span.last + 2])
            number = "".join(text.lower[span.last : span.last + 1])
            followed[text.words(span.first, span.last)][span.first] = number if number.isdecimal() and not counts else ""
    return {
        name: next(iter(numbers.values()))
        for name, numbers in followed.items()
        if len(numbers) > 1 and len(set(numbers.values())) == 1 and len(next(iter(numbers.values()))) in _DIGITS
    }
