"""Which reader a build uses, how sure a company must be, and how the graph says both."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsgraph.api import build, load
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError, MissingExtraError, NewsgraphError, UnknownNameError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.extract import open_extractor
from newsgraph.extract.models.span_sources import SourceSpan
from newsgraph.pipeline.graph_build import BuildOptions
from newsgraph.pipeline.graph_build import build as build_tables
from newsgraph.provenance.explanation import why
from newsgraph.rdf.graph_statements import blocks
from newsgraph.shacl.validation import check

SEEDS = Path(__file__).parents[2] / "seeds"


class Marker:
    """A source that marks one name wherever it stands."""

    name, version = "marker", "1.0+local"

    def __init__(self, argument: str) -> None:
        """Take the name to mark."""
        self._word = argument

    def spans(self, texts: Sequence[str]) -> list[list[SourceSpan]]:
        """Mark the first place of the name."""
        return [
            [SourceSpan(text.index(self._word), text.index(self._word) + len(self._word), "ORG")] if self._word in text else []
            for text in texts
        ]


class Silent(Marker):
    """A source that gives too few answers."""

    def spans(self, texts: Sequence[str]) -> list[list[SourceSpan]]:
        """Give none."""
        return [[] for _ in texts[1:]]


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plug in some sources."""
    values = {"marker": "Marker", "silent": "Silent", "broken": "SEEDS.joinpath", "gone": "Gone"}
    points = [EntryPoint(name, f"{__name__}:{value}", "newsgraph.sources") for name, value in values.items()]
    monkeypatch.setattr("newsgraph.extract.models.span_sources.entry_points", lambda group: points if group == "newsgraph.sources" else [])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give one document with a name that no list knows, where nothing says that it is a company's."""
    (tmp_path / "a.md").write_text("---\ntitle: The talk with Zorblat Quux went on in Lisbon\n---\n", "utf-8")
    return tmp_path


def agents(graph: GraphTables) -> dict[str, tuple[str, ...]]:
    """Give, for each agent of a graph, its name and version."""
    found = [block for block in blocks(graph) if "/agent/" in block.subject]
    return {block.subject.rpartition("/")[2]: tuple(getattr(term, "text", "") for _, term in block.pairs[1:]) for block in found}


# --- choosing


@pytest.mark.usefixtures("plugged_in")
def test_an_unknown_extractor_is_told_with_those_that_are_known(folder: Path) -> None:
    with pytest.raises(
        InputError,
        match=r"--extractor rule: .* Known extractors: broken, gone, marker, names, none, reader, rules, silent, spacy:PIPELINE\.",
    ):
        build(folder, extractor="rule")


def test_the_name_that_the_learned_model_had_before_is_the_reader() -> None:
    assert open_extractor("tagger").version == open_extractor("reader").version
    assert open_extractor("names").version == open_extractor("reader").version.rpartition("+")[0]


@pytest.mark.parametrize("name", ["rules:fast", "tagger:small", "names:all"])
def test_an_argument_that_would_be_passed_over_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="takes no argument after a colon"):
        open_extractor(name)


@pytest.mark.usefixtures("plugged_in")
def test_an_entry_point_that_gives_no_source_is_refused() -> None:
    with pytest.raises(InputError, match="--extractor broken: returns no span source"):
        open_extractor("broken:x")


@pytest.mark.usefixtures("plugged_in")
def test_an_entry_point_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(InputError, match=r"--extractor gone: cannot be loaded \(.*Gone.*\)\. Reinstall the package"):
        open_extractor("gone:x")


@pytest.mark.usefixtures("plugged_in")
def test_a_source_that_leaves_texts_out_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="returned 0 answers for 1 texts"):
        build(folder, extractor="silent:x")


@pytest.mark.usefixtures("plugged_in")
def test_the_word_of_a_plugged_in_source_is_weighed(folder: Path) -> None:
    for_it, against = (build(folder, extractor=f"marker:{name}", threshold=0.01) for name in ("Zorblat Quux", "Nothing"))
    sure, unsure = (max(kg.mentions.filter(text="Zorblat Quux")["confidence"], default=0.0) for kg in (for_it, against))
    assert sure > unsure


def test_an_extractor_is_opened_once_for_all_parts_of_a_process() -> None:
    assert open_extractor("rules", 0.7) is open_extractor("rules", 0.7)


# --- the threshold


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_that_is_no_confidence_is_refused(folder: Path, threshold: float) -> None:
    with pytest.raises(InputError, match=r"--threshold .*: is not between 0 and 1\. Give a number such as 0\.5"):
        build(folder, threshold=threshold)


def test_a_company_as_sure_as_the_threshold_stands_and_one_less_sure_does_not(folder: Path) -> None:
    (sure,) = build(folder, extractor="rules", threshold=0.01).mentions.filter(text="Zorblat Quux")["confidence"]
    at, above = (build(folder, extractor="rules", threshold=threshold).companies for threshold in (sure, sure + 0.01))
    assert "Zorblat Quux" in at["name"]
    assert "Zorblat Quux" not in above["name"]


