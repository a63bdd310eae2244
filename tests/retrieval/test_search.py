"""Search by words: names with typing errors, and sentences."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import DatabaseError

import polars as pl
import pytest

from conftest import ROOT
from newsgraph import NewsGraph, build
from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables, nodes
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.query.point_in_time import as_of
from newsgraph.retrieval.full_text_search import SEARCHED_KINDS, _corrected, search, search_frame
from newsgraph.retrieval.index_rows import NAMED_KINDS
from newsgraph.retrieval.known_names import KnownName
from newsgraph.retrieval.question_words import asked_events, content_words, event_cues, name_words
from newsgraph.retrieval.rank_fusion import fuse
from newsgraph.retrieval.sentence_index import SentenceIndex, existing_index, open_index, open_kept_index
from newsgraph.storage.derived_cache import table_origin
from sample import ACME, BOLT, JANE, sample_graph


@pytest.fixture(scope="module")
def index() -> SentenceIndex:
    return open_index(sample_graph)


@pytest.mark.parametrize("words", ["Acme", "acme", "ACM", "Acmme", "akme acme"])
def test_a_name_is_found_however_it_is_written(index: SentenceIndex, words: str) -> None:
    hit = search(index, words)[0]

    assert (hit.iri, hit.kind, hit.text) == (ACME, "company", "Acme")
    assert hit.is_exact == (words != "Acmme")


def test_each_of_several_mistyped_names_is_found(index: SentenceIndex) -> None:
    assert {hit.iri for hit in search(index, "jane roee boltt") if hit.kind != "sentence"} >= {BOLT, JANE}


def test_a_mistyped_name_finds_the_sentences_of_the_right_one(index: SentenceIndex) -> None:
    assert any("Acme invests" in hit.text for hit in search(index, "Acmee"))


def test_sentences_follow_with_their_sources_each_wording_once(index: SentenceIndex) -> None:
    hits = [hit for hit in search(index, "rocket maker") if hit.kind == "sentence"]

    assert "a rocket maker" in hits[0].text
    assert len({hit.text for hit in hits}) == len(hits)
    assert hits[0].iri.startswith("https://newsgraph.example.org/id/article/")


def test_a_search_has_at_most_so_many_results_and_an_answer_for_unknown_words(index: SentenceIndex) -> None:
    assert len(search(index, "Acme Bolt Cane Dune", limit=2)) == 2
    assert search(index, "zzzzzz qqqqqq") == ()


@pytest.mark.parametrize(("words", "limit"), [("", 5), (" ", 5), ("x" * 5000, 5), ("x", 0)])
def test_what_cannot_be_searched_is_an_error(index: SentenceIndex, words: str, limit: int) -> None:
    with pytest.raises(InputError):
        search(index, words, limit)


def test_a_search_is_a_frame_with_the_same_columns_if_nothing_is_found(index: SentenceIndex) -> None:
    assert search_frame(search(index, "Acme")).schema == search_frame(()).schema


def test_words_of_questions_are_left_out_and_numbers_kept() -> None:
    assert content_words("How much did the Crédit Agricole pay in 2021 for 7 banks?") == ["credit", "agricole", "pay", "2021", "7", "banks"]
    assert name_words("Ford Motor Co. (F)") == "ford motor co f"


def test_a_question_asks_about_kinds_of_events() -> None:
    assert "acquisition" in asked_events("Who bought Dune?")
    assert asked_events("What is Dune?") == {}


def test_cues_are_of_known_types_and_in_the_form_in_which_they_are_looked_up() -> None:
    assert set(event_cues()) <= set(EVENT_TYPES)
    assert [word for words in event_cues().values() for word in words if content_words(word) not in ([word], [])] == []


def test_lists_are_fused_by_reciprocal_ranks() -> None:
    assert fuse([(1.0, [1, 2]), (1.0, [2])]) == [(2, 1 / 62 + 1 / 61), (1, 1 / 61)]
    assert [member for member, _ in fuse([(1.0, [1, 2, 3]), (2.0, [3, 2])])] == [3, 2, 1]
    assert [member for member, _ in fuse([(0.5, [5]), (0.5, [4])])] == [4, 5]


def test_several_threads_ask_a_kept_index_at_once_and_one_in_memory_in_turn(tmp_path: Path) -> None:
    NewsGraph(sample_graph()).write(tmp_path / "out", formats=["parquet"])
    origin = table_origin(tmp_path / "out")
    assert existing_index(origin) is None
    open_index(sample_graph, origin).close()
    place = existing_index(origin)
    assert place is not None
    for index in (open_kept_index(place, at_once=3), open_index(sample_graph)):
        words = ["Acme", "Bolt", "rocket maker", "Jane Roe", "Acmme"] * 8
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda one, index=index: search(index, one), words))
        assert found[:5] == found[5:10] == [search(index, one) for one in words[:5]]
        index.close()


def test_an_index_that_is_gone_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError):
        open_kept_index(tmp_path / "nowhere")


def test_a_search_as_of_a_day_has_nothing_later(index: SentenceIndex) -> None:
    last = max(hit.published[:10] for hit in search(index, "Acme", 100) if hit.kind == "sentence")
    assert search(index, "Acme", 100, as_of=date.fromisoformat(last)) == search(index, "Acme", 100)
    early = search(index, "Acme", 100, as_of=date.fromisoformat(last) - timedelta(days=1))
    assert max((hit.published[:10] for hit in early if hit.kind == "sentence"), default="") < last
    assert search(index, "Acme", 100, as_of=date(1999, 1, 1)) == ()


@pytest.mark.parametrize(
    ("words", "names"), [("acm", ["Acme"]), ("jan", ["Jane Roe"]), ("roe", ["Jane Roe"]), ("ane", []), ("ac", []), ("the", []), ('q"b', [])]
)
def test_a_name_is_found_by_the_beginning_of_its_words(words: str, names: list[str], index: SentenceIndex) -> None:
    assert [hit.text for hit in search(index, words) if hit.kind != "sentence" and hit.is_exact] == names


def test_what_has_the_name_comes_before_what_only_begins_so() -> None:
    tables = dict(sample_graph().tables)
    companies = tables["companies"]
    nameless = {name: pl.lit(None, companies.schema[name]) for name in ("aliases", "tickers", "legal_name")}
    longer = companies.filter(pl.col("iri") == ACME).with_columns(
        pl.lit(f"{ACME}-2").alias("iri"),
        pl.lit("Acme Rail").alias("name"),
        pl.lit(99, companies.schema["articles"]).alias("articles"),
        **nameless,
    )
    tables["companies"] = pl.concat([companies, longer])
    kinds = [(hit.text, hit.is_exact) for hit in search(open_index(lambda: GraphTables(tables)), "acme") if hit.kind == "company"]
    assert kinds[:2] == [("Acme", True), ("Acme Rail", True)]


@pytest.fixture(scope="module")
def banks() -> SentenceIndex:
    """Return an index with fifty companies whose names begin alike, and a person of such a name in fewer articles."""
    tables = dict(sample_graph().tables)
    schema, people = tables["companies"].schema, tables["people"].schema
    named = [{"iri": f"{ACME}-bank-{number:02}", "name": f"Quorl Bank {number:02}", "articles": 99 - number} for number in range(50)]
    more = pl.DataFrame([{column: row.get(column) for column in schema} for row in named], schema)
    tables["companies"] = pl.concat([tables["companies"], more])
    quorl = pl.DataFrame([{column: {"iri": f"{JANE}-2", "name": "Jo Quorl", "articles": 1}.get(column) for column in people}], people)
    tables["people"] = pl.concat([tables["people"], quorl])
    return open_index(lambda: GraphTables(tables))


def test_a_search_of_one_kind_has_what_other_kinds_would_leave_no_room_for(banks: SentenceIndex) -> None:
    every = search(banks, "quorl", 100)
    assert [hit.kind for hit in every if hit.kind != "sentence"] == ["company"] * 10
    assert [hit.text for hit in search(banks, "quorl", 100, kind="person")] == ["Jo Quorl"]
    companies = search(banks, "quorl", 100, kind="company")
    assert [hit.text for hit in companies] == [f"Quorl Bank {number:02}" for number in range(50)]
    assert companies[:10] == every[:10]
    assert search(banks, "quorl", 4, kind="company") == companies[:4]
    assert search(banks, "quorl", 10**30, kind="company") == companies


def test_a_search_of_sentences_has_those_of_a_whole_search(index: SentenceIndex) -> None:
    every = search(index, "Acme", 100)
    assert search(index, "Acme", 100, kind="sentence") == tuple(hit for hit in every if hit.kind == "sentence")
    assert len(search(index, "Acme", 1, kind="sentence")) == 1


def test_a_kind_that_is_not_searched_is_an_error(index: SentenceIndex) -> None:
    with pytest.raises(InputError, match="'wedding' is not searched"):
        search(index, "Acme", kind="wedding")


def test_command_tool_and_rest_interface_offer_the_kinds_that_are_searched() -> None:
    from newsgraph.cli.context import search as command  # noqa: PLC0415 - only here

    offered = [parameter.type.choices for parameter in command.params if parameter.name == "kind"]  # type: ignore[attr-defined]
    assert list(map(tuple, offered)) == [SEARCHED_KINDS]
    described = json.loads((ROOT / "src/newsgraph/data/server/openapi.json").read_text(encoding="utf-8"))
    parameters = described["paths"]["/api/v1/search"]["get"]["parameters"]
    assert [tuple(one["schema"]["enum"]) for one in parameters if one.get("name") == "kind"] == [SEARCHED_KINDS]


def test_only_the_words_that_were_mistyped_are_corrected(banks: SentenceIndex) -> None:
    names = [KnownName("Qorl", "Quorl Bank 01", 1, "i", "company", "Quorl Bank 01", 3, is_exact=False)]
    assert _corrected("qorl takeover", names) == "qorl takeover quorl"
    assert [hit.is_exact for hit in search(banks, "Quorl Banc 07", 1)] == [False]


def test_a_search_of_very_many_unknown_words_is_answered(index: SentenceIndex) -> None:
    assert search(index, " ".join(f"q{number}zx" for number in range(500)), seconds=20) == ()
    assert search(index, "x" * 4000, seconds=20) == ()


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2021, 3, 2), date(2021, 3, 3), date(2021, 6, 30), date(2030, 1, 1)])
def test_things_as_of_a_day_are_those_that_its_graph_counts_articles_of(day: date, seeds: NewsGraph) -> None:
    index = open_index(lambda: seeds.tables)
    then = {
        iri: articles for iri, articles in nodes(as_of(seeds.tables, day), *NAMED_KINDS).select("iri", "articles").iter_rows() if articles
    }
    named = nodes(seeds.tables, *NAMED_KINDS).select("iri", "label").rows()
    for iri, label in named:
        counts = {hit.iri: hit.articles for hit in search(index, label, 100, as_of=day) if hit.kind != "sentence"}
        assert counts.get(iri) == then.get(iri), label
        assert counts.items() <= then.items()
    assert len(named) > 10


def test_the_library_searches_as_of_a_day(seeds: NewsGraph) -> None:
    days = seeds.articles["published"].dt.date().unique().sort()
    early, late = (seeds.search("Owkin", 100, as_of=day) for day in (days[0], days[-1]))
    assert early.height < late.height
    assert late.equals(seeds.search("Owkin", 100))


@pytest.fixture(scope="module")
def seeds() -> NewsGraph:
    return build(ROOT / "seeds", extractor="rules")
