"""A patch makes the new graph of the old one, and says so where it does not fit."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

import polars as pl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folders import titled
from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.diff import rdf_patch
from newsgraph.diff.rdf_patch import apply_patch, write_patch
from newsgraph.export.nquads import write_nquads
from newsgraph.pipeline.graph_build import BuildOptions, build
from sample import sample_graph

ROOT = Path(__file__).parents[2]
ONE, TWO, THREE = (f"<http://x/{name}> <http://x/p> <http://x/o> <http://x/g> .\n" for name in ("1", "2", "3"))


def quads(graph: GraphTables, folder: Path) -> list[str]:
    """Give the lines of a graph's N-Quads."""
    (path,) = write_nquads(graph, folder)
    with path.open(encoding="utf-8", newline="\n") as file:
        return list(file)


def rows(old: GraphTables, new: GraphTables, folder: Path) -> list[str]:
    """Write a patch and give its lines."""
    write_patch(old, new, folder / "changes.rdfp")
    with (folder / "changes.rdfp").open(encoding="utf-8", newline="\n") as file:
        return list(file)


def seed_and(folder: Path, **titles: str) -> GraphTables:
    """Build the seed with some made-up documents, by rules."""
    return build([ROOT / "seeds", titled(folder, **titles)], BuildOptions(extractor="rules"))


def retitled(graph: GraphTables, title: str) -> GraphTables:
    """Give every article one title."""
    return make_tables({**graph.tables, "articles": graph["articles"].with_columns(pl.lit(title).alias("title"))})


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> GraphTables:
    """Give the seed with two documents beside it."""
    return seed_and(tmp_path_factory.mktemp("seed"), a="Acme Inc. buys Bolt Corp.", b="Cane Ltd. sues Dune Inc.")


CHANGES = {
    "a document more": {
        "a": "Acme Inc. buys Bolt Corp.",
        "b": "Cane Ltd. sues Dune Inc.",
        "c": "Sanofi partners with Acme Inc. on vaccines",
    },
    "a document less": {"a": "Acme Inc. buys Bolt Corp."},
    "a title changed": {"a": "Acme Inc. buys Bolt Corp.", "b": "Cane Ltd. invests $5 million in Dune Inc."},
    "awkward letters": {"a": 'Acme Inc. buys Bolt Corp. \u2028 \x85 \\ " \n é 🚀', "b": "Cane Ltd. sues Dune Inc."},
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_patched_old_graph_is_the_new_one(change: str, seed: GraphTables, tmp_path: Path) -> None:
    new = seed_and(tmp_path / "in", **CHANGES[change])
    patched = list(apply_patch(quads(seed, tmp_path), rows(seed, new, tmp_path)))
    assert sorted(patched) == sorted(quads(new, tmp_path))
    assert sorted(patched) != sorted(quads(seed, tmp_path))


@pytest.mark.parametrize("change", CHANGES)
def test_other_stores_see_the_new_graph_too(change: str, seed: GraphTables, tmp_path: Path) -> None:
    new = seed_and(tmp_path / "in", **CHANGES[change])
    patched = "".join(apply_patch(quads(seed, tmp_path), rows(seed, new, tmp_path)))
    held, wanted = (ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS)) for text in (patched, "".join(quads(new, tmp_path))))
    assert held == wanted
    assert len(held) > 400


def test_the_patch_back_gives_the_old_graph_again(seed: GraphTables, tmp_path: Path) -> None:
    new = retitled(seed, "another")
    patched = apply_patch(quads(new, tmp_path), rows(new, seed, tmp_path))
    assert sorted(patched) == sorted(quads(seed, tmp_path))


def test_equal_graphs_give_a_patch_without_rows(tmp_path: Path) -> None:
    assert write_patch(sample_graph(), sample_graph(), tmp_path / "none") == (0, 0)
    assert (tmp_path / "none").read_text("utf-8") == "TX .\nTC .\n"


def test_deletions_come_first_and_each_part_is_sorted(tmp_path: Path) -> None:
    found = rows(sample_graph(), retitled(sample_graph(), "another"), tmp_path)
    body = found[1:-1]
    cut = sum(row.startswith("D ") for row in body)
    assert (found[0], found[-1]) == ("TX .\n", "TC .\n")
    assert body == sorted(body[:cut]) + sorted(body[cut:])
    assert all(row.startswith("A ") for row in body[cut:])


def test_the_numbers_of_deletions_and_additions_are_given(tmp_path: Path) -> None:
    counts = write_patch(sample_graph(), retitled(sample_graph(), "another"), tmp_path / "patch")
    text = (tmp_path / "patch").read_text("utf-8")
    assert counts == (text.count("\nD <"), text.count("\nA <")) == (3, 3)


def test_two_patches_of_the_same_graphs_are_the_same_bytes(tmp_path: Path) -> None:
    other = retitled(sample_graph(), "another")
    for name in ("one", "two"):
        write_patch(sample_graph(), other, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_writing_leaves_nothing_but_the_patch(tmp_path: Path) -> None:
    write_patch(sample_graph(), retitled(sample_graph(), "another"), tmp_path / "patch")
    assert [path.name for path in tmp_path.iterdir()] == ["patch"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere/patch: cannot be written"):
        write_patch(sample_graph(), sample_graph(), tmp_path / "nowhere" / "patch")


def _write_lines(lines: list[str], _: object, path: Path) -> None:
    path.write_bytes("".join(lines).encode())


def _patched(old: list[str], new: list[str]) -> list[str]:
    """Patch lines that stand for graphs, three of them in memory at a time."""
    with tempfile.TemporaryDirectory() as name, mock.patch.multiple(rdf_patch, write_text=_write_lines, CHUNK=3):
        return list(apply_patch(old, rows(old, new, Path(name))))  # type: ignore[arg-type]


def _line(text: str) -> str:
    return f"<http://x/s> <http://x/p> {ox.Literal(text)} <http://x/g> .\n"


LINES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=4).map(_line), unique=True, max_size=12)


