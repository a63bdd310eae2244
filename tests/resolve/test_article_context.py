"""What an article calls a company beside its full name: in the article first, then wherever the short name means one company only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from folders import titled
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Facts, Kind, Mention, Naming
from newsgraph.core.sentences import sentences
from newsgraph.extract import extract
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import resolve_articles
from newsgraph.resolve.companies import article_context
from readings import BASE, article, graph_of, mention, report, short, told


def names_in(title: str, excerpt: str, *companies: str, number: int = 0, tickers: Sequence[tuple[str, str]] = ()) -> ExtractedArticle:
    """Make an article that names some companies, each at its first place, and gives some of them tickers."""
    record = article(f"c{number}", title, excerpt, days=number)
    mentions = [mention(record.text, name) for name in companies]
    mentions += [mention(record.text, ticker, kind=Kind.TICKER, detail=name) for ticker, name in tickers]
    return ExtractedArticle(record, Facts(tuple(mentions)))


def names(*readings: ExtractedArticle) -> list[str]:
    return graph_of(readings)["companies"]["name"].to_list()


@pytest.mark.parametrize(
    ("full", "form"),
    [
        ("Mediterranean Shipping Company", "MSC"),
        ("Delta Faucet Company", "Delta"),
        ("Norvale Trade Bank", "Norvale Trade"),
        ("Norvale Trade Bank", "Norvale"),
        ("Zorvex Energy", "Zorvex"),
    ],
)
def test_a_short_form_of_another_sentence_is_the_company_named_in_full(full: str, form: str) -> None:
    reading = names_in(f"{full} grows", f"Nobody saw it. The chief of {form} did.", full)
    text = reading.article.text
    start = text.rindex(form)
    placed = Mention(Kind.COMPANY, form, start, start + len(form), form, "hand", 0.9)

    graph = graph_of([ExtractedArticle(reading.article, Facts((*reading.facts.mentions, placed)))])

    assert graph["companies"].select("articles", "mentions").rows() == [(1, 2)]
    assert graph["merges"].select("name", "rule").rows() == [(form, "same_article")]


@pytest.mark.parametrize(
    "title", ["Zorvex sells Zorvex Energy", "Zorvex and Zorvex Energy part", "Zorvex, which owns Zorvex Energy, grows"]
)
def test_what_one_sentence_names_beside_another_company_is_not_that_company(title: str) -> None:
    record = article("a", title)
    reading = told(record, "Zorvex Energy", reports=[report("acquisition", "Zorvex", "Zorvex Energy")])
    both = ExtractedArticle(record, Facts((mention(record.text, "Zorvex"), *reading.facts.mentions), reading.facts.reports))

    assert names(both) == ["Zorvex", "Zorvex Energy"]


def test_a_sale_of_a_namesake_unit_keeps_its_two_parties() -> None:
    record = article("a", "Bolt buys Zorvex Energy of Zorvex", "Zorvex Energy is the unit of Zorvex that Bolt Works wants.")
    text = record.text
    facts = Facts(
        (mention(text, "Zorvex Energy"), mention(text, "Zorvex", name="Zorvex")), (report("acquisition", "Zorvex", "Zorvex Energy"),)
    )

    assert [
        (short(s), short(o)) for s, o in graph_of([ExtractedArticle(record, facts)])["reports"].select("subject_iri", "object_iri").rows()
    ] == [("zorvex", "zorvex-energy")]


def test_a_short_form_that_fits_two_full_names_of_the_article_is_neither() -> None:
    reading = names_in("Zorvex Air grows", "Zorvex Sea shrinks. Who owns Zorvex. Nobody knows.", "Zorvex Air", "Zorvex Sea", "Zorvex. N")
    renamed = tuple(
        one if not one.name.startswith("Zorvex.") else mention(reading.article.text, "Zorvex. N", name="Zorvex")
        for one in reading.facts.mentions
    )

    assert names(ExtractedArticle(reading.article, Facts(renamed))) == ["Zorvex", "Zorvex Air", "Zorvex Sea"]


def test_one_short_form_is_two_companies_in_two_articles_that_name_them_in_full() -> None:
    air = names_in("Zorvex Air grows", "It flies. The chief of ZXA left.", "Zorvex Air")
    first = ExtractedArticle(air.article, Facts((*air.facts.mentions, mention(air.article.text, "ZXA", name="Zorvex Air"))))
    sea = names_in("Zenith Xylo Arms grows", "It shoots. The chief of ZXA left.", "Zenith Xylo Arms", number=1)
    second = ExtractedArticle(sea.article, Facts((*sea.facts.mentions, mention(sea.article.text, "ZXA", name="Zenith Xylo Arms"))))

    graph = graph_of([first, second])

    assert graph["companies"].select("name", "mentions").rows() == [("Zenith Xylo Arms", 2), ("Zorvex Air", 2)]


def test_a_short_form_alone_that_two_articles_use_for_two_companies_is_a_company_of_its_own() -> None:
    air = told(article("a", "Zorvex Air grows"), "Zorvex Air", namings=[Naming("ZXA", "Zorvex Air", "short_form")])
    arms = told(article("b", "Zenith Xylo Arms grows"), "Zenith Xylo Arms", namings=[Naming("ZXA", "Zenith Xylo Arms", "short_form")])

    assert names(air, arms, told(article("c", "ZXA grows"), "ZXA")) == ["Zenith Xylo Arms", "Zorvex Air", "ZXA"]


def test_a_short_form_alone_goes_to_the_one_of_two_companies_that_is_told_like_it() -> None:
    air = told(
        article("a", "Zorvex Air grows, so does Bolt Works"),
        "Zorvex Air",
        "Bolt Works",
        namings=[Naming("ZXA", "Zorvex Air", "short_form")],
    )
    arms = told(article("b", "Zenith Xylo Arms grows"), "Zenith Xylo Arms", namings=[Naming("ZXA", "Zenith Xylo Arms", "short_form")])
    alone = told(article("c", "ZXA grows, so does Bolt Works"), "ZXA", "Bolt Works")

    assert names(air, arms, alone) == ["Bolt Works", "Zenith Xylo Arms", "Zorvex Air"]


def test_a_short_form_alone_goes_to_the_only_company_that_articles_use_it_for() -> None:
    air = told(article("a", "Zorvex Air grows"), "Zorvex Air", namings=[Naming("ZXA", "Zorvex Air", "short_form")])
    graph = graph_of([air, told(article("b", "ZXA shrinks", days=1), "ZXA")])

    assert graph["companies"].select("name", "articles").rows() == [("Zorvex Air", 2)]
    assert graph["merges"].select("name", "rule", "note").rows() == [("ZXA", "short_form", "short for Zorvex Air")]


def test_an_acronym_that_no_article_explains_stays_alone() -> None:
    assert names(told(article("a", "Norvale Trade Bank grows"), "Norvale Trade Bank"), told(article("b", "NTB grows"), "NTB")) == [
        "Norvale Trade Bank",
        "NTB",
    ]


def test_an_acronym_told_beside_the_same_company_is_the_full_name() -> None:
    full = told(article("a", "Norvale Trade Bank and Bolt Works grow"), "Norvale Trade Bank", "Bolt Works")
    acronym = told(article("b", "NTB and Bolt Works grow"), "NTB", "Bolt Works")

    assert names(full, acronym) == ["Bolt Works", "Norvale Trade Bank"]


def test_a_listed_short_name_stays_the_listed_company_beside_a_longer_name() -> None:
    reading = names_in("Sanofi Garden Works grows", "Roses bloom. The chief of Sanofi left.", "Sanofi Garden Works")
    record = reading.article
    start = record.text.rindex("Sanofi")
    placed = Mention(Kind.COMPANY, "Sanofi", start, start + 6, "Sanofi", "hand", 0.9, "Sanofi")

    assert names(ExtractedArticle(record, Facts((*reading.facts.mentions, placed)))) == ["Sanofi", "Sanofi Garden Works"]


@pytest.mark.parametrize(
    ("title", "excerpt", "expected"),
    [
        ("A bank grows", "Norvale Trade Bank Ltd (NVTB) said it would lend more. NVTB has ninety branches.", ["Norvale Trade Bank"]),
        ("Zorvex Foods Inc. sells Zorvex Seeds Inc.", "Zorvex Foods Inc. said so.", ["Zorvex Foods", "Zorvex Seeds"]),
    ],
)
def test_texts_as_they_are_read_give_these_companies(title: str, excerpt: str, expected: list[str]) -> None:
    record = article("a", title, excerpt)

    assert names(ExtractedArticle(record, extract(record, load_lexicon()))) == expected


def test_a_long_article_is_cut_into_sentences_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sought = []

    def counted(text: str) -> tuple[tuple[int, int], ...]:
        sought.append(text)
        return sentences(text)

    monkeypatch.setattr(article_context, "sentences", counted)
    text = "Zorvex Energy grows. Zorvex grows. " * 100
    record = article("a", "A day", body=text)
    starts = [at for at in range(len(record.text)) if record.text.startswith("Zorvex", at)]
    names = ["Zorvex Energy" if record.text.startswith("Zorvex Energy", at) else "Zorvex" for at in starts]
    mentions = (Mention(Kind.COMPANY, name, at, at + len(name), name, "hand", 0.9) for at, name in zip(starts, names, strict=True))
    (node,) = resolve_articles([ExtractedArticle(record, Facts(tuple(mentions)))], BASE)

    assert [(one.short, one.full) for one in article_context.name_equivalences(node)] == [("zorvex", "zorvexenergy")]
    assert len(sought) == 1


def test_an_acronym_in_brackets_belongs_to_the_name_before_it_whatever_a_list_says(tmp_path: Path) -> None:
    folder = titled(tmp_path / "news", a="Namibian Broadcasting Corporation (NBC) cuts jobs", b="NBC acquires Habana Labs for $2 billion")

    graph = build([folder], BuildOptions(base=BASE, extractor="rules"))

    named = dict(graph["companies"].select("iri", "name").iter_rows())
    titles = dict(graph["articles"].select("iri", "title").iter_rows())
    holders = {named[company] for source, company in graph["mentions"].select("article", "company").iter_rows() if "jobs" in titles[source]}
    assert holders == {"Namibian Broadcasting"}
    assert "NBC" in named.values()
