"""What people decided about companies while names are put together: who is refused, told apart, joined and renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from company_units import company, lexicon, node, unit
from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import CompanyEntry
from newsgraph.core.model import Mention
from newsgraph.decisions.decision import DECISION, Decision, Decisions, NamedThing, Verb
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_clusters import CompanyClusters
from newsgraph.resolve.companies.link_constraints import LinkConstraints, signed_decision
from newsgraph.resolve.companies.mention_groups import GroupId, MentionGroup

A, B = "https://news.example/a", "https://news.example/b"
ARTICLES = (node("a", days=1), node("b", days=2, key="key of b", url=B))
LISTED = CompanyEntry("Zorvex Works", aliases=("Zed Foundry",))


def decide(verb: Verb, *names: str | tuple[str, str], **more: str) -> Decision:
    """Decide something about names; a pair names an article too."""
    things = tuple(NamedThing(*((name,) if isinstance(name, str) else name)) for name in names)
    return Decision(verb, things, name=more.get("name", ""), who=more.get("who", ""), when=more.get("when", ""), why=more.get("why", ""))


def constraints(*decisions: Decision, articles: Sequence[ArticleNode] = ARTICLES) -> LinkConstraints:
    return LinkConstraints(articles, lexicon(LISTED, CompanyEntry("Acme Group")), Decisions(decisions))


def same(*names: str | tuple[str, str]) -> Decision:
    return decide(Verb.SAME, *names)


def different(*names: str | tuple[str, str]) -> Decision:
    return decide(Verb.DIFFERENT, *names)


def refuse(*names: str | tuple[str, str]) -> Decision:
    return decide(Verb.NOT_A_COMPANY, *names)


# --- under which name a mention counts


def keys(orders: LinkConstraints, *mentions: Mention, article: str = "art/a") -> list[str | None]:
    return [orders.key_of(article, one) for one in mentions]


def test_a_mention_counts_under_its_name() -> None:
    assert keys(constraints(), company("Zorvex Works", "ZW"), company("Bolt Inc.")) == ["zorvexworks", "bolt"]
    assert keys(constraints(refuse("Cask")), company("Zorvex Works", "ZW")) == ["zorvexworks"]


def test_a_name_that_is_no_company_does_not_count() -> None:
    orders = constraints(refuse("Zorvex Works"))

    assert keys(orders, company("Zorvex Works", "ZW"), company("Bolt", "Zorvex Works"), company("Bolt")) == [None, None, "bolt"]
    assert orders.used == {refuse("Zorvex Works").order}


@pytest.mark.parametrize("address", [A, "art/a", f"{A}?utm_source=x"])
def test_a_name_may_be_refused_in_one_article_only(address: str) -> None:
    orders = constraints(refuse(("Bolt", address)))

    assert keys(orders, company("Bolt"), article="art/b") == ["bolt"]
    assert orders.used == set()
    assert keys(orders, company("Bolt"), article="art/a") == [None]
    assert orders.used == {refuse(("Bolt", address)).order}


def test_an_article_has_the_links_of_all_its_records() -> None:
    for address in ("key of b", B):
        assert keys(constraints(refuse(("Bolt", address))), company("Bolt"), article="art/b") == [None]
    assert keys(constraints(refuse(("Bolt", "https://nowhere.example/"))), company("Bolt")) == ["bolt"]


def test_words_that_people_told_apart_from_their_listed_name_count_by_themselves() -> None:
    mention = company("Zorvex Works", "ZW")

    assert keys(constraints(different("ZW", "Zorvex Works")), mention) == ["zw"]
    assert keys(constraints(different("Zorvex Works", "ZW")), mention) == ["zw"]
    assert keys(constraints(different("ZW", "Bolt")), mention) == ["zorvexworks"]
    assert keys(constraints(different("ZW", "Bolt", "Zorvex Works")), mention) == ["zw"]


def test_names_that_were_told_apart_are_told_apart_both_ways() -> None:
    orders = constraints(different("Acme", "Bolt", "Cask"))
    places = {name: ("art/a", name) for name in ("acme", "bolt", "cask", "dent")}

    assert all(orders.separates(places[one], places[other]) for one in ("acme", "bolt") for other in ("bolt", "cask") if one != other)
    assert orders.separates(places["cask"], places["acme"])
    assert not orders.separates(places["acme"], places["dent"])
    assert not orders.separates(places["acme"], places["acme"])


def test_a_listed_name_is_told_apart_by_its_entry_too() -> None:
    orders = constraints(different("Zed Foundry", "Bolt"))
    listed, form, bolt = (("art/a", name) for name in ("zorvexworks", "zedfoundry", "bolt"))

    assert orders.separates(bolt, listed)
    assert orders.separates(form, bolt)
    assert not orders.separates(form, listed)
    both = constraints(different("Zed Foundry", "Zorvex Works"))
    assert both.separates(form, listed)
    assert not both.separates(listed, listed)
    assert not both.separates(form, form)


# --- two companies of one name


def parted(orders: LinkConstraints, *units: MentionGroup) -> list[str]:
    return ["".join(one.article.iri.removeprefix("art/") for one in cluster) for cluster in orders.split("bolt", [units])]


def test_two_articles_that_mean_different_companies_part_a_name() -> None:
    orders = constraints(different(("Bolt", A), ("Bolt", B)))
    units = [
        unit("a", "Bolt", days=1, sectors="bank"), unit("b", "Bolt", days=2, sectors="pharma"), unit("c", "Bolt", sectors="pharma"),
        unit("d", "Bolt"), unit("e", "Bolt", sectors="bank"),
    ]  # fmt: skip

    assert parted(orders, *units) == ["ade", "bc"]  # those that tell nothing go with the first
    assert parted(orders, *units[1:]) == ["bcde"]
    assert parted(constraints(), *units) == ["abcde"]
    assert parted(constraints(different(("Bolt", A), "Acme")), *units) == ["abcde"]
    assert parted(constraints(different(("Acme", A), ("Acme", B))), *units) == ["abcde"]
    assert parted(constraints(different(("Bolt", A), ("Acme", B))), *units) == ["abcde"]
    assert parted(constraints(same(("Bolt", A), ("Bolt", B))), *units) == ["abcde"]


def test_the_earlier_article_has_those_that_fit_neither() -> None:
    orders = constraints(different(("Bolt", A), ("Bolt", B)))

    assert parted(orders, unit("a", "Bolt", days=3), unit("b", "Bolt", days=2), unit("c", "Bolt")) == ["bc", "a"]


# --- joining and keeping apart


def clusters(*names: str) -> CompanyClusters:
    """Make a cluster of each name, each in an article of its own: `art/a`, `art/b` ..."""
    found = CompanyClusters()
    for letter, name in zip("abcdefgh", names, strict=False):
        found.add(name_key(name), [unit(letter, name)], name, "")
    return found


def applied(found: CompanyClusters, *decisions: Decision, moved: Mapping[GroupId, GroupId] | None = None) -> LinkConstraints:
    orders = constraints(*decisions)
    orders.apply(found, moved or {})
    return orders


def test_what_is_the_same_is_joined_and_says_who_decided_it() -> None:
    found = clusters("Acme", "Bolt", "Cask", "Dent")
    decision = decide(Verb.SAME, "Acme", "Bolt", "Cask", who="Ann", when="2024-05-01", why="one firm")
    orders = applied(found, decision)

    assert found.companies() == [("acme", "bolt", "cask"), ("dent",)]
    assert (orders.used, orders.clashing) == ({decision.order}, set())
    assert [found.find(name) for name in ("acme", "bolt")] == ["acme", "acme"]
    notes = {name: [(one.name, one.rule, one.article, one.note) for one in why] for name, why in found.merges.items()}
    assert notes == {
        key: [(name, DECISION, "", "same: Acme, Bolt, Cask, by Ann on 2024-05-01, one firm")]
        for key, name in (("acme", "Acme"), ("bolt", "Bolt"), ("cask", "Cask"))
    }


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "same: Acme, Bolt"),
        ({"who": "Ann"}, "same: Acme, Bolt, by Ann"),
        ({"when": "2024"}, "same: Acme, Bolt, on 2024"),
        ({"why": "so"}, "same: Acme, Bolt, so"),
    ],
)
def test_a_decision_is_signed_with_what_is_known_of_it(more: dict[str, str], expected: str) -> None:
    assert signed_decision(decide(Verb.SAME, "Acme", "Bolt", **more)) == expected


def test_what_is_different_must_differ() -> None:
    found = clusters("Acme", "Bolt", "Cask")
    orders = applied(found, different("Acme", "Bolt"))

    assert found.must_differ("acme", "bolt")
    assert not found.must_differ("acme", "cask")
    assert orders.used == {different("Acme", "Bolt").order}


def test_decisions_about_names_that_are_not_there_are_not_used() -> None:
    found = clusters("Acme", "Bolt")
    orders = applied(found, same("Acme", "Nobody"), different("Acme", "Nobody"), decide(Verb.RENAME, "Nobody", name="X"))

    assert found.companies() == [("acme",), ("bolt",)]
    assert (orders.used, orders.clashing) == (set(), set())
    assert not found.must_differ("acme", "bolt")


def test_one_name_cannot_differ_from_itself() -> None:
    found = clusters("Acme")
    decision = different("Acme", "Acme Ltd")
    orders = applied(found, decision)

    assert orders.used == set()
    assert not found.must_differ("acme", "acme")


def test_what_is_said_to_be_both_clashes_and_stays_apart() -> None:
    found = clusters("Acme", "Bolt", "Cask")
    orders = applied(found, different("Acme", "Cask"), same("Acme", "Bolt"), same("Bolt", "Cask"))

    assert found.companies() == [("acme", "bolt"), ("cask",)]
    assert orders.clashing == {same("Bolt", "Cask").order}
    assert orders.used == {different("Acme", "Cask").order, same("Acme", "Bolt").order}


def test_all_companies_of_a_name_are_meant_unless_an_article_is_named() -> None:
    found = CompanyClusters()
    for letter in "ab":
        found.add("bolt", [unit(letter, "Bolt")], "Bolt", "")
    found.add("acme", [unit("c", "Acme")], "Acme", "")

    one = applied(found, same("Acme", ("Bolt", B)))
    assert found.companies() == [("acme", "bolt#2"), ("bolt",)]
    assert one.used
    assert not applied(found, same("Acme", ("Bolt", "https://nowhere.example/"))).used
    applied(found, same("Acme", "Bolt"))
    assert found.companies() == [("acme", "bolt", "bolt#2")]


def test_a_short_form_means_the_unit_that_took_it_in() -> None:
    found = clusters("Acme", "Bolt Works", "Bolt Air")
    moved = {("art/b", "bw"): ("art/b", "boltworks"), ("art/c", "bw"): ("art/c", "boltair")}

    applied(found, same("Acme", ("BW", B)), moved=moved)
    assert found.companies() == [("acme", "boltworks"), ("boltair",)]
    applied(found, same("Acme", "BW"), moved=moved)
    assert found.companies() == [("acme", "boltair", "boltworks")]


def test_a_listed_form_means_the_company_of_its_entry() -> None:
    found = clusters("Acme", "Zorvex Works")
    applied(found, same("Acme", "Zed Foundry"))

    assert found.companies() == [("acme", "zorvexworks")]


def test_a_name_that_another_decision_gave_means_the_company_that_has_it() -> None:
    rename = decide(Verb.RENAME, "Acme", name="Acme of Rome")
    found = clusters("Acme", "Bolt")
    applied(found, rename, same("Acme of Rome", "Bolt"))
    assert found.companies() == [("acme", "bolt")]

    # names that are given in a circle mean nobody
    circle = clusters("Acme", "Bolt")
    orders = applied(circle, decide(Verb.RENAME, "One", name="Two"), decide(Verb.RENAME, "Two", name="One"), same("One", "Bolt"))
    assert circle.companies() == [("acme",), ("bolt",)]
    assert orders.used == set()
    itself = clusters("Acme", "Bolt")
    applied(itself, decide(Verb.RENAME, "Cask", name="Cask"), same("Cask", "Bolt"))
    assert itself.companies() == [("acme",), ("bolt",)]


def test_names_are_given_by_unit() -> None:
    found = CompanyClusters()
    found.add("acme", [unit("a", "Acme"), unit("b", "Acme")], "Acme", "")
    found.add("bolt", [unit("c", "Bolt")], "Bolt", "")
    rename = decide(Verb.RENAME, "Acme", name="Acme of Rome")
    orders = applied(found, rename)

    assert orders.decided_names(found, {}) == {("art/a", "acme"): "Acme of Rome", ("art/b", "acme"): "Acme of Rome"}
    assert orders.used == {rename.order}
