"""Two graphs compared: what is new, gone, changed or has another IRI, as values, as text and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import polars as pl
import pytest
from click.testing import CliRunner, Result

from newsgraph.api import NewsGraph
from newsgraph.cli.app import main
from newsgraph.cli.diff import lines
from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import NODE_TABLES, SCHEMAS, GraphTables, make_tables
from newsgraph.diff.difference import Difference, FieldChange, NodeReference, ReplacedNode
from newsgraph.diff.graph_diff import FIELDS, LINKS, diff
from newsgraph.export import write
from sample import ACME, ALPHA, BASE, BETA, BOLT, CANE, DUNE, GAMMA, HOSTILE, JANE, MONEY, ONE, RUMOUR, SPACE, TWO, sample_graph

OTHER_BASE = "https://my.example/"
EIN = f"{BASE}company/ein"


def changed(table: str, edit: Callable[[pl.DataFrame], pl.DataFrame], graph: GraphTables | None = None) -> GraphTables:
    """Give the sample with one table edited."""
    graph = graph or sample_graph()
    return make_tables({**graph.tables, table: edit(graph[table])})


def with_values(table: str, iri: str, graph: GraphTables | None = None, /, **values: object) -> GraphTables:
    """Give the sample with other values for one node."""

    def edit(data: pl.DataFrame) -> pl.DataFrame:
        here = pl.col("iri") == iri
        return data.with_columns(
            pl.when(here).then(pl.lit(pl.Series([value], dtype=data.schema[name])).first()).otherwise(pl.col(name)).alias(name)
            for name, value in values.items()
        )

    return changed(table, edit, graph)


def without(table: str, iri: str) -> GraphTables:
    """Give the sample without one node."""
    return changed(table, lambda data: data.filter(pl.col("iri") != iri))


def everywhere(graph: GraphTables, old: str, new: str) -> GraphTables:
    """Give a graph with one IRI, or all that begin with a base, written otherwise."""
    text = pl.col(pl.String)
    swap = text.str.replace(f"^{re.escape(old)}", new) if old.endswith("/") else text.replace({old: new})
    return make_tables({name: data.with_columns(swap) for name, data in graph.tables.items()})


def replacing(graph: GraphTables, *steps: tuple[str, str]) -> GraphTables:
    """Give a graph that says which IRIs it replaced."""
    rows = [{"old": old, "new": new, "kind": "company", "rule": "decision"} for old, new in steps]
    return GraphTables(MappingProxyType({**graph.tables, "replaced": pl.DataFrame(rows)}))


def other_rows(found: Difference) -> list[str]:
    """Name the tables that differ beside `replaced` itself."""
    return [row.table for row in found.rows if row.table != "replaced"]


def fields(found: Difference, kind: str, iri: str) -> dict[str, FieldChange]:
    """Give the changed fields of a node, none where it did not change."""
    return {one.field: one for node in found.kind(kind).changed if node.iri == iri for one in node.fields}


def change(found: Difference, kind: str, iri: str, field: str) -> tuple[object, object]:
    """Give a field's old and new value."""
    one = fields(found, kind, iri)[field]
    return one.old, one.new


# --- nothing, new and gone


def test_a_graph_does_not_differ_from_itself() -> None:
    found = diff(sample_graph(), sample_graph())
    assert found.empty
    assert (found.made, found.rows, [kind for kind in found.kinds if kind.changed]) == ((), (), [])


def test_every_kind_of_node_is_counted() -> None:
    found = diff(sample_graph(), without("companies", DUNE))
    assert [kind.kind for kind in found.kinds] == list(NODE_TABLES)
    assert (found.kind("companies").before, found.kind("companies").after) == (4, 3)


@pytest.mark.parametrize("kind", NODE_TABLES)
def test_a_node_of_every_kind_is_found_gone_and_new(kind: str) -> None:
    iri = sample_graph()[kind]["iri"][0]
    less = without(kind, iri)
    there, back = diff(sample_graph(), less).kind(kind), diff(less, sample_graph()).kind(kind)
    assert ([node.iri for node in there.gone], there.new) == ([iri], ())
    assert ([node.iri for node in back.new], back.gone) == ([iri], ())


def test_a_new_event_comes_with_date_articles_and_origins() -> None:
    (node,) = diff(without("events", MONEY), sample_graph()).kind("events").new
    assert (node.label, dict(node.facts)) == ("Acme invests $1.5M in Bolt", {"when": "2024-05-01", "articles": 2, "origins": 1})


