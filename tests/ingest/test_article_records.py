"""Fields of a record become typed values; a field that is wrong costs the field, not the article."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newsgraph.core.model import Alias, Article, Image, Problem, Provider, Severity
from newsgraph.ingest import parse_document


def read(fields: str) -> tuple[tuple[Article, ...], list[Problem]]:
    articles, problems = parse_document(f"---\n{fields}\n---\n".encode(), "a.md")
    return articles, list(problems)


def one(fields: str) -> tuple[Article, list[Problem]]:
    (article,), problems = read(f"title: Acme grows\n{fields}")
    return article, problems


def test_every_known_field_becomes_typed_data() -> None:
    article, problems = one("""category: news
excerpt: "More of it"
publishedDateTime: 2021-03-04T05:06:07Z
originalUrl: "http://example.com/a/"
webUrl: "https://other.example/b"
ampWebUrl: "https://example.com/a/amp"
cdnAmpWebUrl: "https://example-com.cdn.ampproject.org/c/s/example.com/a/amp"
type: article
quality: 14
heat: -1
featuredContent: "A word of the editor"
provider:
  name: Example News
  domain: example.com
topics:
  - Robots
  - Farms
images:
  - url: "https://example.com/a.png"
    width: 700
    height: 450
    isCached: true""")

    assert problems == []
    assert article == Article(
        key="https://example.com/a",
        url="https://example.com/a",
        title="Acme grows",
        excerpt="More of it",
        source="a.md",
        part="main",
        published=datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC),
        provider=Provider("Example News", "example.com"),
        topics=("Robots", "Farms"),
        images=(Image("https://example.com/a.png", 700, 450),),
        aliases=(
            Alias("amp", "https://example.com/a/amp"),
            Alias("cdn_amp", "https://example-com.cdn.ampproject.org/c/s/example.com/a/amp"),
        ),
        type="article",
        category="news",
        quality=14.0,
        heat=-1.0,
        featured="A word of the editor",
    )


def test_every_field_but_the_title_may_be_missing() -> None:
    article, problems = one("")

    assert problems == []
    assert (article.url, article.excerpt, article.published, article.provider, article.related) == (None, "", None, None, ())
    assert article.key.startswith("digest:")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-03-04T05:06:07Z", (2021, 3, 4, 5, 6, 7)),
        ("2021-03-04T05:06:07.123456789Z", (2021, 3, 4, 5, 6, 7, 123456)),
        ("2021-03-04T05:06:07+02:00", (2021, 3, 4, 3, 6, 7)),
        ("2021-03-04T05:06-0530", (2021, 3, 4, 10, 36)),
        ("2021-03-04T05:06:07", (2021, 3, 4, 5, 6, 7)),
        ("2021-03-04 05:06", (2021, 3, 4, 5, 6)),
        ("2021-3-4", (2021, 3, 4)),
        ('"2021-03-04"', (2021, 3, 4)),
        ("2099-01-01", (2099, 1, 1)),
    ],
)
def test_a_date_is_a_moment_in_utc(written: str, expected: tuple[int, ...]) -> None:
    article, problems = one(f"publishedDateTime: {written}")

    year, month, day, hour, minute, second, micro = (*expected, *[0] * (7 - len(expected)))
    assert problems == []
    assert article.published == datetime(year, month, day, hour, minute, second, micro, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2021-13-45",
        "yesterday",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "2021-03-04T25:00",
        "04/03/2021",
        "[2021]",
        "20211304",
    ],
)
def test_a_wrong_date_costs_the_date(written: str) -> None:
    article, (problem,) = one(f"publishedDateTime: {written}")

    assert article.published is None
    assert (problem.field, problem.severity) == ("publishedDateTime", Severity.FIELD)


@pytest.mark.parametrize(("written", "expected"), [("14", 14.0), ("-1", -1.0), ("0.5", 0.5), ('"7"', 7.0), ("1e3", 1000.0)])
def test_quality_is_a_number(written: str, expected: float) -> None:
    article, problems = one(f"quality: {written}")

    assert (article.quality, problems) == (expected, [])


@pytest.mark.parametrize("written", ["high", "1_0", "0x10", ".nan", "9e999", "[1]", "12:30"])
def test_a_wrong_number_costs_the_number(written: str) -> None:
    article, (problem,) = one(f"heat: {written}")

    assert article.heat is None
    assert problem.field == "heat"


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ("{name: Example News, domain: example.com}", Provider("Example News", "example.com")),
        ("{name: Example News, domain: WWW.Example.com}", Provider("Example News", "example.com")),
        ("{name: 뉴스 & Söhne's, domain: example.com}", Provider("뉴스 & Söhne's", "example.com")),
        ("{name: news.example, domain: news.example}", Provider("news.example", "news.example")),
        ("{domain: example.com}", Provider("example.com", "example.com")),
        ("{name: Example News}", Provider("Example News", "link.example")),
        ("Example News", Provider("Example News", "link.example")),
        ("~", Provider("link.example", "link.example")),
    ],
)
def test_a_provider_has_a_name_and_a_host(provider: str, expected: Provider) -> None:
    article, problems = one(f"webUrl: https://www.link.example/a\nprovider: {provider}")

    assert (article.provider, problems) == (expected, [])


@pytest.mark.parametrize(
    ("provider", "expected", "fields"),
    [
        ("{name: News, domain: https://www.example.com/a}", Provider("News", "example.com"), ["domain"]),
        ("{name: example.com/2021/a, domain: example.com/2021/a}", Provider("example.com", "example.com"), ["domain", "name"]),
        ("{name: com/a-story.html, domain: com/a-story.html}", Provider("link.example", "link.example"), ["domain", "name"]),
        ("{name: https://example.com/a, domain: example.com}", Provider("example.com", "example.com"), ["name"]),
        ("{name: News, domain: not a host}", Provider("News", "link.example"), ["domain"]),
        ("{name: [News], domain: example.com}", Provider("example.com", "example.com"), ["name"]),
    ],
)
def test_a_broken_provider_is_mended_and_said(provider: str, expected: Provider, fields: list[str]) -> None:
    article, problems = one(f"webUrl: https://www.link.example/a\nprovider: {provider}")

    assert article.provider == expected
    assert [problem.field for problem in problems] == [f"provider.{name}" for name in fields]


def test_a_list_as_provider_is_said_and_the_link_stands_in() -> None:
    article, (problem,) = one("webUrl: https://link.example/a\nprovider: [News]")

    assert article.provider == Provider("link.example", "link.example")
    assert problem.what == "is a list, not a map"


def test_a_provider_without_domain_and_link_is_left_out_and_said() -> None:
    article, (problem,) = one("provider: News")

    assert article.provider is None
    assert problem.field == "provider.domain"


def test_topics_are_kept_once_in_order_with_single_blanks() -> None:
    article, problems = one('topics: [Robots, "  Farm   robots ", Robots, "", ~]')

    assert (article.topics, problems) == (("Robots", "Farm robots"), [])


def test_one_topic_may_stand_alone() -> None:
    assert one("topics: Robots")[0].topics == ("Robots",)


def test_a_topic_that_is_a_map_is_left_out_and_said() -> None:
    article, (problem,) = one("topics: [Robots, {name: Farms}]")

    assert article.topics == ("Robots",)
    assert problem.field == "topics[1]"


def test_pictures_are_web_addresses_with_sizes_in_pixels() -> None:
    article, problems = one("""images:
  - {url: "https://example.com/a b.png", width: "700", height: 0}
  - https://example.com/c.png
  - /relative.png
  - {width: 3}
  - {url: "javascript:alert(1)"}
  - https://example.com/c.png""")

    assert article.images == (Image("https://example.com/a%20b.png", 700, None), Image("https://example.com/c.png"))
    assert [problem.field for problem in problems] == ["images[0].height", "images[2].url", "images[4].url"]


