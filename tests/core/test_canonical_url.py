"""The canonical link: readable cases in `cases/links.md`, and what holds for any string."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgraph.core.canonical_url import address, article_key, canonical_link, host_name, link_host, read_tracking, shipped_tracking
from newsgraph.core.model import Alias

CASES = Path(__file__).parents[1] / "cases" / "links.md"
CASE = re.compile(r"- `(.+)` => (?:`(.+)`|none)")
PIECES = st.one_of(
    st.sampled_from('aé?&/%#[]@ .-"\n\x00\u202e\ud800'),
    st.sampled_from(["m.", "amp.", "www.", "example", ".com", ".cdn.ampproject.org", "google.com/amp/s/", "http://", "https://", ":80"]),
    st.sampled_from(["/c/s/", "/amp/", "amp", ".amp", ".amp.html", "..", "--", "utm_x=1", "%2f", "outputType=amp"]),
)
ANY_URL = st.one_of(
    st.text(),
    st.lists(PIECES).map("".join),
    st.lists(PIECES).map(lambda pieces: "https://" + "".join(pieces)),
    st.lists(PIECES).map(lambda pieces: "https://example.com/" + "".join(pieces)),
)
FORBIDDEN_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\xa0\ud800-\udfff]')


def cases() -> list[tuple[str, str | None]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    matches = [CASE.fullmatch(line) for line in lines if line.startswith("- ")]
    assert all(matches), "a line of the case file does not read as a case"
    return [(match[1], match[2]) for match in matches if match]


@pytest.mark.parametrize(("written", "expected"), cases())
def test_an_address_has_the_canonical_link_of_its_case(written: str, expected: str | None) -> None:
    assert canonical_link(written) == expected


@settings(deadline=None)  # a slow machine is no bug
@given(ANY_URL)
def test_no_string_makes_it_fail_and_a_canonical_link_is_its_own(url: str) -> None:
    link = canonical_link(url)

    assert link is None or canonical_link(link) == link


@settings(deadline=None)  # a slow machine is no bug
@given(ANY_URL)
def test_a_canonical_link_is_https_and_holds_only_what_an_iri_may_hold(url: str) -> None:
    link = canonical_link(url) or "https://example.com/"

    assert link.startswith("https://")
    assert not FORBIDDEN_IN_IRI.search(link)
    assert "#" not in link


@settings(deadline=None)  # a slow machine is no bug
@given(ANY_URL)
def test_an_address_that_is_a_link_is_a_usable_address_too_and_the_other_way_round(url: str) -> None:
    assert (canonical_link(url) is None) == (address(url) is None)


def test_an_address_keeps_its_amp_form() -> None:
    assert address("http://m.Example.com/a/amp/?amp") == "https://m.example.com/a/amp/?amp"


def test_a_picture_keeps_its_scheme() -> None:
    assert address("http://example.com/a b.png", secure=False) == "http://example.com/a%20b.png"


def test_tracking_parameters_are_names_starts_and_pairs() -> None:
    tracking = read_tracking("# comment\nFrom\nad_*  # all of them\nvia=mail\nrun=x*\n")

    dropped = [p for p in ("from=1", "FROM", "ad_id=2", "via=mail", "run=xy", "fromage=1", "via=web", "run=y") if tracking.holds(p)]

    assert dropped == ["from=1", "FROM", "ad_id=2", "via=mail", "run=xy"]


def test_a_list_of_ones_own_takes_the_place_of_the_shipped_one() -> None:
    assert canonical_link("https://example.com/a?utm_source=x&from=y", read_tracking("from")) == "https://example.com/a?utm_source=x"


@pytest.mark.parametrize("name", ["id", "p", "page", "article", "number", "q", "v", "story"])
def test_the_shipped_list_never_drops_what_may_number_an_article(name: str) -> None:
    assert not shipped_tracking().holds(f"{name}=1")


def test_the_host_of_a_link_has_no_www_and_no_port() -> None:
    assert link_host("https://www.example.com:8443/a") == "example.com"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("example.com", "example.com"),
        ("WWW.Example.com", "example.com"),
        ("https://www.example.com/a", "example.com"),
        ("example.com/2021/a-story", "example.com"),
        ("com/news/a-story.html", None),
        ("10.0", None),
        ("not a host", None),
        ("", None),
    ],
)
def test_a_host_name_is_found_in_a_domain_or_address(written: str, expected: str | None) -> None:
    assert host_name(written) == expected


def key_of(
    original: str | None = None,
    web: str | None = None,
    amp: str | None = None,
    cdn_amp: str | None = None,
    *,
    published: datetime | None = None,
    title: str = "A title",
) -> tuple[str, str | None, tuple[Alias, ...]]:
    return article_key(original, web, amp, cdn_amp, provider_domain="example.com", published=published, title=title)


def test_the_original_url_names_an_article_before_the_web_url() -> None:
    key, url, aliases = key_of("https://example.com/a", "https://other.example/b")

    assert (key, url, aliases) == ("https://example.com/a", "https://example.com/a", ())


def test_a_broken_original_url_leaves_the_name_to_the_web_url() -> None:
    assert key_of("javascript:void(0)", "https://example.com/b")[1] == "https://example.com/b"


def test_amp_addresses_alone_name_an_article_by_its_plain_link() -> None:
    cdn = "https://example-com.cdn.ampproject.org/c/s/example.com/a/amp/"

    assert key_of(cdn_amp=cdn)[:2] == ("https://example.com/a", "https://example.com/a")


def test_amp_addresses_are_aliases_of_the_link() -> None:
    amp, cdn = "http://example.com/a?amp", "https://example-com.cdn.ampproject.org/c/s/example.com/a?amp"

    _, _, aliases = key_of(web="https://example.com/a", amp=amp, cdn_amp=cdn)

    assert aliases == (Alias("amp", "https://example.com/a?amp"), Alias("cdn_amp", cdn))


def test_an_amp_address_equal_to_the_link_is_no_alias() -> None:
    assert key_of(web="https://example.com/a", amp="http://example.com/a")[2] == ()


def test_an_article_without_link_is_named_by_provider_day_and_title() -> None:
    day = datetime(2021, 11, 18, 6, 32, tzinfo=UTC)
    later_that_day = datetime(2021, 11, 19, 0, 30, tzinfo=timezone(timedelta(hours=1)))

    key, url, _ = key_of(published=day)

    assert re.fullmatch(r"digest:[0-9a-f]{64}", key)
    assert url is None
    assert key_of(published=later_that_day)[0] == key
    assert key not in {key_of(published=None)[0], key_of(published=day, title="Another")[0]}