def test_two_weak_names_are_parties_only_where_the_threshold_lets_them_stand(folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: Zorblat acquires Quuxly\n---\n", "utf-8")
    low, high = (build(folder, extractor="rules", threshold=threshold, event_threshold=0.0) for threshold in (0.01, 1.0))
    assert low.reports.select("subject", "object").rows() == [("Zorblat", "Quuxly")]
    assert high.reports.height == 0


def test_a_name_that_several_articles_prove_must_be_as_sure_as_a_high_threshold(folder: Path) -> None:
    for name in "bcd":
        (folder / f"{name}.md").write_text(f"---\ntitle: Zorblat Quux Inc. acquires Bolt in {name}\n---\n", "utf-8")
    usual, high = (build(folder, extractor="rules", threshold=threshold).mentions for threshold in (0.5, 1.0))
    assert min(usual.filter(text="Zorblat Quux")["confidence"].to_list()) < 0.6
    assert high.filter(text="Zorblat Quux").height == 0


def test_a_company_of_the_users_list_stands_at_any_threshold(folder: Path) -> None:
    (folder / "companies.csv").write_text("name\nZorblat Quux\n", "utf-8")
    assert build(folder, threshold=1.0).companies["name"].to_list() == ["Zorblat Quux"]


def test_the_default_threshold_said_aloud_changes_nothing(seed_graph: GraphTables) -> None:
    aloud = build_tables([SEEDS], BuildOptions(threshold=0.5))
    assert [name for name, table in seed_graph.tables.items() if not table.equals(aloud[name])] == []


def test_the_threshold_is_part_of_the_identity_of_a_run(folder: Path) -> None:
    usual, other = build(folder, extractor="rules").dataset, build(folder, extractor="rules", threshold=0.75).dataset
    assert (usual["model_version"][0], other["model_version"][0]) == ("rules/1", "rules/1@0.75")
    assert usual["run"][0] != other["run"][0]


# --- provenance


@pytest.mark.usefixtures("plugged_in")
def test_every_reader_is_an_agent_with_its_version(folder: Path) -> None:
    graph = build(folder, extractor="marker:x", threshold=0.5).tables
    assert {key: agent for key, agent in agents(graph).items() if not key.startswith("newsgraph")} == {
        "rules-1": ("rules", "1"),
        "marker-1.0%2Blocal": ("marker", "1.0+local"),
    }


@pytest.mark.usefixtures("plugged_in")
def test_a_graph_with_several_agents_keeps_its_shapes(folder: Path) -> None:
    (folder / "b.md").write_text("---\ntitle: Acme Inc. acquires Bolt Corp.\nprovider: {name: A, domain: a.example}\n---\n", "utf-8")
    findings = [finding.line() for finding in check(build(folder, extractor="marker:x").tables)]
    assert [line for line in findings if "agent" in line or "run" in line] == []


def test_every_inferred_statement_names_what_read_its_words(seed_graph: GraphTables) -> None:
    (version,) = seed_graph["dataset"]["model_version"]
    for name in ("Sanofi", "Owkin"):
        found = why(seed_graph, name)
        assert {one.extractor for one in found if one.sentence} == {version}
        assert {one.extractor for one in found if one.rule == "declared"} <= {""}


def test_a_total_names_what_read_it(seed_graph: GraphTables) -> None:
    deals = [one for one in why(seed_graph, "Sanofi", "Owkin") if one.kind == "deal"]
    assert {one.extractor for one in deals} == set(seed_graph["dataset"]["model_version"])


# --- the command line


def run(*arguments: str | Path) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_command_takes_extractor_and_threshold(folder: Path, tmp_path: Path) -> None:
    assert run("build", folder, "-o", tmp_path / "out", "-f", "parquet", "--extractor", "rules", "--threshold", "0.75").exit_code == 0
    assert load(tmp_path / "out").dataset["model_version"].to_list() == ["rules/1@0.75"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--extractor", "nonsense"), "error: --extractor nonsense: no such extractor. Known extractors: "),
        (("--threshold", "7"), "error: --threshold 7: is not between 0 and 1. Give a number"),
    ],
)
def test_an_unusable_option_is_one_line_and_nothing_is_written(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("build", folder, "-o", folder / "out", *arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(said)
    assert not (folder / "out").exists()


def test_the_command_why_prints_what_read_the_words(tmp_path: Path) -> None:
    run("build", SEEDS, "-o", tmp_path / "out", "-f", "parquet", "--extractor", "rules")
    assert ", read by rules/1, dated" in run("why", tmp_path / "out", "Sanofi", "Owkin").stdout


# --- errors of workers


@pytest.mark.parametrize(
    "error",
    [
        NewsgraphError("what"), InputError("a", "b", "c"), MissingExtraError("a", "b", "c", "d"), UnknownNameError("company", "Acmee", ["Acme"]),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_an_error_comes_out_of_a_worker_process_as_it_is(error: NewsgraphError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_none_reads_no_text_and_says_so() -> None:
    graph = build_tables([SEEDS], BuildOptions(extractor="none"))

    assert graph["articles"].height == 8
    assert [graph[name].height for name in ("mentions", "companies", "events", "reports")] == [0, 0, 0, 0]
    assert graph["dataset"]["model_version"][0] == "none/1"
