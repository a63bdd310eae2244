"""Regions of the map are named after their most linked members, each after its own."""

from __future__ import annotations

from newsgraph.explorer.node_numbers import NodeNumbers, node_numbers
from newsgraph.explorer.region_names import region_names
from sample import sample_graph


def _numbering() -> tuple[NodeNumbers, list[str]]:
    numbering = node_numbers(sample_graph())
    return numbering, numbering.frame["label"].to_list()


def test_two_regions_have_no_name_in_common() -> None:
    numbering, labels = _numbering()
    first, past = numbering.range("company")
    companies = sorted(range(first, past), key=lambda node: (-(numbering.frame["articles"][node] or 0), node))
    assert len(companies) >= 3
    lead, *rest = companies
    named = region_names(numbering, labels, [[lead, *rest[:1]], [lead, *rest[1:]]])
    assert named[0].split(", ")[0] == labels[lead]
    assert named[1].split(", ")[0] == labels[rest[1]]


def test_a_region_without_other_members_keeps_the_name() -> None:
    numbering, labels = _numbering()
    first, _ = numbering.range("company")
    assert region_names(numbering, labels, [[first], [first]]) == [labels[first]] * 2
