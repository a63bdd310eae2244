"""How well a graph resolves: which mentions are one company over all texts, and which articles are one story."""

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
class _Item:
    """One item of a clustering, with a label, and the place of its text for people."""

    placed: Placed
    label: str
    place: str
    is_held_out: bool


def measure_resolution(texts: Sequence[tuple[GoldText, Predictions, bool]]) -> Resolution | None:
    """Measure resolving over many texts, each with what is annotated, what was found, and whether it is held out.

    Returns None if the predictions are not from a graph. Lines of errors are about open texts only.
    """
    if not any(predictions.article for _, predictions, _ in texts):
        return None
    companies = [item for number, text in enumerate(texts) for item in _companies(number, *text)]
    articles = _articles(texts)
    in_stories = [article for article in articles if article.label]
    figures = (
        pairwise_figure(IDENTITY, [company.placed for company in companies], len(texts)),
        pairwise_figure(STORIES, [article.placed for article in in_stories], len(texts)),
        pairwise_figure(ALL_STORIES, [article.placed for article in articles], len(texts)) if in_stories else None,
    )
    nodes = NodesPerCompany(len({item.placed.found for item in companies}), len({item.placed.truth for item in companies}))
    errors = (*_errors("company", _open(companies)), *_errors("story", _open(articles)))
    return Resolution(tuple(figure for figure in figures if figure), nodes, errors)


def _companies(number: int, truth: GoldText, predictions: Predictions, is_held_out: bool) -> Iterable[_Item]:  # noqa: FBT001 - a field
    """Yield each annotated company with each node that it was found as in this text."""
    for entity in truth.entities:
        for company in predictions.companies if entity.company and not entity.optional else ():
            if entity.names & company.names:
                yield _Item(Placed(number, key(entity.name), company.iri), entity.name, _place(truth), is_held_out)


def _articles(texts: Sequence[tuple[GoldText, Predictions, bool]]) -> list[_Item]:
    """Return each article once, even if several documents hold it; an article without a story is a story by itself."""
    order = sorted(range(len(texts)), key=lambda number: not texts[number][0].story)
    first: dict[str, int] = {}
    for number in order:
        first.setdefault(texts[number][1].article, number)
    items = []
    for iri, number in sorted(first.items(), key=lambda item: item[1]):
        truth, predictions, is_held_out = texts[number]
        group = f"story {truth.story}" if truth.story else f"article {iri}"
        items.append(_Item(Placed(number, group, predictions.story), truth.story, _place(truth), is_held_out))
    return items


def _place(truth: GoldText) -> str:
    return f"{truth.doc}, {truth.part}"


def _open(items: Iterable[_Item]) -> list[_Item]:
    return [item for item in items if not item.is_held_out]


def _errors(noun: str, items: Sequence[_Item]) -> Iterable[str]:
    """Yield lines about what is split over several nodes, and about nodes that merge several."""
    for rows in _grouped(items, lambda item: item.placed.truth):
        parts = _grouped(rows, lambda item: item.placed.found)
        if len(parts) > 1:
            pieces = "; ".join(f"{_short(part[0].placed.found)} ({_places(part)})" for part in parts)
            yield f"{noun} {rows[0].label}: split into {len(parts)} nodes: {pieces}"
    for rows in _grouped(items, lambda item: item.placed.found):
        parts = _grouped(rows, lambda item: item.placed.truth)
        if len(parts) > 1:
            pieces = "; ".join(f"{part[0].label or 'none'} ({_places(part)})" for part in parts)
            yield f"{noun} node {_short(rows[0].placed.found)}: merges {len(parts)}: {pieces}"


def _grouped(items: Iterable[_Item], group: Callable[[_Item], str]) -> list[list[_Item]]:
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        groups[group(item)].append(item)
    return [groups[name] for name in sorted(groups)]


def _places(items: Sequence[_Item]) -> str:
    places = list(dict.fromkeys(item.place for item in items))
    more = f" and {len(places) - _SHOWN:,} more" if len(places) > _SHOWN else ""
    return f"in {'; '.join(places[:_SHOWN])}{more}"


def _short(iri: str) -> str:
    """Return the last two parts of an IRI: the kind of node and its name."""
    return "/".join(iri.split("/")[-2:])
