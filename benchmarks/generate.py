"""Invented news in the shape of the seed: any number of documents, the same for the same seed.

Usage: python benchmarks/generate.py FOLDER [--documents 4000] [--seed 1]

Each document is one story: a main article and about four related ones, told by different outlets in different words.
Companies, people and outlets are invented; a few companies are in the news often and most of them seldom.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsgraph.ingest import parse_document
from newsgraph.model import Article

_HEADS = (
    "Al",
    "Bor",
    "Cor",
    "Dal",
    "Els",
    "Fen",
    "Gal",
    "Hel",
    "Ister",
    "Jor",
    "Kel",
    "Lum",
    "Mar",
    "Nor",
    "Os",
    "Pel",
    "Quor",
    "Ral",
    "Sel",
    "Tar",
)
_MIDDLES = ("a", "de", "i", "lo", "mi", "no", "ra", "sta", "te", "vi", "zo", "ven")
_ENDS = ("x", "dyne", "gen", "lis", "mark", "nova", "quant", "ra", "sys", "tek", "via", "worth")
_TAILS = ("", "", "", " Robotics", " Therapeutics", " Systems", " Energy", " AI", " Labs", " Semiconductor", " Motors", " Bank")
_FORMS = ("", "", " Inc.", " Corp.", " plc", " SA", " GmbH", " Ltd.")
_OUTLETS = (
    "Daily Ledger",
    "Harbour Wire",
    "Tech Meridian",
    "Market Lantern",
    "Northern Post",
    "Chip Courier",
    "Capital Gazette",
    "The Beacon",
)
_TOPICS = ("AI", "AI in Healthcare", "AI in Finance", "Robotics", "Self-Driving Cars", "Computer Vision", "Chips")
_PLACES = ("Paris", "Berlin", "Boston", "Tokyo", "Toronto", "Singapore", "Oslo", "Madrid")
_PEOPLE = ("Anna Keller", "Marc Dubois", "Priya Nair", "Tom Ashby", "Lucia Marín", "Kenji Sato")

# Two titles and three sentences an event type; {a} and {b} are companies, {m} an amount.
_PLOTS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("{a} acquires {b} for {m}", "{a} snaps up {b}"),
     ("{a} said on Thursday it would acquire {b} for {m} in cash.", "The deal gives {a} the sensors of {b}.", "{b} was founded in {p}.")),
    (("{a} invests {m} in {b}", "{b} gets {m} from {a}"),
     ("{a} is investing {m} in {b}, the {p}-based group said.", "{b} will use the money to hire.", "{n}, who leads {b}, welcomed {a}.")),
    (("{a} and {b} partner on machine learning", "{a} teams up with {b}"),
     ("{a}{f} and {b} announced a partnership to build models together.", "Work starts in {p}.", "{n} of {b} called it a first step.")),
    (("{a} launches new vision chip", "{a} unveils chip to rival {b}"),
     ("{a} launched a chip for cameras in {p}.", "It competes with products of {b}.", "Prices were not given, {n} said.")),
    (("{b} raises {m} in Series B led by {a}", "{b} closes {m} round"),
     ("{b}{f} has raised {m} in a Series B round led by {a}.", "The start-up from {p} makes software for banks.", "{n} joins its board.")),
    (("{a} sues {b} over patents", "{b} faces lawsuit from {a}"),
     ("{a} filed a lawsuit against {b} in {p}, claiming patents on speech models.", "{b} did not comment.", "{n} will hear the case.")),
    (("Why machine learning still needs people", "What experts in {p} expect of the year"),
     ("Researchers in {p} asked a thousand readers what they expect.", "{n} thinks that little will change.", "A study found that 40% use it daily.")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One article as an outlet tells it."""

    title: str
    excerpt: str
    published: datetime
    outlet: str
    number: int

    @property
    def domain(self) -> str:
        """Give the outlet's host."""
        return self.outlet.lower().replace(" ", "") + ".example"

    @property
    def url(self) -> str:
        """Give an address of its own."""
        return f"https://www.{self.domain}/{self.published:%Y/%m}/{self.number}"


def documents(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Make documents, one after the other: file name and text."""
    chance = random.Random(seed)
    names = company_names(max(count // 3, 8), chance)
    for number in range(count):
        stories = _tellings(number, names, chance)
        yield f"{number:06d}-story.md", _document(stories, sorted(chance.sample(_TOPICS, 2)), chance)


def articles(count: int, seed: int = 1) -> list[Article]:
    """Make articles in memory: those of as many documents as it takes."""
    made: list[Article] = []
    for name, text in documents(count, seed):
        made += parse_document(text.encode(), name)[0]
        if len(made) >= count:
            break
    return made[:count]


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write documents into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents(count, seed):
        (folder / name).write_text(text, encoding="utf-8")


def company_names(count: int, chance: random.Random) -> list[str]:
    """Invent names that differ."""
    names: dict[str, None] = {}
    while len(names) < count:
        middle = "".join(chance.choices(_MIDDLES, k=chance.randint(1, 2)))
        names[chance.choice(_HEADS) + middle + chance.choice(_ENDS) + chance.choice(_TAILS)] = None
    return list(names)


def _tellings(number: int, names: list[str], chance: random.Random) -> list[Told]:
    titles, sentences = chance.choice(_PLOTS)
    # The square of an even draw: some names come often, most seldom.
    first = int(len(names) * chance.random() ** 2)
    second = int((len(names) - 1) * chance.random() ** 2)
    one, other = names[first], names[second + (second >= first)]
    words = {
        "a": one, "b": other, "m": f"${chance.randint(2, 900)} million", "p": chance.choice(_PLACES), "n": chance.choice(_PEOPLE),
        "f": chance.choice(_FORMS),
    }  # fmt: skip
    start = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=37 * number)
    told = []
    for place, outlet in enumerate(chance.sample(_OUTLETS, chance.randint(3, 7))):
        title = chance.choice(titles).format(**words)
        excerpt = " ".join(sentence.format(**words) for sentence in (sentences[0], *chance.sample(sentences[1:], chance.randint(1, 2))))
        told.append(Told(title, excerpt, start + timedelta(minutes=11 * place), outlet, 10 * number + place))
    return told


def _document(told: list[Told], topics: list[str], chance: random.Random) -> str:
    main, *related = told
    lines = ["---", "category: news", *_fields(main), f"quality: {chance.randint(1, 150)}", "heat: -1", "published: false", ""]
    lines += ["provider:", f"  name: {main.outlet}", f"  domain: {main.domain}", "", "topics:", *(f"  - {topic}" for topic in topics), ""]
    lines += ["images:", f'  - url: "https://img.{main.domain}/{main.number}.png"', "    width: 700", "    height: 450", "", "related:"]
    for one in related:
        first, *rest = _fields(one)
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
        lines += ["    provider:", f"      name: {one.outlet}", f"      domain: {one.domain}", f"    quality: {chance.randint(1, 150)}"]
    return "\n".join([*lines, "---", ""])


def _fields(told: Told) -> list[str]:
    return [
        f"title: {json.dumps(told.title, ensure_ascii=False)}",
        f"excerpt: {json.dumps(told.excerpt, ensure_ascii=False)}",
        f"publishedDateTime: {told.published:%Y-%m-%dT%H:%M:%SZ}",
        f'webUrl: "{told.url}"',
        "type: article",
    ]


def main() -> None:
    """Write a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.folder, options.documents, options.seed)
    print(f"{options.documents} documents in {options.folder}")


if __name__ == "__main__":
    main()
