"""ask.html answers the named questions and any SPARQL as Python does, from disk, with the network off."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import open_browser
from explorer_page import PHONE, axe, watched
from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer.question_page import question_page
from newsgraph.export.explorer_pages import write_explorer
from newsgraph.query.named_questions import questions, sparql_of
from newsgraph.query.sparql import QueryStore
from sample import sample_graph

pytestmark = pytest.mark.browser

NOTHING = "Choose a question, or write your own."
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
Cells = tuple[object, ...]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    path, _ = write_explorer(sample_graph(), tmp_path_factory.mktemp("ask"))
    return path.as_uri()


@pytest.fixture(scope="module")
def shared_page(browser: Browser, sample: str) -> Iterator[Page]:
    with watched(browser) as found:
        found.goto(sample)
        yield found


@pytest.fixture
def page(shared_page: Page, sample: str) -> Page:
    """Give the sample's page with nothing asked; it is opened once, as each opening starts an engine."""
    shared_page.goto(f"{sample}#")
    expect(shared_page.locator(".ng-empty")).to_have_text(NOTHING)
    return shared_page


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=questions()[name].question, exact=True).press("Enter")


def ask(page: Page, sparql: str) -> None:
    page.get_by_role("button", name="Your own, in SPARQL").click()
    page.get_by_role("textbox", name="SPARQL").fill(sparql)
    page.keyboard.press("Control+Enter")


def rows(page: Page) -> list[list[str]]:
    page.wait_for_selector(".ng-answer tbody tr")
    return [line.locator("td").all_inner_texts() for line in page.locator(".ng-answer tbody tr").all()]


KEPT = """async button => {
    const make = URL.createObjectURL, press = HTMLAnchorElement.prototype.click;
    let kept;
    URL.createObjectURL = blob => make.call(URL, kept = blob);
    HTMLAnchorElement.prototype.click = () => {};
    try { button.click(); } finally { URL.createObjectURL = make; HTMLAnchorElement.prototype.click = press; }
    return kept.text();
}"""


def kept(page: Page) -> tuple[list[str], list[list[str]]]:
    """Read the CSV that the page would save; the browser lets only ten files a second through, so none is saved."""
    head, *lines = csv.reader(StringIO(page.get_by_role("button", name="Save as CSV").evaluate(KEPT)))
    return head, lines


READ: dict[pl.DataType, Callable[[str], object]] = {
    pl.Int64(): int,
    pl.Float64(): float,
    pl.Date(): date.fromisoformat,
    pl.Datetime("us", "UTC"): lambda text: datetime.fromisoformat(text).astimezone(UTC),
    pl.Boolean(): lambda text: text in {"true", "1"},
    pl.String(): str,
}


def answers(
    page: Page, address: str, graph: GraphTables, asked: list[tuple[str, dict[str, str]]]
) -> dict[str, tuple[Counter[Cells], Counter[Cells]]]:
    """Ask the page and Python the same, and give both answers where they differ."""
    store, different = QueryStore(graph), {}
    for name, values in asked:
        there = store.ask(sparql_of(name, values, graph))
        page.goto(f"{address}#")
        expect(page.locator(".ng-empty")).to_have_text(NOTHING)
        page.goto(f"{address}#?name={name}" + "".join(f"&{key}={value}" for key, value in values.items()))
        page.wait_for_selector(".ng-summary:not(:empty)")
        head, lines = kept(page)
        assert head == there.columns
        read = [READ[kind] for kind in there.dtypes]
        here = Counter(tuple(make(cell) if cell else None for make, cell in zip(read, line, strict=True)) for line in lines)
        wanted = Counter(tuple(None if cell == "" else cell for cell in row) for row in there.rows())
        if here != wanted:
            different[f"{name} {values}"] = (here - wanted, wanted - here)
    return different


def test_every_named_question_has_the_answer_that_python_gives_on_the_sample(page: Page, sample: str) -> None:
    named = [("timeline", {"company": "acm"}), ("grounds", {"thing": "ROCKET"}), ("grounds", {"thing": "https://blog.example/b"})]
    assert answers(page, sample, sample_graph(), [(name, {}) for name in questions()] + named) == {}