def test_a_link_that_is_none_costs_the_link() -> None:
    article, (problem,) = one('originalUrl: "javascript:alert(1)"\nwebUrl: https://example.com/a')

    assert article.url == "https://example.com/a"
    assert (problem.field, problem.severity) == ("originalUrl", Severity.FIELD)


def test_entities_and_cut_words_stay_as_they_stand() -> None:
    article, _ = one('excerpt: "Acme &#038; Sons&nbsp;of <b>DevelopmentOSLO</b> said th,"')

    assert article.excerpt == "Acme &#038; Sons&nbsp;of <b>DevelopmentOSLO</b> said th,"


def test_line_breaks_in_a_title_become_blanks_and_outer_blanks_go() -> None:
    (article,), _ = read('title: "  Acme  grows\\n and\\r\\ngrows\\u2028on "\nexcerpt: " One\\nTwo "')

    assert (article.title, article.excerpt) == ("Acme  grows and grows on", "One\nTwo")


def test_a_title_of_ten_thousand_characters_is_a_title() -> None:
    (article,), problems = read(f"title: {'x' * 10_000}")

    assert (len(article.title), problems) == (10_000, [])


def test_related_articles_become_articles_of_their_own_and_the_main_one_lists_their_keys() -> None:
    articles, problems = read("""title: One
webUrl: https://example.com/1
related:
  - {title: Two, webUrl: "https://example.com/2?utm_source=x", heat: 3}
  - {title: Three, webUrl: "https://example.com/3"}
  - {title: One again, webUrl: "https://example.com/1/"}""")

    assert problems == []
    assert [(article.title, article.part) for article in articles] == [
        ("One", "main"),
        ("Two", "related[0]"),
        ("Three", "related[1]"),
        ("One again", "related[2]"),
    ]
    assert articles[0].related == ("https://example.com/2", "https://example.com/3")
    assert [article.related for article in articles[1:]] == [(), (), ()]


