"""What resolving looks at in a text, read where the article is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import msgspec
import pytest

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Article
from newsgraph.resolve import ExtractedArticle, pack_signature, text_signatures
from newsgraph.resolve.copies.shingles import shingles_of
from newsgraph.resolve.copies.stems import stems
from readings import article, graph_of, report, told

TEXTS = (
    ("Acme buys Bolt for $5 million", "Acme said on Monday that it would buy Bolt, the maker of bolts in Lyon, for $5 million."),
    ("UPDATE 2-Acme buys Bolt", "Acme said on Monday that it would buy Bolt, the maker of bolts in Lyon, for $5.1 million (adds sum)."),
    ("Köln: Ärzte und Übernahme", "Ein Ärztehaus in Köln wird übernommen, sagte die Ärztekammer am Montag über die Übernahme der Praxen."),
    (
        "Day 3 of the trial",
        'The judge said: "Nobody in this room has read the whole of the report." This story has been corrected to say so.',
    ),
    ("Acme", ""),
)


def articles() -> list[Article]:
    return [article(f"n{number}", title, excerpt, days=number / 8) for number, (title, excerpt) in enumerate(TEXTS)]


def readings() -> list[ExtractedArticle]:
    return [told(one, "Acme", reports=[report("expansion", "Acme", None)]) if "Acme" in one.title else told(one) for one in articles()]


def tables(readings: Sequence[ExtractedArticle]) -> list[object]:
    graph: GraphTables = graph_of(readings)
    return [graph[name].to_dicts() for name in ("stories", "story_links", "copies", "corrections", "events")]


def test_what_was_read_with_the_articles_is_what_resolving_would_read() -> None:
    bare = readings()
    signed = [
        replace(reading, signature=pack_signature(signature))
        for reading, signature in zip(bare, text_signatures([reading.article for reading in bare]), strict=True)
    ]

    assert tables(signed) == tables(bare)


def test_the_signatures_of_many_are_those_of_each() -> None:
    assert text_signatures(articles()) == [signature for one in articles() for signature in text_signatures([one])]


@pytest.mark.parametrize("spoilt", [{"shingles": b"abc"}, {"keys": b"12345678"}, {"headline": b"\1"}, {"words": "a b", "lead": b"\1"}])
def test_a_signature_that_is_of_no_text_is_refused(spoilt: dict[str, Any]) -> None:
    (signature,) = text_signatures(articles()[:1])

    with pytest.raises(ValueError, match="not the signature of a text"):
        type(signature)(**{**msgspec.structs.asdict(signature), **spoilt})


def test_no_articles_have_no_signatures() -> None:
    assert text_signatures([]) == []


def test_words_are_counted_in_headline_lead_and_body() -> None:
    body = f"Zorvox opens a plant, and Zorvox hires. {'It will make pumps. ' * 15}Zorvox pays."
    (signature,) = text_signatures([article("a", "Zorvox wins", body)])

    at = signature.words.split().index("zorvox")
    assert (signature.headline[at], signature.lead[at], signature.body[at]) == (1, 2, 1)


def test_a_word_counts_at_most_255_times() -> None:
    (signature,) = text_signatures([article("a", "bolt " * 3000, "")])

    assert (signature.headline, signature.lead, signature.body) == (b"\xff", b"\0", b"\0")


@pytest.mark.parametrize("seed", range(20))
def test_a_text_of_ascii_is_cut_as_any_other(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    text = "".join(chance.choice([chr(code) for code in range(128)] + list(" .,12abcXYZ__")) for _ in range(200))

    assert stems(text) == stems(f"{text} \u00e9")
    assert shingles_of([text]).sizes.tolist() == [len({*zip(*(re.findall(r"\w+", text.lower())[at:] for at in range(3)), strict=False)})]
