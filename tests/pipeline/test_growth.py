"""Twice as much of anything costs twice the work: no dimension of the input grows faster than n log n.

Work is the number of calls, and the output the number of rows of all tables; neither depends on how busy a machine is. The step from 2n to
4n is compared with that from n to 2n, so that what every build does counts for nothing: it is 2 times as large where growth is linear, and 4
times where it is quadratic.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from counted_work import counted_calls, forget_words
from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.graph_build import BuildOptions, build

FASTEST = 2.8
"""How many times the second step may be as large as the first."""
FEWEST = 200
"""Calls of the first step at least: a dimension that nothing reads would be measured in vain."""

Files = dict[str, str]
COMPANY = "companies.csv"


def _article(number: int = 0, **fields: object) -> dict[str, object]:
    named = {"title": f"Nokia buys Alcatel {number}", "webUrl": f"https://x.example/{number}", "publishedDateTime": "2024-05-01"}
    return named | fields


def _documents(*articles: dict[str, object]) -> Files:
    return {f"a{number}.json": json.dumps(article) for number, article in enumerate(articles)}


def _word(number: int) -> str:
    """Return a word of letters for a number, each another one."""
    letters = "".join("bdfgklmnprstvz"[int(digit, 14)] + "aeiou"[at % 5] for at, digit in enumerate(_digits(number)))
    return letters.capitalize()


def _digits(number: int) -> Iterable[str]:
    digits = "0123456789abcd"
    for _ in range(4):
        number, rest = divmod(number, 14)
        yield digits[rest]


def _names(count: int, end: str) -> str:
    return f"{', '.join(f'{_word(number)} Inc.' for number in range(count))} {end}"


def _feed(articles: Iterable[dict[str, object]]) -> Files:
    return {"feed.jsonl": "".join(f"{json.dumps(article)}\n" for article in articles)}


def _decisions(count: int) -> Files:
    entries = [f"- same: [{_word(number)} Inc., {_word(number + 5000)} Ltd]" for number in range(count)]
    return {**_documents(_article()), "decisions.yaml": "\n".join(entries)}


DIMENSIONS: dict[str, tuple[int, Callable[[int], Files]]] = {
    "names of a sentence": (150, lambda n: _documents(_article(excerpt=_names(n, "merge.")))),
    "one name many times in a sentence": (300, lambda n: _documents(_article(excerpt="Sanofi, " * n + "buys Owkin."))),
    "pairs of parties of a sentence": (100, lambda n: _documents(_article(excerpt="Acme Inc., Zorvex Ltd., Dunmore Corp. and " * n + "Plonk LLC merge."))),
    "sentences of an article": (60, lambda n: _documents(_article(body=" ".join(f"{_word(i)} Inc. buys {_word(i + 900)} Ltd." for i in range(n))))),
    "sentences without names": (200, lambda n: _documents(_article(body="It rained on the old town all day. " * n))),
    "days of an article": (200, lambda n: _documents(_article(body="It rained on 3 May 2021 and yesterday. " * n))),
    "sums of an article": (100, lambda n: _documents(_article(body="It cost $3 million. " * n))),
    "deals of an article with sums": (300, lambda n: _documents(_article(excerpt=". ".join(f"Zorvex{i} Ltd buys Acme{i} Inc for ${i} million" for i in range(n))))),
    "people of an article": (100, lambda n: _documents(_article(body=" ".join(f"Anna {_word(i)}, CEO of Nokia, said so." for i in range(n))))),
    "articles of a document": (40, lambda n: _feed(_article(i, title=f"{_word(i)} Inc. buys {_word(i + 900)} Ltd.") for i in range(n))),
    "documents": (40, lambda n: _documents(*(_article(i, title=f"{_word(i)} Inc. buys {_word(i + 900)} Ltd.") for i in range(n)))),
    "topics of an article": (100, lambda n: _documents(_article(topics=[f"Topic {i}" for i in range(n)]))),
    "topics up to the budget": (250, lambda n: _documents(_article(topics=[f"Topic {i}" for i in range(n)]))),
    "related items of an article": (60, lambda n: _documents(_article(related=[_article(i + 1) for i in range(n)]))),
    "pictures of an article": (100, lambda n: _documents(_article(images=[f"https://x.example/{i}.png" for i in range(n)]))),
    "unknown fields of an article": (100, lambda n: _documents(_article(**{f"field{i}": i for i in range(n)}))),
    "words of a title": (60, lambda n: _documents(_article(title=_names(n, "merge.")))),
    "words of an excerpt": (500, lambda n: _documents(_article(excerpt="rain " * n))),
    "words of a body": (500, lambda n: _documents(_article(body="rain " * n))),
    "articles on one company": (40, lambda n: _documents(*(_article(i, title=f"Nokia Oyj opens office number {_word(i)}") for i in range(n)))),
    "companies of one name": (40, lambda n: _documents(*(_article(i, title=f"Acme of {_word(i)} Inc. and Acme Inc. grow") for i in range(n)))),
    "reports of one event": (40, lambda n: _documents(*(_article(i, excerpt=f"Nokia buys Alcatel, said {_word(i)}.") for i in range(n)))),
    "copies of one text": (40, lambda n: _documents(*(_article(i, title="Nokia buys Alcatel", excerpt="It is the largest deal that the town has seen for years, the firm said on Monday in the old hall.") for i in range(n)))),
    "rows of a list of companies": (200, lambda n: {**_documents(_article()), COMPANY: "name,aliases\n" + "".join(f"{_word(i)} Inc.,{_word(i)}\n" for i in range(n))}),
    "rows of a list of names to ignore": (200, lambda n: {**_documents(_article()), "ignore.txt": "".join(f"{_word(i)}\n" for i in range(n))}),
    "rows of decisions": (30, _decisions),
}  # fmt: skip


def _build_into(graphs: list[GraphTables], folder: Path) -> None:
    graphs.append(build([folder], BuildOptions(extractor="rules")))


def _rows(graph: GraphTables) -> int:
    return sum(table.height for table in graph.tables.values())


@pytest.mark.parametrize("name", DIMENSIONS)
def test_twice_as_much_is_twice_the_work(name: str, tmp_path: Path) -> None:
    begin, make = DIMENSIONS[name]
    calls: list[int] = []
    rows: list[int] = []
    for size in (begin, begin, 2 * begin, 4 * begin):  # the first fills caches of the package's files
        folder = tmp_path / f"{len(calls)}"
        folder.mkdir()
        for file, text in make(size).items():
            (folder / file).write_text(text, encoding="utf-8")
        graphs: list[GraphTables] = []
        forget_words()
        calls.append(counted_calls(partial(_build_into, graphs, folder)))
        rows.append(_rows(graphs[0]))
    _, once, twice, four_times = calls
    assert twice - once > FEWEST
    assert four_times - twice <= FASTEST * (twice - once), f"{once:,}, {twice:,} and {four_times:,} calls"
    assert rows[3] - rows[2] <= FASTEST * max(rows[2] - rows[1], 20), f"{rows[1]:,}, {rows[2]:,} and {rows[3]:,} rows"


def test_work_that_is_quadratic_is_noticed() -> None:
    def quadratic(size: int) -> int:
        return counted_calls(lambda: [abs(one - other) for one in range(size) for other in range(size)])

    once, twice, four_times = map(quadratic, (100, 200, 400))
    assert four_times - twice > FASTEST * (twice - once)
    assert counted_calls(lambda: [abs(one) for one in range(100)]) >= 100
