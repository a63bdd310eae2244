"""Invented news in which something is planted that analytics must find: communities, brokers, bursts, scoops, co-investors, deals.

Usage: python benchmarks/planted.py FOLDER [--stories 300] [--seed 1] [--plain]

Stories are spread over twelve months of 2021, each a document of three to five articles in different outlets. Companies belong to communities, and nearly
all stories are about two of one community. Two brokers are in the news with companies of all communities. One company is
in many stories of the last month, one outlet is first with most of its stories, two investors put money into the same companies, and two companies are named together again and again. With --plain
nothing is planted: companies are drawn from all, outlets and days by chance.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from invented import OUTLETS, PEOPLE, PLACES, PLOTS, TOPICS, company_names, events_of
from told import Told, Truth, document

_SIZE, _COMMUNITIES = 8, 3  # companies of a community, communities
_BROKERED, _SCOOPS, _BURST = (
    0.12,
    0.8,
    14,
)  # share of stories with a broker, of the outlet's stories that it is first with, stories of the burst
_HELD = 4  # companies that both investors put money into
_TOGETHER = 5  # stories of two companies that are named together again and again, with either of them first
_INVESTS, _MONEY = 1, {0, 1, 4}  # the plot of an investment, and those of all deals
_DEALS = {"acquisition", "investment", "funding_round"}
_LEADS = {_INVESTS: "{a} said it had invested {m} in the start-up {b}."}  # what is planted must be plain to read
_ASIDES = (
    "A clerk in {p} recalled the long silence.", "The union in {p} had asked for a word on costs.", "Nobody praised the new timetable.",
    "A neighbour described a quiet winter.", "One reader in {p} measured the harbour road.", "The mayor of {p} missed the second draft.",
    "A teacher compared some early figures.", "Customers in {p} ignored the usual noise.", "The first samples went to {p} by letter.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """What is true of the news: empty where nothing is planted. `deals` are month, type and amount in dollars, or None without one."""

    communities: tuple[frozenset[str], ...]
    brokers: frozenset[str]
    burst: str
    scoops: str
    co_investors: frozenset[str]
    deals: tuple[tuple[str, str, int], ...]
    together: frozenset[str] = frozenset()

    def known(self) -> str:
        """Return all of it as one line of JSON, in order."""
        return json.dumps({name: _in_order(value) for name, value in asdict(self).items()}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Happening:
    """One story to tell."""

    number: int
    day: datetime
    plot: int
    one: str
    other: str


def planted_news(stories: int = 300, seed: int = 1, *, plain: bool = False) -> tuple[Planted, list[tuple[str, str]]]:
    """Return what is true, and the documents: file name and text."""
    chance = random.Random(seed)
    names = _distinct_names(_SIZE * _COMMUNITIES + 4, chance)
    groups = [names[start : start + _SIZE] for start in range(0, _SIZE * _COMMUNITIES, _SIZE)]
    brokers, investors = names[-4:-2], names[-2:]
    told = list(_happenings(stories, groups, brokers, investors, chance, plain=plain))
    documents, deals = [], []
    for happening in told:
        amount = chance.randint(2, 900)
        articles = _tellings(happening, amount, chance, plain=plain)
        documents.append((f"{happening.number:05d}-story.md", document(articles, sorted(chance.sample(TOPICS, 2)), chance)))
        if (kind := events_of(happening.plot, happening.one, happening.other, "x")) and kind[0][0] in _DEALS:
            deals.append((f"{happening.day:%Y-%m}", kind[0][0], amount * 1_000_000))
    if plain:
        return Planted((), frozenset(), "", "", frozenset(), tuple(sorted(deals))), documents
    communities = tuple(frozenset(group) for group in groups)
    return Planted(
        communities, frozenset(brokers), groups[0][0], OUTLETS[0], frozenset(investors), tuple(sorted(deals)), frozenset(groups[2][:2])
    ), documents


def write_planted(folder: Path, stories: int = 300, seed: int = 1, *, plain: bool = False) -> Planted:
    """Write the documents into a folder, which is made, and return what is true."""
    planted, documents = planted_news(stories, seed, plain=plain)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents:
        (folder / name).write_text(text, encoding="utf-8")
    return planted


def _in_order(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return [_in_order(part) for part in value] if isinstance(value, tuple) else value


def _distinct_names(count: int, chance: random.Random) -> list[str]:
    """Invent names that nobody takes for one another."""
    names: dict[str, str] = {}
    for name in company_names(count * 12, chance):
        if name.isascii() and " " not in name:
            names.setdefault(name[:3], name)
    more = (
        name for name in company_names(count * 40, chance) if " " not in name and name[:5] not in {known[:5] for known in names.values()}
    )
    for name in more:
        names.setdefault(name[:5], name)
    return list(names.values())[:count]


def _happenings(
    stories: int, groups: list[list[str]], brokers: list[str], investors: list[str], chance: random.Random, *, plain: bool
) -> Iterator[_Happening]:
    everyone = [*(name for group in groups for name in group), *brokers, *investors]
    used: set[tuple[int, str, str]] = set()
    number = 0
    while number < stories:
        day = _day(chance.randint(1, 12), chance)
        plot = chance.randrange(len(PLOTS) - 1)
        group = chance.choice(groups)
        if plain:
            pair = chance.sample(everyone, 2)
        elif chance.random() < _BROKERED:
            pair = [chance.choice(brokers), chance.choice(group)]
        else:
            pair = chance.sample(group, 2)
        one, other = pair
        if (plot, one, other) not in used:  # so that no two events have type and parties in common
            used.add((plot, one, other))
            yield _Happening(number, day, plot, one, other)
            number += 1
    if not plain:
        yield from _on_purpose(number, groups, investors, used, chance)


def _on_purpose(
    number: int, groups: list[list[str]], investors: list[str], used: set[tuple[int, str, str]], chance: random.Random
) -> Iterator[_Happening]:
    """Yield the stories of the burst, of the investors, and of the two companies that are named together."""
    for place in range(_BURST):
        plot, partner = place % (len(PLOTS) - 1), groups[0][1:][place % (_SIZE - 1)]
        if (plot, groups[0][0], partner) not in used:
            yield _Happening(number + place, _day(12, chance), plot, groups[0][0], partner)
    for place, (company, investor) in enumerate((company, investor) for company in groups[1][:_HELD] for investor in investors):
        yield _Happening(number + _BURST + place, _day(1 + place, chance), _INVESTS, investor, company)
    number += _BURST + 2 * _HELD
    first, second = groups[2][:2]
    for place in range(2 * _TOGETHER):
        plot, (one, other) = place // 2, (first, second) if place % 2 else (second, first)
        if (plot, one, other) not in used:
            yield _Happening(number + place, _day(1 + place, chance), plot, one, other)


def _day(month: int, chance: random.Random) -> datetime:
    """Draw a day from the middle of a month, so that "on Thursday" is a day of the same one."""
    return datetime(2021, month, chance.randint(9, 27), chance.randint(6, 18), tzinfo=UTC)


def _tellings(happening: _Happening, amount: int, chance: random.Random, *, plain: bool) -> list[Told]:
    titles, sentences = PLOTS[happening.plot]
    words = {
        "a": happening.one, "b": happening.other, "m": f"${amount} million", "p": chance.choice(PLACES), "n": chance.choice(PEOPLE), "f": "",
    }  # fmt: skip
    outlets = chance.sample(OUTLETS, chance.randint(3, 5))
    if not plain and OUTLETS[0] in outlets and chance.random() < _SCOOPS:
        outlets.sort(key=lambda outlet: outlet != OUTLETS[0])
    told = []
    for place, outlet in enumerate(outlets):
        asides = chance.sample(_ASIDES, 4)
        excerpt = " ".join(
            text.format(**words) for text in (_LEADS.get(happening.plot, sentences[0]), chance.choice(sentences[1:]), *asides)
        )
        # "gets money from" would be read as a round of its own
        title = titles[0] if place == 0 or happening.plot in _MONEY else chance.choice(titles)
        published = happening.day + timedelta(minutes=37 * place)
        truth = Truth(happening.number, events=events_of(happening.plot, happening.one, happening.other, words["m"]))
        told.append(Told(title.format(**words), excerpt, published, outlet, 10 * happening.number + place, truth))
    return told


def main() -> None:
    """Write a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="plant nothing")
    options = parser.parse_args()
    print(write_planted(options.folder, options.stories, options.seed, plain=options.plain).known())


if __name__ == "__main__":
    main()
