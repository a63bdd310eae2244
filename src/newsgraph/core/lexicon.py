"""The lists of names and words that extraction uses: shipped files and the user's own, read once and passed on as an argument.

The shipped lists are in `data/`; the user's `companies.csv` and `ignore.txt` override them.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from newsgraph.core.company_names import legal_forms_in_words, name_key, split_name
from newsgraph.core.model import Kind
from newsgraph.core.user_lists import read_user_companies, read_user_text


@dataclass(frozen=True, slots=True)
class CompanyEntry:
    """One company of a list; texts are empty if the list has no value."""

    name: str
    aliases: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    lei: str = ""  # legal entity identifier (ISO 17442)
    wikidata: str = ""  # Q and digits
    domain: str = ""  # host name
    parent: str = ""  # name of the entry of the owner
    country: str = ""  # two letters (ISO 3166)
    needs_evidence: bool = False  # true if the name is an ordinary word as well
    weak_aliases: tuple[str, ...] = ()  # those that mean other things as well: short acronyms, ordinary words
    user: bool = False  # true if the entry is in the user's own file
    isins: tuple[str, ...] = ()  # securities (ISO 6166)
    cik: str = ""  # 10 digits: number of a filer at the US Securities and Exchange Commission


@dataclass(frozen=True, slots=True)
class Phrase:
    """A listed name as texts may have it, and the entry that it belongs to."""

    kind: Kind
    name: str  # of the entry
    form: str  # this spelling: the name or an alias
    exact: bool = False  # true if case must match (acronyms, lower-case brands)
    word: bool = False  # true if the form is an ordinary word, which needs more evidence
    detail: str = ""  # the maker of a product, the kind of an organisation
    user: bool = False  # true if the entry is in the user's own file


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All lists, ready for look-up; words and keys are in lower case unless stated otherwise.

    A phrase key is the tokens of a name joined by single blanks, see `phrase_key`.
    """

    companies: dict[str, CompanyEntry]  # name -> entry, as listed
    phrases: dict[str, Phrase]  # phrase key -> phrase
    longest: dict[str, int]  # first token -> most tokens of any phrase that begins with it
    small_starts: frozenset[str]  # first tokens of forms that do not begin with a capital letter
    tickers: frozenset[tuple[str, str]]  # (ticker, name of the company), as listed
    places: frozenset[str]  # phrase keys of cities, regions, states, countries and continents
    demonyms: frozenset[str]  # "french", "german"
    first_names: frozenset[str]
    words: frozenset[str]  # ordinary English words
    legal_forms: frozenset[str]  # without dots and blanks: "gmbh", "srl"; those that are written out without accents too
    legal_ends: frozenset[str]  # last words of legal forms, without dots
    strong_tails: frozenset[str]  # words that end company names and little else: "advisors"
    weak_tails: frozenset[str]  # words that often end company names: "academy"
    descriptors: frozenset[str]  # words before a name that call it a company: "drugmaker"
    nouns: frozenset[str]  # the descriptors, and other nouns for companies
    person_words: frozenset[str]  # words before the name of a person: "analyst"
    ignored: frozenset[str]  # phrase keys and name keys of the user's ignore list
    broader_topics: dict[str, str]  # topic -> the topic above it, the latter as listed
    shared_starts: frozenset[str]  # name keys of first words that listed companies of different parents share: "delta"
    traded: frozenset[str]  # phrase keys of names of companies whose shares are traded; nothing else is known of these
    namesakes: dict[str, tuple[str, ...]]  # name key -> the listed companies of different countries that have it: Merck, Merck KGaA
    version: str  # 12 hex digits of a digest of all files: equal versions mean equal lists

    def ordinary(self, key: str) -> bool:
        """Return whether several companies may have a normalised name: a word, a place, a first name, a shared first word."""
        return key in self.words or key in self.places or key in self.first_names or key in self.shared_starts

    def company(self, name: str) -> CompanyEntry | None:
        """Return the entry of a company by its name or any listed form, None if there is no such entry."""
        entry = self.companies.get(name)
        if entry is None:
            phrase = self.phrases.get(phrase_key(name))
            entry = self.companies.get(phrase.name) if phrase and phrase.kind is Kind.COMPANY else None
        return entry


