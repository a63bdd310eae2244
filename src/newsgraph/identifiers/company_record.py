"""A record of a pack: the names and identifiers of one company, each value checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from newsgraph.core import check_digits

LISTS = ("aliases", "tickers", "isins")
COLUMNS = ("name", "aliases", "legal_name", "lei", "tickers", "isins", "cik", "wikidata", "website", "country", "source")
IDS = ("lei", "cik", "wikidata")  # records with an equal id of one of these kinds are one company

_CHECKS: dict[str, Callable[[str], str]] = {
    "lei": check_digits.lei, "cik": check_digits.cik, "wikidata": check_digits.wikidata, "website": check_digits.website, "country": check_digits.country,
}  # fmt: skip
# Control characters, halves of surrogate pairs and non-characters, which no name has and no file format allows.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\s]+")
_LONGEST = 500  # characters of a name: the limit of the LEI format


@dataclass(frozen=True, slots=True, order=True)
class Identifiers:
    """One company of a pack; every field but `name` may be empty."""

    name: str
    aliases: tuple[str, ...] = ()
    legal_name: str = ""
    lei: str = ""  # ISO 17442
    tickers: tuple[str, ...] = ()  # "EXCHANGE:SYMBOL" or "SYMBOL"
    isins: tuple[str, ...] = ()  # ISO 6166
    cik: str = ""  # 10 digits
    wikidata: str = ""  # Q and digits
    website: str = ""  # web address
    country: str = ""  # ISO 3166-1 alpha-2
    source: str = ""  # names of the sources, joined by "+"

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once: name, legal name, aliases."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.legal_name, *self.aliases))))

    @property
    def symbols(self) -> frozenset[str]:
        """The tickers without their exchanges, with share classes in one form ("BRK.B")."""
        return frozenset(symbol_of(ticker) for ticker in self.tickers)


def symbol_of(ticker: str) -> str:
    """Return the symbol of a ticker: "BRK.B" for "NYSE:BRK-B"."""
    return re.sub(r"[-/ ]", ".", ticker.rpartition(":")[2].strip().upper())


def clean(text: str) -> str:
    """Replace control characters and white space by single blanks, none at the ends."""
    return _UNFIT.sub(" ", text).strip()


def check_record(row: Identifiers, dropped: Counter[str]) -> Identifiers | None:
    """Return a record with its valid values in their normal forms; None if no name is left.

    An invalid value is left out and counted in `dropped` under its column.
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
        tickers=drop_bare_symbols(_valid(row.tickers, "tickers", check_digits.ticker, dropped)),
        isins=tuple(sorted(_valid(row.isins, "isins", check_digits.isin, dropped))),
    )  # fmt: skip


def drop_bare_symbols(tickers: Iterable[str]) -> tuple[str, ...]:
    """Return tickers, sorted, without bare symbols that also occur with an exchange."""
    unique = set(tickers)
    listed = {ticker.partition(":")[2] for ticker in unique}
    return tuple(sorted(ticker for ticker in unique if ":" in ticker or ticker not in listed))


def _name(text: str, column: str, dropped: Counter[str]) -> str:
    if len(text) <= _LONGEST:
        return text
    dropped[column] += 1
    return ""


def _valid(values: Iterable[str], column: str, check: Callable[[str], str], dropped: Counter[str]) -> set[str]:
    texts = {text for value in values if (text := clean(value))}
    normal_forms = [check(text) for text in texts]
    dropped[column] += normal_forms.count("")
    return set(normal_forms) - {""}