@given(old=LINES, new=LINES, both=LINES)
def test_any_lines_become_any_others(old: list[str], new: list[str], both: list[str]) -> None:
    before, after = sorted({*old, *both}), sorted({*new, *both})
    assert sorted(_patched(before, after)) == after


def test_a_line_that_stands_twice_is_one_statement() -> None:
    assert _patched([ONE, ONE, TWO], [TWO, TWO, THREE, THREE]) == [TWO, THREE]


@pytest.mark.parametrize("line", ["_:a <http://x/p> <http://x/o> .\n", "<http://x/s> <http://x/p> _:a <http://x/g> .\n"])
def test_a_blank_node_is_refused(line: str) -> None:
    with pytest.raises(InputError, match="contains a blank node"):
        _patched([], [line])


# --- strict application


def test_statements_that_stay_keep_their_order_and_added_ones_follow() -> None:
    assert list(apply_patch([THREE, ONE], ["TX .\n", f"D {ONE}", f"A {TWO}", "TC .\n"])) == [THREE, TWO]


def test_deleting_what_is_not_there_is_an_error() -> None:
    with pytest.raises(InputError, match="patch, line 2: deletes a statement that does not exist: <http://x/2>"):
        list(apply_patch([ONE], ["TX .\n", f"D {TWO}", "TC .\n"]))


def test_adding_what_is_there_is_an_error() -> None:
    with pytest.raises(InputError, match="patch, line 1: adds a statement that already exists: <http://x/1>"):
        list(apply_patch([ONE], [f"A {ONE}"]))


@pytest.mark.parametrize(("first", "second"), [(f"A {TWO}", f"A {TWO}"), (f"D {ONE}", f"D {ONE}")])
def test_doing_one_thing_twice_is_an_error(first: str, second: str) -> None:
    with pytest.raises(InputError, match="patch, line 2: "):
        apply_patch([ONE], [first, second])


def test_a_statement_may_go_and_come_back() -> None:
    assert list(apply_patch([ONE], [f"D {ONE}", f"A {ONE}"])) == [ONE]


def test_a_statement_may_come_and_go_again() -> None:
    assert list(apply_patch([ONE], [f"A {TWO}", f"D {TWO}"])) == [ONE]


def test_what_comes_and_goes_must_not_have_been_there() -> None:
    with pytest.raises(InputError, match="already exists"):
        list(apply_patch([TWO], [f"A {TWO}", f"D {TWO}"]))


def test_an_aborted_transaction_changes_nothing() -> None:
    assert list(apply_patch([ONE], ["TX .", f"D {ONE}", "TA .", "TX .", f"A {TWO}", "TC ."])) == [ONE, TWO]


def test_header_prefixes_comments_and_empty_lines_are_read_over() -> None:
    told = ["H id <uuid:1> .", "# a comment", "", "TX .", 'PA "x" "http://x/" .', "PD y .", f"A {TWO}", "TC ."]
    assert list(apply_patch([ONE, "\n", "# none\n"], told)) == [ONE, TWO]


def test_blanks_between_terms_do_not_matter() -> None:
    row = "D\t<http://x/1>  <http://x/p><http://x/o>\t<http://x/g>."
    assert list(apply_patch([ONE], [row])) == []


def test_a_statement_without_a_graph_is_one_of_the_default_graph() -> None:
    triple = "<http://x/1> <http://x/p> <http://x/o> .\n"
    assert list(apply_patch([ONE, triple], [f"D {triple}"])) == [ONE]


@pytest.mark.parametrize(
    "row",
    [
        "nonsense", "D <http://x/1> <http://x/p> .", "A <http://x/1> <http://x/p> <http://x/o>", 'A "s" <http://x/p> <http://x/o> .',
        'A <http://x/1> <http://x/p> "open .', 'A <http://x/1> <http://x/p> "bad \\q" .', "A <http://x/ 1> <http://x/p> <http://x/o> .",
        "X <http://x/1> <http://x/p> <http://x/o> .", "TX", "TC .", "TA .",
    ],
)  # fmt: skip
def test_a_malformed_row_is_told_with_its_line(row: str) -> None:
    with pytest.raises(InputError, match=r"patch, line 2: .*Give a patch that"):
        apply_patch([ONE], ["# first", row])


def test_a_transaction_within_another_is_an_error() -> None:
    with pytest.raises(InputError, match=r"patch, line 2: 'TX \.' occurs inside a transaction"):
        apply_patch([], ["TX .", "TX .", "TC ."])


def test_a_patch_that_was_cut_off_is_refused() -> None:
    with pytest.raises(InputError, match="patch, line 2: the patch ends within a transaction"):
        apply_patch([], ["TX .", f"A {ONE}"])


def test_a_malformed_line_of_the_graph_is_told() -> None:
    with pytest.raises(InputError, match=r"N-Quads, line 2: 'nonsense' is not an N-Quads statement"):
        list(apply_patch([ONE, "nonsense\n"], []))
