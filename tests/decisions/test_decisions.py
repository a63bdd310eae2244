"""What people decide: it wins over rules, has no order, survives rebuilds, and where it cannot hold it is said and not applied."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folders import titled
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Description, Facts, Naming
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import Decision, EventReference, NamedThing, Verb
from newsgraph.decisions.decisions_file import parse_decisions
from newsgraph.decisions.decisions_writer import format_decision
from newsgraph.export import EXPORTERS, write
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.resolve import ExtractedArticle
from readings import article, graph_of, mention, report, told

RULES = BuildOptions(extractor="rules")
WORDS = "Zorvex Quimbal Plandor Hextrum Wolvane Drimsol Kestupa Jarnibo Yullefa Obrantz".split()


def read(text: str) -> list[Decision]:
    """Read decisions out of YAML."""
    return parse_decisions(text, "decisions.yaml")


def names(graph: GraphTables) -> list[str]:
    """Give the names of all companies."""
    return sorted(graph["companies"]["name"])


def outcomes(graph: GraphTables) -> list[str]:
    """Give what became of the decisions, in their order."""
    return graph["decisions"]["outcome"].to_list()


# --- fifty decisions over a made-up corpus


def corpus(folder: Path) -> Path:
    """Write three documents for each word; each gives work to five verbs or six."""
    folder.mkdir()
    for number, word in enumerate(WORDS):
        titles = (
            f"{word} Inc. acquires {word}lab Inc. for ${number + 3} million",
            f"{word}air Inc. partners with {word}sea Inc.",
            f"{word}sea Inc. sues {word}oil Inc.",
            f"{word}oil Inc. acquires {word} Inc.",
        )
        for at, title in enumerate(titles):
            link = f"https://outlet{at}.example/{word.lower()}"
            document = {"title": title, "webUrl": link, "publishedDateTime": f"2024-05-{number + 1:02}T0{at}:00:00Z"}
            (folder / f"{word}{at}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def decisions_about(word: str, number: int) -> list[Decision]:
    """Decide five things about the companies of a word."""
    takeover = EventReference("acquisition", (word, f"{word}lab"), "2024-05")
    last = (
        Decision(Verb.WRONG_EVENT, event=EventReference("lawsuit", (f"{word}oil", f"{word}sea")))
        if number % 2
        else Decision(Verb.NOT_A_COMPANY, (NamedThing(f"{word}sea"),), why="a ship: no firm")
    )
    return [
        Decision(Verb.SAME, (NamedThing(f"{word}air"), NamedThing(f"{word}lab")), who="Ann"),
        Decision(Verb.DIFFERENT, (NamedThing(word), NamedThing(f"{word}oil")), when="2024-06-01"),
        Decision(Verb.RENAME, (NamedThing(f"{word}oil"),), name=f"{word} Oil & Gas"),
        Decision(Verb.RIGHT_AMOUNT, event=takeover, amount=1_000_000 + number, currency="EUR"),
        last,
    ]


FIFTY = [one for number, word in enumerate(WORDS) for one in decisions_about(word, number)]


def built(folder: Path, decisions: Sequence[Decision], output: Path) -> dict[str, bytes]:
    """Build a folder with decisions, in all formats, and give every file's bytes."""
    file = output.with_suffix(".yaml")
    file.write_text("".join(map(format_decision, decisions)), encoding="utf-8")
    write(build([folder], BuildOptions(extractor="rules", decisions=file)), output, EXPORTERS)
    return {str(path.relative_to(output)): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the corpus once."""
    return corpus(tmp_path_factory.mktemp("fifty") / "news")


@pytest.fixture(scope="module")
def expected(news: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build with the fifty decisions in the order in which they stand here."""
    return built(news, FIFTY, tmp_path_factory.mktemp("expected") / "out")


def test_fifty_decisions_of_all_verbs_are_all_applied(news: Path, tmp_path: Path) -> None:
    built(news, FIFTY, tmp_path / "out")
    graph = build([news], BuildOptions(extractor="rules", decisions=tmp_path / "out.yaml"))

    assert len(FIFTY) == 50
    assert {one.verb for one in FIFTY} == set(Verb) - {Verb.EVENT, Verb.ADD, Verb.PERSON}  # these have a file of tests of their own
    assert set(outcomes(graph)) == {"applied"}
    assert graph["problems"].is_empty()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(FIFTY))
