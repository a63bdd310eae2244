"""What a search reads from columns of numbers is what plain SQL and FTS5 find: near names, parts of names, and the lists of sentences."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from math import log

import pytest

from conftest import ROOT
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.retrieval import candidate_lists
from newsgraph.retrieval.candidate_lists import _allowed, _by_article, _by_events, _by_names, scope_of
from newsgraph.retrieval.full_text_search import find, search
from newsgraph.retrieval.known_names import KnownName, names_with_key
from newsgraph.retrieval.name_trigrams import trigrams_of
from newsgraph.retrieval.sentence_index import SentenceIndex, open_index

MANY = 10_000
DAYS = ["", "2025-09-20", "2025-10-10", "1999-01-01"]


@pytest.fixture(scope="module")
def graph(read_once: BuildOptions) -> GraphTables:
    return build([ROOT / "examples" / "news", ROOT / "seeds"], read_once)


@pytest.fixture(scope="module")
def index(graph: GraphTables) -> SentenceIndex:
    return open_index(lambda: graph)


def some_keys(index: SentenceIndex) -> list[str]:
    """Return names, names with errors, and parts of names."""
    chance = random.Random(3)  # noqa: S311 - the same names each time
    keys = [key for (key,) in index.rows("SELECT DISTINCT key FROM name ORDER BY key")]
    turned = [key[:at] + key[at : at + 2][::-1] + key[at + 2 :] for key in keys for at in [chance.randrange(len(key))]]
    parts = [key[at : at + 5] for key in keys for at in [chance.randrange(len(key))]]
    return [key for key in (*keys, *turned, *parts, "zzzzz", "") if len(key) >= 3]


def test_the_nearest_names_are_those_that_the_full_text_ranks_highest(index: SentenceIndex) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE name_text USING fts5(key, tokenize=trigram)")
    database.executemany("INSERT INTO name_text(rowid, key) VALUES (?, ?)", index.rows("SELECT id, key FROM name"))
    sql = "SELECT rowid FROM name_text WHERE name_text MATCH ? ORDER BY bm25(name_text), rowid LIMIT ?"
    for key in some_keys(index):
        asked = " OR ".join(f'"{run}"' for run in trigrams_of(key))
        for most in (1, 5, 60, MANY):
            assert index.trigrams.nearest(key, most) == [number for (number,) in database.execute(sql, (asked, most))], key


def test_names_with_a_part_are_those_in_which_a_word_begins_with_it(index: SentenceIndex) -> None:
    for key in some_keys(index):
        rows = index.rows("SELECT id FROM name WHERE ' ' || key LIKE ? ORDER BY id", (f"% {key}%",))
        assert index.trigrams.with_part(key) == [number for (number,) in rows], key


def test_an_index_without_names_has_none_that_are_near() -> None:
    empty = open_index(lambda: make_tables({}))
    assert (empty.trigrams.nearest("acme", 9), empty.trigrams.with_part("acme")) == ([], [])


def plain_names(index: SentenceIndex, names: list[KnownName], day: str, most: int, place: dict[int, int]) -> list[int]:
    """Return what `_by_names` returns, sentence by sentence."""
    worth: Counter[int] = Counter()
    for known in names:
        sql = "SELECT sentence FROM mention JOIN sentence ON sentence.id = sentence WHERE thing = ?"
        sql += " AND day <> '' AND day <= ?" if day else " AND '' = ?"
        for (sentence,) in index.rows(f"{sql} ORDER BY day DESC, sentence LIMIT ?", (known.thing, day, most)):
            worth[sentence] += 1 / log(2 + known.articles)  # type: ignore[assignment]
    return sorted(worth, key=lambda sentence: (-worth[sentence], place.get(sentence, 400), sentence))[:400]


def plain_events(index: SentenceIndex, names: list[KnownName], asked: frozenset[str], day: str, place: dict[int, int]) -> list[int]:
    """Return what `_by_events` returns, event by event."""
    parties: Counter[tuple[int, str, str]] = Counter()
    for thing in {known.thing for known in names}:
        sql = (
            "SELECT DISTINCT report.sentence, event.iri, event.type FROM role JOIN event ON event.iri = role.event"
            " JOIN report ON report.event = event.iri JOIN sentence ON sentence.id = report.sentence WHERE role.thing = ?"
        )
        parties.update(index.rows(sql + (" AND day <> '' AND day <= ?" if day else " AND '' = ?"), (thing, day)))
    best: dict[int, tuple[bool, int]] = {}
    for (sentence, _, kind), number in parties.items():
        best[sentence] = min(best.get(sentence, (True, 0)), (kind not in asked, -number))
    return sorted(best, key=lambda sentence: (*best[sentence], place.get(sentence, 400), sentence))[:400]


@pytest.mark.parametrize("most", [5000, 3])
def test_lists_by_names_and_events_are_those_of_plain_sql(index: SentenceIndex, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidate_lists, "_MOST_OF_THING", most)
    chance = random.Random(4)  # noqa: S311 - the same things each time
    keys = [key for (key,) in index.rows("SELECT DISTINCT key FROM name ORDER BY key")]
    words = [word for (text,) in index.rows("SELECT text FROM sentence ORDER BY id LIMIT 50") for word in text.lower().split()]
    told = 0
    for _ in range(150):
        names = [name for key in chance.sample(keys, chance.randint(1, 3)) for name in names_with_key(index, key, key)]
        names = list({name.thing: name for name in names}.values())
        by_words = index.words.best(chance.sample(words, 2), (1.0, 0.5, 0.5), 40)
        place = {sentence: rank for rank, (sentence, _) in enumerate(by_words)}
        for day in DAYS:
            allowed = _allowed(index, scope_of(None) if not day else candidate_lists.Scope(day))
            assert _by_names(index, names, allowed, by_words) == plain_names(index, names, day, most, place)
            asked = frozenset(chance.sample(["investment", "acquisition", "lawsuit"], 1))
            if most > len(words):
                assert _by_events(index, names, asked, allowed, by_words) == plain_events(index, names, asked, day, place)
                told += len(plain_events(index, names, asked, day, place))
    assert told or most == 3


def test_sentences_are_ranked_by_the_best_of_their_articles(index: SentenceIndex) -> None:
    by_words = index.words.best(["the", "storage", "invests"], (1.0, 0.5, 0.5), MANY)
    best: dict[int, list[float]] = {}
    article = {sentence: int(index.words.articles[sentence]) for sentence, _ in by_words}
    for sentence, score in by_words:
        best.setdefault(article[sentence], []).append(score)
    total = {of: sum(scores[:3]) for of, scores in best.items()}
    rank = {sentence: number for number, (sentence, _) in enumerate(by_words)}
    expected = sorted(rank, key=lambda sentence: (-total[article[sentence]], article[sentence], rank[sentence]))
    assert _by_article(index, by_words) == expected
    assert len(best) < len(by_words)


def test_hits_that_are_read_in_parts_are_those_of_the_whole(index: SentenceIndex) -> None:
    for words in ("Osterholt", "osterholtt storage", "the", "zzzz"):
        hits, whole = find(index, words, 500), search(index, words, 500)
        assert (len(hits), tuple(hits)) == (len(whole), whole)
        assert tuple(one for at in range(0, len(hits), 7) for one in hits[at : at + 7]) == whole
        assert hits[::-1] == whole[::-1]
        assert hits.counts() == Counter(hit.kind for hit in whole)
        texts = [hit.text for hit in whole if hit.kind == "sentence"]
        assert len(texts) == len(set(texts))
    assert find(index, "Osterholt", 500)[-1] == search(index, "Osterholt", 500)[-1]
