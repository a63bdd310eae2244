"""Relations that last which the reader sees beside those of the rules."""

from __future__ import annotations

import pytest

from newsgraph.core.lasting_relation import Relation
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.reader.read_event import ReadRelation
from newsgraph.extract.relations.read_relations import with_read_relations
from newsgraph.extract.relations.relation_finder import RelationSide
from newsgraph.extract.text.article_text import read_text

KINDS = {"Acme": "company", "Bolt": "company", "Cask": "company", "Desk": "product"}
TEXT = "Acme counts Bolt and Cask among its clients, and Desk is its app."


def found(kind: str, subject: str, other: str, *ruled: Relation, text: str = TEXT) -> list[tuple[str, str, str]]:
    whole = read_text(Article("", None, text, "", "", "main", ""), load_lexicon().phrases)
    sides = [RelationSide(at, at + 1, name, KINDS[name]) for at, name in enumerate(whole.tokens) if name in KINDS]
    read = [ReadRelation(kind, subject, other, (0, len(text)), 0.9)]
    return [(one.kind, one.subject, one.object) for one in with_read_relations(ruled, read, sides, whole) if one.rule == "reader"]


def test_a_client_is_supplied() -> None:
    assert found("client_of", "Bolt", "Acme") == [("supplies_to", "Acme", "Bolt")]


def test_signs_that_are_written_as_entities_move_no_offsets() -> None:
    escaped = "&quot;We are glad&quot; &amp;amp; more. &amp;amp; &amp;amp; Acme counts Bolt among its clients."
    assert found("client_of", "Bolt", "Acme", text=escaped) == [("supplies_to", "Acme", "Bolt")]


def test_what_a_rule_says_is_not_said_again_nor_the_other_way_round() -> None:
    rule = Relation("subsidiary_of", "Acme", "Bolt", 0, 9, "unit_of", 0.9)
    assert found("subsidiary_of", "Bolt", "Acme", rule) == []
    assert found("competes_with", "Bolt", "Acme", rule) == [("competes_with", "Bolt", "Acme")]


@pytest.mark.parametrize(
    ("kind", "subject", "other", "counts"),
    [
        ("competes_with", "Bolt", "Acme", True),
        ("competes_with", "Desk", "Acme", False),
        ("client_of", "Acme", "Nobody", False),
        ("client_of", "Acme", "Acme", False),
    ],
)
def test_both_sides_are_things_that_may_have_the_relation(kind: str, subject: str, other: str, counts: bool) -> None:  # noqa: FBT001
    assert bool(found(kind, subject, other)) is counts


@pytest.mark.parametrize(
    "text",
    [
        "Bolt was a client of Acme.",
        "Bolt may be a client of Acme.",
        "Bolt, a former client of Acme, is well.",
        "Bolt used to buy from Acme.",
    ],
)
def test_what_was_or_may_be_does_not_last(text: str) -> None:
    assert found("client_of", "Bolt", "Acme", text=text) == []


def test_two_names_of_one_list_are_not_related() -> None:
    assert found("client_of", "Bolt", "Cask") == []
    assert found("client_of", "Bolt", "Acme", text="Clients include Bolt, Nike, Adidas and Acme.") == []


def test_an_owner_owns_and_does_not_only_pay() -> None:
    assert found("owns", "Acme", "Bolt", text="Bolt is owned by Acme and Cask.") == [("owns", "Acme", "Bolt")]
    assert found("owns", "Acme", "Bolt", text="Bolt raised money from Acme.") == []


def test_what_a_firm_makes_is_not_told_as_its_brand() -> None:
    assert found("brand_of", "Desk", "Acme") == []