def test_every_named_question_has_the_answer_that_python_gives_on_the_seed(
    browser: Browser, seed_graph: GraphTables, tmp_path: Path
) -> None:
    path, _ = write_explorer(seed_graph, tmp_path)
    named = [("timeline", {"company": "owkin"}), ("articles-about", {"topic": ""}), ("events", {"kind": "Investment"})]
    with watched(browser) as page:
        page.goto(path.as_uri())
        assert answers(page, path.as_uri(), seed_graph, [(name, {}) for name in questions()] + named) == {}


def test_a_question_is_chosen_and_narrowed_by_keyboard(page: Page) -> None:
    choose(page, "timeline")
    everything = len(rows(page))
    field = page.get_by_label("Company")
    field.fill("ACM")
    field.press("Enter")
    expect(page.locator(".ng-summary")).to_contain_text("3 rows")
    assert {row[1] for row in rows(page)} == {"Acme"}
    assert everything > 3


def test_a_name_that_nothing_has_leads_to_one_that_is_near(page: Page) -> None:
    choose(page, "timeline")
    page.get_by_label("Company").fill("Acmee")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No company in this graph is named “Acmee”.")
    page.get_by_role("alert").get_by_role("button", name="Acme").click()
    assert {row[1] for row in rows(page)} == {"Acme"}


def test_an_own_question_is_answered_with_prefixes_that_need_no_declaration(page: Page) -> None:
    ask(page, "SELECT ?name { ?x a schema:Product ; schema:name ?name }")
    assert rows(page) == [["Rocket"]]


def test_an_own_question_keeps_its_own_prefixes(page: Page) -> None:
    ask(page, "PREFIX ng: <https://schema.org/> SELECT ?a { ?a a ng:NewsArticle }")
    assert len(rows(page)) == 3


def test_an_answer_is_saved_as_csv(page: Page) -> None:
    choose(page, "people")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    assert download.value.suggested_filename == "people.csv"
    assert Path(download.value.path()).read_text("utf-8").startswith("person,role,employer,articles,iri\nJane Roe,CEO,Bolt,1,")


def test_yes_and_no_are_said_in_words(page: Page) -> None:
    ask(page, "ASK { ?e a ng:Merger }")
    expect(page.locator(".ng-truth")).to_have_text("No")


def test_triples_come_as_rows(page: Page) -> None:
    ask(page, "CONSTRUCT { ?e a ng:Found } WHERE { ?e a ng:Investment }")
    assert [row[1:] for row in rows(page)] == [["rdf:type", "ng:Found"]]


def test_a_thing_of_the_graph_leads_to_its_page(page: Page) -> None:
    ask(page, 'SELECT ?x { ?x schema:name "Acme" ; a schema:Organization }')
    expect(page.get_by_role("link", name="company/acme")).to_have_attribute("href", "graph.html#company/acme")


def test_an_iri_that_was_replaced_is_asked_as_the_one_that_stands_for_it(page: Page) -> None:
    ask(page, "SELECT ?name { <https://newsgraph.example.org/id/company/acme-inc> schema:name ?name }")
    assert rows(page) == [["Acme"]]
    expect(page.get_by_role("alert")).to_contain_text("company/acme-inc is now https://newsgraph.example.org/id/company/acme.")


def test_a_mistake_is_told_with_its_line_and_leads_there(page: Page) -> None:
    ask(page, "SELECT ?a\nWHERE { ?a a schema:NewsArticle\n")
    expect(page.get_by_role("alert")).to_contain_text("Line 3, column 1: the question ends here")
    page.get_by_role("button", name="Go to line 3").click()
    expect(page.get_by_role("textbox", name="SPARQL")).to_be_focused()


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("# note\nDELETE WHERE { ?s ?p ?o }", "DELETE would change the graph"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "never uses the network"),
        ("SELECT * FROM <http://127.0.0.1:9/g> { ?s ?p ?o }", "nothing is fetched"),
        ("SELECT * { ?s foo:bar ?o }", "Line 1, column 22: a prefix is not declared"),
        ("SELECT * WHER { ?s ?p ?o }", "Line 1, column 16: this is not valid SPARQL; expected: DISTINCT."),
    ],
)
def test_what_cannot_be_asked_is_refused_plainly(page: Page, sparql: str, told: str) -> None:
    ask(page, sparql)
    expect(page.get_by_role("alert")).to_contain_text(told)


def test_a_long_question_is_cancelled_and_the_next_is_answered(page: Page) -> None:
    ask(page, HEAVY)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".ng-empty")).to_contain_text("Cancelled")
    ask(page, "SELECT (1 AS ?one) {}")
    assert rows(page) == [["1"]]


