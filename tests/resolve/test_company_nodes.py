"""Companies as all their mentions give them: their names, aliases, identifiers and confidence, and the IRIs they have."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from company_units import company, is_a, lexicon, node, other
from newsgraph.core.lexicon import CompanyEntry
from newsgraph.core.model import Kind, Mention, Naming
from newsgraph.decisions.decision import Decision, Decisions, NamedThing, Verb
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_nodes import Companies, CompanyNode, resolve_companies
from newsgraph.resolve.corroboration import combined_confidence
from newsgraph.resolve.entity_nodes import Entities
from newsgraph.resolve.mention_lookup import mention_lookup

ENTRIES = (
    CompanyEntry("Listed Works", ("LW-Works", "Acme"), ("LWX", "LWA"), "lei", "Q1", "listed.example", "Parent Works"),
    CompanyEntry("Second Works", lei="second"),
)


def resolved(*articles: ArticleNode, decisions: Sequence[Decision] = (), kept: KeptIris = NO_IRIS, threshold: float = 0.5) -> Companies:
    return resolve_companies(articles, lexicon(*ENTRIES), "g/", threshold, Decisions(tuple(decisions)), kept)


def one(*articles: ArticleNode) -> CompanyNode:
    (found,) = resolved(*articles).nodes
    return found


def names(*articles: ArticleNode) -> list[str]:
    return [found.name for found in resolved(*articles).nodes]


def mentions(*texts: str, name: str = "Zorvex") -> list[ArticleNode]:
    """Make an article for each text that mentions a company."""
    return [node(f"a{number}", company(name or text, text)) for number, text in enumerate(texts)]


# --- how sure


def test_independent_evidence_makes_surer_but_never_certain() -> None:
    assert combined_confidence([]) == 0
    assert combined_confidence([0.5]) == 0.5
    assert combined_confidence([0.5, 0.5]) == 0.75
    assert combined_confidence([0.5, 0.4, 0.1]) == 0.73
    assert combined_confidence([0.9, 0.99]) == combined_confidence([1.0]) == 0.99


def test_each_article_counts_by_its_surest_mention() -> None:
    first = node(
        "a", company("Zorvex", confidence=0.5, rule="weak"), company("Zorvex", confidence=0.6, rule="b"), company("Zorvex", confidence=0.6)
    )
    found = one(first, node("b", company("Zorvex", confidence=0.5)))

    assert (found.confidence, found.rule) == (0.8, "hand")


@pytest.mark.parametrize(
    ("confidences", "threshold", "expected"),
    [
        ([0.5], 0.5, 1), ([0.49], 0.5, 0), ([0.9, 0.49], 0.5, 1), ([0.9, 0.9, 0.1], 0.5, 3), ([0.75, 0.75, 0.1], 0.5, 3), ([0.74, 0.75, 0.1], 0.5, 2),
        ([0.75, 0.75, 0.1], 0.8, 0), ([0.85, 0.85, 0.1], 0.8, 3), ([0.85, 0.1], 0.8, 1),
    ],
)  # fmt: skip
def test_weak_mentions_count_where_two_articles_prove_the_name(confidences: list[float], threshold: float, expected: int) -> None:
    articles = [node(f"a{number}", company("Zorvex", confidence=confidence)) for number, confidence in enumerate(confidences)]

    assert sum(len(found.mentions) for found in resolved(*articles, threshold=threshold).nodes) == expected


def test_two_proofs_in_one_article_are_one() -> None:
    twice = node("a", company("Zorvex"), company("Zorvex", start=9))

    assert [len(found.mentions) for found in resolved(twice, node("b", company("Zorvex", confidence=0.1))).nodes] == [2]


# --- names


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["Zorvex", "Zorvex", "ZOrvex"], "Zorvex"),
        (["Zorvex Inc.", "Zorvex", "ZOrvex"], "Zorvex"),  # with and without its legal form it is one name
        (["Zorvex Inc.", "Zorvex Ltd", "ZOrvex"], "Zorvex"),
        (["ZORVEX", "ZORVEX", "Zorvex"], "Zorvex"),  # shouted
        (["ZORVE", "ZORVE", "Zorve"], "ZORVE"),  # an acronym
        (["ZORVE", "Zorve"], "Zorve"),
        (["ZOrvex", "Zorvex"], "ZOrvex"),
    ],
)
def test_a_company_is_called_as_it_is_most_often(told: list[str], expected: str) -> None:
    assert names(*mentions(*told, name="")) == [expected]


@pytest.mark.parametrize(
    ("short", "full", "times", "expected"),
    [
        ("FCW", "Fjordmark Cable Works", 3, "Fjordmark Cable Works"),
        ("FCW", "Fjordmark Cable Works", 11, "FCW"),  # hardly ever written out
        ("FCX", "Fjordmark Cable Works", 3, "FCX"),  # initials of something else
        ("FCW", "FCW Group", 3, "FCW"),  # a longer name that begins with the initials
    ],
)
def test_initials_that_are_written_out_give_way_to_the_name(short: str, full: str, times: int, expected: str) -> None:
    namings = (Naming(short, full, "short_form"),)
    articles = [node(f"a{number}", company(short, short), namings=namings) for number in range(times)]
    assert names(*articles, node("b", company(full, full), namings=namings)) == [expected]


def test_a_company_that_a_list_has_is_called_as_there() -> None:
    known = [node(f"a{number}", company("Zorvex", known=name)) for number, name in enumerate(["B Works", "A Works", "B Works"])]

    assert "B Works" in names(*known[::2])
    assert names(node("a", company("Zorvex", known="B Works"), company("Zorvex", known="A Works"))) == ["A Works"]
    assert (
        names(node("a", company("Zorvex")), node("b", company("Zorvex")), node("c", company("Zorvex", known="Listed Works")))[0]
        == "Listed Works"
    )


def test_other_spellings_are_aliases() -> None:
    found = one(*mentions("Zorvex", "ZORVEX Inc.", "Zorvex,", "Zorvex Inc.", "Zorvex."))

    assert found.name == "Zorvex"
    assert found.aliases == ("ZORVEX", "ZORVEX Inc", "Zorvex Inc")
    assert found.legal_name == "ZORVEX Inc."


def test_of_two_names_told_equally_often_the_one_without_an_abbreviated_word_counts() -> None:
    assert names(node("a", company("Zorvex Ind")), node("b", company("Zorvex Industries"))) == ["Zorvex Industries"]
    assert names(node("a", company("Zorvex Ind")), node("b", company("Zorvex Ind")), node("c", company("Zorvex Industries"))) == [
        "Zorvex Ind"
    ]


def test_the_legal_name_is_the_one_told_most_often_of_the_name_itself() -> None:
    assert one(*mentions("Zorvex", "Zorvex Ltd", "Zorvex Inc.", "Zorvex Ltd")).legal_name == "Zorvex Ltd"
    assert one(*mentions("Zorvex", "Zorvex Ltd", "Zorvex Inc.")).legal_name == "Zorvex Inc."
    assert one(*mentions("Zorvex")).legal_name == ""
    naming = Naming("ZXA", "Zorvex", "acronym")
    assert one(node("a", company("Zorvex"), company("ZXA", "ZXA Ltd"), namings=[naming])).legal_name == ""


# --- what lists know


def test_a_listed_company_brings_what_its_list_knows() -> None:
    found = one(node("a", company("Zorvex", known="Listed Works")))

    assert (found.name, found.lei, found.wikidata, found.domain, found.parent) == (
        "Listed Works",
        "lei",
        "Q1",
        "listed.example",
        "Parent Works",
    )
    assert (found.tickers, found.aliases) == (("LWA", "LWX"), ("Acme", "LW-Works", "Zorvex"))
    assert one(node("a", company("Listed Works"))).lei == "lei"
    bare = one(node("a", company("Zorvex")))
    assert (bare.lei, bare.wikidata, bare.domain, bare.parent, bare.tickers, bare.aliases) == ("", "", "", "", (), ())


def test_the_entry_of_its_own_name_comes_first() -> None:
    both = node("a", company("Listed Works", known="Listed Works"), company("Listed Works", known="Second Works"))

    assert one(both).lei == "lei"
    more = node("b", company("Listed Works", known="Second Works"), company("Listed Works", known="Second Works"))
    assert one(both, more).lei == "second"


def test_a_listed_alias_that_is_another_company_here_is_none_of_its_own() -> None:
    found = {each.name: each for each in resolved(node("a", company("Listed Works")), node("b", company("Acme"))).nodes}

    if len(found) == 2:  # the list itself may join them
        assert "Acme" not in found["Listed Works"].aliases
    assert found["Listed Works"].aliases


def test_companies_of_one_name_are_not_what_the_list_has_by_that_name() -> None:
    told = [
        node(name, company("Listed Works"), descriptions=[is_a("Listed Works", "sector", sector), is_a("Listed Works", "country", place)])
        for name, sector, place in (("a", "bank", "FI"), ("b", "pharma", "JP"))
    ]
    found = resolved(*told).nodes

    assert [each.lei for each in found] == ["", ""]
    assert [each.iri for each in found] == ["g/company/listed-works", "g/company/listed-works-2"]


def test_tickers_that_texts_tell_stand_for_all_others() -> None:
    told = node("a", company("Listed Works"), other(Kind.TICKER, "ZZ", "Listed Works"), other(Kind.TICKER, "AA", "Listed Works"))

    assert one(told).tickers == ("AA", "ZZ")


def test_what_texts_tell_of_a_company_is_sorted() -> None:
    told = [is_a("Zorvex", "country", place) for place in ("JP", "FI")] + [
        is_a("Zorvex", "sector", sector) for sector in ("pharma", "health")
    ]
    found = one(node("a", company("Zorvex"), descriptions=told))

    assert (found.countries, found.sectors) == (("FI", "JP"), ("health", "pharma"))


def test_the_mentions_of_a_company_have_their_articles() -> None:
    first, second = company("Zorvex"), company("Zorvex", start=9)

    assert one(node("a", first, second), node("b", first)).mentions == (("art/a", first), ("art/a", second), ("art/b", first))


# --- IRIs


def test_companies_are_sorted_by_iri_and_numbered_by_publication() -> None:
    found = resolved(node("a", company("Zor!"), days=3), node("b", company("Zor+"), days=1), node("c", company("Bolt"), days=2)).nodes

    assert [(each.iri, each.name) for each in found] == [("g/company/bolt", "Bolt"), ("g/company/zor", "Zor+"), ("g/company/zor-2", "Zor!")]


def homonyms(*names: str, more: Sequence[str] = ()) -> list[ArticleNode]:
    """Make articles of a bank and of a drug maker of one name; `more` are articles that tell nothing of it."""
    return [
        *(node(f"{name}{number}", company("Zorvex"), descriptions=[is_a("Zorvex", "sector", sector)])
          for name, sector in zip(names, ("bank", "pharma"), strict=True) for number in range(2)),
        *(node(name, company("Zorvex")) for name in more),
    ]  # fmt: skip


def test_a_company_keeps_its_iri_by_its_name() -> None:
    kept = KeptIris({"company": {"g/company/old": ("zorvex",)}})

    assert [each.iri for each in resolved(node("a", company("Zorvex")), kept=kept).nodes] == ["g/company/old"]
    assert [each.iri for each in resolved(node("a", company("Bolt")), kept=kept).nodes] == ["g/company/bolt"]
    assert resolved(node("a", company("Zorvex"))).members == {"g/company/zorvex": ("zorvex",)}


def test_companies_of_one_name_keep_their_iris_by_their_articles() -> None:
    kept = KeptIris({"company": {"g/company/bank": ("zorvex@x0",), "g/company/drugs": ("zorvex@y0", "zorvex@y1")}})
    found = resolved(*homonyms("x", "y"), kept=kept)

    assert {each.iri: each.sectors for each in found.nodes} == {"g/company/bank": ("bank",), "g/company/drugs": ("pharma",)}
    assert found.members["g/company/bank"] == ("zorvex@x0", "zorvex@x1")


def test_a_namesake_in_new_articles_takes_no_iri_away() -> None:
    kept = KeptIris({"company": {"g/company/old": ("zorvex",)}, "story": {"g/story/one": ("x0",)}})
    found = {each.iri: each.sectors for each in resolved(*homonyms("x", "y", more=["z"]), kept=kept).nodes}

    assert found["g/company/old"] == ("bank",)
    nothing_known = KeptIris({"company": {"g/company/old": ("zorvex",)}, "story": {"g/story/one": ("y1",)}})
    assert {each.iri: each.sectors for each in resolved(*homonyms("x", "y"), kept=nothing_known).nodes}["g/company/old"] == ("pharma",)


def test_the_company_that_most_articles_are_of_keeps_the_iri() -> None:
    kept = KeptIris({"company": {"g/company/old": ("zorvex",)}})
    articles = [*homonyms("x", "y"), node("y9", company("Zorvex"), descriptions=[is_a("Zorvex", "sector", "pharma")])]

    assert {each.iri: each.sectors for each in resolved(*articles, kept=kept).nodes}["g/company/old"] == ("pharma",)


def test_the_iris_of_companies_that_people_joined_lead_to_the_one() -> None:
    same = Decision(Verb.SAME, (NamedThing("Acme Foods"), NamedThing("Bolt"), NamedThing("Cask")))
    found = resolved(*(node(name[0].lower(), company(name)) for name in ("Acme Foods", "Bolt", "Cask")), decisions=[same])
    (company_node,) = found.nodes

    assert company_node.iri == "g/company/acme-foods"
    assert [(each.old, each.new, each.kind, each.rule) for each in found.replaced] == [
        ("g/company/bolt", "g/company/acme-foods", "company", "decision"), ("g/company/cask", "g/company/acme-foods", "company", "decision"),
    ]  # fmt: skip
    assert [(merge.name, merge.rule) for merge in company_node.merges] == [("Bolt", "decision"), ("Cask", "decision")]
    assert resolved(node("a", company("Acme Foods")), node("b", company("Acme Foods Inc."))).replaced == ()


def test_a_decided_name_is_for_people_and_moves_no_iri() -> None:
    rename = Decision(Verb.RENAME, (NamedThing("Zorvex"),), name="Zorvex of Rome")
    (found,) = resolved(*mentions("Zorvex", "Zorvex"), decisions=[rename]).nodes

    assert (found.iri, found.name, found.aliases) == ("g/company/zorvex", "Zorvex of Rome", ("Zorvex",))


def test_decisions_and_questions_are_handed_on() -> None:
    rename = Decision(Verb.RENAME, (NamedThing("Zorvex"),), name="Zorvex of Rome")
    clash = [
        Decision(Verb.DIFFERENT, (NamedThing("Acme"), NamedThing("Bolt"))),
        Decision(Verb.SAME, (NamedThing("Bolt"), NamedThing("Acme"), NamedThing("Zorvex"))),
    ]
    articles = [*homonyms("x", "y"), node("a", company("Acme")), node("b", company("Bolt"))]
    found = resolved(*articles, decisions=[rename, *clash])

    assert found.used == {rename.order, clash[0].order}
    assert found.clashing == {clash[1].order}
    assert [one.rule for one in found.questions] == ["homonym"]


def test_what_people_parted_from_its_listed_name_is_not_what_the_list_has() -> None:
    apart = Decision(Verb.DIFFERENT, (NamedThing("LW"), NamedThing("Listed Works")))
    found = {each.name: each for each in resolved(node("a", company("Listed Works", "LW", known="Listed Works")), decisions=[apart]).nodes}

    assert list(found) == ["LW"]
    assert (found["LW"].lei, found["LW"].aliases) == ("", ())


# --- which company an article means by a name


def iri(companies: Companies, name: str | None, article: str = "") -> str | None:
    """Look up the company that a name means, in an article or in all of them."""
    lookup = mention_lookup(companies, Entities((), {}))
    return lookup.company_in(article, name) if article else lookup.company(name)


def test_an_article_means_the_company_that_it_names() -> None:
    naming = Naming("ZXA", "Zorvex", "acronym")
    short = node("a", company("Zorvex"), company("Zorvex", "ZXA"), company("ZXA"), namings=[naming])
    found = resolved(short, node("b", company("Bolt", confidence=0.1)))

    assert iri(found, "Zorvex Inc.", "art/a") == iri(found, "ZXA", "art/a") == "g/company/zorvex"
    assert iri(found, "Bolt", "art/b") is None
    assert iri(found, "Zorvex", "art/b") is None
    assert iri(found, "Zorvex") == "g/company/zorvex"
    assert iri(found, None) is iri(found, "") is iri(found, "Nobody") is None


def test_a_name_of_several_companies_means_one_only_in_an_article() -> None:
    found = resolved(*homonyms("x", "y"))

    assert iri(found, "Zorvex") is None
    assert {iri(found, "Zorvex", f"art/{name}") for name in ("x0", "x1")} != {iri(found, "Zorvex", f"art/{name}") for name in ("y0", "y1")}
    assert found.by_name["zorvex"] == {"g/company/zorvex", "g/company/zorvex-2"}


def test_a_name_that_a_list_gives_to_another_still_leads_to_it() -> None:
    def mention(known: str) -> Mention:
        return company("Listed Works", "ZQ", known=known)

    apart = Decision(Verb.DIFFERENT, (NamedThing("ZQ"), NamedThing("Listed Works")))
    found = resolved(node("a", mention("Listed Works")), decisions=[apart])
    assert iri(found, "Listed Works", "art/a") == iri(found, "ZQ", "art/a") == "g/company/zq"

    both = resolved(node("a", mention("Listed Works"), company("Listed Works")), decisions=[apart])
    assert (iri(both, "Listed Works", "art/a"), iri(both, "ZQ", "art/a")) == ("g/company/listed-works", "g/company/zq")
    assert iri(both, "Listed Works") == "g/company/listed-works"
