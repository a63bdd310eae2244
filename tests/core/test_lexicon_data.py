"""The data files are well-formed: what a person mends in them is checked here."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Status
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.event_rules import load_event_rules, trigger_words

TABLES = (
    "companies",
    "company_tails",
    "currencies",
    "descriptors",
    "evidence",
    "legal_forms",
    "money_scales",
    "organizations",
    "places",
    "products",
    "sector_families",
    "topics",
)
NAMED = {
    "companies": "name",
    "organizations": "name",
    "currencies": "mark",
    "legal_forms": "form",
    "topics": "topic",
    "evidence": "sign",
    "money_scales": "word",
}
RULE_KEYS = {"id", "type", "pattern", "confidence", "carry", "round", "part", "total", "status", "side"}
RULES = yaml.safe_load((files("newsgraph") / "data" / "event_rules.yaml").read_text(encoding="utf-8"))


@cache
def table(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(csv.DictReader((files("newsgraph") / "data" / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def lines(name: str) -> list[str]:
    return (files("newsgraph") / "data" / name).read_text(encoding="utf-8").splitlines()


def cells(row: dict[str, Any], column: str) -> list[str]:
    return [part for part in row[column].split("|") if part]


def repeated(values: Iterable[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if count > 1)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_as_many_cells_as_there_are_columns(name: str) -> None:
    assert [row for row in table(name) if None in row or None in row.values()] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_has_blanks_at_its_ends_or_characters_nobody_sees(name: str) -> None:
    hidden = re.compile(r"[\x00-\x1f\u200b-\u200f\u202a-\u202e\ufeff]")

    assert [cell for row in table(name) for cell in row.values() if cell != cell.strip() or hidden.search(cell)] == []


@pytest.mark.parametrize(("name", "column"), sorted(NAMED.items()))
def test_names_are_there_and_stand_once(name: str, column: str) -> None:
    names = [row[column] for row in table(name)]

    assert "" not in names
    assert repeated(names) == []


def test_a_product_of_one_maker_stands_once() -> None:
    assert repeated(f"{row['name']} of {row['maker']}" for row in table("products")) == []


@pytest.mark.parametrize("name", ["companies", "organizations", "products"])
def test_no_alias_is_its_own_name_or_stands_twice_in_a_row(name: str) -> None:
    assert [row["name"] for row in table(name) if row["name"] in cells(row, "aliases") or repeated(cells(row, "aliases"))] == []


def test_no_alias_of_a_company_is_the_name_of_another() -> None:
    names = {row["name"].casefold() for row in table("companies")}

    assert [
        (row["name"], alias)
        for row in table("companies")
        for alias in cells(row, "aliases")
        if alias.casefold() in names - {row["name"].casefold()}
    ] == []


def test_a_parent_company_is_a_listed_company() -> None:
    names = {row["name"] for row in table("companies")}

    assert sorted({row["parent"] for row in table("companies")} - names - {""}) == []


def test_no_company_is_above_itself() -> None:
    above = {row["name"]: row["parent"] for row in table("companies")}

    def ancestors(name: str) -> list[str]:
        chain = [name]
        while (name := above.get(name, "")) and name not in chain:
            chain.append(name)
        return [*chain, name]

    assert [name for name in above if ancestors(name)[-1]] == []


def test_a_maker_is_a_listed_company_or_none() -> None:
    names = {row["name"] for row in table("companies")} | {row["name"] for row in table("organizations")}

    assert sorted({row["maker"] for row in table("products")} - names - {""}) == []


@pytest.mark.parametrize(
    ("column", "form"),
    [
        ("tickers", r"[A-Z0-9][A-Z0-9.&/ -]{0,11}"), ("lei", r"[A-Z0-9]{18}[0-9]{2}"), ("isin", r"[A-Z]{2}[A-Z0-9]{9}[0-9]"), ("wikidata", r"Q[1-9][0-9]*"),
        ("country", r"[A-Z]{2}"), ("domain", r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"), ("needs_evidence", r"[01]"),
    ],
)  # fmt: skip
def test_identifiers_of_companies_have_their_form(column: str, form: str) -> None:
    values = {cell for row in table("companies") for cell in cells(row, column)}

    assert sorted(value for value in values if not re.fullmatch(form, value)) == []


def test_the_check_digits_of_every_lei_hold() -> None:
    leis = [row["lei"] for row in table("companies") if row["lei"]]

    assert [lei for lei in leis if int("".join(str(int(c, 36)) for c in lei)) % 97 != 1] == []


def test_currencies_are_iso_codes() -> None:
    assert sorted({row["currency"] for row in table("currencies") if not re.fullmatch(r"[A-Z]{3}", row["currency"])}) == []


@pytest.mark.parametrize(
    ("name", "column", "allowed"),
    [("descriptors", "kind", {"title", "noun", "person"}), ("company_tails", "strength", {"strong", "weak"})],
)
def test_kinds_are_those_that_are_read(name: str, column: str, allowed: set[str]) -> None:
    assert {row[column] for row in table(name)} == allowed


def test_a_word_describes_in_one_way_only() -> None:
    assert repeated(f"{row['word'].casefold()} as {row['kind']}" for row in table("descriptors")) == []


def test_weights_of_evidence_are_numbers_that_were_seen() -> None:
    assert [row["sign"] for row in table("evidence") if not (abs(float(row["weight"])) < 20 and int(row["seen"]) > 0)] == []


def test_a_broader_topic_is_not_the_topic_itself() -> None:
    assert [row["topic"] for row in table("topics") if not row["broader"] or row["broader"].casefold() == row["topic"].casefold()] == []


def test_no_topic_lies_above_itself() -> None:
    broader = {row["topic"].casefold(): row["broader"].casefold() for row in table("topics")}
    for topic in broader:
        path = [topic]
        while (above := broader.get(path[-1])) and above not in path:
            path.append(above)
        assert above is None, path


def test_the_tree_of_topics_has_the_seventeen_roots_of_news() -> None:
    broader = {row["topic"].casefold(): row["broader"].casefold() for row in table("topics")}

    assert len(set(broader.values()) - broader.keys()) == 17


def test_families_hold_sectors_that_descriptions_have() -> None:
    assert {row["sector"] for row in table("sector_families")} == {row["sector"] for row in table("sectors")}
    assert repeated(f"{row['family']}: {row['sector']}" for row in table("sector_families")) == []


def test_scales_of_money_are_powers_of_ten() -> None:
    assert [row["word"] for row in table("money_scales") if not re.fullmatch("10+", row["factor"])] == []


@pytest.mark.parametrize("name", ["words.txt", "first_names.txt", "tracking_parameters.txt"])
def test_lists_of_words_hold_each_once(name: str) -> None:
    words = [line.partition("#")[0].strip() for line in lines(name)]

    assert repeated(word for word in words if word) == []


def test_common_words_are_in_lower_case() -> None:
    assert [word for word in lines("words.txt") if not word.startswith("#") and word != word.lower()] == []


def test_every_rule_has_an_id_of_its_own() -> None:
    assert repeated(rule["id"] for rule in RULES["rules"]) == []


def test_every_rule_says_only_what_is_read() -> None:
    assert [
        rule["id"] for rule in RULES["rules"] if set(rule) - RULE_KEYS or not {"id", "type", "pattern", "confidence"} <= set(rule)
    ] == []


def test_every_rule_is_of_a_known_type() -> None:
    assert {rule["type"] for rule in RULES["rules"]} <= set(EVENT_TYPES) - {"deal"}


def test_confidences_of_rules_are_shares() -> None:
    assert [rule["id"] for rule in RULES["rules"] if not 0 < rule["confidence"] < 1] == []


def test_every_rule_compiles() -> None:
    assert sorted(rule.id for rule in load_event_rules().rules) == sorted(rule["id"] for rule in RULES["rules"])


def test_every_set_of_words_that_is_used_is_there() -> None:
    used = {name for rule in RULES["rules"] for name in re.findall(r"\{=(\w+)\}", rule["pattern"])}

    assert used - set(RULES["sets"]) == set()


@pytest.mark.parametrize("rule", RULES["rules"], ids=lambda rule: str(rule["id"]))
def test_a_rule_has_trigger_words_and_captures_a_party(rule: dict[str, Any]) -> None:
    pattern = rule["pattern"]
    for name, words in RULES["sets"].items():
        pattern = pattern.replace("{=" + name + "}", words)

    words = trigger_words(pattern) - {"$"}  # money is no word

    assert words
    assert [word for word in words if not re.fullmatch(r"[a-z0-9'/-]+", word)] == []
    assert re.search(r"\{[SOP]\}", pattern) or rule.get("carry") == "both"


def test_cues_of_a_status_are_of_a_status_and_compile() -> None:
    cues = yaml.safe_load((files("newsgraph") / "data" / "status_cues.yaml").read_text(encoding="utf-8"))

    assert set(cues) == set(Status) - {Status.ANNOUNCED} | {"announcement"}
    words = {status: pattern for status, pattern in cues.items() if status != "announcement"}
    assert [status for status, pattern in words.items() if not re.compile(pattern).search(pattern.split("|")[0].replace("?", ""))] == []


@pytest.mark.parametrize("name", ["amount_cues.yaml", "clause_cues.yaml", "detail_cues.yaml", "status_cues.yaml"])
def test_cues_compile_and_none_is_empty(name: str) -> None:
    cues = yaml.safe_load((files("newsgraph") / "data" / name).read_text(encoding="utf-8"))

    assert [name for name, pattern in cues.items() if re.compile(f"(?:{pattern})").fullmatch("")] == []


def test_cues_of_totals_compile_and_parts_are_events_between_two_companies() -> None:
    cues = yaml.safe_load((files("newsgraph") / "data" / "total_cues.yaml").read_text(encoding="utf-8"))
    types = cues.pop("part_types")

    assert [name for name, pattern in (cues | types).items() if re.compile(f"(?:{pattern})").fullmatch("")] == []
    assert [name for name in types if name not in EVENT_TYPES or not EVENT_TYPES[name].object_role] == []


def test_every_listed_company_is_found_by_its_name_and_by_its_aliases() -> None:
    lexicon = load_lexicon()
    rows = table("companies")

    assert [row["name"] for row in rows if not set(cells(row, "aliases")) <= set(lexicon.companies[row["name"]].aliases)] == []
    assert [row["name"] for row in rows if not name_key(row["name"])] == []


def test_companies_listed_in_india_add_short_forms_to_listed_companies_and_acronyms_that_need_evidence() -> None:
    lexicon = load_lexicon()

    assert lexicon.companies["Adani Group"].aliases[:2] == ("Adani", "Adani Enterprises")
    assert lexicon.companies["Reliance Industries"].weak_aliases == ("RIL",)
    assert lexicon.phrases["ril"].word
    assert [row["name"] for row in table("companies_india") if row["name"] not in lexicon.companies] == []
    names = [name for row in table("companies_india") for name in (row["name"], *cells(row, "aliases"), *cells(row, "weak_aliases"))]
    assert len(names) == len(set(names))