def test_decisions_in_any_order_give_the_same_bytes(news: Path, expected: dict[str, bytes], tmp_path: Path, order: list[Decision]) -> None:
    assert built(news, order, tmp_path / "out") == expected


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 9])
def test_taking_a_decision_out_gives_the_bytes_from_before_it(news: Path, expected: dict[str, bytes], tmp_path: Path, number: int) -> None:
    rest = [*FIFTY[:number], *FIFTY[number + 1 :]]
    before = built(news, rest, tmp_path / "out")
    file = tmp_path / "out.yaml"

    file.write_text(file.read_text() + format_decision(FIFTY[number]))
    write(build([news], BuildOptions(extractor="rules", decisions=file)), tmp_path / "out", EXPORTERS)
    changed = {
        str(path.relative_to(tmp_path / "out")): path.read_bytes() for path in sorted((tmp_path / "out").rglob("*")) if path.is_file()
    }

    assert changed == expected != before
    assert built(news, rest, tmp_path / "out") == before


def test_decisions_hold_when_documents_are_added_and_files_renamed(news: Path, tmp_path: Path) -> None:
    folder = corpus(tmp_path / "news")
    for path in list(folder.iterdir()):
        path.rename(path.with_name(f"x-{path.name}"))
    (tmp_path / "d.yaml").write_text("".join(map(format_decision, FIFTY)))
    titled(folder, more="Zorvexair Inc. opens an office", other="Zorvexoil Inc. hires a person")
    before = build([news], BuildOptions(extractor="rules", decisions=tmp_path / "d.yaml"))
    after = build([folder], BuildOptions(extractor="rules", decisions=tmp_path / "d.yaml"))

    assert set(outcomes(after)) == {"applied"}
    assert names(after) == names(before)


# --- what contradicts


