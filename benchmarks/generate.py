"""Invented news in the shape of the seed: any number of documents, the same for the same seed.

Usage: python benchmarks/generate.py FOLDER [--documents 4000] [--seed 1] [--mixed] [--truth FILE.jsonl]

Each document is one story: a main article and about four related ones, told by different outlets in different words.
Companies, people and outlets are invented; a few companies are in the news often and most of them seldom. With --mixed,
stories run over several documents, companies have several forms of name, and some of the articles are copies (`mixture`).
With --truth, a file tells for each article its story, its original, its companies and its events (`told.Truth`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from invented import FORMS, OUTLETS, PEOPLE, PLACES, PLOTS, TOPICS, company_names, drawn_pair, events_of
from mixture import mixed_documents
from newsgraph.core.model import Article
from newsgraph.ingest import parse_document
from told import Told, Truth, document


def documents(count: int, seed: int = 1, *, mixed: bool = False) -> Iterator[tuple[str, str]]:
    """Make documents, one after the other: file name and text."""
    for name, _, text in told_documents(count, seed, mixed=mixed):
        yield name, text


def told_documents(count: int, seed: int = 1, *, mixed: bool = False) -> Iterator[tuple[str, list[Told], str]]:
    """Make documents, one after the other: file name, the articles with what is true of them, and text."""
    chance = random.Random(seed)
    names = company_names(max(count // 3, 8), chance)
    plain = (_tellings(number, names, chance) for number in range(count))
    for number, told in enumerate(islice(mixed_documents(names, chance), count) if mixed else plain):
        yield f"{number:06d}-story.md", told, document(told, sorted(chance.sample(TOPICS, 2)), chance)


def articles(count: int, seed: int = 1, *, mixed: bool = False) -> list[Article]:
    """Make articles in memory: those of as many documents as it takes."""
    made: list[Article] = []
    for name, text in documents(count, seed, mixed=mixed):
        made += parse_document(text.encode(), name)[0]
        if len(made) >= count:
            break
    return made[:count]


def write(folder: Path, count: int, seed: int = 1, *, mixed: bool = False) -> list[Told]:
    """Write documents into a folder, which is made; give the articles that they hold, each once."""
    folder.mkdir(parents=True, exist_ok=True)
    known: dict[str, Told] = {}
    for name, told, text in told_documents(count, seed, mixed=mixed):
        (folder / name).write_text(text, encoding="utf-8")
        known |= {one.url: one for one in told}
    return list(known.values())


def write_truth(path: Path, told: Iterable[Told]) -> None:
    """Write what is true of articles, a line each."""
    path.write_text("".join(f"{one.known()}\n" for one in told), encoding="utf-8")


def _tellings(number: int, names: list[str], chance: random.Random) -> list[Told]:
    """Tell one story in one document, with names as they are and no copies on purpose."""
    plot = chance.choice(range(len(PLOTS)))
    titles, sentences = PLOTS[plot]
    one, other = drawn_pair(names, chance)
    words = {
        "a": one, "b": other, "m": f"${chance.randint(2, 900)} million", "p": chance.choice(PLACES), "n": chance.choice(PEOPLE),
        "f": chance.choice(FORMS),
    }  # fmt: skip
    start = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=37 * number)
    told = []
    for place, outlet in enumerate(chance.sample(OUTLETS, chance.randint(3, 7))):
        title = chance.choice(titles).format(**words)
        excerpt = " ".join(sentence.format(**words) for sentence in (sentences[0], *chance.sample(sentences[1:], chance.randint(1, 2))))
        companies = tuple((name, name) for name in (one, other) if name in f"{title} {excerpt}")
        truth = Truth(number, companies=companies, events=events_of(plot, one, other, words["m"]))
        told.append(Told(title, excerpt, start + timedelta(minutes=11 * place), outlet, 10 * number + place, truth))
    return told


def main() -> None:
    """Write a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mixed", action="store_true", help="copies, forms of names, stories over several documents")
    parser.add_argument("--truth", type=Path, metavar="FILE.jsonl")
    options = parser.parse_args()
    told = write(options.folder, options.documents, options.seed, mixed=options.mixed)
    if options.truth:
        write_truth(options.truth, told)
    print(f"{options.documents} documents in {options.folder}")


if __name__ == "__main__":
    main()