def test_new_nodes_that_are_told_most_come_first() -> None:
    fewer = changed("companies", lambda data: data.head(0))
    assert [node.iri for node in diff(fewer, sample_graph()).kind("companies").new] == [ACME, BOLT, CANE, DUNE]


# --- changed


@pytest.mark.parametrize(
    ("kind", "iri", "field", "value"),
    [
        ("companies", BOLT, "name", "Bolt Corp"), ("companies", BOLT, "lei", "549300E9PC51EN656011"), ("companies", BOLT, "wikidata", "Q2"),
        ("companies", BOLT, "articles", 7), ("events", RUMOUR, "status", "completed"), ("events", MONEY, "amount", 2e6),
        ("events", MONEY, "when", "2024-05"), ("events", MONEY, "part", "mills"), ("events", MONEY, "percent", 5.0), ("events", MONEY, "background", True),
         ("events", MONEY, "label", "Acme"), ("events", MONEY, "origins", 2),
        ("stories", ONE, "name", "A deal"), ("stories", ONE, "size", 3), ("articles", ALPHA, "title", "Other"),
        ("people", JANE, "name", "Jane Doe"), ("topics", SPACE, "name", "Outer space"),
    ],
)  # fmt: skip
def test_a_changed_field_has_its_old_and_new_value(kind: str, iri: str, field: str, value: object) -> None:
    was = sample_graph()[kind].filter(pl.col("iri") == iri)[field][0]
    found = diff(sample_graph(), with_values(kind, iri, **{field: value}))
    assert change(found, kind, iri, field) == (was, value)
    assert [node.iri for node in found.kind(kind).changed] == [iri]


@pytest.mark.parametrize("field", ["aliases", "tickers"])
def test_of_several_values_those_that_came_and_went_are_told(field: str) -> None:
    kept = {"aliases": ["ACME", "Acme Corp"], "tickers": ["ACM", "Acme Corp"]}[field]
    found = diff(sample_graph(), with_values("companies", ACME, **{field: kept}))
    assert change(found, "companies", ACME, field) == ({"aliases": ("Acme Inc.",), "tickers": ()}[field], ("Acme Corp",))


def test_aliases_in_another_order_are_the_same() -> None:
    assert diff(sample_graph(), with_values("companies", ACME, aliases=["ACME", "Acme Inc."])).empty


def test_a_parent_is_told_by_iri_and_name() -> None:
    found = diff(sample_graph(), with_values("companies", BOLT, parent=DUNE))
    assert change(found, "companies", BOLT, "parent") == (NodeReference(ACME, "Acme"), NodeReference(DUNE, "Dune"))


def test_a_lead_is_told_by_its_title() -> None:
    found = diff(sample_graph(), with_values("stories", TWO, lead=None))
    assert change(found, "stories", TWO, "lead") == (NodeReference(GAMMA, HOSTILE), None)


def test_members_of_a_story_that_came_and_went_are_told() -> None:
    new = with_values("articles", BETA, with_values("articles", GAMMA, story=ONE), story=TWO)
    old, come = change(diff(sample_graph(), new), "stories", ONE, "members")
    assert ([one.iri for one in old], [one.iri for one in come]) == ([BETA], [GAMMA])  # type: ignore[attr-defined]


def test_parties_of_an_event_are_told_by_role() -> None:
    new = changed("event_roles", lambda data: data.with_columns(pl.col("party").replace({CANE: BOLT})))
    assert change(diff(sample_graph(), new), "events", RUMOUR, "acquirer") == (
        (NodeReference(CANE, "Cane & Co"),),
        (NodeReference(BOLT, "Bolt"),),
    )


def test_a_party_that_is_no_node_is_told_by_its_name() -> None:
    new = changed("event_roles", lambda data: data.with_columns(party=pl.col("party").replace({CANE: None})))
    assert change(diff(sample_graph(), new), "events", RUMOUR, "acquirer") == ((NodeReference(CANE, "Cane & Co"),), ("Cane & Co",))


def test_topics_of_an_article_that_went_are_told() -> None:
    found = diff(sample_graph(), changed("article_topics", lambda data: data.filter(pl.col("article") != ALPHA)))
    assert change(found, "articles", ALPHA, "topics") == ((NodeReference(SPACE, "Space"),), ())