CONTRADICTIONS = [
    ("- same: [A, B]\n- same: [B, C]\n- same: [C, D]\n- different: [A, D]\n- same: [E, F]", "lines 1, 2, 3, 4", 4),
    ("- different: [A, B]\n- same: [A, B]", "lines 1, 2", 2),
    ("- rename: A\n  to: X\n- rename: A\n  to: Y", "lines 1, 3", 2),
    ("- rename: A\n  to: X\n- rename: B\n  to: Y\n- same: [A, B]", "lines 1, 3, 5", 3),
    ("- not_a_company: A\n- same: [A, B]", "lines 1, 2", 2),
    ("- not_a_company: A\n- rename: A\n  to: B", "lines 1, 2", 2),
    ("- not_a_company: A\n- same: [{name: A, in: x}, B]", "lines 1, 2", 2),
    ("- same: [A, B]\n- different: [{name: A, in: x}, B]", "lines 1, 2", 2),
    ("- same: [{name: A, in: x}, B]\n- different: [A, B]", "lines 1, 2", 2),
    ("- same: [A, B]\n- different: [{name: A, in: x}, {name: A, in: y}]", "lines 1, 2", 2),
    (
        "- wrong_event: {type: merger, parties: [A, B]}\n- right_amount: {type: merger, parties: [B, A]}\n  amount: 5\n  currency: USD",
        "lines 1, 2", 2,
    ),
    (
        "- right_amount: {type: ipo, parties: [A]}\n  amount: 5\n  currency: USD\n- right_amount: {type: ipo, parties: [A]}\n  amount: 6\n  currency: USD",
        "lines 1, 4", 2,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines", "count"), CONTRADICTIONS)
def test_what_contradicts_is_told_with_all_lines_and_none_of_it_is_applied(tmp_path: Path, text: str, lines: str, count: int) -> None:
    folder = titled(tmp_path / "news", a="Sanofi buys Owkin for $5 million")
    (folder / "decisions.yaml").write_text(text)
    graph = build([folder], RULES)

    told_of = [row for row in graph["problems"].iter_rows(named=True) if "None of these is applied" in row["what"]]
    assert [row["field"] for row in told_of] == [lines]
    assert told_of[0]["source"] == "decisions.yaml"
    assert outcomes(graph).count("contradicted") == count


@pytest.mark.parametrize(
    "text",
    [
        "- same: [A, B]\n- same: [C, D]\n- different: [A, C]",
        "- different: [{name: A, in: x}, {name: A, in: y}]\n- same: [{name: A, in: x}, B]",
        "- different: [A, {name: A, in: y}]",
        "- same: [{name: A, in: x}, B]\n- different: [{name: A, in: y}, B]",
        "- not_a_company: {name: A, in: x}\n- same: [A, B]",
        "- rename: A\n  to: X\n- rename: B\n  to: Y",
        "- rename: A\n  to: X\n- rename: B\n  to: X\n- same: [A, B]",
        "- not_a_company: A\n- different: [A, B]",
        "- same: ['A, B', C]\n- same: [A, 'B, C']",
    ],
)
def test_what_can_hold_together_is_no_contradiction(text: str) -> None:
    found = combine_decisions(read(text))

    assert found.contradictions == ()
    assert len(found.applied) == len(read(text))


def test_amounts_that_differ_in_cents_are_two_amounts() -> None:
    about = EventReference("ipo", ("A",))
    given = [Decision(Verb.RIGHT_AMOUNT, event=about, amount=amount, currency="USD") for amount in (5.25, 5.5)]

    assert len(combine_decisions(given).contradictions) == 1


def test_one_decision_on_two_lines_is_one() -> None:
    assert [one.line for one in combine_decisions(read("- same: [A, B]\n- same: [B, A]")).applied] == [1]


def test_a_chain_of_ten_thousand_sames_is_followed() -> None:
    chain = [Decision(Verb.SAME, (NamedThing(f"n{at:05}"), NamedThing(f"n{at + 1:05}"))) for at in range(10_000)]

    (found,) = combine_decisions([*chain, Decision(Verb.DIFFERENT, (NamedThing("n00000"), NamedThing("n10000")))]).contradictions
    assert len(found.decisions) == 10_001


DEAL = [told(article("a", "Zorvex buys Quimbal"), "Zorvex", "Quimbal", reports=[report("acquisition", "Zorvex", "Quimbal", 4e6)])]
PAIR = "type: acquisition, parties: [Zorvex, Quimbal]"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"- wrong_event: {{{PAIR}}}", f"- right_amount: {{{PAIR}, month: 2024-05}}\n  amount: 5\n  currency: USD"),
        (
            f"- right_amount: {{{PAIR}}}\n  amount: 6\n  currency: USD",
            f"- right_amount: {{{PAIR}, amount: 4e6}}\n  amount: 5\n  currency: USD",
        ),
    ],
)
def test_decisions_that_turn_out_to_mean_one_event_and_disagree_are_not_applied(one: str, other: str) -> None:
    graph = graph_of(DEAL, decisions=read(f"{one}\n{other}"))

    assert outcomes(graph) == ["contradicted", "contradicted"]
    assert graph["events"].select("type", "amount").rows() == [("acquisition", 4e6)]


def test_decisions_about_one_event_in_other_words_that_agree_are_applied() -> None:
    graph = graph_of(DEAL, decisions=read(f"- wrong_event: {{{PAIR}}}\n- wrong_event: {{{PAIR}, month: 2024-05}}"))

    assert outcomes(graph) == ["applied", "applied"]
    assert graph["events"].is_empty()


def test_a_same_that_is_barred_by_what_a_list_says_of_names_is_told(tmp_path: Path) -> None:
    folder = titled(tmp_path / "news", a="Meta Platforms buys Owkin", b="Sanofi hires two people")
    (folder / "decisions.yaml").write_text("- different: [Meta, Sanofi]\n- same: [Facebook, Sanofi]\n")
    graph = build([folder], RULES)

    assert outcomes(graph) == ["applied", "contradicted"]
    assert [(row["field"], "contradicts another decision" in row["what"]) for row in graph["problems"].iter_rows(named=True)] == [
        ("line 2", True)
    ]


# --- what applies to nothing, or to too much


