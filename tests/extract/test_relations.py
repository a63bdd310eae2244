"""Relations that last: readable cases in `cases/relations.md`, and what holds of every relation."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from newsgraph.core.lasting_relation import Relation
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Facts
from newsgraph.core.vocabulary import EDGE_KINDS, RELATION_KINDS
from newsgraph.extract import open_extractor
from newsgraph.extract.relations.relation_rules import RelationRules, load_relation_rules
from reading_cases import Case, read_cases

CASES = read_cases("relations.md")


@cache
def facts_of(record: Article) -> Facts:
    return next(open_extractor("names").read([record], load_lexicon()))


def line(relation: Relation) -> str:
    parts = [f"{relation.kind}: {relation.subject} -> {relation.object}"]
    parts += [f"{relation.percent:g} percent"] if relation.percent is not None else []
    parts += [f"{word} {value}" for word, value in (("since", relation.since), ("until", relation.until)) if value]
    return "; ".join(parts)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_text_states_the_relations_of_its_case(case: Case) -> None:
    expected = [wanted for wanted in case.expected if not wanted.startswith(("no ", "none"))]

    assert sorted(line(relation) for relation in facts_of(case.article()).relations) == sorted(expected)


@pytest.mark.parametrize("case", [case for case in CASES if any(wanted.startswith("no ") for wanted in case.expected)], ids=str)
def test_no_event_is_made_of_a_state(case: Case) -> None:
    unwanted = {wanted.removeprefix("no ") for wanted in case.expected if wanted.startswith("no ")}

    assert unwanted.isdisjoint(report.type for report in facts_of(case.article()).reports)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_both_sides_of_a_relation_are_mentions(case: Case) -> None:
    facts = facts_of(case.article())

    names = {mention.name for mention in facts.mentions}
    assert all({relation.subject, relation.object} <= names for relation in facts.relations)


def test_every_kind_has_rules_and_an_edge() -> None:
    rules = load_relation_rules().rules

    assert {rule.kind for rule in rules} == set(RELATION_KINDS) <= EDGE_KINDS.keys()
    assert len({rule.id for rule in rules}) == len(rules)


def test_a_stock_exchange_is_a_mention_only_where_a_company_is_listed() -> None:
    case = next(case for case in CASES if "Listed at" in str(case))
    without = Article("key", None, "The Nasdaq rose", "Shares on the Nasdaq rose.", "s", "main")

    assert any(mention.name == "Nasdaq" for mention in facts_of(case.article()).mentions)
    assert not any(mention.name == "Nasdaq" for mention in facts_of(without).mentions)


def test_rules_that_are_passed_over_would_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [case.article() for case in CASES]
    found = [facts.relations for facts in open_extractor("rules").read(records, load_lexicon())]
    monkeypatch.setattr(RelationRules, "worth_running", lambda rules, _: rules.rules)
    all_rules = [
        facts.relations for facts in open_extractor("rules").read([replace(one, topics=("again",)) for one in records], load_lexicon())
    ]

    assert sum(map(len, found)) > len(CASES) / 2
    assert found == all_rules