@lru_cache(maxsize=65_536)
def phrase_key(name: str) -> str:
    """Return the key of a name in `Lexicon.phrases`."""
    return " ".join(split_name(name)).casefold()


def load_lexicon(companies: Path | None = None, ignore: Path | None = None) -> Lexicon:
    """Read the shipped lists, overridden by a user's own company list and ignore list.

    Raises InputError, with the line, if a user's file cannot be read or holds what it cannot mean.
    """
    shipped = _shipped_lexicon()
    if companies is None and ignore is None:
        return shipped
    entries = dict(shipped.companies)
    entries.update({entry.name: entry for entry in _user_companies(companies)} if companies else {})
    ignored = frozenset(_user_ignored(ignore)) if ignore else frozenset[str]()
    return _assemble(entries, ignored, _digest([path for path in (companies, ignore) if path], shipped.version))


@cache
def _shipped_lexicon() -> Lexicon:
    return _assemble({entry.name: entry for entry in _shipped_companies()}, frozenset(), _digest(_data_files(), ""))


def _assemble(entries: dict[str, CompanyEntry], ignored: frozenset[str], version: str) -> Lexicon:
    phrases: dict[str, Phrase] = {}
    for phrase in (*_weak_phrases(entries.values()), *_organisation_phrases(), *_product_phrases(), *_company_phrases(entries.values())):
        key = phrase_key(phrase.form)
        if key and (phrase.user or key not in phrases or not phrases[key].user):
            phrases[key] = phrase
    for name in ignored:
        phrases.pop(name, None)
    longest: dict[str, int] = {}
    for key in phrases:
        tokens = key.split(" ")
        longest[tokens[0]] = max(longest.get(tokens[0], 0), len(tokens))
    descriptors = _table("descriptors.csv")
    places = _table("places.csv")
    tails = _table("company_tails.csv")
    legal_forms = {row["form"].casefold().replace(".", "") for row in _table("legal_forms.csv")} | legal_forms_in_words()
    return Lexicon(
        companies=entries,
        phrases=phrases,
        longest=longest,
        small_starts=frozenset(key.split(" ", 1)[0] for key, phrase in phrases.items() if not phrase.form[:1].isupper()),
        tickers=frozenset((ticker, entry.name) for entry in entries.values() for ticker in entry.tickers),
        places=frozenset(phrase_key(row["name"]) for row in places if row["kind"] not in {"demonym", "adjective"}),
        demonyms=frozenset(row["name"].casefold() for row in places if row["kind"] in {"demonym", "adjective"}),
        first_names=frozenset(line.casefold() for line in _lines("first_names.txt")),
        words=frozenset(_lines("words.txt")),
        legal_forms=frozenset(form.replace(" ", "") for form in legal_forms),
        legal_ends=frozenset(form.split(" ")[-1] for form in legal_forms),
        strong_tails=frozenset(row["word"].casefold() for row in tails if row["strength"] == "strong"),
        weak_tails=frozenset(row["word"].casefold() for row in tails if row["strength"] == "weak"),
        descriptors=frozenset(row["word"].casefold() for row in descriptors if row["kind"] == "title"),
        nouns=frozenset(row["word"].casefold() for row in descriptors if row["kind"] in {"title", "noun"}),
        person_words=frozenset(row["word"].casefold() for row in descriptors if row["kind"] == "person"),
        ignored=ignored,
        shared_starts=_shared_starts(entries.values()),
        traded=frozenset(_lines("traded_names.txt")),
        namesakes=_namesakes(entries.values()),
        broader_topics={row["topic"].casefold(): row["broader"] for row in _table("topics.csv")},
        version=version,
    )


def _shared_starts(entries: Iterable[CompanyEntry]) -> frozenset[str]:
    """Return the name keys of first words that names of companies with different parents share: Apollo, Delta, Orion."""
    parents: dict[str, set[str]] = {}
    for entry in entries:
        first, *more = entry.name.split()
        if more:
            parents.setdefault(name_key(first), set()).add(entry.parent or entry.name)
    return frozenset(word for word, owners in parents.items() if len(owners) > 1)


