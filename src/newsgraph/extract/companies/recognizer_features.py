"""What other readers of a text say of its words, as signs beside those of the rules: weighed, not united."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsgraph.extract.models.span_sources import SourceSpan
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText

COMPANY, ORG, PERSON, PLACE, PRODUCT = "COMPANY", "ORG", "PERSON", "PLACE", "PRODUCT"
# Weights of another finder's word, as log-likelihood ratios. Measured of a general NER model on 275 news texts: it marks 0.65
# of the company names and 0.25 of the other candidates as organisations, so ln(0.65/0.25) for a mark, ln(0.35/0.75) for none.
OUTSIDE_WEIGHTS = {"outside_company": 1.0, "outside_part": 0.0, "outside_other": -1.2, "outside_none": -0.8}


@dataclass(frozen=True, slots=True)
class RecognizerFeatures:
    """What the tagger and other sources say of one text.

    `tags[i]` holds for token i the probability of each label of `labels`; `marks` holds spans of another source as
    (first, last, label) in tokens. `names` are the tagger's whole names, in text order. `asked` tells whether another source looked at the text at all.
    """

    labels: tuple[str, ...] = ()
    tags: Sequence[Sequence[float]] = ()
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    asked: bool = False
    names: Sequence[TaggedSpan] = ()


NO_RECOGNIZER_FEATURES = RecognizerFeatures()
TAG_LABELS = (COMPANY, ORG, PERSON, PLACE, PRODUCT, "O")
"""The columns of `RecognizerFeatures.tags`, in the tagger's order; O is no name."""


def recognized_tokens(text: ArticleText, spans: Sequence[SourceSpan]) -> dict[tuple[int, int], str]:
    """Turn spans of the article's text into ranges of tokens; a span that cuts no token whole is widened to whole ones."""
    marks = {}
    starts = [text.span(at, at + 1) for at in range(len(text.tokens))]
    for span in spans:
        inside = [at for at, (start, end) in enumerate(starts) if start < span.end and end > span.start]
        if inside:
            marks[inside[0], inside[-1] + 1] = span.label.upper()
    return marks


def recognized_spans(text: ArticleText, hints: RecognizerFeatures) -> list[tuple[int, int]]:
    """Give the token ranges that a tagger or another source takes for companies: candidates, to be weighed like the others.

    A name has a letter or a figure; marks alone are none.
    """
    spans = [span for span, label in hints.marks.items() if label in {COMPANY, ORG}]
    if hints.tags:
        column = hints.labels.index(COMPANY)
        for sentence in text.sentences:
            begin = -1
            for at in range(sentence.first, sentence.last + 1):
                likely = at < sentence.last and hints.tags[at][column] >= 0.5  # noqa: PLR2004 - likelier than not
                if likely and begin < 0:
                    begin = at
                if not likely and begin >= 0:
                    spans.append((begin, at))
                    begin = -1
    return sorted(span for span in spans if any(token[0].isalnum() for token in text.tokens[slice(*span)]))


def recognizer_features(first: int, last: int, hints: RecognizerFeatures) -> Iterator[str]:
    """Give the signs of tokens `first` to `last` (excluded)."""
    if hints.tags:
        yield from _tag_signs(first, last, hints)
    if hints.asked:
        yield _mark_sign(first, last, hints)


def _tag_signs(first: int, last: int, hints: RecognizerFeatures) -> Iterator[str]:
    column = {label: number for number, label in enumerate(hints.labels)}
    inside = hints.tags[first:last]
    company = [row[column[COMPANY]] for row in inside]
    yield f"tag_least_{_bin(min(company))}"
    yield f"tag_most_{_bin(max(company))}"
    others = {label: max(row[column[label]] for row in inside) for label in (ORG, PERSON, PLACE, PRODUCT) if label in column}
    rival = max(sorted(others), key=lambda label: others[label])
    if others[rival] >= 0.3:  # noqa: PLR2004 - a rival worth naming
        yield f"tag_rival_{rival.lower()}_{_bin(others[rival])}"
    before = hints.tags[first - 1][column[COMPANY]] if first > 0 else 0.0
    after = hints.tags[last][column[COMPANY]] if last < len(hints.tags) else 0.0
    if max(before, after) >= 0.5:  # noqa: PLR2004 - the tagger would go on with the name
        yield "tag_goes_on"


def _bin(probability: float) -> int:
    """Sort a probability into ten bins, finer at the sure ends: 0 below 0.01, 9 from 0.99."""
    edges = (0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99)
    return sum(1 for edge in edges if probability >= edge)


def _mark_sign(first: int, last: int, hints: RecognizerFeatures) -> str:
    label = hints.marks.get((first, last))
    if label is not None:
        return "outside_company" if label in {COMPANY, ORG} else "outside_other"
    touched = any(begin < last and end > first for begin, end in hints.marks)
    return "outside_part" if touched else "outside_none"
