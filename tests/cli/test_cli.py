"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsgraph import __version__
from newsgraph.cli import terminal
from newsgraph.cli.app import main
from newsgraph.export import write
from sample import sample_graph

SEEDS = Path(__file__).parents[2] / "seeds"
DOCUMENT = '---\ntitle: "{title}"\nexcerpt: "{excerpt}"\npublishedDateTime: 2024-05-01T06:30:00Z\noriginalUrl: "https://wire.example/{slug}"\n---\n'


def run(*arguments: str | Path, given: str | None = None) -> Result:
    """Run a command in this process; a bug comes out as itself."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=given, catch_exceptions=True)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def document(folder: Path, slug: str, title: str, excerpt: str = "") -> Path:
    """Write one document."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{slug}.md"
    path.write_text(DOCUMENT.format(title=title, excerpt=excerpt, slug=slug), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sample as a build would."""
    folder = tmp_path_factory.mktemp("sample")
    write(sample_graph(), folder, ["parquet"])
    return folder


# --- the whole


def test_help_names_every_command() -> None:
    text = run("--help").stdout
    assert [name for name in ("build", "query", "check", "why", "stats", "score") if f"  {name} " not in text] == []


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout == f"newsgraph {__version__}\n"


def test_the_package_runs_as_a_module() -> None:
    result = subprocess.run([sys.executable, "-m", "newsgraph", "--version"], capture_output=True, text=True, check=True)
    assert result.stdout == f"newsgraph {__version__}\n"


@pytest.mark.parametrize("arguments", [["nonsense"], ["build"], ["query"], ["build", "x", "--workers", "0"]])
def test_wrong_usage_ends_with_two(arguments: Sequence[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [
    ["build", "x", "--event-threshold", "nan"], ["build", "x", "--event-threshold", "inf"], ["build", "x", "--event-threshold", "1.1"],
    ["read", "x", "--threshold", "nan"], ["read", "x", "--event-threshold", "nan"],
    *([*command, "--timeout", seconds] for command in (["query", "x", "ASK {}"], ["search", "x", "y"], ["context", "x", "y"], ["serve", "x"], ["mcp", "x"])
      for seconds in ("nan", "inf", "1e300", "0")),
])  # fmt: skip
def test_what_is_no_number_of_an_option_is_refused(arguments: Sequence[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Invalid value for '{arguments[-2]}': " in result.stderr
    assert "is not a number" in result.stderr or "is not in the range" in result.stderr


def test_an_own_error_is_one_line_and_ends_with_two(tmp_path: Path) -> None:
    result = run("stats", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1


def test_a_bug_keeps_its_traceback(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.query.graph_statistics.stats", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("stats", output)


def test_a_reader_that_goes_away_is_no_error(output: Path) -> None:
    ask = "SELECT ?a ?b ?c { ?a ?p ?b . ?b ?q ?c . ?x ?y ?z } LIMIT 20000"
    command = f"'{sys.executable}' -m newsgraph query '{output}' '{ask}' --output-format csv | head -n 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert result.stdout == "a,b,c\n"
    assert result.stderr == ""


# --- build


def test_the_seed_is_built_and_told_in_six_lines(tmp_path: Path) -> None:
    result = run("build", SEEDS, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert [line.split()[:2] for line in result.stdout.splitlines()][:3] == [["documents", "1"], ["articles", "8"], ["companies", "3"]]
    assert result.stdout.splitlines()[5:] == ["read as    front matter (1 file, 8 articles)"]
    assert (tmp_path / "out" / "graph.ttl").is_file()


def test_quiet_says_nothing_when_all_is_well(tmp_path: Path) -> None:
    result = run("build", SEEDS, "-o", tmp_path / "out", "-q")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("formats", [["--format", "nquads", "--format", "csv"], ["--format", "nquads,csv"]])
def test_formats_are_repeated_or_separated_by_commas(tmp_path: Path, formats: Sequence[str]) -> None:
    run("build", SEEDS, "-o", tmp_path / "out", *formats)
    assert (tmp_path / "out" / "graph.nq").is_file()
    assert not (tmp_path / "out" / "graph.ttl").exists()


def test_the_help_of_build_names_the_formats() -> None:
    assert "turtle, ntriples, nquads" in " ".join(run("build", "--help").stdout.split())


def test_an_unknown_format_is_told_before_any_work(tmp_path: Path) -> None:
    result = run("build", SEEDS, "-o", tmp_path / "out", "--format", "docx")
    assert result.exit_code == 2
    assert "docx is not a format. Choose from: turtle" in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_a_document_that_is_left_out_ends_with_one_and_a_line(tmp_path: Path) -> None:
    document(tmp_path / "in", "good", "Acme Inc. buys Bolt Corp.")
    (tmp_path / "in" / "bad.md").write_text("---\n: [\n---\n", encoding="utf-8")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith("left out: bad.md: ")
    assert "1 left out" in result.stdout


@pytest.mark.parametrize(("name", "text"), [("lost.yaml", "- one\n- two\n"), ("lost.jsonl", '{"excerpt": "a"}\n{"excerpt": "b"}\n')])
@pytest.mark.parametrize("quiet", [[], ["-q"]])
def test_a_document_of_which_nothing_is_built_is_left_out(tmp_path: Path, name: str, text: str, quiet: Sequence[str]) -> None:
    document(tmp_path / "in", "good", "Acme Inc. buys Bolt Corp.")
    (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out", *quiet)
    assert result.exit_code == 1
    assert [line.startswith(f"left out: {name}: ") for line in result.stderr.splitlines()] == [True, True]
    assert ("documents         1  1 left out" in result.stdout) != bool(quiet)


def test_a_document_of_which_a_part_is_built_is_not_left_out_but_the_loss_ends_with_one(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "feed.yaml").write_text('- title: "Acme Inc. buys Bolt Corp."\n- nonsense\n', encoding="utf-8")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert (result.exit_code, "documents         1\n" in result.stdout) == (1, True)
    quiet = run("build", tmp_path / "in", "-o", tmp_path / "out", "-q")
    assert (quiet.exit_code, quiet.stdout) == (1, "")
    assert quiet.stderr.startswith("left out: feed.yaml: item[1]: ")


def test_one_of_a_kind_is_told_in_the_singular(tmp_path: Path) -> None:
    document(tmp_path / "in", "good", "Acme Inc. acquires Bolt Corp.")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out", "--extractor", "rules")
    assert "from 1 provider\n" in result.stdout
    assert "reported 1 time\n" in result.stdout


@pytest.mark.parametrize(
    ("default", "asked", "told"), [("rules", [], True), ("rules", ["--extractor", "rules"], False), ("names", [], False)]
)
def test_rules_that_stand_in_for_a_missing_model_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, default: str, asked: Sequence[str], told: bool  # noqa: FBT001 - a parameter of the test
) -> None:  # fmt: skip
    monkeypatch.setattr("newsgraph.extract.default_extractor", lambda: default)
    assert ("no tagger model" in run("build", SEEDS, "-o", tmp_path / "out", "-v", *asked).stderr) == told


def test_a_field_that_is_left_out_is_a_warning_and_ends_with_zero(tmp_path: Path) -> None:
    path = document(tmp_path / "in", "good", "Acme Inc. buys Bolt Corp.")
    path.write_text(path.read_text("utf-8").replace("2024-05-01T06:30:00Z", "soon"), encoding="utf-8")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr.startswith("warning: good.md: publishedDateTime: ")


def test_many_problems_are_cut_short_unless_verbose(tmp_path: Path) -> None:
    document(tmp_path / "in", "good", "Acme Inc. buys Bolt Corp.")
    for number in range(25):
        (tmp_path / "in" / f"bad{number}.md").write_text("---\nexcerpt: no title\n---\n", encoding="utf-8")
    short = run("build", tmp_path / "in", "-o", tmp_path / "out")
    long = run("build", tmp_path / "in", "-o", tmp_path / "out", "-v")
    assert (short.stderr.count("left out: "), "and 5 more problems" in short.stderr) == (20, True)
    assert (long.stderr.count("left out: "), "more problems" in long.stderr) == (25, False)


def test_a_folder_without_documents_ends_with_two_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing was written" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_input_that_is_not_there_ends_with_two(tmp_path: Path) -> None:
    assert run("build", tmp_path / "nowhere", "-o", tmp_path / "out").exit_code == 2


def test_a_build_that_finds_no_company_says_so_and_ends_with_zero(tmp_path: Path) -> None:
    document(tmp_path / "in", "good", "it rained in the hills all day")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "no company was found" in result.stdout


def test_the_example_base_is_mentioned_only_to_those_who_want_to_know_all(tmp_path: Path) -> None:
    assert "example base" not in run("build", SEEDS, "-o", tmp_path / "out").output
    assert "--base" in run("build", SEEDS, "-o", tmp_path / "out", "-v").stderr
    assert "example base" not in run("build", SEEDS, "-o", tmp_path / "out", "-v", "--base", "https://me.example/id/").output


# --- query


def test_the_questions_are_listed(output: Path) -> None:
    lines = run("query", output, "--list").stdout.splitlines()
    assert len(lines) > 15
    assert any(line.startswith("co-mentioned ") and line.endswith("company") for line in lines)


@pytest.mark.parametrize("ask", [["--name", "co-mentioned", "--set", "company=acme"], ["co-mentioned", "--set", "company=acme"]])
def test_a_named_question_is_asked_with_a_parameter(output: Path, ask: Sequence[str]) -> None:
    result = run("query", output, *ask, "--output-format", "csv")
    assert result.stdout == "one,other,articles\nAcme,Bolt,2\n"


def test_a_question_comes_from_a_file_or_from_standard_input(output: Path, tmp_path: Path) -> None:
    ask = "SELECT ?t { ?c schema:tickerSymbol ?t }"
    (tmp_path / "ask.rq").write_text(ask, encoding="utf-8")
    answers = {run("query", output, *how, given=ask).stdout for how in ([ask], ["-"], ["--file", str(tmp_path / "ask.rq")])}
    assert answers == {"t\nACM\n"}


@pytest.mark.parametrize("arguments", [[], ["ASK {}", "--name", "topics"], ["ASK {}", "--set", "a=b"], ["topics", "--set", "a"]])
def test_a_question_that_is_not_one_question_is_wrong_usage(output: Path, arguments: Sequence[str]) -> None:
    assert run("query", output, *arguments).exit_code == 2


def test_json_keeps_types_and_writes_times_in_utc(output: Path) -> None:
    answer = json.loads(run("query", output, "--name", "first-to-report", "--output-format", "json").stdout)
    assert answer[0]["first"] == "2024-05-01T06:30:00Z"
    amounts = json.loads(run("query", output, "--name", "investments", "--output-format", "json").stdout)
    assert (amounts[0]["amount"], amounts[0]["date"]) == (1500000, "2024-05-01")


def test_csv_is_read_back_whatever_the_text(output: Path) -> None:
    text = run("query", output, "SELECT ?h { ?a schema:headline ?h } ORDER BY ?h", "--output-format", "csv").stdout
    rows = list(csv.reader(io.StringIO(text)))
    assert [len(row) for row in rows] == [1, 1, 1, 1]
    assert any('<script>alert("x")</script>' in row[0] for row in rows)


def test_a_table_in_a_pipe_is_plain_and_cuts_nothing(output: Path) -> None:
    text = run("query", output, "--name", "investments").stdout
    assert text.splitlines()[0].split() == ["investor", "target", "amount", "currency", "percent", "date", "status", "articles", "event"]
    assert "https://newsgraph.example.org/id/event/d10000000000" in text
    assert "\x1b" not in text


def test_an_update_is_refused_in_one_line(output: Path) -> None:
    result = run("query", output, "DROP ALL")
    assert (result.exit_code, result.stderr.startswith("error: DROP would change the graph")) == (2, True)


def test_statements_are_written_as_turtle_and_rows_as_sparql_json(output: Path) -> None:
    turtle = run(
        "query", output, "CONSTRUCT { ?c schema:tickerSymbol ?t } WHERE { ?c schema:tickerSymbol ?t }", "--output-format", "turtle"
    )
    assert turtle.stdout.endswith(' schema:tickerSymbol "ACM" .\n')
    rows = run("query", output, "co-mentioned", "--set", "company=acme", "--output-format", "sparql-json")
    assert json.loads(rows.stdout)["results"]["bindings"][0]["other"]["value"] == "Bolt"


def test_a_format_that_does_not_fit_the_question_is_one_line(output: Path) -> None:
    result = run("query", output, "ASK {}", "--output-format", "turtle")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: The answer of this question cannot be written as turtle, but as one of: sparql-json, ")


def test_every_format_of_the_engine_can_be_chosen() -> None:
    from newsgraph.cli.query import TEXTS  # noqa: PLC0415 - as in the command
    from newsgraph.query.sparql import FORMATS  # noqa: PLC0415 - as above

    assert TEXTS == FORMATS


def test_a_mistyped_term_is_a_warning_with_the_nearest_one(output: Path) -> None:
    result = run("query", output, "SELECT ?b { ?a ng:acquird ?b }", "--output-format", "csv")
    assert (result.exit_code, result.stdout) == (0, "b\n")
    assert result.stderr.startswith("warning: ng:acquird is not in the vocabulary of newsgraph")
    assert "Did you mean ng:acquired?" in result.stderr


def test_brackets_within_brackets_are_refused_in_one_line(output: Path) -> None:
    result = run("query", output, "-", given="SELECT * { FILTER(" + "(" * 5000 + "1=1" + ")" * 5000 + ") }")
    assert (result.exit_code, result.stderr.startswith("error: The question is nested more than 200 deep.")) == (2, True)


# --- why, check, stats, score


def test_why_shows_sentence_source_rule_and_confidence(output: Path) -> None:
    text = run("why", output, "acme", "bolt").stdout
    assert "Acme invests in Bolt (1,500,000 USD, announced)" in text
    assert "“Acme invests $1.5m in Bolt & both partner”" in text
    assert "a.txt: rule hand, confidence 0.9, dated 2024-05-01 by the article" in text


def test_a_rumour_does_not_read_as_a_fact(output: Path) -> None:
    assert run("why", output, "Dune", "Cane & Co").stdout.startswith("rumoured: Cane & Co buys “rocket unit” of Dune")


def test_an_unknown_name_gets_suggestions(output: Path) -> None:
    result = run("why", output, "Acmee")
    assert (result.exit_code, "Did you mean: Acme" in result.stderr) == (2, True)


def test_a_company_that_is_not_known_is_no_empty_answer(output: Path) -> None:
    result = run("query", output, "--name", "timeline", "--set", "company=Acmee")
    assert (result.exit_code, result.stdout, "Did you mean: Acme" in result.stderr) == (2, "", True)


def test_an_empty_name_gets_a_sentence_of_its_own(output: Path) -> None:
    assert run("why", output, "").stderr == "error: The name of a node is empty. Use one that is in this graph.\n"


def test_why_as_json_has_every_field(output: Path) -> None:
    answer = json.loads(run("why", output, "Acme", "Bolt", "--output-format", "json").stdout)
    assert {"subject", "predicate", "object", "sentence", "start", "end", "source", "rule", "confidence"} <= set(answer[0])


def test_nothing_between_two_things_is_said(output: Path) -> None:
    assert run("why", output, "Acme", "Dune").stdout == "the graph has no statement between Acme and Dune\n"


def test_stats_count(output: Path) -> None:
    assert "articles" in run("stats", output).stdout


@pytest.mark.parametrize("how", [[], ["--reference"]])
def test_a_graph_that_keeps_its_shapes_checks_with_zero(output: Path, how: list[str]) -> None:
    result = run("check", output, *how)
    assert (result.exit_code, result.stdout) == (0, "the graph conforms to all its shapes\n")


def test_a_graph_that_breaks_a_shape_checks_with_one_and_names_the_node(tmp_path: Path) -> None:
    tables = dict(sample_graph().tables)
    tables["reports"] = tables["reports"].clear()
    write(type(sample_graph())(tables), tmp_path, ["parquet"])
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert (
        "Acme invests $1.5M in Bolt <https://newsgraph.example.org/id/event/d10000000000>: prov:wasDerivedFrom is missing" in result.stdout
    )


def test_score_measures_against_gold(tmp_path: Path) -> None:
    run("build", SEEDS, "-o", tmp_path / "out", "-q")
    seed = next(SEEDS.iterdir()).name
    gold = {"doc": seed, "part": "main", "title": "", "excerpt": "", "companies": [{"name": "Owkin", "surfaces": ["Owkin"]}], "events": []}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    result = run("score", tmp_path / "out", tmp_path / "gold.jsonl", "--errors")
    assert result.exit_code == 0
    assert "recall" in result.stdout


# --- harmless texts


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x9b", "\x7f", "\u202e", "\u2066", "\r", "\n", "\u2028"])
def test_no_control_character_reaches_the_terminal(character: str) -> None:
    assert character not in terminal.harmless(f"a{character}b")


def test_markup_of_a_document_is_printed_as_it_stands(output: Path) -> None:
    assert "[bold]x[/bold]" in run("query", output, 'SELECT ("[bold]x[/bold]" AS ?t) {}').stdout


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""), (True, "yes"), (1234567, "1,234,567"), (180000000.0, "180,000,000"), (0.95, "0.95"), (0.0, "0"),
        (datetime(2024, 5, 1, 6, 30, tzinfo=UTC), "2024-05-01 06:30"), ("text", "text"),
    ],
)  # fmt: skip
def test_a_value_is_written_for_people(value: object, expected: str) -> None:
    assert terminal.shown(value) == expected


@pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_shown_on_a_terminal_unless_they_are_not_wanted(output: Path, setting: dict[str, str], coloured: bool) -> None:  # noqa: FBT001 - a parameter of the test
    result = CliRunner().invoke(main, ["why", str(output), "Acme", "Bolt"], color=True, env=setting)
    assert ("\x1b[" in result.stdout) == coloured