def _namesakes(entries: Iterable[CompanyEntry]) -> dict[str, tuple[str, ...]]:
    """Return the listed companies whose names differ in nothing but legal forms, and that have different countries, by name key."""
    by_key: dict[str, list[CompanyEntry]] = {}
    for entry in entries:
        by_key.setdefault(name_key(entry.name), []).append(entry)
    return {
        key: tuple(sorted(entry.name for entry in same))
        for key, same in by_key.items()
        if len(same) > 1 and len({entry.country for entry in same if entry.country}) == len(same)
    }


def _company_phrases(entries: Iterable[CompanyEntry]) -> Iterator[Phrase]:
    words = frozenset(_lines("words.txt"))
    for entry in entries:
        for form in _forms_of(entry):
            single = " " not in form
            listed_word = single and form.casefold() in words
            exact = form == form.lower() or (single and form.isupper() and (len(form) <= 5 or listed_word))  # noqa: PLR2004 - acronyms
            yield Phrase(Kind.COMPANY, entry.name, form, exact, entry.needs_evidence, user=entry.user)


def _weak_phrases(entries: Iterable[CompanyEntry]) -> Iterator[Phrase]:
    for entry in entries:
        for form in entry.weak_aliases:
            yield Phrase(Kind.COMPANY, entry.name, form, exact=form.isupper(), word=True)


def _forms_of(entry: CompanyEntry) -> Iterator[str]:
    """Yield the name and the aliases of an entry, those with "&" also with "and": AT and T, Procter and Gamble."""
    for form in (entry.name, *entry.aliases):
        yield form
        if "&" in form:
            yield " ".join(form.replace("&", " and ").split())


def _organisation_phrases() -> Iterator[Phrase]:
    for row in _table("organizations.csv"):
        for form in (row["name"], *_cells(row["aliases"])):
            yield Phrase(Kind.ORGANISATION, row["name"], form, exact=form.isupper(), detail=row["kind"])


def _product_phrases() -> Iterator[Phrase]:
    words = frozenset(_lines("words.txt"))
    for row in _table("products.csv"):
        for form in (row["name"], *_cells(row["aliases"])):
            yield Phrase(Kind.PRODUCT, row["name"], form, exact=form.isupper(), word=form.casefold() in words, detail=row["maker"])


def _shipped_companies() -> Iterator[CompanyEntry]:
    indian = {row["name"]: row for row in _table("companies_india.csv")}
    ciks = {row["name"]: row["cik"] for row in _table("company_identifiers.csv")}
    for row in _table("companies.csv"):
        more = indian.pop(row["name"], {})
        yield CompanyEntry(
            row["name"], (*_cells(row["aliases"]), *_cells(more.get("aliases", ""))), _cells(row["tickers"]),
            row["lei"], row["wikidata"], row["domain"], row["parent"], row["country"], row["needs_evidence"] == "1",
            _cells(more.get("weak_aliases", "")), isins=_cells(row["isin"]), cik=ciks.get(row["name"], ""),
        )  # fmt: skip
    for row in indian.values():
        weak = _cells(row["weak_aliases"])
        yield CompanyEntry(
            row["name"], _cells(row["aliases"]), country="IN", needs_evidence=row["needs_evidence"] == "1", weak_aliases=weak
        )


def _user_companies(path: Path) -> Iterator[CompanyEntry]:
    for cell in read_user_companies(path):
        yield CompanyEntry(
            cell["name"], _cells(cell["aliases"]), _cells(cell["ticker"]), cell["lei"], cell["wikidata"], cell["domain"], user=True,
        )  # fmt: skip


def _user_ignored(path: Path) -> Iterator[str]:
    for line in read_user_text(path).splitlines():
        name = line.partition("#")[0].strip()
        if name:
            yield phrase_key(name)
            yield name_key(name)


def _cells(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace(";", "|").split("|") if part.strip())


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader((files("newsgraph") / "data" / name).read_text(encoding="utf-8").splitlines()))


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _data_files() -> list[Path]:
    folder = Path(str(files("newsgraph") / "data"))
    return sorted(path for pattern in ("*.csv", "*.txt", "*.yaml") for path in folder.glob(pattern))


def _digest(paths: list[Path], start: str) -> str:
    total = hashlib.sha256(start.encode())
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]