def test_a_question_that_is_left_while_it_runs_answers_nothing_later(page: Page) -> None:
    ask(page, HEAVY)
    choose(page, "places")
    assert rows(page)[0][0] == "Lyon"
    expect(page.locator(".ng-state")).to_have_text("")


def test_a_link_brings_a_question_back(page: Page, sample: str) -> None:
    page.goto(f"{sample}#?name=timeline&company=bolt")
    page.reload()
    assert {row[1] for row in rows(page)} == {"Bolt"}
    expect(page.get_by_label("Company")).to_have_value("bolt")


def test_back_leads_to_the_question_before(page: Page) -> None:
    ask(page, "SELECT (1 AS ?one) {}")
    assert rows(page) == [["1"]]
    choose(page, "places")
    assert rows(page)[0][0] == "Lyon"
    page.go_back()
    expect(page.locator("tbody td")).to_have_text("1")


def test_rows_are_sorted_by_a_heading_and_turned_by_pages(page: Page) -> None:
    ask(page, "SELECT ?n { { SELECT (COUNT(*) AS ?all) { ?s ?p ?o } } ?s ?p ?o BIND(STRLEN(STR(?o)) AS ?n) }")
    page.get_by_role("button", name="n", exact=True).click()
    first = [int(row[0].replace(",", "")) for row in rows(page)]
    assert first == sorted(first)
    assert len(first) == 100
    page.get_by_role("button", name="Next").click()
    second = [int(row[0].replace(",", "")) for row in rows(page)]
    assert second[0] >= first[-1]
    expect(page.locator(".ng-where")).to_contain_text("101 to 200 of")


def test_what_documents_say_is_shown_as_text(page: Page) -> None:
    ask(page, "SELECT ?headline { ?a schema:headline ?headline FILTER(CONTAINS(?headline, 'script')) }")
    assert "<script>alert" in rows(page)[0][0]
    assert page.locator(".ng-answer script").count() == 0


def test_changing_the_sparql_of_a_named_question_makes_it_the_readers_own(page: Page) -> None:
    choose(page, "places")
    rows(page)
    page.get_by_text("SPARQL", exact=True).first.click()
    page.get_by_role("textbox", name="SPARQL").fill("SELECT (2 AS ?two) {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("tbody td").first).to_have_text("2")
    page.get_by_role("button", name="Your own, in SPARQL").and_(page.locator("[aria-current]")).wait_for()


def test_without_a_worker_the_page_itself_answers_and_says_so(browser: Browser, sample: str) -> None:
    with watched(browser) as page:
        page.add_init_script("delete window.Worker")
        page.goto(sample)
        ask(page, "SELECT (1 AS ?one) {}")
        assert rows(page) == [["1"]]
        expect(page.locator(".ng-state")).to_contain_text("the page does not respond while it answers")


def test_a_graph_that_is_too_large_for_a_page_is_asked_on_the_command_line(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsgraph.explorer.question_page.LIMIT", 10)
    path, _ = write_explorer(sample_graph(), tmp_path)
    assert path.stat().st_size < 200_000
    with watched(browser) as page:
        page.goto(f"{path.as_uri()}#?name=timeline&company=Cane %26 Co")
        expect(page.locator(".ng-state")).to_contain_text("a page holds at most")
        expect(page.locator("pre")).to_have_text("newsgraph query output --name timeline --set 'company=Cane & Co'")


def test_a_narrow_window_is_never_scrolled_sideways(browser: Browser, sample: str) -> None:
    with watched(browser, {"width": 320, "height": 480}) as page:
        page.goto(f"{sample}#?name=storyline")
        rows(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_no_violation(browser: Browser, sample: str, look: str) -> None:
    with watched(browser, PHONE, dark=False) if look == "phone" else watched(browser, dark=look == "dark") as page:
        page.goto(f"{sample}#?name=storyline")
        rows(page)
        assert axe(page) == []
        if look == "phone":
            page.get_by_role("button", name="Questions").click()
        ask(page, "SELECT ?a {\n")
        page.get_by_role("alert").get_by_role("button").wait_for()
        assert axe(page) == []


def test_the_same_graph_gives_the_same_page() -> None:
    assert question_page(sample_graph()) == question_page(sample_graph())


def test_every_named_question_stands_in_the_menu_once(page: Page) -> None:
    shown = page.locator("#ng-menu button").all_inner_texts()
    assert Counter(shown[1:]) == Counter(question.question for question in questions().values())
