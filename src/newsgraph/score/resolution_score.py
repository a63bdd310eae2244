"""How well a graph tells what is one: companies over all texts, and articles of one story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from newsgraph.score.gold_records import GoldText
from newsgraph.score.metrics import NodesPerCompany, Resolution
from newsgraph.score.pairwise import Placed, pairwise_figure
from newsgraph.score.party_names import key
from newsgraph.score.predictions import Predictions

IDENTITY, STORIES, ALL_STORIES = "company identity", "stories", "stories, all texts"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that was grouped, and how people may find it."""

    placed: Placed
    label: str
    place: str
    aside: bool


def measure_resolution(texts: Sequence[tuple[GoldText, Predictions, bool]]) -> Resolution | None:
    """Measure what stands together over many texts, each with what is annotated, what was found, and whether it is kept aside.

    None where the texts were found in no graph. Lines of errors are made of open texts alone.
    """
    if not any(found.article for _, found, _ in texts):
        return None
    companies = [thing for number, text in enumerate(texts) for thing in _companies(number, *text)]
    articles = _articles(texts)
    told = [one for one in articles if one.label]
    figures = (
        pairwise_figure(IDENTITY, [one.placed for one in companies], len(texts)),
        pairwise_figure(STORIES, [one.placed for one in told], len(texts)),
        pairwise_figure(ALL_STORIES, [one.placed for one in articles], len(texts)) if told else None,
    )
    nodes = NodesPerCompany(len({one.placed.found for one in companies}), len({one.placed.truth for one in companies}))
    errors = (*_errors("company", _open(companies)), *_errors("story", _open(articles)))
    return Resolution(tuple(one for one in figures if one), nodes, errors)


def _companies(number: int, truth: GoldText, found: Predictions, aside: bool) -> Iterable[_Thing]:  # noqa: FBT001 - a field of a text
    """Give each annotated company with each node that it was found as in this text."""
    for entity in truth.entities:
        for company in found.companies if entity.company and not entity.optional else ():
            if entity.names & company.names:
                yield _Thing(Placed(number, key(entity.name), company.iri), entity.name, _place(truth), aside)


def _articles(texts: Sequence[tuple[GoldText, Predictions, bool]]) -> list[_Thing]:
    """Give each article once, though several documents hold it; one without a story is a story of its own."""
    order = sorted(range(len(texts)), key=lambda number: not texts[number][0].story)
    first: dict[str, int] = {}
    for number in order:
        first.setdefault(texts[number][1].article, number)
    things = []
    for iri, number in sorted(first.items(), key=lambda item: item[1]):
        truth, found, aside = texts[number]
        group = f"story {truth.story}" if truth.story else f"article {iri}"
        things.append(_Thing(Placed(number, group, found.story), truth.story, _place(truth), aside))
    return things


def _place(truth: GoldText) -> str:
    return f"{truth.doc}, {truth.part}"


def _open(things: Iterable[_Thing]) -> list[_Thing]:
    return [one for one in things if not one.aside]


def _errors(noun: str, things: Sequence[_Thing]) -> Iterable[str]:
    """Name what is split over several nodes, and the nodes that take in several."""
    for rows in _grouped(things, lambda one: one.placed.truth):
        parts = _grouped(rows, lambda one: one.placed.found)
        if len(parts) > 1:
            pieces = "; ".join(f"{_short(part[0].placed.found)} ({_places(part)})" for part in parts)
            yield f"{noun} {rows[0].label}: split into {len(parts)} nodes: {pieces}"
    for rows in _grouped(things, lambda one: one.placed.found):
        parts = _grouped(rows, lambda one: one.placed.truth)
        if len(parts) > 1:
            pieces = "; ".join(f"{part[0].label or 'none'} ({_places(part)})" for part in parts)
            yield f"{noun} node {_short(rows[0].placed.found)}: takes in {len(parts)}: {pieces}"


def _grouped(things: Iterable[_Thing], group: Callable[[_Thing], str]) -> list[list[_Thing]]:
    groups: dict[str, list[_Thing]] = defaultdict(list)
    for one in things:
        groups[group(one)].append(one)
    return [groups[name] for name in sorted(groups)]


def _places(things: Sequence[_Thing]) -> str:
    places = list(dict.fromkeys(one.place for one in things))
    more = f" and {len(places) - _SHOWN:,} more" if len(places) > _SHOWN else ""
    return f"in {'; '.join(places[:_SHOWN])}{more}"


def _short(iri: str) -> str:
    """Give the last two parts of an IRI: the kind of node and its name."""
    return "/".join(iri.split("/")[-2:])
