"""The trees that weigh the company candidates of a text: what they see of each, and that they see nothing else."""

import numpy as np
import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.companies.company_candidates import CompanyCandidate, company_candidates
from newsgraph.extract.companies.company_classifier import COLUMNS, classifier_rows, classify
from newsgraph.extract.companies.company_finder import feature_context
from newsgraph.extract.companies.mention_evidence import FeatureWeights, load_weights
from newsgraph.extract.companies.name_spans import NameSpan
from newsgraph.extract.companies.recognizer_features import TAG_LABELS, RecognizerFeatures
from newsgraph.extract.extractors import open_extractor
from newsgraph.extract.text.article_text import ArticleText, read_text
from newsgraph.extract.text.context_words import load_context_words
from newsgraph.extract.text.listed_phrases import find_phrases

LEXICON = load_lexicon()
OTHER = (*[0.0] * (len(TAG_LABELS) - 1), 1.0)


def text_of(title: str, body: str = "") -> ArticleText:
    return read_text(Article("", None, title, "", "", "main", body), LEXICON.phrases)


def tags(text: ArticleText, **companies: float) -> list[tuple[float, ...]]:
    """Tag each word that is named as a company with a probability."""
    return [
        (companies[token], *[0.0] * (len(TAG_LABELS) - 2), 1 - companies[token]) if token in companies else OTHER for token in text.tokens
    ]


def candidates_of(text: ArticleText, *spans: tuple[int, int, float]) -> list[CompanyCandidate]:
    sentence = text.sentences[0]
    return [
        CompanyCandidate(NameSpan(first, last, last, sentence), ["bias", f"tag_least_{first}"], evidence) for first, last, evidence in spans
    ]


def column(rows: np.ndarray[tuple[int, int], np.dtype[np.float32]], name: str) -> list[float]:
    return [round(float(value), 2) for value in rows[:, COLUMNS.index(name)]]


def test_each_model_has_columns_of_its_own_and_namesakes_are_seen_together() -> None:
    text = text_of("Zorvex met Quill, and Zorvex left")
    both = tags(text, Zorvex=0.9), tags(text, Zorvex=0.5, Quill=0.2)
    recognized = RecognizerFeatures(TAG_LABELS, both[0], each=both)
    rows = classifier_rows(
        candidates_of(text, (0, 1, 2.0), (2, 3, -1.0), (5, 6, 0.5)), text, recognized, FeatureWeights({"tag_least_2": -0.25})
    )
    assert rows.shape == (3, len(COLUMNS))
    assert column(rows, "tagger_company") == [2.2, -5.81, 2.2]
    assert column(rows, "reader_company") == [0.0, -1.39, 0.0]
    assert column(rows, "evidence_without_tags") == [2.0, -0.75, 0.5]
    assert column(rows, "namesakes") == [2, 1, 2]
    assert column(rows, "most_evidence") == [2.0, -1.0, 2.0]
    assert column(rows, "mean_evidence") == [1.25, -1.0, 1.25]


def test_candidates_see_what_overlaps_them_and_what_lies_within() -> None:
    text = text_of("Credit Suisse CDS fell")
    both = (tags(text, Credit=0.9, Suisse=0.9),) * 2
    recognized = RecognizerFeatures(TAG_LABELS, both[0], each=both)
    rows = classifier_rows(candidates_of(text, (0, 2, 1.5), (0, 3, -0.5), (3, 4, -2.0)), text, recognized, FeatureWeights({}))
    assert column(rows, "around") == [-0.5, 1.5, -5.8]
    assert column(rows, "within") == [-5.8, 1.5, -5.8]


def test_a_text_without_candidates_asks_nothing() -> None:
    text = text_of("nothing here")
    assert classify([], text, RecognizerFeatures(TAG_LABELS, each=([], [])), FeatureWeights({})) == []


@pytest.mark.parametrize(
    ("title", "body", "company", "other"),
    [
        ("Sanofi invests in Owkin", "Sanofi will put $180 million into Owkin, the two companies said on Thursday.", "Owkin", "Thursday"),
        (
            "Murray beats Djokovic in Dubai",
            "Andy Murray beat Novak Djokovic in Dubai on Sunday. Rolex sponsors the tournament.",
            "Rolex", "Djokovic",
        ),
    ],
)  # fmt: skip
def test_companies_are_likelier_than_people_and_days(title: str, body: str, company: str, other: str) -> None:
    article = Article("", None, title, "", "", "main", body)
    text = text_of(title, body)
    hits, weights = find_phrases(text, LEXICON), load_weights(tagged=True)
    extractor = open_extractor("reader")
    assert extractor.recognize is not None
    (recognized,) = extractor.recognize([article], [text])
    context = feature_context(article, text, hits, LEXICON, load_context_words(), recognized)
    _, candidates = company_candidates(context, hits, weights, set())
    chances = classify(candidates, text, recognized, weights)
    best = {
        name: max(
            (chance for chance, one in zip(chances, candidates, strict=True) if text.words(one.span.first, one.span.core) == name),
            default=0.0,
        )
        for name in (company, other)
    }
    assert best[company] > 0.5 > best[other]


@pytest.mark.parametrize(
    ("title", "symbols"),
    [
        ("French drug major Sanofi (SNYNF, SNY) announced an investment", {"SNYNF", "SNY"}),
        ("French drug major Sanofi (NASDAQ: SNY) announced an investment", {"SNY"}),
        ("SKr9.2bn is what Sanofi pays", {"SKr9.2bn"}),
    ],
)
def test_tickers_and_sums_are_no_candidates_whatever_a_model_says(title: str, symbols: set[str]) -> None:
    article, text = Article("", None, title, "", "", "main"), text_of(title)
    hits = find_phrases(text, LEXICON)
    both = (tags(text, **dict.fromkeys(symbols, 0.9), Sanofi=0.9),) * 2
    context = feature_context(article, text, hits, LEXICON, load_context_words(), RecognizerFeatures(TAG_LABELS, both[0], each=both))
    _, candidates = company_candidates(context, hits, load_weights(tagged=True), set())
    named = {text.words(one.span.first, one.span.core) for one in candidates}
    assert "Sanofi" in named
    assert named.isdisjoint(symbols)