@pytest.mark.parametrize(
    "text",
    [
        "- same: [Nobody, Sanofi]", "- different: [Nobody, Sanofi]", "- rename: Nobody\n  to: Somebody", "- not_a_company: Nobody",
        "- not_a_company: {name: Sanofi, in: 'https://news.example/none'}",
        "- wrong_event: {type: merger, parties: [Sanofi, Owkin]}", "- wrong_event: {type: acquisition, parties: [Sanofi, Nobody]}",
        "- wrong_event: {type: acquisition, parties: [Sanofi, Owkin], month: 2020-01}",
        "- right_amount: {type: acquisition, parties: [Sanofi, Owkin], amount: 9}\n  amount: 5\n  currency: USD",
    ],
)  # fmt: skip
def test_a_decision_about_what_was_not_found_is_told_as_unused(tmp_path: Path, text: str) -> None:
    folder = titled(tmp_path / "news", a="Sanofi buys Owkin for $5 million")
    (folder / "decisions.yaml").write_text(text)
    graph = build([folder], RULES)

    assert outcomes(graph) == ["unused"]
    (problem,) = graph["problems"].iter_rows(named=True)
    assert (problem["source"], problem["field"]) == ("decisions.yaml", "line 1")
    assert "applies to nothing that was found" in problem["what"]


def test_a_decision_that_means_two_events_is_told_and_applied_to_none() -> None:
    reports = [report("investment", "Zorvex", "Quimbal", amount) for amount in (1e6, 9e6)]
    readings = [told(article("a", "Zorvex backs Quimbal"), "Zorvex", "Quimbal", reports=reports)]
    text = "- wrong_event: {type: investment, parties: [Zorvex, Quimbal], month: 2024-05}"

    graph = graph_of(readings, decisions=read(text))
    assert outcomes(graph) == ["ambiguous"]
    assert graph["events"].height == 2

    exact = graph_of(readings, decisions=read(text.replace("2024-05", "2024-05, amount: 9000000")))
    assert outcomes(exact) == ["applied"]
    assert exact["events"]["amount"].to_list() == [1e6]


# --- names


FACEBOOK = {"a": "Facebook acquires Owkin for $5 million", "b": "Meta invests $20 million in Sanofi", "c": "Facebook partners with Sanofi"}


def test_a_name_that_a_list_gives_to_another_can_be_parted_from_it(tmp_path: Path) -> None:
    folder = titled(tmp_path / "news", **FACEBOOK)
    (folder / "decisions.yaml").write_text("- different: [Facebook, Meta]")
    graph = build([folder], RULES)

    assert names(graph) == ["Facebook", "Meta", "Owkin", "Sanofi"]
    assert sorted(graph["events"]["label"]) == [
        "Facebook acquires Owkin for $5M", "Facebook and Sanofi: partnership", "Meta invests $20M in Sanofi",
    ]  # fmt: skip
    (facebook, meta) = graph["companies"].sort("name").head(2).iter_rows(named=True)
    assert (facebook["tickers"], meta["tickers"]) == ([], ["META"])
    assert "Facebook" not in meta["aliases"]


def test_a_name_told_apart_from_a_third_stays_with_what_a_list_says(tmp_path: Path) -> None:
    folder = titled(tmp_path / "news", **FACEBOOK)
    (folder / "decisions.yaml").write_text("- different: [Facebook, Sanofi]")

    assert names(build([folder], RULES)) == ["Meta", "Owkin", "Sanofi"]


def test_a_party_may_be_called_by_its_listed_alias(tmp_path: Path) -> None:
    folder = titled(tmp_path / "news", **FACEBOOK)
    (folder / "decisions.yaml").write_text("- wrong_event: {type: acquisition, parties: [Facebook, Owkin]}")
    graph = build([folder], RULES)

    assert outcomes(graph) == ["applied"]
    assert "acquisition" not in graph["events"]["type"].to_list()


def sector(name: str, value: str, link: str, days: float) -> ExtractedArticle:
    """Make an article that tells one company's sector."""
    record = article(link, f"{name} grows", days=days)
    return ExtractedArticle(record, Facts((mention(record.text, name),), descriptions=(Description(name, "sector", value, 0, 3),)))


