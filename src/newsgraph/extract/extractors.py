"""The extractors that a build can choose from: `none`, `rules`, `names`, `reader`, `spacy:PIPELINE`, or a plugged-in one (see `span_sources`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from itertools import repeat
from urllib.parse import quote

from newsgraph.core.errors import InputError
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Article, Facts
from newsgraph.core.read_languages import is_read
from newsgraph.extract.article_reader import read_articles
from newsgraph.extract.companies.recognizer_features import NO_RECOGNIZER_FEATURES, TAG_LABELS, RecognizerFeatures, recognized_tokens
from newsgraph.extract.models.span_sources import SpanSource, open_source
from newsgraph.extract.text.article_text import ArticleText, read_text
from newsgraph.extract.text_memo import FACTS, Memo, remember_facts, remembering

NONE = "none"
NONE_VERSION = "none/1"
RULES = "rules"
RULES_VERSION = "rules/1"
NAMES, READER = "names", "reader"
FORMER_NAMES: Mapping[str, str] = {"tagger": READER}  # what a learned model reads; in 0.1.0 these were names only
BATCH = 64  # articles that are read at once: enough for a model to work in batches, few enough for memory


@dataclass(frozen=True, slots=True)
class Extractor:
    """A way of reading articles.

    `version` names the extractor in every graph: `NAME/VERSION`, several of them joined by `+`, then `@THRESHOLD` where the threshold is
    not the default. `recognize` returns what a tagger or another source recognizes in each text of a batch. A company with a confidence
    below `threshold` (0 to 1) is a weak candidate and no party of an event. A `blind` extractor reads no text at all; an `every_language` one
    also reads texts in languages that the rules do not know, because its source of names is the user's choice. One that `repeats` itself says
    the same of equal articles, so that each is read once as long as its facts are `known`.
    """

    version: str
    recognize: Callable[[Sequence[Article], Sequence[ArticleText]], Iterable[RecognizerFeatures]] | None = None
    threshold: float = ACCEPTED
    blind: bool = False
    every_language: bool = False
    repeats: bool = False
    known: Memo[Facts] = field(default_factory=lambda: Memo(FACTS), compare=False, repr=False)

    def read(self, articles: Sequence[Article], lexicon: Lexicon) -> Iterator[Facts]:
        """Yield the facts of each article, in the order of the articles; those of one do not depend on the others."""
        if self.blind:
            yield from repeat(Facts(extractor=self.version), len(articles))
            return
        for at in range(0, len(articles), BATCH):
            batch = articles[at : at + BATCH]
            readable = [article for article in batch if self.every_language or is_read(article.language)]
            facts = self._read_batch(readable, lexicon)
            yield from (
                next(facts) if self.every_language or is_read(article.language) else Facts(extractor=self.version) for article in batch
            )

    def _read_batch(self, batch: Sequence[Article], lexicon: Lexicon) -> Iterator[Facts]:
        if batch and self.repeats:
            yield from remember_facts(self.known, batch, lexicon.version, lambda new: self._read_texts(new, lexicon))
        elif batch:
            yield from self._read_texts(batch, lexicon)

    def _read_texts(self, batch: Sequence[Article], lexicon: Lexicon) -> list[Facts]:
        texts = [read_text(article, lexicon.phrases) for article in batch]
        recognized = self.recognize(batch, texts) if self.recognize else [NO_RECOGNIZER_FEATURES] * len(batch)
        return read_articles(batch, texts, lexicon, recognized, self.version, self.threshold)


def default_extractor() -> str:
    """Return the name of the extractor that a build uses by default: the reader where its model is shipped, else the rules."""
    return READER if (files("newsgraph") / "data" / "reader" / "encoder.onnx").is_file() else RULES


@lru_cache(maxsize=1)  # a process opens one extractor for all partitions that it reads, and loads its model once
def open_extractor(name: str, threshold: float = ACCEPTED) -> Extractor:
    """Open an extractor by its name; `threshold` is the least confidence of a company mention that counts without further evidence.

    Raises InputError for an unknown name or a threshold outside 0 to 1, MissingExtraError where a package is missing.
    """
    if not 0 <= threshold <= 1:
        where, hint = f"--threshold {threshold:g}", f"Give a number such as {ACCEPTED:g}: higher is surer, lower finds more."
        raise InputError(where, "is not between 0 and 1", hint)
    extractor = _open(name)
    changed = "" if threshold == ACCEPTED or extractor.blind else f"@{threshold:g}"
    return replace(extractor, version=extractor.version + changed, threshold=threshold)


def _open(name: str) -> Extractor:
    kind, _, argument = name.partition(":")
    kind = FORMER_NAMES.get(kind, kind)
    if kind in {NONE, RULES, NAMES, READER} and argument:
        where = f"--extractor {name}"
        raise InputError(where, "takes no argument after a colon", f"Use --extractor {kind}.")
    if kind == NONE:
        return Extractor(NONE_VERSION, blind=True)
    if kind == RULES:
        return Extractor(RULES_VERSION, repeats=True)
    if kind == NAMES:
        return _tagger()
    if kind == READER:
        return _reader()
    return _with_rules(_spacy(argument) if kind == "spacy" else open_source(kind, argument))


def _tagger() -> Extractor:
    from newsgraph.extract.models.tagger import load_tagger  # noqa: PLC0415 - the model is loaded only where it is needed

    tagger = load_tagger()

    def recognize(_: Sequence[Article], texts: Sequence[ArticleText]) -> Iterator[RecognizerFeatures]:
        for text, tags in zip(texts, tagger.tag(texts), strict=True):
            yield RecognizerFeatures(TAG_LABELS, tags.labels, names=tags.spans(text))

    return Extractor(f"{RULES_VERSION}+{tagger.version}", remembering(recognize), repeats=True)


def _reader() -> Extractor:
    from newsgraph.extract.models.tagger import load_tagger, mean_tags  # noqa: PLC0415 - as above
    from newsgraph.extract.reader.loading import load_reader  # noqa: PLC0415

    tagger, reader = load_tagger(), load_reader()

    def recognize(_: Sequence[Article], texts: Sequence[ArticleText]) -> Iterator[RecognizerFeatures]:
        for text, tags in zip(texts, tagger.tag(texts), strict=True):
            reading = reader.begin(text)
            both = mean_tags(tags, reading.tags)
            each = tags.labels, reading.tags.labels
            yield RecognizerFeatures(TAG_LABELS, both.labels, names=both.spans(text), reading=reading, each=each)

    return Extractor(f"{RULES_VERSION}+{tagger.version}+{reader.version}", remembering(recognize), repeats=True)


def _spacy(pipeline: str) -> SpanSource:
    from newsgraph.extract.models.spacy_source import SpacySource  # noqa: PLC0415 - spaCy is optional and slow to load

    return SpacySource(pipeline)


def _with_rules(source: SpanSource) -> Extractor:
    def recognize(articles: Sequence[Article], texts: Sequence[ArticleText]) -> Sequence[RecognizerFeatures]:
        answers = source.spans([article.text for article in articles])
        if len(answers) != len(texts):
            where = f"--extractor {source.name}"
            raise InputError(
                where, f"returned {len(answers)} answers for {len(texts)} texts", "spans() must return one list for every text."
            )
        return [
            RecognizerFeatures(source_spans=recognized_tokens(text, spans), has_source=True)
            for text, spans in zip(texts, answers, strict=True)
        ]

    # escaped, because names and versions of others may contain the separators of a version ("org/model", "1.0+local")
    version = f"{quote(source.name, safe=':')}/{quote(source.version, safe='')}"
    return Extractor(f"{RULES_VERSION}+{version}", recognize, every_language=True)
