"""Whole articles: what counts as found, the same figures as the script beside the project, the command, and files of another form."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import ROOT, shared
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError
from newsgraph.pipeline.article_readings import read_articles
from newsgraph.score import ArticleScore, read_whole_articles, score_articles, whole_article
from newsgraph.score.article_comparison import right_events

Row = dict[str, Any]
ARTICLES = ROOT / "training" / "texts" / "articles"
NAMES = ("Acme", "Bolt", "Cask")


def row(*events: Row, names: tuple[str, ...] = NAMES, **more: Any) -> Row:  # noqa: ANN401 - fields of an article
    entities = [{"name": name, "kind": "company", "surfaces": [name, f"{name} Inc."], "weight": "party"} for name in names]
    return {"id": "a", "entities": entities, "events": list(events)} | more


def event(type_name: str = "acquisition", **more: Any) -> Row:  # noqa: ANN401 - fields of an event
    roles = more.pop("roles", {"acquirer": "Acme", "target": "Bolt"})
    return {"type": type_name, "roles": roles, "status": "announced", "when": None, "background": False, "amounts": []} | more


def score(gold: Row, found: Row) -> ArticleScore:
    return score_articles([whole_article(gold)], [whole_article(found)])


def counts(gold: Row, found: Row, figure: str) -> tuple[int, int | None, int]:
    """Return right, wrong and missed."""
    (it,) = [each for each in score(gold, found).figures if each.name == figure]
    return it.right, it.wrong, it.missed


def test_an_event_of_its_type_with_a_party_in_its_role_is_typed_right() -> None:
    gold = row(event())
    assert counts(gold, row(event(roles={"acquirer": "Acme"})), "events typed") == (1, 0, 0)
    assert counts(gold, row(event(roles={"acquirer": "Bolt", "target": "Acme"})), "events typed") == (0, 1, 1)
    assert counts(gold, row(event("merger", roles={"party": ["Acme", "Bolt"]})), "events typed") == (0, 1, 1)


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, 1), ({"roles": {"acquirer": "Acme"}}, 0), ({"roles": {"acquirer": "Acme", "target": "Bolt", "seller": "Cask"}}, 0),
        ({"background": True}, 0), ({"status": "completed"}, 1), ({"status": "planned"}, 0), ({"status": "ended"}, 0),
        ({"roles": {"acquirer": ["Acme Inc."], "target": "bolt"}}, 1),
    ],
)  # fmt: skip
def test_an_event_is_strictly_right_with_all_of_its_parties_and_no_other(change: Row, right: int) -> None:
    assert counts(row(event()), row(event(**change)), "events strict") == (right, 1 - right, 1 - right)


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, True), ({"roles": {"acquirer": "Acme"}}, True), ({"roles": {"acquirer": "Acme", "target": "Cask"}}, False),
        ({"roles": {"acquirer": "Bolt", "target": "Acme"}}, False), ({"roles": {"acquirer": "Acme", "seller": "Cask"}}, False),
        ({"roles": {"acquirer": "Acme Inc.", "target": "two small firms"}}, True), ({"background": True, "status": "planned"}, True),
    ],
)  # fmt: skip
def test_an_event_is_right_if_each_name_that_it_states_is_in_its_role(change: Row, *, right: bool) -> None:
    found = whole_article(row(event("merger", roles={"party": ["Acme", "Bolt"]}), event(**change)))
    assert right_events(whole_article(row(event())), found) == (frozenset({1}) if right else frozenset())


def test_a_lead_investor_is_an_investor() -> None:
    gold = row(event("funding_round", roles={"company": "Acme", "lead": "Bolt", "investor": "Cask"}))
    found = row(event("funding_round", roles={"company": "Acme", "investor": ["Bolt", "Cask"]}))
    assert counts(gold, found, "events strict") == (1, 0, 0)


def test_a_role_without_a_name_of_the_article_decides_nothing() -> None:
    gold = row(event(roles={"acquirer": "Acme", "target": "two small firms"}))
    assert counts(gold, row(event(roles={"acquirer": "Acme"})), "events strict") == (1, 0, 0)
    assert counts(gold, row(event(roles={"acquirer": "Acme", "target": "two small firms"})), "events strict") == (0, 1, 1)


def test_links_are_pairs_of_what_is_told_as_fact_or_planned() -> None:
    gold = row(event("partnership", roles={"party": list(NAMES)}), event(status="rumoured"))
    assert counts(gold, row(event("partnership", roles={"party": ["Acme", "Bolt"]})), "links") == (1, 0, 2)
    assert counts(gold, row(event()), "links") == (0, 1, 3)


def test_fields_count_where_events_match() -> None:
    amount = {"value": 5e6, "currency": "USD", "of": "price"}
    gold = row(event(when="2018", amounts=[amount], count=3, part="mill", roles={"acquirer": "Acme", "person": "Ann Lee"}))
    found = row(
        event(when="2018-03-01", amounts=[amount], part="the mill", roles={"acquirer": "Acme", "person": "Bob Ray"}, status="denied")
    )
    assert score(gold, found).fields == {
        "amount": (1, 1), "background": (1, 1), "count": (0, 1), "main or not": (3, 3), "part": (1, 1), "person": (0, 1), "status": (0, 1),
        "year": (1, 1),
    }  # fmt: skip


def test_an_article_about_which_nothing_was_found_is_missed() -> None:
    result = score_articles([whole_article(row(event())), whole_article(row(event(), id="b"))], [whole_article(row(event(), id="b"))])
    assert (result.unread, result.articles, result.events) == (("a",), 2, 2)
    assert [(each.right, each.missed) for each in result.figures if each.name == "events strict"] == [(1, 1)]


@pytest.mark.parametrize("extractor", ["rules", "names"])
def test_figures_are_those_of_the_script_that_the_annotations_came_with(extractor: str, tmp_path: Path) -> None:
    script, gold, found = shared("articles") / "score.py", ARTICLES / "deals.jsonl", tmp_path / "found.jsonl"
    found.write_text("".join(f"{json.dumps(article)}\n" for article in read_articles([gold], extractor)), encoding="utf-8")
    command = [sys.executable, str(script), str(gold), "--found", str(found), "--json"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout)

    result = score_articles(read_whole_articles([gold]), read_whole_articles([found]))
    figures = [figure for figure in result.figures if figure.name not in {"organisations", "places"}]  # which the script leaves out
    assert len(figures) == len(result.figures) - 2
    ours = {
        it.name: {"P": it.precision, "R": it.recall, "F1": it.f1, "from": it.low, "to": it.high, "right": it.right, "missed": it.missed}
        for it in figures
    }
    assert ours == {name: {key: value for key, value in row.items() if key != "wrong"} for name, row in said["figures"].items()}
    assert {it.name: it.wrong or 0 for it in figures} == {name: row["wrong"] for name, row in said["figures"].items()}
    assert {name: list(pair) for name, pair in result.fields.items()} == said["fields"]


def test_what_a_person_annotated_is_right_about_itself() -> None:
    gold = read_whole_articles([ARTICLES / "law.jsonl"])
    result = score_articles(gold, gold)
    # A role may hold a plain phrase, which counts as a party of what was found only.
    assert all(it.recall == 1 for it in result.figures if it.name != "events strict" and not it.name.startswith("events strict"))
    assert all(right == of for name, (right, of) in result.fields.items() if name != "person")


# --- the command


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["score", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def write(path: Path, *rows: Row) -> Path:
    path.write_text("".join(f"{json.dumps(each)}\n" for each in rows), encoding="utf-8")
    return path


def test_the_command_scores_what_a_file_says_was_found(tmp_path: Path) -> None:
    gold, found = write(tmp_path / "gold.jsonl", row(event()), row(id="b")), write(tmp_path / "found.jsonl", row(event()))
    code, out, err = run("--articles", gold, "--found", found, "--output-format", "json")

    figures = {each["figure"]: each for each in json.loads(out)}
    assert (code, figures["events strict"]["f1"], figures["field: status"]["right"]) == (0, 1.0, 1)
    assert "nothing found for: b" in err


def test_the_command_reads_the_articles_with_each_extractor(tmp_path: Path) -> None:
    text = {"title": "Microsoft buys GitHub", "published": "2018-06-04", "outlet": "Wire", "body": "Microsoft acquired GitHub."}
    entities = [{"name": name, "kind": "company", "surfaces": [name], "weight": "subject"} for name in ("Microsoft", "GitHub")]
    deal = event(roles={"acquirer": "Microsoft", "target": "GitHub"}, when="2018-06-04")
    gold = write(tmp_path / "gold.jsonl", {"id": "deal-1", **text, "entities": entities, "events": [deal]})
    code, out, _ = run("--articles", gold, "--extractor", "rules", "--extractor", "none")

    rules, none = out.split("\n\n")
    assert code == 0
    assert rules.startswith("rules: 1 article, 1 event\n")
    assert next(line.split()[2:5] for line in rules.splitlines() if line.startswith("events strict ")) == ["1", "1", "1"]
    assert none.startswith("none: 1 article, 1 event\n")


@pytest.mark.parametrize(
    "words",
    [("--found", "FILE"), ("--articles", "FILE", "--found", "FILE", "--extractor", "rules"), ("--articles", "FILE", "--texts", "FILE")],
)
def test_options_that_do_not_go_together_are_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    file = write(tmp_path / "gold.jsonl", row())
    code, _, err = run(*(file if word == "FILE" else word for word in words))
    assert (code, "--articles" in err) == (2, True)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("[]", "is no annotated article"), ('{"entities": []}', "is no annotated article"), ('{"id": 1, "events": {}}', "is no annotated article"),
        ('{"id": 1, "events": [{}]}', "of another form"), ('{"id": 1, "events": [7]}', "of another form"),
        ('{"id": 1, "events": [{"type": "ipo", "amounts": [{"value": "x"}]}]}', "of another form"), ("{", "is not JSON"),
    ],
)  # fmt: skip
def test_a_line_of_another_form_is_named(line: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(f"{json.dumps(row())}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=what) as caught:
        read_whole_articles([tmp_path / "gold.jsonl"])
    assert "line 2" in str(caught.value)


def test_a_file_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no article"):
        read_whole_articles([write(tmp_path / "gold.jsonl")])
