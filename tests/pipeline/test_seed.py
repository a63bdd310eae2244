"""The seed: what its graph must hold, and the ten design questions with their answers in `golden/`."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from conftest import ROOT, shared
from newsgraph.core.graph_tables import GraphTables, shortcuts
from newsgraph.export import write
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.query.named_questions import sparql_of
from newsgraph.query.sparql import QueryStore
from newsgraph.shacl.validation import check

GOLDEN = Path(__file__).parents[1] / "golden"
Rows = list[list[str]]


@pytest.fixture(scope="module")
def seed() -> GraphTables:
    """Build the seed by rules, whatever extractor a build takes by itself."""
    return build([ROOT / "seeds"], BuildOptions(extractor="rules"))


@pytest.fixture(scope="module")
def store(seed: GraphTables) -> QueryStore:
    return QueryStore(seed)


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("articles", 8),
        ("providers", 7),
        ("topics", 2),
        ("companies", 3),
        ("organisations", 0),
        ("stories", 1),
        ("events", 5),
        ("problems", 0),
    ],
)
def test_the_seed_has_so_many(seed: GraphTables, table: str, rows: int) -> None:
    assert seed[table].height == rows


def test_the_total_of_the_seed_stands_beside_the_investment_as_a_total_and_no_dispute(seed: GraphTables) -> None:
    investment = seed["events"].filter(type="investment")["iri"].item()
    told = seed["ledger"].filter(event=investment, field="amount").sort("amount")

    assert told.select("value", "relation", "note").rows() == [
        ("$180M", "main", None), ("$270M", "total", "the whole of $180M + $90M = $270M"),
    ]  # fmt: skip
    assert seed["ledger"].filter(relation="disputed").height == 0


def test_the_reuters_text_of_the_seed_is_three_articles_in_two_outlets_and_one_origin(seed: GraphTables) -> None:
    groups = seed["articles"].group_by("copy_group").agg(pl.len(), pl.col("provider").n_unique().alias("outlets")).filter(pl.col("len") > 1)

    assert groups.select("len", "outlets").rows() == [(3, 2)]
    assert seed["corrections"].height == 0
    assert seed["events"].filter(type="investment").select("articles", "outlets", "origins").rows() == [(7, 6, 5)]


def test_the_companies_of_the_seed_are_exactly_these(seed: GraphTables) -> None:
    assert seed["companies"]["name"].to_list() == ["Deloitte", "Owkin", "Sanofi"]


def test_sanofis_tickers_are_those_that_the_text_names(seed: GraphTables) -> None:
    assert seed["companies"].filter(name="Sanofi")["tickers"].to_list() == [["SNY", "SNYNF"]]


def test_ai_in_healthcare_lies_under_ai(seed: GraphTables) -> None:
    topics = seed["topics"]

    assert topics.filter(name="AI in Healthcare")["broader"].to_list() == topics.filter(name="AI")["iri"].to_list()


def test_seven_articles_are_one_story_and_one_is_in_none(seed: GraphTables) -> None:
    assert seed["stories"]["size"].to_list() == [7]
    assert seed["articles"]["story"].null_count() == 1


def test_the_reuters_text_is_three_articles_of_two_outlets_and_one_origin(seed: GraphTables) -> None:
    groups = seed["articles"].group_by("copy_group").agg(pl.len(), pl.col("provider").n_unique()).drop("copy_group").rows()

    assert max(groups) == (3, 2)


@pytest.mark.parametrize(
    ("kind", "parties", "amount", "day", "tellers"),
    [
        ("investment", {"Sanofi", "Owkin"}, 180000000.0, date(2021, 11, 18), 7),
        ("partnership", {"Sanofi", "Owkin"}, 90000000.0, date(2021, 11, 18), None),
        ("deal", {"Sanofi", "Owkin"}, 270000000.0, date(2021, 11, 18), 2),
        ("partnership", {"Deloitte", "Sanofi"}, None, date(2021, 11, 15), 1),
        ("funding_round", {"Owkin"}, None, date(2021, 11, 19), 1),
    ],
)
def test_the_seed_tells_of_this_event(
    seed: GraphTables, kind: str, parties: set[str], amount: float | None, day: date, tellers: int | None
) -> None:
    actors = {event: set(names) for event, names in seed["event_roles"].group_by("event").agg("name").iter_rows()}
    (event,) = [row for row in seed["events"].filter(type=kind).iter_rows(named=True) if actors[row["iri"]] == parties]

    assert (event["amount"], event["date"]) == (amount, day)
    assert event["currency"] == ("USD" if amount else None)
    assert tellers is None or event["articles"] == tellers


def test_the_investment_goes_from_sanofi_to_owkin(seed: GraphTables) -> None:
    investment = seed["events"].filter(type="investment")["iri"].item()

    assert dict(seed["event_roles"].filter(event=investment).select("role", "name").iter_rows()) == {
        "ng:investor": "Sanofi",
        "ng:target": "Owkin",
    }


def test_the_deal_has_the_investment_and_the_partnership_as_parts(seed: GraphTables) -> None:
    amounts = dict(seed["events"].select("iri", "amount").iter_rows())

    assert sorted(amounts[part] for part in seed["event_parts"]["part"]) == [90000000.0, 180000000.0]


def test_the_funding_round_is_told_by_medcity_alone(seed: GraphTables) -> None:
    event = seed["events"].filter(type="funding_round")["iri"].item()
    articles = seed["reports"].filter(event=event)["article"]

    providers = seed["articles"].filter(pl.col("iri").is_in(articles.implode()))["provider"]
    assert [iri.rsplit("/", 1)[-1] for iri in providers] == ["medcitynews.com"]


def test_the_edges_between_companies_are_these(seed: GraphTables) -> None:
    edges = [
        (s.rsplit("/", 1)[-1], kind, t.rsplit("/", 1)[-1]) for s, t, kind in shortcuts(seed).select("source", "target", "kind").iter_rows()
    ]

    assert sorted(edges) == [
        ("deloitte", "partnered_with", "sanofi"),
        ("owkin", "partnered_with", "sanofi"),
        ("sanofi", "invested_in", "owkin"),
    ]


def test_the_seed_keeps_the_shapes(seed: GraphTables) -> None:
    assert [finding.line() for finding in check(seed)] == []


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own reader
def test_json_ld_of_the_seed_says_the_same_as_turtle(seed: GraphTables, tmp_path: Path) -> None:
    write(seed, tmp_path, ["turtle", "jsonld"])

    assert isomorphic(Graph().parse(tmp_path / "graph.ttl"), Graph().parse(tmp_path / "graph.jsonld"))


# What a new list of names or another weight changes without changing what the seed says.
_VERSIONS = re.compile(r'(?<=<run/)[0-9a-f]{12}(?=>)|(?<=ng:lexiconVersion ")[0-9a-f]{12}|(?<=onfidence )[01](?:\.\d+)?')


def stable(turtle: str) -> str:
    """Blank the run, the version of the lexicon and all confidences."""
    return _VERSIONS.sub("-", turtle)


def test_the_turtle_of_the_seed_is_the_golden_file(seed: GraphTables, tmp_path: Path) -> None:
    """Compare with `golden/seed.ttl`; a change that is meant shows in its diff.

    Renew it from the root of the project with: PYTHONPATH=tests:tests/support:tests/pipeline python -c "import test_seed; test_seed.renew()"
    """
    write(seed, tmp_path, ["turtle"])

    assert stable((tmp_path / "graph.ttl").read_text(encoding="utf-8")) == (GOLDEN / "seed.ttl").read_text(encoding="utf-8")


def renew() -> None:
    """Write the golden Turtle of the seed anew."""
    with TemporaryDirectory() as folder:
        write(build([ROOT / "seeds"], BuildOptions(extractor="rules")), Path(folder), ["turtle"])
        text = (Path(folder) / "graph.ttl").read_text(encoding="utf-8")
    (GOLDEN / "seed.ttl").write_text(stable(text), encoding="utf-8")


def text_of(value: object) -> str:
    """Write a value as the golden files do; lists joined by a comma have no order of their own."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    text = "" if value is None else str(value)
    return ", ".join(sorted(re.split(r",\s*", text))) if re.fullmatch(r"\w+(?:,\s*\w+)+", text) else text


