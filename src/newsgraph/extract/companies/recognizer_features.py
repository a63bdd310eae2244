"""What other recognizers say of the tokens of a text, as features beside those of the rules: weighed together, not merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsgraph.extract.models.span_sources import SourceSpan
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.reader.reader import TextReading
from newsgraph.extract.text.article_text import ArticleText

COMPANY, ORG, PERSON, PLACE, PRODUCT = "COMPANY", "ORG", "PERSON", "PLACE", "PRODUCT"
# Weights of another source's labels, as log-likelihood ratios. Measured for a general NER model on 275 news texts: it labels 0.65
# of the company names and 0.25 of the other candidates as organisations, hence ln(0.65/0.25) for a label and ln(0.35/0.75) for none.
OUTSIDE_WEIGHTS = {"outside_company": 1.0, "outside_part": 0.0, "outside_other": -1.2, "outside_none": -0.8}


@dataclass(frozen=True, slots=True)
class RecognizerFeatures:
    """What the tagger and another source say of one text.

    `tags[i]` holds token i's probability of each label in `labels`. `source_spans` maps token ranges of another source to their labels,
    and `has_source` says whether such a source has read the text. `names` are the tagger's complete names, in text order. `reading` is what
    the learned reader keeps of the text until it is asked for events.
    """

    labels: tuple[str, ...] = ()
    tags: Sequence[Sequence[float]] = ()
    source_spans: dict[tuple[int, int], str] = field(default_factory=dict)
    has_source: bool = False
    names: Sequence[TaggedSpan] = ()
    reading: TextReading | None = None
    each: tuple[Sequence[Sequence[float]], ...] = ()  # where `tags` are the mean of tagger and reader, the tags of both


NO_RECOGNIZER_FEATURES = RecognizerFeatures()
TAG_LABELS = (COMPANY, ORG, PERSON, PLACE, PRODUCT, "O")
"""The columns of `RecognizerFeatures.tags`, in the tagger's order; O stands for no name."""


def recognized_tokens(text: ArticleText, spans: Sequence[SourceSpan]) -> dict[tuple[int, int], str]:
    """Convert spans of the article's text to token ranges; a span that ends within a token is widened to whole tokens."""
    ranges = {}
    offsets = [text.span(at, at + 1) for at in range(len(text.tokens))]
    for span in spans:
        inside = [at for at, (start, end) in enumerate(offsets) if start < span.end and end > span.start]
        if inside:
            ranges[inside[0], inside[-1] + 1] = span.label.upper()
    return ranges


def recognized_spans(text: ArticleText, recognized: RecognizerFeatures) -> list[tuple[int, int]]:
    """Return the token ranges that the tagger or another source takes for companies: candidates, to be weighed like the others.

    Ranges without a letter or digit are left out.
    """
    spans = [span for span, label in recognized.source_spans.items() if label in {COMPANY, ORG}]
    if recognized.tags:
        column = recognized.labels.index(COMPANY)
        for sentence in text.sentences:
            begin = -1
            for at in range(sentence.first, sentence.last + 1):
                likely = at < sentence.last and recognized.tags[at][column] >= 0.5  # noqa: PLR2004 - likelier than not
                if likely and begin < 0:
                    begin = at
                if not likely and begin >= 0:
                    spans.append((begin, at))
                    begin = -1
    return sorted(span for span in spans if any(token[0].isalnum() for token in text.tokens[slice(*span)]))


def recognizer_features(first: int, last: int, recognized: RecognizerFeatures) -> Iterator[str]:
    """Yield the features of tokens `first` to `last` (excluded)."""
    if recognized.tags:
        yield from _tag_features(first, last, recognized)
        if recognized.each:
            yield "tag_of_two"  # the mean of two models is further from 0 and 1 than what either says, and right more often
    if recognized.has_source:
        yield _source_feature(first, last, recognized)


def _tag_features(first: int, last: int, recognized: RecognizerFeatures) -> Iterator[str]:
    column = {label: number for number, label in enumerate(recognized.labels)}
    inside = recognized.tags[first:last]
    company = [row[column[COMPANY]] for row in inside]
    yield f"tag_least_{_bin(min(company))}"
    yield f"tag_most_{_bin(max(company))}"
    others = {label: max(row[column[label]] for row in inside) for label in (ORG, PERSON, PLACE, PRODUCT) if label in column}
    rival = max(sorted(others), key=lambda label: others[label])
    if others[rival] >= 0.3:  # noqa: PLR2004 - a rival worth a feature
        yield f"tag_rival_{rival.lower()}_{_bin(others[rival])}"
    before = recognized.tags[first - 1][column[COMPANY]] if first > 0 else 0.0
    after = recognized.tags[last][column[COMPANY]] if last < len(recognized.tags) else 0.0
    if max(before, after) >= 0.5:  # noqa: PLR2004 - the tagger would extend the name
        yield "tag_goes_on"


def _bin(probability: float) -> int:
    """Return one of ten bins, finer towards 0 and 1: 0 below 0.01, 9 from 0.99 on."""
    edges = (0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99)
    return sum(1 for edge in edges if probability >= edge)


def _source_feature(first: int, last: int, recognized: RecognizerFeatures) -> str:
    label = recognized.source_spans.get((first, last))
    if label is not None:
        return "outside_company" if label in {COMPANY, ORG} else "outside_other"
    overlaps = any(begin < last and end > first for begin, end in recognized.source_spans)
    return "outside_part" if overlaps else "outside_none"
