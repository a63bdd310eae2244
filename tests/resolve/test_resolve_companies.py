"""Which names are one company, and which names count."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Facts, Kind, Naming
from newsgraph.extract import extract
from newsgraph.resolve import ExtractedArticle
from readings import article, graph_of, mention, report, short, told


def names(*readings: ExtractedArticle) -> list[str]:
    return graph_of(readings)["companies"]["name"].to_list()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zorvex", "Zorvex Inc."),
        ("Zorvex", "Zorvex GmbH"),
        ("Zorvex", "ZORVEX"),
        ("Zorvex", "Zorvéx"),
        ("Zorvex", "Zorvex's"),
        ("Zorvex", "Zorvex’s"),
        ("Zorvex & Dunmore", "Zorvex and Dunmore"),
        ("Zorvex-Dunmore", "Zorvex Dunmore"),
        ("Zorvex", "The Zorvex"),
        ("Zorvex", "Zorvex, Inc."),
    ],
)
def test_two_spellings_are_one_company(one: str, other: str) -> None:
    graph = graph_of([told(article("a", f"{one} grows"), one), told(article("b", f"{other} shrinks"), other)])

    assert graph["companies"].select("articles", "mentions").rows() == [(2, 2)]


@pytest.mark.parametrize(("one", "other"), [("Zorvex", "Zorvix"), ("Zorvex", "Zorvex Foods"), ("Zorvex Air", "Zorvex Sea")])
def test_two_names_are_two_companies(one: str, other: str) -> None:
    assert names(told(article("a", f"{one} grows"), one), told(article("b", f"{other} shrinks"), other)) == sorted([one, other])


def test_a_company_is_called_by_the_spelling_used_most_and_its_others_are_aliases() -> None:
    graph = graph_of(
        [told(article(f"a{number}", f"{name} grows"), name) for number, name in enumerate(["Zorvex", "Zorvex", "ZORVEX Inc."])]
    )

    (row,) = graph["companies"].iter_rows(named=True)
    assert (row["name"], row["aliases"], row["legal_name"]) == ("Zorvex", ["ZORVEX", "ZORVEX Inc"], "ZORVEX Inc.")


def test_a_name_in_capitals_gives_way_to_one_that_is_not() -> None:
    assert names(*(told(article(f"a{number}", f"{name} grows"), name) for number, name in enumerate(["ZORVEX", "ZORVEX", "Zorvex"]))) == [
        "Zorvex"
    ]


def test_the_iri_of_a_company_is_its_name_made_readable() -> None:
    graph = graph_of([told(article("a", "Zorvéx & Söhne grows"), "Zorvéx & Söhne")])

    assert [short(iri) for iri in graph["companies"]["iri"]] == ["zorvex-sohne"]


def test_a_name_in_another_script_keeps_its_letters() -> None:
    graph = graph_of([told(article("a", "한글회사 grows"), "한글회사")])

    assert [short(iri) for iri in graph["companies"]["iri"]] == ["한글회사"]


def test_names_that_make_one_readable_part_are_numbered_in_order_of_publication() -> None:
    graph = graph_of([told(article("late", "Zor! grows", days=3), "Zor!"), told(article("early", "Zor+ grows", days=1), "Zor+")])

    assert sorted((short(iri), name) for iri, name in graph["companies"].select("iri", "name").iter_rows()) == [
        ("zor", "Zor+"),
        ("zor-2", "Zor!"),
    ]


def test_a_number_given_to_one_company_is_never_the_readable_part_of_another() -> None:
    graph = graph_of([told(article(f"a{number}", f"{name} grows"), name) for number, name in enumerate(["Zorbo", "Zorbo+", "Zorbo 2"])])

    assert dict(graph["companies"].select("name", "iri").iter_rows()).keys() == {"Zorbo", "Zorbo+", "Zorbo 2"}
    assert {short(iri) for iri in graph["companies"]["iri"]} == {"zorbo", "zorbo-2", "zorbo-3"}


def test_an_acronym_in_brackets_is_the_company_in_every_article() -> None:
    lexicon = load_lexicon()
    texts = [
        article("a", "A bank grows", "Norvale Trade Bank Ltd (NVTB) said it would lend more. NVTB has ninety branches."),
        article("b", "A bank shrinks", "NVTB said on Monday it would close.", days=1),
    ]

    graph = graph_of([ExtractedArticle(text, extract(text, lexicon)) for text in texts])

    assert "NVTB" not in graph["companies"]["name"].to_list()
    assert "Norvale Trade Bank" in graph["companies"]["name"].to_list()


def test_a_naming_joins_two_names_and_says_which_article_showed_it() -> None:
    naming = Naming("NVTB", "Norvale Trade Bank", "short_form")
    graph = graph_of(
        [
            told(article("a", "Norvale Trade Bank grows"), "Norvale Trade Bank", namings=[naming]),
            told(article("b", "NVTB shrinks", days=1), "NVTB"),
            told(article("c", "NVTB sleeps", days=2), "NVTB"),
        ]
    )

    assert graph["companies"]["articles"].to_list() == [3]
    first = graph["articles"].filter(url="https://news.example/a")["iri"].item()
    assert graph["merges"].select("name", "rule", "article").rows() == [("NVTB", "short_form", first)]


def test_a_short_form_of_two_companies_joins_neither() -> None:
    graph = graph_of(
        [
            told(article("a", "Zorvex Air grows"), "Zorvex Air", namings=[Naming("Zorvex", "Zorvex Air", "short_form")]),
            told(article("b", "Zorvex Sea grows"), "Zorvex Sea", namings=[Naming("Zorvex", "Zorvex Sea", "short_form")]),
            told(article("c", "Zorvex grows"), "Zorvex"),
        ]
    )

    assert graph["companies"]["name"].to_list() == ["Zorvex", "Zorvex Air", "Zorvex Sea"]


def test_a_listed_name_is_never_joined_to_another_by_a_naming() -> None:
    graph = graph_of(
        [
            told(
                article("a", "Sanofi Garden Works grows"),
                "Sanofi Garden Works",
                namings=[Naming("Sanofi", "Sanofi Garden Works", "short_form")],
            ),
            told(article("b", "Sanofi grows"), "Sanofi"),
        ]
    )

    assert graph["companies"]["name"].to_list() == ["Sanofi", "Sanofi Garden Works"]


def test_a_weak_name_alone_is_no_company() -> None:
    assert names(told(article("a", "Zorvex grows"), ("Zorvex", 0.3))) == []


def test_a_weak_name_that_one_article_proves_does_not_count_elsewhere() -> None:
    graph = graph_of([told(article("a", "Zorvex grows"), "Zorvex"), told(article("b", "Zorvex shrinks"), ("Zorvex", 0.3))])

    assert graph["companies"]["articles"].to_list() == [1]


def test_a_weak_name_that_two_articles_prove_counts_everywhere() -> None:
    graph = graph_of(
        [
            told(article("a", "Zorvex grows"), "Zorvex"),
            told(article("b", "Zorvex sleeps"), "Zorvex"),
            told(article("c", "Zorvex shrinks"), ("Zorvex", 0.3)),
        ]
    )

    assert graph["companies"]["articles"].to_list() == [3]


def test_two_proofs_in_one_article_are_one_proof() -> None:
    text = article("a", "Zorvex grows, ZORVEX sleeps")
    graph = graph_of(
        [
            ExtractedArticle(text, Facts((mention(text.text, "Zorvex"), mention(text.text, "ZORVEX")))),
            told(article("b", "Zorvex shrinks"), ("Zorvex", 0.3)),
        ]
    )

    assert graph["companies"].select("articles", "mentions").rows() == [(1, 2)]


def test_a_report_over_a_name_that_was_not_accepted_is_dropped() -> None:
    graph = graph_of([told(article("a", "Zorvex buys Bolt"), ("Zorvex", 0.3), "Bolt", reports=[report("acquisition", "Zorvex", "Bolt")])])

    assert graph["reports"].height == 0


def test_a_report_over_a_weak_name_counts_once_the_corpus_proves_it() -> None:
    graph = graph_of(
        [
            told(article("a", "Zorvex buys Bolt"), ("Zorvex", 0.3), "Bolt", reports=[report("acquisition", "Zorvex", "Bolt")]),
            told(article("b", "Zorvex grows"), "Zorvex"),
            told(article("c", "Zorvex sleeps"), "Zorvex"),
        ]
    )

    assert graph["reports"].select("subject", "object").rows() == [("Zorvex", "Bolt")]


def test_more_articles_make_a_company_surer_but_never_certain() -> None:
    one = graph_of([told(article("a", "Zorvex grows"), ("Zorvex", 0.8))])["companies"]["confidence"].item()
    many = graph_of([told(article(f"a{number}", "Zorvex grows"), ("Zorvex", 0.8)) for number in range(9)])["companies"]["confidence"].item()

    assert one < many < 1


def test_tickers_that_texts_name_are_the_companys() -> None:
    text = article("a", "Zorvex (ZVX) grows")
    ticker = mention(text.text, "ZVX", kind=Kind.TICKER, detail="Zorvex")
    graph = graph_of([ExtractedArticle(text, Facts((mention(text.text, "Zorvex"), ticker)))])

    assert graph["companies"]["tickers"].to_list() == [["ZVX"]]


def test_a_listed_company_brings_its_identifiers() -> None:
    graph = graph_of([told(article("a", "Sanofi grows"), "Sanofi")])

    assert "SNY" in graph["companies"]["tickers"].to_list()[0]


def test_the_users_list_gives_names_aliases_and_identifiers(tmp_path: Path) -> None:
    companies = tmp_path / "companies.csv"
    companies.write_text("name,aliases,ticker,lei,wikidata,domain\nZorvex,Zed Works|ZW,ZVX,529900T8BM49AURSDO55,Q42,zorvex.example\n")
    lexicon = load_lexicon(companies)
    text = article("a", "Zed Works and Zorvex said so")

    graph = graph_of([ExtractedArticle(text, extract(text, lexicon))], lexicon)

    (row,) = graph["companies"].iter_rows(named=True)
    assert (row["name"], row["tickers"], row["lei"], row["wikidata"], row["domain"], row["mentions"]) == (
        "Zorvex", ["ZVX"], "529900T8BM49AURSDO55", "Q42", "zorvex.example", 2,
    )  # fmt: skip


def test_a_namesake_on_the_ignore_list_is_in_no_table(tmp_path: Path) -> None:
    ignore = tmp_path / "ignore.txt"
    ignore.write_text("Oracle # the one of Delphi\n")
    lexicon = load_lexicon(None, ignore)
    text = article("a", "Oracle buys GitHub")

    graph = graph_of([ExtractedArticle(text, extract(text, lexicon))], lexicon)

    assert graph["companies"]["name"].to_list() == ["GitHub"]
    assert graph["events"].filter(type="acquisition")["label"].str.contains("Oracle").any() is False