def test_a_text_is_told_where_neither_title_nor_excerpt_changed() -> None:
    one = diff(sample_graph(), with_values("articles", ALPHA, text="more"))
    two = diff(sample_graph(), with_values("articles", ALPHA, text="more", title="Other"))
    assert (set(fields(one, "articles", ALPHA)), set(fields(two, "articles", ALPHA))) == ({"text"}, {"title"})


def test_nodes_that_differ_in_counts_alone_come_last() -> None:
    new = with_values("companies", DUNE, with_values("companies", ACME, articles=9), lei="1")
    assert [node.iri for node in diff(sample_graph(), new).kind("companies").changed] == [DUNE, ACME]


def test_a_confidence_is_a_row_and_no_changed_node() -> None:
    found = diff(sample_graph(), with_values("companies", DUNE, confidence=0.5))
    assert not found.empty
    assert ([(row.table, row.gone, row.new) for row in found.rows], found.kind("companies").changed) == ([("companies", 1, 1)], ())


def test_a_row_that_stands_once_more_is_a_difference() -> None:
    found = diff(sample_graph(), changed("mentions", lambda data: pl.concat([data, data.head(1)])))
    assert [(row.table, row.gone, row.new) for row in found.rows] == [("mentions", 0, 1)]


@pytest.mark.parametrize("name", [name for name, data in sample_graph().tables.items() if name != "dataset" and data.height])
def test_no_table_can_differ_unseen(name: str) -> None:
    found = diff(sample_graph(), changed(name, lambda data: data.slice(1)))
    assert name in {row.table for row in found.rows}


def test_rows_in_another_order_are_the_same_graph() -> None:
    new = GraphTables(MappingProxyType({name: data.reverse() for name, data in sample_graph().tables.items()}))
    assert diff(sample_graph(), new) == diff(sample_graph(), sample_graph())


def test_the_fields_are_columns_of_their_tables() -> None:
    assert [(kind, field) for kind, names in FIELDS.items() for field in names if field not in SCHEMAS[kind]] == []
    columns = [(table, column) for links in LINKS.values() for _, table, *pair in links for column in pair]
    assert [(table, column) for table, column in columns if column not in SCHEMAS[table]] == []


def test_tables_that_are_no_graph_are_refused() -> None:
    with pytest.raises(InputError, match="table dataset"):
        diff(make_tables({}), sample_graph())


# --- other IRIs


def test_another_base_is_said_and_nothing_else_differs() -> None:
    found = diff(sample_graph(), everywhere(sample_graph(), BASE, OTHER_BASE))
    assert [(one.field, one.old, one.new) for one in found.made] == [("base", BASE, OTHER_BASE)]
    assert found.rows == ()


def test_what_is_gone_keeps_its_old_iri_where_the_bases_differ() -> None:
    (gone,) = diff(sample_graph(), everywhere(without("companies", DUNE), BASE, OTHER_BASE)).kind("companies").gone
    assert gone.iri == DUNE


def test_what_is_new_has_its_new_iri_where_the_bases_differ() -> None:
    (new,) = diff(without("companies", DUNE), everywhere(sample_graph(), BASE, OTHER_BASE)).kind("companies").new
    assert new.iri == f"{OTHER_BASE}company/dune"


def test_another_program_version_is_said() -> None:
    new = changed("dataset", lambda data: data.with_columns(program_version=pl.lit("9.9")))
    assert diff(sample_graph(), new).made == (FieldChange("program_version", "0.1.0", "9.9"),)


def test_a_replaced_node_became_another_and_is_neither_gone_nor_new() -> None:
    found = diff(sample_graph(), replacing(everywhere(sample_graph(), DUNE, EIN), (DUNE, EIN)))
    kind = found.kind("companies")
    assert kind.became == (ReplacedNode(NodeReference(DUNE, "Dune"), NodeReference(EIN, "Dune"), "decision"),)
    assert (kind.new, kind.gone, kind.changed, other_rows(found), found.empty) == ((), (), (), [], False)


def test_without_the_table_the_same_node_is_gone_and_new() -> None:
    kind = diff(sample_graph(), everywhere(sample_graph(), DUNE, EIN)).kind("companies")
    assert ([node.iri for node in kind.gone], [node.iri for node in kind.new], kind.became) == ([DUNE], [EIN], ())


