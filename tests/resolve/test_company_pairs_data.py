"""The pairs in `cases/company_pairs.jsonl` are well-formed: one name in each of two texts, and whether one company is meant.

Nothing here prints a pair: those marked `aside` are for measuring, not for reading while the resolver is worked on.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

PAIRS = Path(__file__).parents[1] / "cases" / "company_pairs.jsonl"
KEYS = {"id", "kind", "same", "a", "b", "why"}
KINDS = {
    *("legal form", "case", "punctuation", "accents", "possessive", "ampersand", "blanks", "tail", "acronym", "ticker"),
    *("short name", "former name", "parent and division", "near name", "typo", "domain", "homonym", "same spelling"),
}
FEWEST_WORDS, MOST_WORDS = 12, 45
"""Of a headline and its excerpt; the excerpt alone has the fewest too."""

Pair = dict[str, Any]


def pairs() -> list[Pair]:
    """Read the pairs in the order of the file."""
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def sides() -> list[tuple[str, dict[str, str]]]:
    """Give both sides of every pair with its id."""
    return [(pair["id"], pair[side]) for pair in pairs() for side in "ab"]


def of_kind(kind: str) -> list[Pair]:
    return [pair for pair in pairs() if pair["kind"] == kind]


def is_named(side: dict[str, str]) -> bool:
    """Tell whether the name stands in the title or the excerpt as whole words."""
    whole = re.compile(rf"(?<!\w){re.escape(side['name'])}(?!\w)")
    return any(whole.search(side[part]) for part in ("title", "excerpt"))


def test_every_pair_has_the_keys_of_a_pair() -> None:
    assert [pair["id"] for pair in pairs() if set(pair) - {"aside"} != KEYS] == []
    assert [key for key, side in sides() if set(side) != {"title", "excerpt", "name"}] == []


def test_no_id_is_used_twice() -> None:
    assert [key for key, count in Counter(pair["id"] for pair in pairs()).items() if count > 1] == []


def test_no_text_is_used_twice() -> None:
    assert [text for text, count in Counter(side["title"] for _, side in sides()).items() if count > 1] == []


def test_every_name_stands_in_its_text() -> None:
    assert [key for key, side in sides() if not is_named(side)] == []


def test_every_text_has_the_length_of_a_news_item() -> None:
    short = [key for key, side in sides() if len(side["excerpt"].split()) < FEWEST_WORDS]
    long = [key for key, side in sides() if len(f"{side['title']} {side['excerpt']}".split()) > MOST_WORDS]
    assert (short, long) == ([], [])


def test_the_pairs_are_of_the_agreed_kinds() -> None:
    assert {pair["kind"] for pair in pairs()} == KINDS


def test_there_are_200_pairs_of_names_and_50_of_either_spelling_trap() -> None:
    assert Counter(pair["id"][0] for pair in pairs()) == {"p": 200, "h": 50, "s": 50}


def test_neither_answer_prevails_among_the_pairs_of_names() -> None:
    same = sum(pair["same"] for pair in pairs() if pair["id"].startswith("p"))
    assert 60 <= same <= 100


def test_homonyms_are_one_spelling_of_two_companies() -> None:
    assert [pair["id"] for pair in of_kind("homonym") if pair["same"] or pair["a"]["name"] != pair["b"]["name"]] == []


def test_same_spellings_are_one_spelling_of_one_company() -> None:
    assert [pair["id"] for pair in of_kind("same spelling") if not pair["same"] or pair["a"]["name"] != pair["b"]["name"]] == []


def test_a_fixed_third_is_marked_aside() -> None:
    marked = {pair["id"] for pair in pairs() if pair.get("aside") is True}
    assert marked == {pair["id"] for pair in pairs() if zlib.crc32(pair["id"].encode()) % 3 == 0}
