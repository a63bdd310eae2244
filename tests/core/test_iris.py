"""Names of things: slugs, digests, event keys, bases."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.errors import InputError
from newsgraph.core.iris import DEFAULT_BASE, base_iri, digest, event_key, slug, unique_slugs


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Sanofi", "sanofi"),
        ("Nestlé", "nestle"),
        ("Marks & Spencer", "marks-spencer"),
        ("AT&T", "at-t"),
        ("  01.AI ", "01-ai"),
        ("a_b", "a-b"),
        ("삼성전자", "삼성전자"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
    ],
)
def test_a_name_becomes_a_readable_part(name: str, part: str) -> None:
    assert slug(name) == part


@given(st.text())
def test_every_name_has_a_part_that_an_iri_may_hold(name: str) -> None:
    part = slug(name)

    assert part
    assert not re.search(r"[\s<>\"{}|\\^`/#?%:]", part)


def test_a_name_without_letters_is_named_by_its_digest() -> None:
    assert slug("!!!") == digest("!!!")


def test_a_digest_is_the_first_twelve_hex_of_sha_256() -> None:
    assert digest("") == "e3b0c44298fc"


def test_an_event_is_named_as_decided() -> None:
    assert event_key("investment", ("sanofi", "owkin"), "2021-11") == digest("investment|owkin|sanofi|2021-11")
    assert event_key("layoff", ("sanofi",), "") == digest("layoff|sanofi||")


@given(st.lists(st.sampled_from(["zorbo", "zorbo-2", "zorbo-2-2", "zorbo-3"])))
def test_numbered_slugs_are_unique_and_the_first_of_equal_ones_keeps_its_own(slugs: list[str]) -> None:
    names = unique_slugs(slugs)

    assert len(set(names)) == len(slugs)
    assert all(names[slugs.index(part)] == part for part in slugs)


@pytest.mark.parametrize(
    ("text", "base"),
    [(DEFAULT_BASE, DEFAULT_BASE), ("https://a.example", "https://a.example/"), ("http://a.example/x#", "http://a.example/x#")],
)
def test_a_base_ends_where_a_name_can_begin(text: str, base: str) -> None:
    assert base_iri(text) == base


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/\x01",
        "https://a.example/\udcff",
        'https://a.example/"><script>',
        "",
        "a",
        "urn:x:",
        "https://",
        "https://a b/",
        "https://a.example/?q=",
        "javascript:alert(1)",
        "https://a.example/#x#",
    ],
)
def test_what_is_no_base_is_told(text: str) -> None:
    with pytest.raises(InputError, match="not an absolute IRI"):
        base_iri(text)
