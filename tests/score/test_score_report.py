"""Extractors side by side: figures by part and source, calibration, false events, cost, and the page of errors."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chromium import WAIT, open_browser
from gold_cases import ASIDE_DOC, Row, company, event, record
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError, NewsgraphError
from newsgraph.core.model import ACCEPTED, Article
from newsgraph.score import Annotated, read_annotated, report_of_extractors, write_errors
from newsgraph.score.calibration import calibrate
from newsgraph.score.extractor_run import measure, run_extractor
from newsgraph.score.false_events import false_event_share, is_quiet
from newsgraph.score.gold_records import truth
from newsgraph.score.metrics import share_interval
from newsgraph.score.party_names import party
from newsgraph.score.predictions import PredictedCompany, PredictedEvent, PredictedSpan, Predictions
from newsgraph.score.score_report import ScoreReport

DEAL = {"title": "Sanofi invests $180 million in Owkin", "excerpt": "Sanofi S.A. said so on Thursday."}
QUIET = {"title": "Microsoft and Apple shares rise", "excerpt": "Both were up."}
HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)> & "Foo"'


def deal(doc: str = "a.md") -> Row:
    money = event("investment", "Sanofi", "Owkin", amount=180_000_000, currency="USD")
    return record([company("Sanofi"), company("Owkin")], [money], doc) | DEAL


def quiet(doc: str = "b.md") -> Row:
    return record([company("Microsoft"), company("Apple")], [], doc) | QUIET


def save(path: Path, *records: Row) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> ScoreReport:
    """Let the rules read two files of texts, one of them held out."""
    folder = tmp_path_factory.mktemp("texts")
    files = [
        save(folder / "one.jsonl", deal(), deal(ASIDE_DOC) | {"title": "Sanofi puts money into Owkin"}),
        save(folder / "two.jsonl", quiet()),
    ]
    return report_of_extractors(["rules", "rules"], read_annotated(files))


# --- which texts


def test_texts_of_one_file_are_one_source_unless_they_name_their_own(tmp_path: Path) -> None:
    texts = read_annotated([save(tmp_path / "one.jsonl", deal(), quiet() | {"source": "wire"})])
    assert [text.source for text in texts] == ["one", "wire"]


def test_marked_texts_are_read_as_well(tmp_path: Path) -> None:
    (text,) = read_annotated([save(tmp_path / "m.jsonl", {"title": "[Owkin|COMPANY] grows", "excerpt": "", "events": []})])
    assert (text.record["title"], text.record["companies"][0]["name"]) == ("Owkin grows", "Owkin")


def test_no_text_is_an_error() -> None:
    with pytest.raises(InputError, match="holds no text"):
        read_annotated([])


# --- the report


def test_figures_stand_for_all_parts_and_for_each_source(report: ScoreReport) -> None:
    assert list(report.parts) == ["all", "open", "held out", "source one", "source two"]
    assert [len(part) for part in report.parts.values()] == [3, 2, 1, 2, 1]


def test_an_extractor_named_twice_is_tried_once(report: ScoreReport) -> None:
    assert [reader.name for reader in report.readers] == ["rules"]


def test_figures_of_a_source_are_those_of_its_texts(report: ScoreReport) -> None:
    figures = {row["figure"]: row for row in report.figures("source two")}
    assert figures["companies"]["hits"] == 2
    assert figures["events"]["missed"] == 0


def test_events_are_told_by_type(report: ScoreReport) -> None:
    assert "events: investment" in [row["figure"] for row in report.figures("all")]


def test_the_cost_is_measured(report: ScoreReport) -> None:
    cost = report.readers[0].cost
    assert cost is not None
    assert cost.opening > 0
    assert cost.per_core > 0
    assert cost.memory is None or 20 < cost.memory < 2000


def test_the_long_table_holds_figures_shares_calibration_and_cost(report: ScoreReport) -> None:
    table = report.table()
    assert table.columns == ["part", "figure", "extractor", "measure", "value"]
    figures = set(table["figure"].to_list())
    assert {"companies", "false events", "expected calibration error", "cost", "confidence 0.9 to 1.0"} <= figures


def test_a_trial_reads_what_the_extractor_reads_here() -> None:
    articles = [Article(str(n), None, row["title"], row["excerpt"], "a.md", "main") for n, row in enumerate((DEAL, QUIET))]
    assert run_extractor("rules", articles).facts == measure("rules", articles).facts


def test_an_unknown_extractor_says_so_from_its_process() -> None:
    with pytest.raises(NewsgraphError, match="nonsense"):
        run_extractor("nonsense", [])


# --- calibration


def mark(name: str, confidence: float) -> PredictedSpan:
    return PredictedSpan(0, len(name), name, party([name]), confidence, confidence >= ACCEPTED)


def test_mentions_are_counted_by_confidence_and_gaps_weigh_by_mentions() -> None:
    gold = truth(record([company("Owkin"), company("Maybe", optional=True)]))
    found = Predictions(
        mentions=(mark("Owkin", 0.95), mark("Owkin", 0.95), mark("Drugmaker", 0.95), mark("Drugmaker", 0.25), mark("Maybe", 0.95))
    )
    calibration = calibrate([(gold, found)])
    assert [(one.low, one.mentions, one.right) for one in calibration.bins] == [(0.2, 1, 0.0), (0.9, 3, pytest.approx(2 / 3))]
    assert calibration.error == pytest.approx((1 * 0.25 + 3 * (0.95 - 2 / 3)) / 4)


def test_the_surest_mention_falls_into_the_last_bin() -> None:
    calibration = calibrate([(truth(record([company("Owkin")])), Predictions(mentions=(mark("Owkin", 1.0),)))])
    assert [(one.low, one.high) for one in calibration.bins] == [(0.9, 1.0)]


def test_nothing_found_is_no_error() -> None:
    assert calibrate([(truth(record()), Predictions())]).error == 0.0


# --- false events

BOTH = (PredictedCompany("Microsoft", party(["Microsoft"])), PredictedCompany("Apple", party(["Apple"])))


def told(kind: str, *names: str) -> Predictions:
    sides = [party([name]) for name in names]
    return Predictions(BOTH, (PredictedEvent(kind, sides[0], sides[1] if len(sides) > 1 else frozenset(), "line"),))


@pytest.mark.parametrize(
    ("found", "share"),
    [
        (told("partnership", "Microsoft", "Apple"), 1.0), (told("other", "Microsoft", "Apple"), 0.0), (told("award", "Microsoft"), 0.0),
        (told("award", "Microsoft", "Jury"), 0.0), (Predictions(BOTH), 0.0),
    ],
)  # fmt: skip
def test_only_a_typed_event_of_two_companies_is_false(found: Predictions, share: float) -> None:
    result = false_event_share([(truth(quiet()), found)])
    assert (result.share, result.texts) == (share, 1)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (quiet(), True), (deal(), False), (record([company("Owkin")]), False),
        (record([company("A"), company("B")], [event("partnership", "A", "B", optional=True)]), False),
        (record([company("A"), company("B")], [event("layoff", "A", None)]), True),
        (record([company("A"), company("B", optional=True)]), False),
    ],
)  # fmt: skip
def test_a_quiet_text_names_two_companies_and_tells_nothing_between_them(one: Row, expected: bool) -> None:  # noqa: FBT001 - a case
    assert is_quiet(truth(one)) is expected


def test_the_interval_of_a_share_holds_the_share() -> None:
    low, high = share_interval(3, 30)
    assert 0.0 <= low < 0.1 < high < 0.3
    assert share_interval(0, 0) == (0.0, 0.0)


# --- the page of errors


def errors_of(texts: Sequence[Annotated], tmp_path: Path) -> str:
    path = tmp_path / "errors.html"
    write_errors(report_of_extractors(["rules"], texts), path)
    return path.read_text(encoding="utf-8")


def hostile() -> Row:
    return record([company("Nowhere Unseen", "Foo")], [event("merger", HOSTILE, "Foo")]) | {"title": HOSTILE, "excerpt": HOSTILE}


def test_hostile_text_stands_on_the_page_as_text(tmp_path: Path) -> None:
    page = errors_of([Annotated(hostile(), HOSTILE, is_held_out=False)], tmp_path)
    assert not re.search("<script|<img", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_may_load_nothing_and_run_nothing(tmp_path: Path) -> None:
    page = errors_of([Annotated(hostile(), "a", is_held_out=False)], tmp_path)
    assert "default-src 'none'; style-src 'sha256-" in page
    assert not re.search(r"(src|href)=", page.replace("src=x", ""))


def test_a_missed_company_is_underlined_and_named(tmp_path: Path) -> None:
    text = record([company("Zorblat")]) | {"title": "And so zorblat it is", "excerpt": ""}
    text["companies"][0]["surfaces"] = ["zorblat"]
    page = errors_of([Annotated(text, "a", is_held_out=False)], tmp_path)
    assert '<span class="gold" title="annotated, not found">zorblat</span>' in page
    assert '<li class="missed">missed company Zorblat</li>' in page


def test_a_wrong_company_is_coloured_and_named(tmp_path: Path) -> None:
    page = errors_of([Annotated(deal() | {"companies": [company("Owkin")], "events": []}, "a", is_held_out=False)], tmp_path)
    assert '<span class="found" title="found, not annotated">Sanofi</span>' in page
    assert '<span class="both" title="annotated and found">Owkin</span>' in page
    assert '<li class="wrong">wrong company Sanofi</li>' in page


def test_a_text_that_is_held_out_is_never_shown(tmp_path: Path) -> None:
    page = errors_of([Annotated(hostile() | {"title": "Secret Zorblat", "excerpt": ""}, "a", is_held_out=True)], tmp_path)
    assert "Zorblat" not in page
    assert "1 more is held out and never shown" in page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_errors_shows_marks_in_a_browser_without_a_complaint(tmp_path: Path, scheme: str) -> None:
    errors_of([Annotated(deal() | {"companies": [company("Zorblat", "Thursday")]}, "a", is_held_out=False)], tmp_path)
    seen: list[str] = []
    with open_browser() as browser:
        page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
        page.set_default_timeout(WAIT)
        page.on("console", lambda message: seen.append(message.text))
        page.goto((tmp_path / "errors.html").as_uri())
        line = page.locator("article .gold").first.evaluate("node => getComputedStyle(node).textDecorationLine")
        colour = page.locator("article .found").first.evaluate("node => getComputedStyle(node).backgroundColor")
    assert (line, colour) == ("underline", {"light": "rgb(255, 227, 163)", "dark": "rgb(107, 78, 0)"}[scheme])
    assert seen == []


# --- the command


def test_score_compares_extractors_on_texts(tmp_path: Path) -> None:
    gold = save(tmp_path / "gold.jsonl", deal(), quiet())
    result = run("score", "--texts", gold, "--extractor", "rules", "--errors", tmp_path / "errors.html")
    assert result.exit_code == 0
    assert [
        line for line in ("all: 2 texts", "false events", "expected calibration error", "peak memory") if line not in result.stdout
    ] == []
    assert (tmp_path / "errors.html").is_file()


@pytest.mark.parametrize("layout", ["csv", "json"])
def test_score_gives_the_long_table_to_programs(tmp_path: Path, layout: str) -> None:
    gold = save(tmp_path / "gold.jsonl", deal())
    text = run("score", "--texts", gold, "--extractor", "rules", "--output-format", layout).stdout
    rows = json.loads(text) if layout == "json" else list(csv.DictReader(io.StringIO(text)))
    (value,) = [row["value"] for row in rows if (row["part"], row["figure"], row["measure"]) == ("all", "companies", "hits")]
    assert float(value) == 2.0


def test_a_record_that_was_not_built_is_named(tmp_path: Path) -> None:
    seeds = Path(__file__).parents[2] / "seeds"
    run("build", seeds, "-o", tmp_path / "out", "-q", "-f", "parquet")
    gold = save(tmp_path / "gold.jsonl", deal("elsewhere.md"))
    assert "not in this graph: elsewhere.md, main" in run("score", tmp_path / "out", gold).stdout
    assert run("score", tmp_path / "out", gold, "--output-format", "json").stderr == "not in this graph: elsewhere.md, main\n"


@pytest.mark.parametrize(
    "arguments", [[], ["out"], ["--extractor", "rules"], ["out", "{gold}", "--extractor", "rules"], ["--texts", "{gold}", "--errors", "{gold}"]],
)  # fmt: skip
def test_wrong_usage_of_score_ends_with_two_and_spoils_no_file(tmp_path: Path, arguments: list[str]) -> None:
    gold = save(tmp_path / "gold.jsonl", deal())
    before = gold.read_text(encoding="utf-8")
    result = run("score", *(argument.format(gold=gold) for argument in arguments))
    assert (result.exit_code, gold.read_text(encoding="utf-8")) == (2, before)
