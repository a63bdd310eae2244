"""IRIs that were replaced lead to what stands for them: in questions, names, RDF and on the page."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from chromium import WAIT, open_browser
from newsgraph.api import NewsGraph
from newsgraph.cli.app import main
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.name_lookup import name_index
from newsgraph.core.redirects import follow_redirects, redirects
from newsgraph.export import write
from newsgraph.export.pyvis_page import write_html
from newsgraph.export.turtle import write_turtle
from newsgraph.provenance.explanation import why
from newsgraph.query.sparql import run
from newsgraph.shacl.validation import check
from sample import ACME, BASE, BOLT, sample_graph

OLD, OLDER, LOST = f"{BASE}company/acme-old", f"{BASE}company/acme-older", f"{BASE}company/lost"
LEADS = {OLD: ACME}


def replaced_graph() -> GraphTables:
    rows = [
        {"old": old, "new": new, "kind": "company", "rule": "merged"}
        for old, new in ((OLD, ACME), (OLDER, OLD), (LOST, f"{BASE}company/gone"))
    ]
    return make_tables({**sample_graph().tables, "replaced": frame("replaced", rows)})


def test_a_chain_of_replaced_iris_leads_to_its_end() -> None:
    assert redirects(replaced_graph()) == {OLD: ACME, OLDER: ACME, LOST: f"{BASE}company/gone"}


def test_a_circle_leads_nowhere() -> None:
    rows = [{"old": old, "new": new} for old, new in ((OLD, OLDER), (OLDER, OLD))]
    assert redirects(make_tables({**sample_graph().tables, "replaced": frame("replaced", rows)})) == {}


@pytest.mark.parametrize(
    "question",
    [
        f"SELECT ?name {{ <{OLD}> schema:name ?name }}",
        f"PREFIX c: <{BASE}company/> SELECT ?name {{ c:acme-old schema:name ?name }}",
        f"PREFIX : <{BASE}company/>\nSELECT ?name {{ :acme-old schema:name ?name. }}",
    ],
)
def test_a_question_that_names_an_old_iri_is_asked_as_the_new_one(question: str) -> None:
    assert run(replaced_graph(), question)["name"].to_list() == ["Acme"]
    assert run(sample_graph(), question).is_empty()


@pytest.mark.parametrize(
    "question",
    [
        f'SELECT ("<{OLD}>" AS ?x) {{}}',
        f"# <{OLD}>\nASK {{}}",
        f"SELECT ?x {{ ?x schema:name '''<{OLD}>''' }}",
        f"PREFIX c: <{OLD}> ASK {{ ?c:x ?y ?z }}",
        f"SELECT ?new {{ <{OLD}> dcterms:isReplacedBy ?new }}",
        f"ASK {{ <{OLD}-2> ?p ?o }}",
    ],
)
def test_what_is_no_iri_to_follow_stays_as_it_is(question: str) -> None:
    assert follow_redirects(question, LEADS) == (question, {})


def test_a_question_without_old_iris_is_left_alone() -> None:
    question = f"PREFIX c: <{BASE}company/> SELECT * {{ c:bolt a/b ?x ; <{BOLT}> 'it''s' . FILTER(?x < 3 && ?y > 2) }}"
    assert follow_redirects(question, LEADS) == (question, {})


def test_the_old_iri_itself_can_be_asked_for() -> None:
    assert run(replaced_graph(), f"SELECT ?new {{ <{OLD}> dcterms:isReplacedBy ?new }}")["new"].to_list() == [ACME]


def test_a_library_question_follows_too() -> None:
    assert NewsGraph(replaced_graph()).query(f"SELECT ?n {{ <{OLD}> schema:name ?n }}")["n"].to_list() == ["Acme"]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("replaced")
    write(replaced_graph(), folder, ["parquet"])
    return folder


def test_the_command_notes_what_it_asked_instead(output: Path) -> None:
    result = CliRunner().invoke(main, ["query", str(output), f"SELECT ?n {{ <{OLD}> schema:name ?n }}", "--output-format", "csv"])

    assert result.stdout == "n\nAcme\n"
    assert result.stderr == f"note: {OLD} is now {ACME}\n"


@pytest.mark.parametrize("name", [OLD, "company/acme-old", "COMPANY/Acme-Older"])
def test_an_old_iri_is_a_name_of_the_new_node(name: str) -> None:
    assert name_index(replaced_graph()).find(name) == ACME


def test_why_takes_an_old_iri() -> None:
    assert why(replaced_graph(), "company/acme-old", "Bolt") == why(sample_graph(), "Acme", "Bolt")


def test_rdf_leads_from_the_old_iri_to_the_new_one_where_that_is_there(tmp_path: Path) -> None:
    (path,) = write_turtle(replaced_graph(), tmp_path)
    links = {
        (quad.subject.value, quad.object.value)
        for quad in ox.parse(path=str(path))
        if quad.predicate.value == "http://purl.org/dc/terms/isReplacedBy"
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.subject.value.startswith(BASE)  # the vocabulary has replaced terms too
    }

    assert links == {(OLD, ACME), (OLDER, ACME)}


def test_replaced_iris_keep_the_shapes() -> None:
    assert check(replaced_graph()) == check(sample_graph())


# --- the commands as of a day


@pytest.mark.parametrize(("day", "articles"), [("2024-05-01", 2), ("2024-04-30", 0)])
def test_a_question_can_be_asked_as_of_a_day(output: Path, day: str, articles: int) -> None:
    question = "SELECT (COUNT(?a) AS ?n) { ?a a schema:NewsArticle }"
    result = CliRunner().invoke(main, ["query", str(output), question, "--as-of", day, "--output-format", "csv"])

    assert result.stdout == f"n\n{articles}\n"
    assert result.stderr == ("" if articles else f"note: {output} has no article published by {day}\n")


def test_why_and_stats_tell_of_a_day(output: Path) -> None:
    told = CliRunner().invoke(main, ["why", str(output), "Cane & Co", "--as-of", "2024-05-01"])
    counts = CliRunner().invoke(main, ["stats", str(output), "--as-of", "2024-05-01"])

    assert (told.exit_code, "no node" in told.stderr or "Cane" in told.stderr) == (2, True)
    assert [line.split()[-1] for line in counts.stdout.splitlines() if "articles" in line] == ["2"]


def test_a_day_that_is_none_is_refused(output: Path) -> None:
    result = CliRunner().invoke(main, ["stats", str(output), "--as-of", "yesterday"])

    assert result.exit_code == 2
    assert "%Y-%m-%d" in result.stderr


# --- the page


@pytest.mark.browser
@pytest.mark.parametrize(
    ("fragment", "chosen"),
    [
        ("company/acme", "Acme"),
        ("company/acme-old", "Acme"),
        ("company%2Fbolt", "Bolt"),
        ("company/none", None),
        ("%", None),
        ("__proto__", None),
    ],
)
def test_the_address_of_the_page_chooses_a_thing(tmp_path: Path, fragment: str, chosen: str | None) -> None:
    (path,) = write_html(replaced_graph(), tmp_path)
    errors: list[str] = []
    with open_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{path.as_uri()}#{fragment}")
        names = page.evaluate("network.getSelectedNodes().map(id => texts.dots[id][0])")

    assert (names, errors) == ([chosen] if chosen else [], [])


@pytest.mark.browser
def test_another_address_chooses_another_thing(tmp_path: Path) -> None:
    (path,) = write_html(replaced_graph(), tmp_path)
    with open_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.goto(f"{path.as_uri()}#company/acme")
        page.evaluate("location.hash = 'company/bolt'")
        page.wait_for_function("network.getSelectedNodes().map(id => texts.dots[id][0]).join() === 'Bolt'")
        page.evaluate("location.hash = 'company/none'")

        assert page.evaluate("network.getSelectedNodes().length") == 1


def test_an_iri_in_the_page_cannot_end_its_script(tmp_path: Path) -> None:
    hostile = f"{BASE}company/</script><script>alert(1)</script>"
    companies = sample_graph()["companies"].with_columns(pl.col("iri").replace({ACME: hostile}))
    tables = {
        name: data.with_columns(pl.col(column).replace({ACME: hostile}) for column, kind in data.schema.items() if kind == pl.String)
        for name, data in sample_graph().tables.items()
    }

    (path,) = write_html(make_tables({**tables, "companies": companies}), tmp_path)

    assert "<script>alert" not in path.read_text("utf-8")