def test_a_replaced_node_is_compared_with_what_it_became() -> None:
    new = with_values("companies", EIN, everywhere(sample_graph(), DUNE, EIN), name="Ein")
    assert change(diff(sample_graph(), replacing(new, (DUNE, EIN))), "companies", EIN, "name") == ("Dune", "Ein")


def test_steps_are_followed_to_a_node_that_is_there() -> None:
    new = replacing(everywhere(sample_graph(), DUNE, EIN), (DUNE, f"{BASE}company/mid"), (f"{BASE}company/mid", EIN))
    assert [one.new.iri for one in diff(sample_graph(), new).kind("companies").became] == [EIN]


@pytest.mark.parametrize("steps", [((DUNE, f"{BASE}company/no"),), ((DUNE, EIN[:-1]), (EIN[:-1], DUNE))])
def test_steps_that_lead_nowhere_or_round_leave_a_node_gone(steps: tuple[tuple[str, str], ...]) -> None:
    kind = diff(sample_graph(), replacing(without("companies", DUNE), *steps)).kind("companies")
    assert ([node.iri for node in kind.gone], kind.became) == ([DUNE], ())


def test_a_node_that_is_still_there_became_nothing() -> None:
    found = diff(sample_graph(), replacing(sample_graph(), (DUNE, CANE)))
    assert ([kind for kind in found.kinds if kind.became or kind.gone], other_rows(found)) == ([], [])


def test_of_two_nodes_that_became_one_that_which_had_the_iri_is_compared() -> None:
    new = replacing(with_values("companies", CANE, without("companies", DUNE), articles=2), (DUNE, CANE))
    found = diff(sample_graph(), new)
    assert [one.old.iri for one in found.kind("companies").became] == [DUNE]
    assert change(found, "companies", CANE, "articles") == (1, 2)


def test_a_replaced_node_under_another_base_became_another_too() -> None:
    new = everywhere(everywhere(sample_graph(), DUNE, EIN), BASE, OTHER_BASE)
    found = diff(sample_graph(), replacing(new, (DUNE, EIN)))
    assert found.kind("companies").became == (
        ReplacedNode(NodeReference(DUNE, "Dune"), NodeReference(f"{OTHER_BASE}company/ein", "Dune"), "decision"),
    )
    assert other_rows(found) == []


def test_the_library_compares_with_a_newer_graph() -> None:
    found = NewsGraph(sample_graph()).diff(NewsGraph(without("companies", DUNE)))
    assert [node.label for node in found.kind("companies").gone] == ["Dune"]


# --- the command


def told(folder: Path, new: GraphTables, *options: str | Path, old: GraphTables | None = None) -> Result:
    """Compare the sample with a graph on the command line."""
    write(old or sample_graph(), folder / "old", ["parquet"])
    write(new, folder / "new", ["parquet"])
    return CliRunner().invoke(main, ["diff", str(folder / "old"), str(folder / "new"), *map(str, options)], catch_exceptions=False)


def many(count: int) -> GraphTables:
    """Give the sample with many more companies."""
    rows = [{"iri": f"{BASE}company/c{n:03}", "name": f"Company {n:03}", "articles": 1} for n in range(count)]
    more = pl.DataFrame(rows, schema_overrides={"articles": pl.Int64})
    return changed("companies", lambda data: pl.concat([data, more], how="diagonal"))


def test_equal_graphs_are_told_in_two_words(tmp_path: Path) -> None:
    result = told(tmp_path, sample_graph())
    assert (result.exit_code, result.output) == (0, "no difference\n")


def test_a_new_event_is_a_line_with_its_facts(tmp_path: Path) -> None:
    text = told(tmp_path, sample_graph(), old=without("events", MONEY)).stdout
    assert re.search(r"^new events +1   Acme invests \$1\.5M in Bolt \(2024-05-01, 2 articles, 1 origin\)$", text, re.MULTILINE)


def test_a_changed_event_is_a_line_with_its_fields(tmp_path: Path) -> None:
    text = told(tmp_path, with_values("events", MONEY, status="completed", amount=2e6)).stdout
    want = r"^changed events +1   Acme invests \$1\.5M in Bolt: status announced -> completed; amount 1,500,000 -> 2,000,000$"
    assert re.search(want, text, re.MULTILINE)