def golden(name: str) -> tuple[list[str], Rows]:
    """Read the columns and the rows of a golden answer."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    return columns, rows


def taken(answer: pl.DataFrame, columns: list[str]) -> Rows:
    """Take the columns of an answer, in its order."""
    return [[text_of(value) for value in row] for row in answer.select(columns).iter_rows()]


@dataclass(frozen=True)
class Question:
    """A design question as newsgraph ships it: its name, parameters, other names of columns, and the rows that are asked for."""

    golden: str
    name: str
    parameters: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    wanted: Callable[[dict[str, object]], bool] = lambda _: True


SHIPPED = (
    Question("q01", "investments", columns={"amount": "value"}),
    Question("q02", "evidence", columns={"published": "time"}, wanted=lambda row: str(row["what"]).startswith("Sanofi invests")),
    Question("q03", "deals-with-parts"),
    Question("q04", "co-mentioned", {"company": "Sanofi"}),
    Question("q05", "stories", columns={"articles": "n"}),
    Question("q06", "offsets-hold", wanted=lambda row: row["company"] == "Owkin"),
    Question("q07", "articles-about", {"topic": "AI"}),
    Question("q08", "company-profile", {"company": "Sanofi"}, {"forms": "seen"}),
    Question("q09", "evidence", columns={"source": "file"}, wanted=lambda row: str(row["what"]).startswith("Deloitte")),
    Question("q10", "first-to-report", columns={"first": "time"}),
)

# In q08 the LEI is optional; q01 and q09 name roles as until 0.1.0.
AMENDED = {
    "q01": (("?investee ?value", "?target ?value"), ("ng:investee/schema:name ?investee", "ng:target/schema:name ?target")),
    "q09": (("ng:partner/", "ng:party/"),),
    "q08": (("schema:leiCode ?lei ; ", ""), ("schema:tickerSymbol ?k .", "schema:tickerSymbol ?k . OPTIONAL { ?c schema:leiCode ?lei }")),
}


def designed(name: str) -> str:
    """Read a question of the design, amended."""
    sparql = (shared("design/rdf/queries") / f"{name}.rq").read_text(encoding="utf-8")
    for old, new in AMENDED.get(name, ()):
        assert old in sparql
        sparql = sparql.replace(old, new)
    return sparql


@pytest.mark.parametrize("question", SHIPPED, ids=lambda question: question.golden)
def test_a_shipped_question_gives_the_rows_of_the_design(store: QueryStore, question: Question) -> None:
    columns, rows = golden(question.golden)

    answer = store.ask(sparql_of(question.name, question.parameters))

    kept = pl.DataFrame([row for row in answer.iter_rows(named=True) if question.wanted(row)], infer_schema_length=None)
    assert taken(kept.rename(question.columns), columns) == rows


@pytest.mark.parametrize("name", sorted({question.golden for question in SHIPPED} - {"q09"}))
def test_a_question_of_the_design_gives_its_rows(store: QueryStore, name: str) -> None:
    columns, rows = golden(name)

    assert taken(store.ask(designed(name)), columns) == rows


def test_the_question_of_the_design_on_origins_gives_at_least_its_row(store: QueryStore) -> None:
    columns, (row,) = golden("q09")

    answer = store.ask(designed("q09"))

    assert row in taken(answer, columns)
    assert "newsgraph" in answer["tool"].to_list()
