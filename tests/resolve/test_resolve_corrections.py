"""Which article of a copy group replaces which."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgraph.core.model import Facts
from newsgraph.ingest import find_documents, read_document
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import resolve_articles, summarize_articles
from newsgraph.resolve.copies.correction_cues import correction_cues, without_cues
from newsgraph.resolve.copies.corrections import find_corrections
from newsgraph.resolve.copies.near_copies import copy_groups, find_copies
from readings import BASE, article

WIRE = "Acme is buying the bolt maker Bolt for a sum that neither side wished to name, the two told reporters in Lyon on Thursday morning."
TITLE = "Acme buys Bolt"


def told(
    number: int, title: str = TITLE, excerpt: str = WIRE, *, outlet: str = "reuters.example", undated: bool = False
) -> ExtractedArticle:
    """Make an article published at an hour of one day."""
    more = {"published": None} if undated else {}
    return ExtractedArticle(article(f"c{number}", title, excerpt, days=number / 24, outlet=outlet, **more), Facts())


def corrections(*readings: ExtractedArticle) -> list[tuple[str, str, str, str]]:
    """Give article, superseded (short names), rule and words."""
    nodes = resolve_articles(readings, BASE)
    name = {node.iri: node.chosen.article.key[-2:] for node in nodes}
    summaries = summarize_articles(nodes)
    found = find_corrections(summaries, copy_groups([summary.iri for summary in summaries], find_copies(summaries)))
    return sorted((name[one.article], name[one.superseded], one.rule, one.words) for one in found)


def test_a_corrected_headline_replaces_what_was_published_before() -> None:
    assert corrections(told(1), told(2, f"CORRECTED-{TITLE}")) == [("c2", "c1", "correction_headline", "CORRECTED")]


def test_a_correction_replaces_nothing_that_came_later() -> None:
    assert corrections(told(1, f"CORRECTED-{TITLE}"), told(2)) == []


def test_a_correction_replaces_nothing_of_the_same_minute() -> None:
    assert (
        corrections(told(1), ExtractedArticle(article("c2", f"CORRECTED-{TITLE}", WIRE, days=1 / 24, outlet="reuters.example"), Facts()))
        == []
    )


def test_a_correction_of_another_text_replaces_nothing() -> None:
    other = (
        "Bolt, which makes bolts, becomes part of Acme; the price is a secret, as both firms said after a long night of talks in France."
    )

    assert corrections(told(1, "Bolt is sold", other), told(2, f"CORRECTED-{TITLE}")) == []


def test_a_correction_replaces_what_other_outlets_printed_of_the_text() -> None:
    found = corrections(told(1), told(2, outlet="post.example"), told(3, f"Refile-{TITLE}"))

    assert [(article, superseded) for article, superseded, _, _ in found] == [("c3", "c1"), ("c3", "c2")]


def test_another_outlets_print_of_a_correction_leaves_the_correction_in_place() -> None:
    found = corrections(told(1), told(2, f"CORRECTED-{TITLE}"), told(3, f"CORRECTED-{TITLE}", outlet="post.example"))

    assert [(article, superseded) for article, superseded, _, _ in found] == [("c2", "c1"), ("c3", "c1")]


def test_an_outlets_second_correction_replaces_its_first() -> None:
    found = corrections(told(1, f"CORRECTED-{TITLE}"), told(2, f"CORRECTED-{TITLE}"))

    assert [(article, superseded) for article, superseded, _, _ in found] == [("c2", "c1")]


def test_an_update_replaces_the_earlier_versions_of_its_own_outlet_only() -> None:
    found = corrections(told(1), told(2, outlet="post.example"), told(3, f"UPDATE 1-{TITLE}"), told(4, f"UPDATE 2-{TITLE}"))

    assert found == [
        ("c3", "c1", "update_headline", "UPDATE 1"),
        ("c4", "c1", "update_headline", "UPDATE 2"),
        ("c4", "c3", "update_headline", "UPDATE 2"),
    ]


def test_an_update_replaces_no_later_number() -> None:
    assert corrections(told(1, f"UPDATE 2-{TITLE}"), told(2, f"UPDATE 1-{TITLE}")) == []


def test_an_update_leaves_a_correction_in_place() -> None:
    assert corrections(told(1, f"CORRECTED-{TITLE}"), told(2, f"UPDATE 1-{TITLE}")) == []


def test_a_corrected_update_is_a_correction() -> None:
    found = corrections(told(1, outlet="post.example"), told(2, f"UPDATE 1-CORRECTED-{TITLE}"))

    assert found == [("c2", "c1", "correction_headline", "CORRECTED")]


def test_a_text_sent_once_more_replaces_nothing() -> None:
    assert corrections(told(1), told(2, f"RPT-{TITLE}")) == []


def test_without_a_date_nobody_replaces_or_is_replaced() -> None:
    assert corrections(told(1, undated=True), told(2, f"CORRECTED-{TITLE}"), told(3, f"CORRECTED-{TITLE}", undated=True)) == []


def test_in_the_seed_nothing_is_replaced() -> None:
    records = [record for document in find_documents([Path(__file__).parents[2] / "seeds"])[0] for record in read_document(document)[0]]

    assert corrections(*(ExtractedArticle(record, Facts()) for record in records)) == []


MARKED = [
    ("CORRECTED-Acme buys Bolt", "", "correction", "headline", "CORRECTED"),
    ("CORRECTED (OFFICIAL)-Acme buys Bolt", "", "correction", "headline", "CORRECTED (OFFICIAL)"),
    ("Correction: Acme buys Bolt", "", "correction", "headline", "Correction"),
    ("REFILE-Acme buys Bolt", "", "correction", "headline", "REFILE"),
    ("Acme buys Bolt (Corrected)", "", "correction", "headline", "(Corrected)"),
    ("(Corrects price) Acme buys Bolt", "", "correction", "headline", "(Corrects price)"),
    ("Updated: Acme buys Bolt", "", "update", "headline", "Updated"),
    ("Acme", "(Corrects the price in paragraph 2) Acme buys Bolt.", "correction", "opening", "(Corrects the price in paragraph 2)"),
    ("Acme", "(Refiles to fix the headline) Acme buys Bolt.", "correction", "opening", "(Refiles to fix the headline)"),
    ("Acme", "(Adds details) Acme buys Bolt.", "update", "opening", "(Adds details)"),
    ("Acme", "Acme buys Bolt. (This story corrects the price.)", "correction", "closing", "(This story corrects the price.)"),
    ("Acme", "Acme buys Bolt. This story has been corrected.", "correction", "closing", "This story has been corrected."),
    (
        "Acme", "Acme buys Bolt. An earlier version of this article misstated the price.", "correction", "closing",
        "An earlier version of this article misstated the price.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "excerpt", "kind", "part", "words"), MARKED, ids=lambda text: text)
def test_a_marker_is_read(title: str, excerpt: str, kind: str, part: str, words: str) -> None:
    assert [(one.kind.value, one.part, one.words) for one in correction_cues(article("a", title, excerpt))] == [(kind, part, words)]


@pytest.mark.parametrize(("title", "excerpt", "words"), [(title, excerpt, words) for title, excerpt, _, _, words in MARKED])
def test_versions_are_compared_without_their_markers(title: str, excerpt: str, words: str) -> None:
    assert words not in " ".join(without_cues(article("a", title, excerpt))[:2])


@pytest.mark.parametrize(
    "title",
    [
        "Correction-prone markets fear Acme", "Corrected earnings hurt Acme", "A correction at Acme", "Update on Acme", "Acme (Bolt)",
        "Refiled papers show what Acme paid", "Acme corrects its course (again)",
    ],
)  # fmt: skip
def test_a_headline_on_corrections_is_no_correction(title: str) -> None:
    assert correction_cues(article("a", title, "Acme adds jobs (and Bolt corrects course). This story has legs.")) == ()


def test_a_headline_that_is_nothing_but_a_marker_stays() -> None:
    assert without_cues(article("a", "(Corrected)", "UPDATE 1-"))[:2] == ("(Corrected)", "UPDATE 1-")