def test_a_related_article_without_title_is_left_out_alone_and_the_count_goes_on() -> None:
    articles, problems = read("title: One\nrelated:\n  - excerpt: none\n  - text\n  - title: Two")

    assert [(article.title, article.part) for article in articles] == [("One", "main"), ("Two", "related[2]")]
    assert [(problem.field, problem.severity) for problem in problems] == [
        ("related[0].title", Severity.ARTICLE),
        ("related[1]", Severity.ARTICLE),
    ]


def test_related_articles_stand_where_the_main_one_has_no_title() -> None:
    articles, (problem,) = read("excerpt: none\nrelated:\n  - title: Two")

    assert [(article.title, article.part) for article in articles] == [("Two", "related[0]")]
    assert (problem.field, problem.severity) == ("title", Severity.ARTICLE)


@pytest.mark.parametrize("title", ["title:", 'title: "  "', "title: [One]", "excerpt: none"])
def test_a_document_without_title_and_related_is_left_out(title: str) -> None:
    articles, problems = read(title)

    assert articles == ()
    assert (problems[-1].field, problems[-1].severity) == ("title", Severity.DOCUMENT)


def test_related_within_related_is_left_out_and_said() -> None:
    articles, (problem,) = read("title: One\nrelated:\n  - title: Two\n    related: [{title: Three}]")

    assert [article.title for article in articles] == ["One", "Two"]
    assert problem.field == "related[0].related"


def test_a_map_where_a_list_is_due_costs_the_field() -> None:
    article, problems = one("related: {title: Two}\nimages: {url: x}")

    assert (article.related, article.images) == ((), ())
    assert [problem.field for problem in problems] == ["related", "images"]


def test_unknown_fields_are_kept_as_one_line_of_sorted_json() -> None:
    article, problems = one("zeta: [1, {b: x, a: ~}]\nalpha: Ünit\npublished: false\nprovider: {name: N, domain: n.example, images: [i]}")

    assert problems == []
    assert article.extra == '{"alpha": "Ünit", "provider": {"images": ["i"]}, "published": false, "zeta": ["1", {"a": null, "b": "x"}]}'


def test_the_secured_field_leaves_at_no_depth() -> None:
    articles, problems = read("""title: One
secured: hidden
foo: {secured: hidden, bar: [{secured: hidden}]}
provider: {name: N, domain: n.example, secured: hidden}
related: [{title: Two, secured: hidden}]""")

    assert problems == []
    assert "hidden" not in repr(articles)
    assert json.loads(articles[0].extra) == {"foo": {"bar": [{}]}}


def test_unknown_fields_that_are_too_deep_or_too_long_are_left_out_in_one_problem() -> None:
    article, (problem,) = one(f"deep: {'[' * 9}{']' * 9}\nlong: {'x' * 30_000}\nfine: kept")

    assert article.extra == '{"fine": "kept"}'
    assert (problem.field, problem.severity) == ("deep", Severity.FIELD)
    assert "1 more" in problem.what


def test_a_body_field_is_the_body_where_no_text_follows() -> None:
    assert one("body: More of it.")[0].body == "More of it."


def test_every_problem_is_one_line_however_hostile_the_value() -> None:
    _, problems = one('quality: "a\\nb\\u2028c"\nwebUrl: "x y\\n' + "z" * 5000 + '"')

    assert [len(problem.line().splitlines()) for problem in problems] == [1, 1]
    assert all(len(problem.line()) < 250 for problem in problems)