def homonyms() -> list[ExtractedArticle]:
    """Make four articles about two companies called Delta."""
    return [
        sector("Delta", value, link, days)
        for days, (link, value) in enumerate([("a", "aviation"), ("b", "pharma"), ("c", "aviation"), ("d", "pharma")])
    ]


def meaning(graph: GraphTables) -> list[list[str]]:
    """Give the articles of each company, by their last letters."""
    urls = dict(graph["articles"].select("iri", "url").iter_rows())
    by_company: dict[str, list[str]] = {}
    for one, company in graph["mentions"].select("article", "company").iter_rows():
        by_company.setdefault(company, []).append(urls[one][-1])
    return sorted(sorted(found) for found in by_company.values())


def at(link: str) -> str:
    """Write Delta in an article."""
    return f"{{name: Delta, in: 'https://news.example/{link}'}}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[]", [["a", "c"], ["b", "d"]]),
        (f"- same: [{at('a')}, {at('b')}]", [["a", "b", "c", "d"]]),
        (f"- different: [{at('a')}, {at('b')}]", [["a", "c"], ["b", "d"]]),
        (f"- different: [{at('a')}, {at('c')}]", [["a"], ["b", "d"], ["c"]]),
        (f"- not_a_company: {at('a')}", [["b", "d"], ["c"]]),
    ],
)
def test_companies_of_one_name_are_joined_and_parted_by_their_articles(text: str, found: list[list[str]]) -> None:
    graph = graph_of(homonyms(), decisions=read(text))

    assert meaning(graph) == found
    assert set(outcomes(graph)) <= {"applied"}


def test_one_of_several_companies_of_a_name_can_be_renamed() -> None:
    graph = graph_of(homonyms(), decisions=read(f"- rename: {at('d')}\n  to: Delta Drugs"))

    assert names(graph) == ["Delta", "Delta Drugs"]


def test_an_article_may_be_named_by_its_iri_or_by_another_form_of_its_link() -> None:
    plain = graph_of(homonyms())
    (iri,) = plain["articles"].filter(url="https://news.example/a")["iri"]
    text = f"- same: [{{name: Delta, in: '{iri}'}}, {{name: Delta, in: 'http://news.example/b?utm_source=x'}}]"

    assert meaning(graph_of(homonyms(), decisions=read(text))) == [["a", "b", "c", "d"]]


SHORT = [
    told(
        article("a", "Norvale Trade Bank grows, NVTB says"),
        "Norvale Trade Bank",
        "NVTB",
        namings=[Naming("NVTB", "Norvale Trade Bank", "short_form")],
    ),
    told(article("b", "Zorvex sleeps", days=1), "Zorvex"),
]


def test_a_short_name_means_the_full_name_beside_it() -> None:
    graph = graph_of(SHORT, decisions=read("- same: [NVTB, Zorvex]"))

    assert outcomes(graph) == ["applied"]
    assert graph["companies"].height == 1


def test_a_short_name_can_be_parted_from_the_full_name_beside_it() -> None:
    assert names(graph_of(SHORT, decisions=read("- different: [NVTB, Norvale Trade Bank]"))) == ["NVTB", "Norvale Trade Bank", "Zorvex"]


def test_a_name_that_was_decided_names_the_company_in_other_decisions() -> None:
    graph = graph_of(SHORT, decisions=read("- rename: Norvale Trade Bank\n  to: Norvale Group\n- same: [Norvale Group, Zorvex]"))

    assert outcomes(graph) == ["applied", "applied"]
    assert names(graph) == ["Norvale Group"]


def test_decisions_by_the_old_name_hold_where_a_company_has_another_label() -> None:
    text = "- rename: Zorvex\n  to: Zorvex Holdings\n- same: [Zorvex, Norvale Trade Bank]"
    before = graph_of(SHORT, decisions=read(text))
    after = graph_of(
        [*SHORT, *(told(article(f"x{n}", "ZORVEX Inc. wakes", days=2 + n), "ZORVEX Inc.") for n in range(3))], decisions=read(text)
    )

    assert names(before) == names(after) == ["Zorvex Holdings"]
    assert outcomes(after) == ["applied", "applied"]
