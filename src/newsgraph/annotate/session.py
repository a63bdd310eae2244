"""An annotation session: the texts of the sample in order, the proposal for each, and what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from newsgraph.annotate.gold_file import GoldFile
from newsgraph.annotate.proposed_record import proposed_record
from newsgraph.annotate.saved_answer import TYPES, checked_answer
from newsgraph.annotate.text_sample import sampled_texts
from newsgraph.core.errors import InputError
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract import open_extractor
from newsgraph.score.gold_records import Record


class AnnotationSession:
    """The answers to all requests of the page; its methods may be called from several threads."""

    def __init__(self, inputs: Sequence[Path], size: int, output: Path, extractor: str) -> None:
        """Draw the sample and open the gold file. Raises InputError if one of them cannot be used."""
        self._gold = GoldFile(output)
        self._articles = sampled_texts(inputs, size, output)
        if not self._articles:
            raise InputError(", ".join(map(str, inputs)), "holds no article", "Name a folder of news documents.")
        self._lexicon = load_lexicon()
        self._extractor = open_extractor(extractor)
        self._lock = Lock()
        self.file = output.name

    @property
    def size(self) -> int:
        """The number of texts."""
        return len(self._articles)

    @property
    def done(self) -> int:
        """The number of texts that are saved."""
        return sum(self._saved(article) is not None for article in self._articles)

    def item(self, number: int | None = None) -> dict[str, Any]:
        """Return one text, from 0, or the first that is not saved, with its saved or proposed annotation.

        Keys: number, size, done, saved, file, types, record. Raises InputError for a number beyond the sample.
        """
        with self._lock:
            at = self._next(0) if number is None else number
            article = self._article(at)
            saved = self._saved(article)
            record = saved or self._proposed(article)
            return {
                "number": at, "size": self.size, "done": self.done, "saved": saved is not None, "file": self.file,
                "types": [{"name": name, "label": _label(name)} for name in TYPES], "record": record,
            }  # fmt: skip

    def save(self, number: int, answer: object) -> int:
        """Validate and save the annotation of one text, and return the number of the next. Raises InputError for an invalid annotation."""
        with self._lock:
            article = self._article(number)
            saved = self._saved(article) or {}
            story = {"story": saved["story"]} if "story" in saved else {}
            self._gold.save(checked_answer(article, answer) | story)
            return self._next(number)

    def _article(self, number: int) -> Article:
        if not 0 <= number < self.size:
            where = f"text {number}"
            raise InputError(where, "is not in the sample", f"The last one is {self.size - 1}.")
        return self._articles[number]

    def _next(self, start: int) -> int:
        """Return the first text that is not saved, from `start` on and then from the beginning; the last text if all are saved."""
        order = [*range(start, self.size), *range(start)]
        return next((n for n in order if self._saved(self._articles[n]) is None), self.size - 1)

    def _saved(self, article: Article) -> Record | None:
        record = self._gold.get((article.source, article.part))
        return record if record and (record["title"], record["excerpt"]) == (article.title, article.excerpt) else None

    def _proposed(self, article: Article) -> Record:
        return proposed_record(article, next(iter(self._extractor.read([article], self._lexicon))))


def _label(name: str) -> str:
    """Return a label of a type, with its verb, so that subject, verb and object read like a sentence."""
    kind = EVENT_TYPES.get(name)
    return f"{kind.label}: {kind.verb}" if kind else "Other: rumoured, denied, ended"
