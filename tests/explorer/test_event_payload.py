"""What a page knows of its events: every type has words and a group, roles are in order, days are as exact as they are known."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from event_graph import CUTS, HIRE, SALE, event_graph
from newsgraph.core.vocabulary import AMOUNT_KINDS, EVENT_TYPES, ROLES
from newsgraph.explorer.event_payload import (
    GROUPS,
    event_block,
    event_details,
    event_type_words,
    first_day,
    role_label,
    sorted_roles,
)
from newsgraph.explorer.node_numbers import node_numbers


def test_every_event_type_has_a_group_and_a_short_name_of_its_own() -> None:
    words = event_type_words()
    assert set(words) == set(EVENT_TYPES)
    assert {word.group for word in words.values()} == set(GROUPS)
    assert len({word.short for word in words.values()}) == len(words)
    assert max(len(word.short) for word in words.values()) <= 12


def test_roles_are_in_the_order_of_the_vocabulary_and_read_as_words() -> None:
    roles = [role.property for role in ROLES.values()]
    assert sorted_roles(sorted(roles)) == roles
    assert [role_label(role) for role in ("ng:lead", "ng:acquirer", "ng:strange")] == ["lead investor", "acquirer", "strange"]


@pytest.mark.parametrize(
    ("when", "day"),
    [("2018", date(2018, 1, 1)), ("2018-07", date(2018, 7, 1)), ("2018-07-12", date(2018, 7, 12)), ("", None), (None, None)],
)
def test_the_first_day_of_a_day_a_month_or_a_year(when: str | None, day: date | None) -> None:
    frame = pl.DataFrame({"when": [when]}, schema={"when": pl.String})
    assert frame.select(first_day("when")).item() == day


def test_every_column_has_one_value_for_each_event() -> None:
    graph = event_graph()
    numbering = node_numbers(graph)
    block = event_block(graph, numbering)
    columns = block["events"]
    assert isinstance(columns, dict)
    assert {len(column) for column in columns.values()} == {graph["events"].height}
    first, past = numbering.range("event")
    at = numbering.frame["iri"][first:past].to_list().index(SALE)
    sale = {name: column[at] for name, column in columns.items()}
    assert (sale["when"], sale["background"], sale["part"], sale["amount"]) == ("2018-07", 1, "rocket arm", 3000000)
    assert block["amountKinds"][sale["amountOf"]] == AMOUNT_KINDS["price"]  # type: ignore[index]  # a list
    assert block["roles"] == ["acquirer", "company", "investor", "target", "seller", "party", "person", "product", "place", "position"]


def test_details_hold_the_roles_that_only_words_take_and_the_sums_beside_the_main_one() -> None:
    details: dict[tuple[str, str], list[object]] = {}
    for iri, key, value in event_details(event_graph()):
        details.setdefault((iri, key), []).append(value)
    assert details[HIRE, "roles"] == [[["position", "chief executive"]]]
    assert details[SALE, "sums"] == [[["debt", 500000, "USD"]]]
    assert (CUTS, "sums") not in details
    assert details[SALE, "whenFrom"] == ["text"]