def test_what_came_and_went_has_signs(tmp_path: Path) -> None:
    text = told(tmp_path, with_values("companies", ACME, aliases=["ACME", "Acme Corp"])).stdout
    assert "   Acme: aliases +Acme Corp, -Acme Inc.\n" in text


def test_a_renamed_company_became_another() -> None:
    found = diff(sample_graph(), replacing(everywhere(sample_graph(), DUNE, EIN), (DUNE, EIN)))
    assert [line for line in lines(found, 20) if "became" in line] == [f"renamed companies         1   Dune <{DUNE}> became Dune <{EIN}>"]


def test_other_kinds_are_counted_and_named_by_all(tmp_path: Path) -> None:
    new = without("places", f"{BASE}place/lyon")
    short, whole = told(tmp_path, new).stdout, told(tmp_path, new, "--all").stdout
    assert re.search(r"^places +1 -> 0 +1 gone$", short, re.MULTILINE)
    assert ("Lyon" in short, "gone places               1   Lyon (1 article)" in whole) == (False, True)


def test_a_list_is_cut_after_twenty_and_says_so(tmp_path: Path) -> None:
    text = told(tmp_path, many(25)).stdout
    assert (text.count("Company 0"), text.splitlines()[-1].strip()) == (20, "and 5 more: --all lists them")


def test_all_cuts_no_list(tmp_path: Path) -> None:
    text = told(tmp_path, many(25), "--all").stdout
    assert (text.count("Company 0"), "more" in text) == (25, False)


def test_how_the_graphs_were_made_is_said_in_the_first_line(tmp_path: Path) -> None:
    new = changed("dataset", lambda data: data.with_columns(program_version=pl.lit("9.9")))
    first = told(tmp_path, everywhere(new, BASE, OTHER_BASE)).stdout.splitlines()[0]
    assert first == f"built differently: base {BASE} -> {OTHER_BASE}; program version 0.1.0 -> 9.9"


def test_a_difference_in_rows_alone_is_told(tmp_path: Path) -> None:
    text = told(tmp_path, with_values("companies", DUNE, confidence=0.5)).stdout
    assert text == "rows of other tables  companies +1 -1\n"


@pytest.mark.parametrize("options", [[], ["--all"], ["--output-format", "json"], ["--output-format", "json", "--all"]])
def test_names_cannot_steer_the_terminal(tmp_path: Path, options: list[str]) -> None:
    steering = "\x1b[31m &#27;[2J \x9b31m \x07 \x08 \r \u202e \u2066"
    new = with_values("companies", ACME, with_values("stories", TWO, name=f"b {steering}"), aliases=[steering], name=f"a {steering}")
    text = told(tmp_path, new, *options).output
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) == []
    assert "[31m" in text


def test_json_holds_everything(tmp_path: Path) -> None:
    found = json.loads(told(tmp_path, many(25), "--output-format", "json").stdout)
    (kind,) = [kind for kind in found["kinds"] if kind["kind"] == "companies"]
    assert (found["different"], len(kind["new"]), kind["before"], kind["after"]) == (True, 25, 4, 29)
    assert kind["new"][0] == {"iri": f"{BASE}company/c000", "label": "Company 000", "facts": {"articles": 1}}


def test_json_of_equal_graphs_says_so(tmp_path: Path) -> None:
    assert json.loads(told(tmp_path, sample_graph(), "--output-format", "json").stdout)["different"] is False


@pytest.mark.parametrize(("options", "same", "other"), [([], 0, 0), (["--exit-code"], 0, 1)])
def test_the_exit_code_tells_of_a_difference_where_asked(tmp_path: Path, options: list[str], same: int, other: int) -> None:
    assert told(tmp_path, sample_graph(), *options).exit_code == same
    assert told(tmp_path, without("companies", DUNE), *options).exit_code == other


def test_a_patch_is_written_and_counted_beside_the_text(tmp_path: Path) -> None:
    result = told(tmp_path, with_values("companies", DUNE, name="Ein"), "--patch", tmp_path / "p")
    assert result.stderr == f"{tmp_path / 'p'}: 1 deletion, 1 addition\n"
    assert (tmp_path / "p").read_text("utf-8").count("\nA <") == 1


def test_a_folder_without_a_graph_is_an_error_of_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["diff", str(tmp_path), str(tmp_path)])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "contains no newsgraph graph" in result.stderr
