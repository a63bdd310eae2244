"""The rows of a small part of a graph as plain Python, found by their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter

from newsgraph.core.row_lookup import Row


class ArticleTexts:
    """The texts of articles by IRI, empty where they are left out, read when they are asked for: many at once, or one by one."""

    def __init__(self, read: Callable[[Collection[str]], Iterable[tuple[str, str | None]]] = lambda _: ()) -> None:
        """`read` returns articles with their texts, in any order."""
        self._read, self._known = read, dict[str, str]()

    def load(self, articles: Iterable[str]) -> None:
        """Read texts that are about to be asked for; what is no article has no text."""
        missing = set(articles) - self._known.keys()
        if missing:
            self._known |= dict.fromkeys(missing, "") | {article: text or "" for article, text in self._read(missing)}

    def __call__(self, article: str) -> str:
        """Return the text of an article."""
        if article not in self._known:
            self.load((article,))
        return self._known[article]


class NearbyRows:
    """Rows by table; what a table lacks is empty. Over a few hundred rows, this is many times faster than a filter of a data frame.

    The rows of articles are without their texts, which `text` returns.
    """

    def __init__(self, tables: Mapping[str, list[Row]], text: ArticleTexts) -> None:
        """Index nothing yet; rows keep their order."""
        self._tables, self.text = tables, text
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[object, list[int]]] = {}

    def __getitem__(self, table: str) -> list[Row]:
        """Return all rows of a table."""
        return self._tables.get(table, [])

    def where(self, table: str, **values: str) -> list[Row]:
        """Return the rows that have all of some values, by column.

        >>> rows = NearbyRows({"mentions": [{"article": "a", "company": "x"}, {"article": "b", "company": "x"}]}, ArticleTexts())
        >>> rows.where("mentions", company="x", article="b")
        [{'article': 'b', 'company': 'x'}]
        """
        data, key = self[table], tuple(values.values())
        return [data[number] for number in self._index(table, tuple(values)).get(key if len(key) > 1 else key[0], ())]

    def among(self, table: str, column: str, values: Iterable[str]) -> list[Row]:
        """Return the rows that have one of some values in a column, in the order of the table."""
        data, index = self[table], self._index(table, (column,))
        return [data[number] for number in sorted(number for value in set(values) for number in index.get(value, ()))]

    def _index(self, table: str, columns: tuple[str, ...]) -> dict[object, list[int]]:
        index = self._indexes.get((table, columns))
        if index is None:
            index = self._indexes[table, columns] = defaultdict(list)
            for number, key in enumerate(map(itemgetter(*columns), self[table])):
                index[key].append(number)
        return index
