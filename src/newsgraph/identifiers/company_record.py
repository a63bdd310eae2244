"""What a pack says of one company: its names and its identifiers, checked value by value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from newsgraph.identifiers import check_digits

LISTS = ("aliases", "tickers", "isins")
COLUMNS = ("name", "aliases", "legal_name", "lei", "tickers", "isins", "cik", "wikidata", "website", "country", "source")
IDS = ("lei", "cik", "wikidata")  # equal ids of one of these kinds mean one company

_CHECKS: dict[str, Callable[[str], str]] = {
    "lei": check_digits.lei, "cik": check_digits.cik, "wikidata": check_digits.wikidata, "website": check_digits.website, "country": check_digits.country,
}  # fmt: skip
# Control characters, halves of surrogate pairs and non-characters stand in no name and no file format takes them.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\s]+")
_LONGEST = 500  # characters of a name, as the LEI format has it


@dataclass(frozen=True, slots=True, order=True)
class Identifiers:
    """One company of a pack; every field but `name` may be empty.

    `tickers` are "EXCHANGE:SYMBOL" or "SYMBOL", `cik` has 10 digits, `wikidata` is Q and digits, `country` is ISO 3166 alpha-2,
    `source` names the sources, joined by "+".
    """

    name: str
    aliases: tuple[str, ...] = ()
    legal_name: str = ""
    lei: str = ""
    tickers: tuple[str, ...] = ()
    isins: tuple[str, ...] = ()
    cik: str = ""
    wikidata: str = ""
    website: str = ""
    country: str = ""
    source: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Give all names, each once: name, legal name, aliases."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.legal_name, *self.aliases))))

    @property
    def symbols(self) -> frozenset[str]:
        """Give the tickers without their exchanges, share classes written alike ("BRK.B")."""
        return frozenset(symbol_of(ticker) for ticker in self.tickers)


def symbol_of(ticker: str) -> str:
    """Give the symbol of a ticker: "NYSE:BRK-B" gives "BRK.B"."""
    return re.sub(r"[-/ ]", ".", ticker.rpartition(":")[2].strip().upper())


def clean(text: str) -> str:
    """Put a text on one line: control characters and runs of blanks become one blank."""
    return _UNFIT.sub(" ", text).strip()


def checked(row: Identifiers, dropped: Counter[str]) -> Identifiers | None:
    """Keep the good values of a row, each in its one form; None where no name is left.

    A bad value is left out and counted in `dropped` under its column.
    """
    texts = {column: clean(getattr(row, column)) for column in ("name", "legal_name", "source", *_CHECKS)}
    ids = {column: check(texts[column]) if texts[column] else "" for column, check in _CHECKS.items()}
    dropped.update(column for column in _CHECKS if texts[column] and not ids[column])
    name, legal_name = (_name(texts[column], column, dropped) for column in ("name", "legal_name"))
    aliases = [_name(clean(alias), "aliases", dropped) for alias in row.aliases]
    name = name or legal_name or next(filter(None, aliases), "")
    if not name:
        return None
    return replace(
        row, **ids, name=name, legal_name=legal_name, source=texts["source"],
        aliases=tuple(sorted(set(aliases) - {"", name, legal_name})),
        tickers=without_bare(_each(row.tickers, "tickers", check_digits.ticker, dropped)),
        isins=tuple(sorted(_each(row.isins, "isins", check_digits.isin, dropped))),
    )  # fmt: skip


def without_bare(tickers: Iterable[str]) -> tuple[str, ...]:
    """Sort tickers, without bare symbols that stand there with an exchange too."""
    found = set(tickers)
    placed = {ticker.partition(":")[2] for ticker in found}
    return tuple(sorted(ticker for ticker in found if ":" in ticker or ticker not in placed))


def _name(text: str, column: str, dropped: Counter[str]) -> str:
    if len(text) <= _LONGEST:
        return text
    dropped[column] += 1
    return ""


def _each(values: Iterable[str], column: str, check: Callable[[str], str], dropped: Counter[str]) -> set[str]:
    given = {text for value in values if (text := clean(value))}
    good = {text: check(text) for text in given}
    dropped[column] += sum(not value for value in good.values())
    return {value for value in good.values() if value}
