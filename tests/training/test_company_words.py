"""Which words of other languages have one English word in the list of company words."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from company_units import lexicon
from make_company_words import translations
from newsgraph.core.lexicon import CompanyEntry


def translated(*listed: str, **groups: list[str]) -> dict[str, str]:
    return dict(translations(defaultdict(list, groups), lexicon(*map(CompanyEntry, listed))))


def test_words_of_other_languages_have_the_english_of_their_group() -> None:
    assert translated(bank=["banque", "Bankası", "bank", "banking", "trade bank"], hotel=["Hôtel", "albergo"]) == {
        "albergo": "hotel", "banque": "bank",
    }  # fmt: skip


def test_words_that_mean_something_else_too_are_left_out() -> None:
    groups = {"bank": ["zorvex", "obshchestvo", "paris", "bnk"], "fund": ["zorvexi"], "hotel": ["zorvexi"], "cia": ["banque"]}

    assert translated("Zorvex", **groups) == {}
    assert translated(**groups) == {"zorvex": "bank"}
