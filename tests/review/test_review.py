"""What is worth deciding, and the whole round: a question, an answer, the graph built again, and the answer taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsgraph.cli.app import main
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.core.model import RoleFiller
from newsgraph.decisions.decision import Decision, EventReference, NamedThing, Verb
from newsgraph.decisions.decisions_file import read_decisions
from newsgraph.export import write
from newsgraph.export.parquet import read_tables
from newsgraph.pipeline.graph_build import build
from newsgraph.review.question_queue import review_questions
from newsgraph.review.review_question import ReviewQuestion
from readings import article, graph_of, report, told
from review_folder import RULES, built, news

ONE, OTHER = NamedThing("Delta", "https://g.example/g"), NamedThing("Delta", "https://h.example/h")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> GraphTables:
    """Build the folder once."""
    return build([news(tmp_path_factory.mktemp("review") / "news")], RULES)


@pytest.fixture
def folder(tmp_path: Path, graph: GraphTables) -> Path:
    """Give a folder with `news` and the graph of it in `out`."""
    news(tmp_path / "news")
    write(graph, tmp_path / "out")
    return tmp_path


def review(folder: Path, given: str = "", *options: str) -> Result:
    """Review the graph, with answers in `news/decisions.yaml`."""
    file = folder / "news" / "decisions.yaml"
    arguments = ["review", str(folder / "out"), "--decisions", str(file), "--when", "2024-06-01", *options]
    result = CliRunner().invoke(main, arguments, input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def answers_to(graph: GraphTables, kind: str, key: str, words: str = "") -> str:
    """Skip to the first question of a kind that holds some words, and answer it."""
    found = [one.kind == kind and words in one.ask for one in review_questions(graph)]
    return "s\n" * found.index(True) + f"{key}\n"


def of_kind(found: tuple[ReviewQuestion, ...], kind: str) -> list[ReviewQuestion]:
    """Give the questions of one kind."""
    return [one for one in found if one.kind == kind]


# --- what is asked


def test_every_kind_of_question_is_asked(graph: GraphTables) -> None:
    assert {one.kind for one in review_questions(graph)} == {"doubt", "merge", "company", "event", "amount"}


def test_what_most_hangs_on_comes_first(graph: GraphTables) -> None:
    impacts = [one.impact for one in review_questions(graph)]

    assert impacts == sorted(impacts, reverse=True)
    assert impacts[-1] > 0


def test_the_list_does_not_depend_on_the_order_of_rows(graph: GraphTables) -> None:
    turned = GraphTables({name: table.reverse() for name, table in graph.tables.items()})

    assert review_questions(turned) == review_questions(graph)


def test_companies_of_one_name_are_told_apart_by_articles(graph: GraphTables) -> None:
    (one,) = of_kind(review_questions(graph), "doubt")

    assert one.accept == Decision(Verb.SAME, (ONE, OTHER))
    assert one.reject == Decision(Verb.DIFFERENT, (ONE, OTHER))


def test_a_name_joined_for_a_weak_reason_is_asked_about_with_the_name_it_was_joined_to(graph: GraphTables) -> None:
    (one,) = of_kind(review_questions(graph), "merge")

    assert one.accept == Decision(Verb.SAME, (NamedThing("Zorvex"), NamedThing("Zorvex Technologies")))
    assert (one.rule, one.impact) == ("tail", 1.2)  # .4 for each of two articles and of an event


def test_a_disputed_amount_may_be_accepted_or_the_other_one_taken(graph: GraphTables) -> None:
    (one,) = of_kind(review_questions(graph), "amount")
    event = EventReference("funding_round", ("Plandor",), "2024-05")

    assert one.accept == Decision(Verb.RIGHT_AMOUNT, event=event, amount=10_000_000, currency="USD")
    assert one.reject == Decision(Verb.RIGHT_AMOUNT, event=event, amount=12_000_000, currency="USD")
    assert {words.sentence for words in one.evidence} >= {"Plandor Inc. raises $10 million", "Plandor Inc. raises $12 million"}


def test_evidence_is_at_most_three_sentences_with_headline_and_date(graph: GraphTables) -> None:
    for one in review_questions(graph):
        assert 1 <= len(one.evidence) <= 3
        assert all(words.sentence and words.headline and words.published for words in one.evidence)


def test_events_of_one_month_are_told_apart_by_their_amounts() -> None:
    graph = graph_of(
        [
            told(
                article("a", "Zorvex buys Quimbal"),
                "Zorvex",
                "Quimbal",
                reports=[report("investment", "Zorvex", "Quimbal", 1e6), report("investment", "Zorvex", "Quimbal", 9e6)],
            )
        ]
    )

    asked = [one.reject.event for one in of_kind(review_questions(graph), "event") if one.reject]
    assert {event.amount for event in asked if event} == {1e6, 9e6}


def test_an_event_counts_with_its_articles_and_its_edge() -> None:
    both = [report("lawsuit", "Zorvex", "Quimbal")]
    graph = graph_of(
        [
            told(article("a", "Zorvex sues Quimbal"), "Zorvex", "Quimbal", reports=both),
            told(article("b", "Dunmore cuts jobs"), "Dunmore", reports=[report("layoff", "Dunmore", None)]),
        ]
    )

    asked = {one.reject.event.type: one.impact for one in of_kind(review_questions(graph), "event") if one.reject and one.reject.event}
    assert asked == {"lawsuit": 0.6, "layoff": 0.4}  # a doubt of .2 times the event, its article and, of two companies, its edge


def test_an_event_of_three_parties_or_with_a_person_is_asked_about() -> None:
    three = report("partnership", "Zorvex", "Quimbal")
    three = replace(three, roles=(*three.roles, RoleFiller("party", "Dunmore")))
    named = report("appointment", "Plandor", None)
    named = replace(named, roles=(*named.roles, RoleFiller("position", "chief executive", None)))
    graph = graph_of(
        [
            told(article("a", "Zorvex, Quimbal and Dunmore work together"), "Zorvex", "Quimbal", "Dunmore", reports=[three]),
            told(article("b", "Plandor names a chief executive"), "Plandor", reports=[named]),
        ]
    )

    asked = {one.reject.event.parties for one in of_kind(review_questions(graph), "event") if one.reject and one.reject.event}
    assert asked == {("Dunmore", "Quimbal", "Zorvex"), ("Plandor",)}


def test_a_company_may_be_a_person(graph: GraphTables) -> None:
    for one in of_kind(review_questions(graph), "company"):
        assert [choice.verb for choice in one.choices] == [Verb.PERSON]


def test_an_event_that_nothing_tells_apart_is_not_asked_about() -> None:
    graph = graph_of([told(article("a", "Zorvex sues Quimbal"), "Zorvex", "Quimbal", reports=[report("lawsuit", "Zorvex", "Quimbal")])])
    twice = graph["events"].with_columns(iri=graph["events"]["iri"] + "-9")
    roles = graph["event_roles"].with_columns(event=graph["event_roles"]["event"] + "-9")
    reports = graph["reports"].with_columns(event=graph["reports"]["event"] + "-9")  # of the same article
    tables = dict(graph.tables)
    tables["events"], tables["event_roles"] = tables["events"].vstack(twice), tables["event_roles"].vstack(roles)
    tables["reports"] = tables["reports"].vstack(reports)

    assert of_kind(review_questions(graph), "event")
    assert not of_kind(review_questions(make_tables(tables)), "event")


@pytest.mark.parametrize("kind", ["doubt", "merge", "company", "event", "amount"])
@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_what_was_decided_is_not_asked_again(graph: GraphTables, kind: str, answer: str) -> None:
    one = of_kind(review_questions(graph), kind)[0]
    decision = one.accept if answer == "accept" and one.accept else one.reject

    assert decision
    assert one.ask not in [left.ask for left in review_questions(graph, [decision])]


# --- the whole round


@pytest.mark.parametrize(
    ("kind", "words", "key", "changed"),
    [
        ("doubt", "Delta", "a", {"companies": 6}),
        ("merge", "Zorvex", "r", {"companies": 8}),
        ("company", "Hextrum", "r", {"companies": 6}),
        ("event", "Wolvane", "r", {"events": 4}),
    ],
)
def test_an_answer_changes_the_next_build_and_taking_it_back_gives_the_former_bytes(
    folder: Path, graph: GraphTables, kind: str, words: str, key: str, changed: dict[str, int]
) -> None:
    former = built(folder / "news", folder / "first")
    answers = answers_to(graph, kind, key, words)

    assert review(folder, answers).exit_code == 0
    built(folder / "news", folder / "second")
    after = read_tables(folder / "second")
    assert {name: after[name].height for name in changed} == changed
    assert after["decisions"]["outcome"].to_list() == ["applied"]
    assert after["problems"].is_empty()

    (folder / "news" / "decisions.yaml").unlink()
    review(folder, f"{answers}u\nq\n")
    assert not (folder / "news" / "decisions.yaml").exists()
    assert built(folder / "news", folder / "second") == former


@pytest.mark.parametrize(("key", "amount"), [("a", 10_000_000.0), ("r", 12_000_000.0)])
def test_an_amount_that_was_chosen_is_that_of_the_event(folder: Path, graph: GraphTables, key: str, amount: float) -> None:
    review(folder, answers_to(graph, "amount", key))
    after = build([folder / "news"], RULES)

    assert after["events"].filter(type="funding_round")["amount"].to_list() == [amount]
    assert of_kind(review_questions(after), "amount") == []


@pytest.mark.parametrize(("kind", "key"), [("doubt", "r"), ("merge", "a")])
def test_an_answer_that_agrees_changes_no_company_and_is_not_asked_again(folder: Path, graph: GraphTables, kind: str, key: str) -> None:
    review(folder, answers_to(graph, kind, key))
    after = build([folder / "news"], RULES)

    assert after["companies"].equals(graph["companies"])
    assert after["decisions"]["outcome"].to_list() == ["applied"]
    assert of_kind(review_questions(after), kind) == []


# --- the command


def test_answers_are_signed_and_added_after_what_people_wrote(folder: Path) -> None:
    file = folder / "news" / "decisions.yaml"
    file.write_text("# ours\n- rename: Quimbal Labs\n  to: Quimbal\n")

    result = review(folder, "s\nr\nq\n", "--who", "Ann")

    assert file.read_text() == (
        '# ours\n- rename: Quimbal Labs\n  to: Quimbal\n- right_amount: {type: funding_round, parties: [Plandor], month: "2024-05"}\n'
        '  amount: 12000000\n  currency: USD\n  who: Ann\n  when: "2024-06-01"\n'
    )
    assert "1 decision written to" in result.output
    assert f"--decisions {file}" in result.output


def test_undo_takes_back_one_answer_after_the_other_and_asks_again(folder: Path) -> None:
    result = review(folder, "a\na\nu\nu\nu\nr\n")

    (one,) = read_decisions(folder / "news" / "decisions.yaml")
    assert one.verb is Verb.DIFFERENT
    assert result.output.count("undone") == 2
    assert "there is nothing to undo" in result.output


@pytest.mark.parametrize("given", ["", "a", "a\nq\n", "a\n\x03\n", "a\n\x04\n", "A\nQ\n", "a\ns\ns\ns\ns\ns\ns\ns\ns\ns\ns\ns\n"])
def test_however_it_ends_what_was_decided_is_kept(folder: Path, given: str) -> None:
    result = review(folder, given)

    assert result.exit_code == 0
    file = folder / "news" / "decisions.yaml"
    assert len(read_decisions(file)) == 1 if given else not file.exists()


def test_a_key_that_means_nothing_shows_the_keys_and_decides_nothing(folder: Path) -> None:
    result = review(folder, "x\n?\n\nq\n")

    assert result.output.count("a accept, r reject") == 4
    assert "0 decisions written" in result.output


def test_the_list_asks_nothing(folder: Path, graph: GraphTables) -> None:
    result = review(folder, "", "--list")

    assert len(result.stdout.splitlines()) == 1 + len(review_questions(graph))
    assert not (folder / "news" / "decisions.yaml").exists()


def test_json_gives_questions_with_answers_and_evidence(folder: Path, graph: GraphTables) -> None:
    rows = json.loads(review(folder, "", "--output-format", "json").stdout)

    assert [row["ask"] for row in rows] == [one.ask for one in review_questions(graph)]
    assert rows[1]["accept"].startswith("right_amount: funding_round of Plandor")
    assert {words["published"] for words in rows[1]["evidence"]} <= {f"2024-05-0{day}T06:00:00Z" for day in (1, 2, 3)}


def test_a_graph_without_doubts_says_so(tmp_path: Path, graph: GraphTables) -> None:
    write(make_tables({"dataset": graph["dataset"]}), tmp_path / "out")

    assert "nothing is left to decide" in review(tmp_path).output


def test_what_texts_hold_never_steers_the_terminal(folder: Path, graph: GraphTables) -> None:
    tables = dict(graph.tables)
    tables["articles"] = tables["articles"].with_columns(title=tables["articles"]["title"] + "\x1b[31m\u202e")
    write(make_tables(tables), folder / "out")

    output = review(folder, "s\n" * 20).output

    assert "\x1b" not in output
    assert "\u202e" not in output
    assert "\\x1b[31m" in output
