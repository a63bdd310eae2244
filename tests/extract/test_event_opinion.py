"""What the reader says of an event beside its rivals."""

from __future__ import annotations

import numpy as np

from newsgraph.extract.reader.event_opinion import OPINION, UNKNOWN, EventOpinion, odds_of
from newsgraph.extract.reader.group_links import Table, key_of
from newsgraph.extract.reader.labels import LINK_AT, LINKS, PART_AT, PARTS, Link, RolePart
from newsgraph.extract.reader.sentence_opinion import SentenceOpinion

A, B, C = 0, 1, 2
SALE = Link("acquisition", "acquirer", "target")
NAMES = {"Acme": A, "Bolt": B, "Cask": C}


def table_of(*links: tuple[str, tuple[int, str], tuple[int, str], float], parts: dict[tuple[int, str, str], float] | None = None) -> Table:
    table = Table()
    for kind, one, other, chance in links:
        table.links[kind][key_of(one, other)] = chance
    table.parts = {(at, PART_AT[RolePart(kind, role)]): chance for (at, kind, role), chance in (parts or {}).items()}
    return table


def numbers(table: Table, *parties: tuple[str, str], sentences: SentenceOpinion | None = None) -> dict[str, float]:
    return EventOpinion(table, sentences or SentenceOpinion(NAMES)).of("acquisition", parties)


def test_a_sale_has_its_own_link_and_those_of_its_rivals() -> None:
    table = table_of(
        ("acquisition", (A, "acquirer"), (B, "target"), 0.9),
        ("acquisition", (C, "acquirer"), (B, "target"), 0.6),
        ("acquisition", (B, "acquirer"), (A, "target"), 0.2),
        ("merger", (A, "party"), (B, "party"), 0.4),
    )
    said = numbers(table, ("target", "Bolt"), ("acquirer", "Acme"))
    assert said["least_link"] == said["mean_link"] == odds_of(0.9)
    assert (said["rival_link"], said["rival_roles"], said["rival_type"]) == (odds_of(0.6), odds_of(0.2), odds_of(0.4))
    assert round(said["links_of_type"], 6) == 1.7


def test_the_parts_of_others_are_rivals() -> None:
    table = table_of(
        parts={
            (A, "acquisition", "acquirer"): 0.8,
            (B, "acquisition", "acquirer"): 0.7,
            (C, "acquisition", "target"): 0.6,
            (A, "layoff", "company"): 0.5,
        }
    )
    said = numbers(table, ("acquirer", "Acme"))
    assert [said[name] for name in ("least_part", "rival_part", "other_role", "other_type")] == [odds_of(p) for p in (0.8, 0.7, 0.6, 0.5)]
    assert said["least_link"] == UNKNOWN


def test_a_sentence_that_names_both_says_how_likely_they_are() -> None:
    rows = {pair: np.zeros(len(LINKS), np.float32) for pair in ((A, B), (B, C))}
    rows[A, B][LINK_AT[SALE]], rows[B, C][LINK_AT[Link("acquisition", "target", "acquirer")]] = 0.75, 0.25
    said = numbers(Table(), ("acquirer", "Acme"), ("target", "Bolt"), sentences=SentenceOpinion(NAMES, rows))
    assert said["sentence_pair"] == odds_of(0.75)
    assert said["sentence_rival_pair"] == odds_of(0.25)
    assert said["in_one_sentence"] == 1


def test_every_event_has_all_numbers_whatever_is_known() -> None:
    empty = SentenceOpinion(NAMES, {}, {A: np.zeros(len(PARTS), np.float32)})
    for parties in ([], [("acquirer", "Acme")], [("acquirer", "nobody"), ("target", "Bolt")]):
        assert set(numbers(Table(), *parties, sentences=empty)) == set(OPINION)
