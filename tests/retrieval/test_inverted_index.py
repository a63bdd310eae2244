"""The words of sentences as columns of numbers score sentences exactly as FTS5's own BM25 does."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

import pytest

from conftest import ROOT
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.retrieval import inverted_index
from newsgraph.retrieval.inverted_index import FIELDS, TOKENIZER, WordStems, write_words
from newsgraph.retrieval.known_names import _nearness
from newsgraph.retrieval.sentence_index import SentenceIndex, open_index

WEIGHTS = (1.0, 0.5, 0.5)
MANY = 10_000


def full_text(index: SentenceIndex) -> sqlite3.Connection:
    """Return a full text of FTS5 over what the index holds of its sentences."""
    database = sqlite3.connect(":memory:")
    database.execute(f'CREATE VIRTUAL TABLE sentence_text USING fts5({", ".join(FIELDS)}, tokenize="{TOKENIZER}")')
    about: dict[int, list[str]] = {}
    named = (
        "SELECT DISTINCT sentence.article, thing.label, thing.id FROM mention JOIN sentence ON sentence.id = mention.sentence"
        " JOIN thing ON thing.id = mention.thing WHERE thing.kind IN ('company', 'organisation', 'product') ORDER BY sentence.article, thing.id"
    )
    for article, label, _ in index.rows(named):
        about.setdefault(article, []).append(label)
    sentences = (
        "SELECT sentence.id, sentence.text, sentence.article, article.headline FROM sentence JOIN article ON article.id = sentence.article"
    )
    rows = [(number, text, " ".join(about.get(article, ())), headline) for number, text, article, headline in index.rows(sentences)]
    database.executemany("INSERT INTO sentence_text(rowid, text, names, headline) VALUES (?, ?, ?, ?)", rows)
    return database


def ranked(database: sqlite3.Connection, words: Sequence[str], weights: tuple[float, float, float], most: int) -> list[tuple[int, float]]:
    sql = "SELECT rowid, bm25(sentence_text, ?, ?, ?) AS score FROM sentence_text WHERE sentence_text MATCH ? ORDER BY score, rowid LIMIT ?"
    return [
        (number, -score) for number, score in database.execute(sql, (*weights, " OR ".join(f'"{word}"' for word in words), most)).fetchall()
    ]


@pytest.fixture(scope="module")
def graph(read_once: BuildOptions) -> GraphTables:
    return build([ROOT / "examples" / "news"], read_once)


@pytest.fixture(scope="module")
def index(graph: GraphTables) -> SentenceIndex:
    return open_index(lambda: graph)


@pytest.mark.parametrize("weights", [WEIGHTS, (1.0, 0.0, 0.25)])
def test_scores_and_their_order_are_those_of_the_full_text(index: SentenceIndex, weights: tuple[float, float, float]) -> None:
    database = full_text(index)
    words = sorted({word for (text,) in index.rows("SELECT text FROM sentence") for word in text.lower().split() if word.isalpha()})
    chance = random.Random(5)  # noqa: S311 - the same words each time
    asked = [chance.sample(words, chance.randint(1, 6)) for _ in range(200)] + [["the"], ["invests", "invest"], ["zzzz"], ["zzzz", "the"]]
    for some in asked:
        for most in (3, MANY):
            best = index.words.best(some, weights, most)
            expected = ranked(database, some, weights, most)
            assert [number for number, _ in best] == [number for number, _ in expected], some
            assert [score for _, score in best] == pytest.approx([score for _, score in expected], rel=1e-12, abs=0)
    assert any(len(index.words.best(some, weights, MANY)) > 3 for some in asked)


def test_only_sentences_that_are_allowed_are_ranked_with_the_scores_that_they_have_anyway(index: SentenceIndex) -> None:
    allowed = index.words.articles % 2 == 0
    whole = index.words.best(["the", "storage"], WEIGHTS, MANY)
    expected = [(number, score) for number, score in whole if allowed[number]]
    assert 0 < len(expected) < len(whole)
    assert index.words.best(["the", "storage"], WEIGHTS, MANY, allowed) == expected


def test_words_that_are_put_together_in_small_parts_are_the_same(
    index: SentenceIndex, graph: GraphTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inverted_index, "_BATCH", 7)
    again = open_index(lambda: graph)
    for table, order in (("word", "term"), ("sentence_column", "name")):
        assert again.rows(f"SELECT * FROM {table} ORDER BY {order}") == index.rows(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - our tables


def test_a_word_that_is_very_often_in_one_sentence_is_counted_in_full() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(
        f"{inverted_index.WORD_TABLES} CREATE TABLE sentence(id INTEGER PRIMARY KEY, article INTEGER, day TEXT, text TEXT);"
        f'ATTACH ":memory:" AS scratch; CREATE VIRTUAL TABLE scratch.sentence_text USING fts5({", ".join(FIELDS)}, tokenize="{TOKENIZER}");'
    )
    texts = ["gold " * 300, "gold and tin", "tin", "", "lead"]
    for number, text in enumerate(texts):
        database.execute("INSERT INTO sentence VALUES (?, ?, ?, ?)", (number, number, "2025-01-02" if number else "", text))
        database.execute("INSERT INTO scratch.sentence_text(rowid, text, names, headline) VALUES (?, ?, '', '')", (number, text))
    write_words(database, "scratch")
    words = SentenceIndex(lambda: database).words
    expected = database.execute(
        "SELECT rowid, bm25(sentence_text) FROM scratch.sentence_text WHERE sentence_text MATCH 'gold' ORDER BY rowid"
    ).fetchall()
    best = sorted(words.best(["gold"], (1.0, 1.0, 1.0), 9))
    assert [number for number, _ in best] == [number for number, _ in expected] == [0, 1]
    assert [score for _, score in best] == pytest.approx([-score for _, score in expected])
    assert words.days.tolist() == [0, *[20250102] * 4]


def test_an_index_without_sentences_finds_none() -> None:
    empty = open_index(lambda: make_tables({}))
    assert empty.words.best(["gold"], WEIGHTS, 9) == []


def test_a_word_is_divided_as_the_full_text_divides_it() -> None:
    stems = WordStems()
    assert stems.of("investing") == stems.of("INVEST") == ("invest",)
    assert stems.of("1⁄2") == ("1", "2")
    assert stems.of("") == ()


def test_names_are_as_near_as_difflib_says_where_its_bounds_allow_that(index: SentenceIndex) -> None:
    keys = [key for (key,) in index.rows("SELECT DISTINCT key FROM name ORDER BY key")]
    near = 0
    for key in keys:
        for other in keys:
            compared = SequenceMatcher(None, key, other, autojunk=False)
            bound = min(compared.real_quick_ratio(), compared.quick_ratio())
            assert _nearness(key, Counter(key), other) == (compared.ratio() if bound >= 0.8 else 0.0)
            near += key != other and bound >= 0.8
    assert near
