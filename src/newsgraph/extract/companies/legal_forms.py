"""The border between a company's name and its legal form: "Grupo Almendro S.A.B. de C.V.", "Example, Inc."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import first_words_of_forms, without_accents
from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.context_words import load_context_words
from newsgraph.extract.text.word_kinds import CAPITAL, LEGAL_END

_SIZES = tuple(range(9, 0, -1))  # possible lengths of a legal form in tokens: "S. de R.L. de C.V.", "Ltd"
_MARKS = frozenset({".", ",", "&"})


@dataclass(frozen=True, slots=True)
class LegalForms:
    """Finds the legal forms of one text; `kinds` are the bits of its tokens (see `word_kinds`)."""

    text: ArticleText
    kinds: Sequence[int]
    lexicon: Lexicon

    def core(self, first: int, last: int) -> int:
        """Return where the bare name within tokens `first` to `last` ends; at least one token is left."""
        core = last
        while core > first:
            form = 0
            if self.kinds[core - 1] & LEGAL_END:
                form = next((size for size in _SIZES if core - size > first and self._is_form(core - size, core)), 0)
            if not form and self.text.tokens[core - 1] not in _MARKS:
                break
            core -= form or 1
        return core if core > first else last

    def end(self, last: int, end: int, *, inside: bool = False) -> int:
        """Return the end of the legal forms that follow a name ending at `last`; with `inside` the name itself ends with one."""
        at = self._after_dot(last, end) if inside else last
        while at < end:
            begin = at + 1 if self.text.tokens[at] == "," and at + 1 < end else at
            if not self.kinds[begin] & CAPITAL and "/" not in self.text.tokens[begin : begin + 2]:
                break
            close = self._form_end(begin, end)
            if not close:
                break
            at = self._after_dot(close, end)
        return at

    def without_begun_form(self, first: int, last: int, end: int) -> int:
        """Return the end of a name without the first word of a form that goes on behind it: the "Sp" of "Zorvex Sp. z o.o."."""
        return last - 1 if last - first > 1 and self._form_end(last - 1, end) > last else last

    def before_names(self) -> Iterator[tuple[int, int]]:
        """Yield the tokens of legal forms of several words that come before a name: "Societatea cu Răspundere Limitată Zorvex"."""
        starts = first_words_of_forms()
        for first, low in enumerate(self.text.lower):
            if self.kinds[first] & CAPITAL and low in starts:
                last = self._form_end(first, min(first + _SIZES[0], len(self.kinds) - 1))
                if last > first + 1 and self.kinds[last] & CAPITAL and (first == 0 or not self.kinds[first - 1] & CAPITAL):
                    yield first, last

    def _form_end(self, first: int, end: int) -> int:
        """Return the end of the longest legal form that begins at a token, or 0."""
        for last in range(min(first + _SIZES[0], end), first, -1):
            if self.kinds[last - 1] & LEGAL_END and self._is_form(first, last):
                return last
        return 0

    def _is_form(self, first: int, last: int) -> bool:
        form = "".join(self.text.lower[first:last]).replace(".", "")
        return form in self.lexicon.legal_forms or (not form.isascii() and without_accents(form) in self.lexicon.legal_forms)

    def _after_dot(self, last: int, end: int) -> int:
        """Return the end with the dot of an abbreviated form that ends at `last`."""
        return (
            last + 1
            if last < end and self.text.tokens[last] == "." and self.text.lower[last - 1] in load_context_words().dotted_forms
            else last
        )
