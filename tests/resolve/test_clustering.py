"""Which names of a corpus are one company: in the article first, then by look-up, then short names that stand alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from company_units import company, is_a, lexicon, node, other
from newsgraph.core.lexicon import CompanyEntry
from newsgraph.core.model import Kind, Mention, Naming
from newsgraph.decisions.decision import DECISION, Decision, Decisions, NamedThing, Verb
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.clustering import CompanyClustering, cluster_companies

ENTRIES = (CompanyEntry("Listed Works", aliases=("LW-Works",), tickers=("LWX",)), CompanyEntry("Other Works"))


def clustered(articles: Sequence[ArticleNode], *decisions: Decision) -> CompanyClustering:
    return cluster_companies(articles, lexicon(*ENTRIES), Decisions(decisions))


def groups(*articles: ArticleNode) -> list[str]:
    """Return the companies, each as its units `article:name`, joined; the order of articles must not matter."""

    def read(found: CompanyClustering) -> list[str]:
        return [" ".join(f"{one.article.iri.removeprefix('art/')}:{one.key}" for one in units) for units in found.companies]

    assert read(clustered(articles)) == read(clustered(articles[::-1]))
    return read(clustered(articles))


def merges(found: CompanyClustering) -> dict[str, list[tuple[str, str, str]]]:
    """Return why each unit is of its company: by `article:name`, name, rule and article."""
    return {
        f"{article.removeprefix('art/')}:{key}": [(one.name, one.rule, one.article.removeprefix("art/")) for one in why]
        for (article, key), why in found.merges.items()
        if why
    }


def says(name: str, *names: str, namings: Sequence[Naming] = (), sector: str = "", country: str = "") -> ArticleNode:
    """Make an article that names companies and says what the first one is."""
    mentions = tuple(company(one, start=20 * at) for at, one in enumerate(names))
    told = [is_a(names[0], kind, value) for kind, value in (("sector", sector), ("country", country)) if value]
    return node(name, *mentions, namings=namings, descriptions=told)


def with_ticker(name: str, company_name: str, ticker: str) -> ArticleNode:
    return node(name, company(company_name), other(Kind.TICKER, ticker, company_name))


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        (("Zorvex", "Zorvex"), ""),
        (("Münchener Zorvex", "Muenchener Zorvex"), "digraph"),
        (("Zorvex", "Zorvex Technologies"), "tail"),
        (("Zorvex", "Zorvex.com"), "domain"),
        (("Listed Works", "LW Works"), "listed_alias"),
    ],
)
def test_names_of_two_articles_are_joined_by_look_up(names: tuple[str, str], rule: str) -> None:
    articles = [says("a", names[0]), says("b", names[1])]

    assert len(groups(*articles)) == 1
    assert {one[1] for why in merges(clustered(articles)).values() for one in why} == ({rule} if rule else set())


def test_tickers_join_names() -> None:
    assert len(groups(with_ticker("a", "Zorvex", "ZVXY"), with_ticker("b", "Dunmore", "ZVXY"))) == 1
    assert len(groups(with_ticker("a", "Zorvex", "ZVX"), with_ticker("b", "Dunmore", "ZVX"))) == 2
    assert len(groups(with_ticker("a", "Listed", "LWX"), says("b", "Listed Works"))) == 1


def test_acronyms_join_a_full_name_that_is_told_to_be_alike() -> None:
    full, acronym = says("a", "Norvale Trade Bank", sector="bank"), says("b", "NTB", sector="bank")
    assert groups(full, acronym) == ["a:norvaletradebank b:ntb"]
    assert len(groups(full, says("b", "NTB"))) == 2


def test_a_typing_error_is_joined_to_the_name_that_is_told_far_more_often() -> None:
    right = [says(f"a{number}", "Zorvexon") for number in range(10)]

    assert len(groups(*right, says("b", "Zorvexan"))) == 1
    assert len(groups(*right[1:], says("b", "Zorvexan"))) == 2
    listed = [says("a", "Listed Works"), says("b", "Listad Works")]
    assert len(groups(*listed)) == 1


def test_companies_of_one_name_are_parted_and_asked_about() -> None:
    articles = [says("a", "Zorvex", sector="bank"), says("b", "Zorvex", sector="pharma"), says("c", "Zorvex", sector="pharma")]
    found = clustered(articles)

    assert groups(*articles) == ["a:zorvex", "b:zorvex c:zorvex"]
    assert [(one.verb, one.one, one.other, one.rule, one.note, one.articles) for one in found.questions] == [
        ("same", "Zorvex", "Zorvex (in art/a)", "homonym", "sectors pharma and bank", 1)
    ]


def test_an_ordinary_word_is_parted_for_less() -> None:
    assert len(groups(says("a", "Summit", country="FI"), says("b", "Summit", country="JP"))) == 2
    assert len(groups(says("a", "Zorvex", country="FI"), says("b", "Zorvex", country="JP"))) == 1


def test_names_beside_everybody_do_not_keep_a_name_together() -> None:
    crowd = [says(f"x{number}", f"Name{number}", "Wire") for number in range(21)]
    articles = [says("a", "Zorvex", "Wire", sector="bank"), says("b", "Zorvex", "Wire", sector="pharma")]

    assert [group for group in groups(*articles) if "zorvex" in group] == ["a:zorvex b:zorvex"]
    assert [group for group in groups(*articles, *crowd) if "zorvex" in group] == ["a:zorvex", "b:zorvex"]


def test_names_of_two_companies_join_nothing_by_look_up() -> None:
    two = [says("a", "Zorvex", sector="bank"), says("b", "Zorvex", sector="pharma")]

    assert len(groups(*two, says("c", "Zorvex Technologies"))) == 3
    assert len(groups(*two[:1], says("c", "Zorvex Technologies"))) == 1


def test_a_former_name_joins_by_the_article_that_says_so() -> None:
    naming = Naming("Bolt Works", "Zorvex", "former_name", 3, 9)
    articles = [
        says("n", "Zorvex", "Bolt Works", namings=[naming]),
        says("b", "Bolt Works", sector="bank"),
        says("c", "Zorvex", sector="pharma"),
    ]
    found = clustered(articles)

    assert len(found.companies) == 1
    assert merges(found) == {"b:boltworks": [("Bolt Works", "former_name", "n")]}
    (why,) = found.merges["art/b", "boltworks"]
    assert (why.start, why.end, why.note) == (3, 9, "now Zorvex")
    assert len(groups(says("n", "Zorvex", "Bolt Works", namings=[Naming("Bolt Works", "Zorvex", "acronym")]))) == 1
    assert len(groups(says("n", "Zorvex", namings=[naming]), says("b", "Bolt Works"))) == 2  # both must be named there


# --- short names that stand alone


def short(name: str, *fulls: str, sector: str = "") -> ArticleNode:
    """Make an article that calls some companies by their full names and says that ZXA is short for the first."""
    return says(name, *fulls, namings=[Naming("ZXA", fulls[0], "acronym", 1, 4)], sector=sector)


def test_a_short_name_alone_is_the_one_company_that_articles_use_it_for() -> None:
    articles = [short("a", "Zorvex Air"), short("b", "Zorvex Air"), says("c", "ZXA")]
    found = clustered(articles)

    assert groups(*articles) == ["a:zorvexair b:zorvexair c:zxa"]
    assert merges(found) == {"c:zxa": [("ZXA", "acronym", "a")]}
    assert groups(says("c", "ZXA"), says("a", "Zorvex Air")) == ["a:zorvexair", "c:zxa"]


def test_of_two_companies_the_short_name_is_the_one_that_it_is_told_to_be_like() -> None:
    fulls = [short("a", "Zorvex Air", sector="aviation"), short("b", "Dunmore Arms", sector="defence")]

    assert groups(*fulls, says("c", "ZXA")) == ["a:zorvexair", "b:dunmorearms", "c:zxa"]
    assert groups(*fulls, says("c", "ZXA", sector="defence")) == ["a:zorvexair", "b:dunmorearms c:zxa"]
    found = clustered([*fulls, says("c", "ZXA", sector="defence")])
    assert merges(found) == {"c:zxa": [("ZXA", "acronym", "b")]}


def test_a_listed_short_name_stays_by_itself() -> None:
    naming = [Naming("Listed Works", "Zorvex Air", "acronym", 1, 4)]

    assert groups(says("a", "Zorvex Air", namings=naming), says("b", "Listed Works")) == ["a:zorvexair", "b:listedworks"]


def test_a_short_name_in_its_article_moves_to_the_full_name() -> None:
    both = node("a", company("Zorvex Air"), company("Zorvex Air", "ZXA", 20), company("ZXA", start=40))
    found = clustered([both, says("c", "ZXA")])

    assert [[unit.group_id for unit in units] for units in found.companies] == [[("art/a", "zorvexair"), ("art/c", "zxa")]]
    assert [len(unit.mentions) for units in found.companies for unit in units] == [3, 1]
    assert merges(found) == {"a:zorvexair": [("ZXA", "short_form", "a")], "c:zxa": [("ZXA", "short_form", "a")]}


def test_two_companies_of_a_short_name_are_looked_at_one_by_one() -> None:
    fulls = [short("a", "Zorvex Air", sector="aviation"), short("b", "Dunmore Arms", sector="pharma")]
    alone = [says("c", "ZXA", sector="aviation"), says("d", "ZXA", sector="pharma")]

    assert groups(*fulls, *alone) == ["a:zorvexair c:zxa", "b:dunmorearms d:zxa"]


# --- decisions


def test_decisions_come_before_all_else() -> None:
    same = Decision(Verb.SAME, (NamedThing("Acme"), NamedThing("Bolt")))
    apart = Decision(Verb.DIFFERENT, (NamedThing("Zorvex"), NamedThing("Zorvex Technologies")))
    rename = Decision(Verb.RENAME, (NamedThing("Cask"),), name="Cask of Rome")
    unused = Decision(Verb.NOT_A_COMPANY, (NamedThing("Nobody"),))
    clash = Decision(Verb.SAME, (NamedThing("Zorvex"), NamedThing("Zorvex Technologies"), NamedThing("Cask")))
    articles = [says("a", "Acme"), says("b", "Bolt"), says("c", "Zorvex"), says("d", "Zorvex Technologies"), says("e", "Cask")]
    found = clustered(articles, same, apart, rename, unused, clash)

    assert [[unit.key for unit in units] for units in found.companies] == [["acme", "bolt"], ["zorvex"], ["zorvextechnologies"], ["cask"]]
    assert merges(found) == {"a:acme": [("Acme", DECISION, "")], "b:bolt": [("Bolt", DECISION, "")]}
    assert found.names == {("art/e", "cask"): "Cask of Rome"}
    assert found.used == {same.order, apart.order, rename.order}
    assert found.clashing == {clash.order}


def test_a_refused_name_has_no_company() -> None:
    refused = Decision(Verb.NOT_A_COMPANY, (NamedThing("Acme"),))
    found = clustered([says("a", "Acme", "Bolt")], refused)

    assert [[unit.key for unit in units] for units in found.companies] == [["bolt"]]
    assert found.used == {refused.order}


def test_questions_come_sorted_and_once() -> None:
    articles = [says(name, company_name, sector=sector) for name, company_name, sector in (
        ("a", "Zorvex", "bank"), ("b", "Zorvex Technologies", "pharma"), ("c", "Acme", "bank"), ("d", "Acme Technologies", "pharma"),
    )]  # fmt: skip
    found = clustered(articles)

    assert [(one.one, one.other, one.rule, one.note) for one in found.questions] == [
        ("Acme", "Acme Technologies", "tail", "sectors bank and pharma"), ("Zorvex", "Zorvex Technologies", "tail", "sectors bank and pharma"),
    ]  # fmt: skip


def test_mentions_of_no_company_make_none() -> None:
    person: Mention = other(Kind.PERSON, "Ann")

    assert clustered([node("a", person)]).companies == ()
    assert clustered([]).companies == ()
