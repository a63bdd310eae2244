"""Build ``src/newsgraph/data/companies.csv``.

Reads

* ``training/companies_curated.csv``: the hand-kept list (columns as in the output),
* the optional package ``pytickersymbols`` (MIT): names, ticker symbols, ISINs and countries only,
* ``src/newsgraph/data/words.txt``, ``places.csv`` and ``first_names.txt``: to mark names that are
  ordinary words, places or given names as needing evidence.

A package entry whose normalised name is already curated only adds its tickers and ISINs to that
row; the others become rows of their own.  Run: ``python training/make_companies.py``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from pytickersymbols import PyTickerSymbols

from newsgraph.core import check_digits

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "newsgraph" / "data"
CURATED = ROOT / "training" / "companies_curated.csv"
OUTPUT = DATA / "companies.csv"

FIELDS = (
    "name",
    "aliases",
    "tickers",
    "isin",
    "lei",
    "wikidata",
    "domain",
    "parent",
    "country",
    "needs_evidence",
)
LIST_FIELDS = ("aliases", "tickers", "isin")

COUNTRY_CODES = {
    "Argentina": "AR",
    "Australia": "AU",
    "Austria": "AT",
    "Bahamas": "BS",
    "Belgium": "BE",
    "Bermuda": "BM",
    "Brazil": "BR",
    "Canada": "CA",
    "China": "CN",
    "Denmark": "DK",
    "Finland": "FI",
    "France": "FR",
    "Germany": "DE",
    "Guernsey": "GG",
    "India": "IN",
    "Ireland": "IE",
    "Isle of Man": "IM",
    "Israel": "IL",
    "Italy": "IT",
    "Japan": "JP",
    "Jersey": "JE",
    "Luxembourg": "LU",
    "Mexico": "MX",
    "Netherlands": "NL",
    "Norway": "NO",
    "Poland": "PL",
    "Portugal": "PT",
    "Russia": "RU",
    "Russian Federation": "RU",
    "Singapore": "SG",
    "Spain": "ES",
    "Sweden": "SE",
    "Switzerland": "CH",
    "United Kingdom": "GB",
    "United States": "US",
    "United States of America": "US",
    "Uruguay": "UY",
}

# Names the package spells in its own way, and second names of curated companies.
RENAMES = {
    "Academy Sports + Outdoors": "Academy Sports",
    "arGEN-X": "Argenx",
    "AvalonBay Communities": "AvalonBay",
    "Axcelis Technologies": "Axcelis",
    "BlackLine Systems": "BlackLine",
    "Broadridge Financial Solutions": "Broadridge",
    "Brown–Forman": "Brown-Forman",
    "Bunge Global": "Bunge",
    "Carnival Corporation &": "Carnival Corporation",
    "Cellnex Telecom": "Cellnex",
    "Cinemark Theatres": "Cinemark",
    "Daiwa House Industry": "Daiwa House",
    "Deckers Brands": "Deckers",
    "Dorman products": "Dorman Products",
    "Evonik Industries": "Evonik",
    "Franklin Templeton Investments": "Franklin Templeton",
    "Hawaiian Electric Industries": "Hawaiian Electric",
    "Hikma Pharmaceuticals": "Hikma",
    "Hitachi Construction Machinery": "Hitachi Construction",
    "IHG Hotels & Resorts": "IHG",
    "IndustrivärdenC": "Industrivärden",
    "Kajima Construction": "Kajima",
    "KalmarB": "Kalmar",
    "KBC Bank": "KBC",
    "LifcoB": "Lifco",
    "MS&AD Insurance Group": "MS&AD",
    "Norfolk Southern Railway": "Norfolk Southern",
    "O'Reilly Auto Parts": "O'Reilly Automotive",
    "NOW": "NOW Inc",
    "Orpea-Gruppe": "Orpea",
    "Papa John's Pizza": "Papa John's",
    "ProSiebenSat.1 Media": "ProSiebenSat.1",
    "Secunet Security Networks": "Secunet",
    "SL Green Realty": "SL Green",
    "SMA Solar Technology": "SMA Solar",
    "Sompo Japan Nipponkoa Holdings": "Sompo",
    "Titan Tire": "Titan International",
    "TKO Group Holdings": "TKO Group",
    "Toppan Printing": "Toppan",
    "West Pharmaceutical Services": "West Pharmaceutical",
    "The Cooper": "Cooper Companies",
    "Winnebago Industries": "Winnebago",
}

# Cut short in the package, or listed as a sports club in organizations.csv.
SKIP = frozenset({"Borussia Dortmund", "The Qt"})

# Whole names that also occur as ordinary phrases in title-case headlines.
ORDINARY_PHRASES = frozenset(
    {
        "Air Lease",
        "Cable One",
        "Career Education",
        "Century Communities",
        "City Holding",
        "Community Bank, N.A.",
        "Element Solutions",
        "Extra Space Storage",
        "Forward Air",
        "Four Corners Property Trust",
        "Genuine Parts",
        "Global Net Lease",
        "Innovative Industrial Properties",
        "Installed Building Products",
        "National Beverage",
        "National Healthcare",
        "Strategic Education",
    }
)

US_STATES = frozenset(
    [
        "Alabama",
        "Alaska",
        "Arizona",
        "Arkansas",
        "California",
        "Colorado",
        "Connecticut",
        "Delaware",
        "Florida",
        "Georgia",
        "Hawaii",
        "Idaho",
        "Illinois",
        "Indiana",
        "Iowa",
        "Kansas",
        "Kentucky",
        "Louisiana",
        "Maine",
        "Maryland",
        "Massachusetts",
        "Michigan",
        "Minnesota",
        "Mississippi",
        "Missouri",
        "Montana",
        "Nebraska",
        "Nevada",
        "New Hampshire",
        "New Jersey",
        "New Mexico",
        "New York",
        "North Carolina",
        "North Dakota",
        "Ohio",
        "Oklahoma",
        "Oregon",
        "Pennsylvania",
        "Puerto Rico",
        "Rhode Island",
        "South Carolina",
        "South Dakota",
        "Tennessee",
        "Texas",
        "Utah",
        "Vermont",
        "Virginia",
        "Washington",
        "West Virginia",
        "Wisconsin",
        "Wyoming",
        "D.C.",
    ]
)

LEGAL_TAIL = re.compile(
    r"(?:,?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Company|Companies|Ltd|Limited|LLC|LP|PLC|plc"
    r"|Plc|AG|SE|SA|S\.A|S\.p\.A|SpA|NV|N\.V|BV|AB|ASA|A/S|Oyj|Oy|KGaA|GmbH|& Co|SCA|S\.C\.A"
    r"|\(publ\)|/The|Class [A-C]|Cl [A-C]|SGPS|Public|PJSC|OAO|PAO|REIT)\.?)+$"
)
NOTE_TAIL = re.compile(r"\s*\([^)]*\)\s*$")
TICKER = re.compile(r"^[A-Z0-9][A-Z0-9.\-]{0,11}$")
OTC_TICKER = re.compile(r"^[A-Z]{4}[FY]$")
# Yahoo suffixes of secondary listings, which news does not quote.
SECONDARY = (".F", ".DE", ".SG", ".MU", ".BE", ".DU", ".HM", ".HA", ".VI", ".BR", ".MX", ".SA")


def normalise(name: str) -> str:
    """Return the key under which two spellings of a company name meet."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    text = LEGAL_TAIL.sub("", text.strip()).casefold().replace("&", " and ")
    text = re.sub(r"^the\s+", "", text)
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    return re.sub(r"\s+(?:group|holdings?|international)$", "", text) or text


def strip_legal(name: str) -> str:
    """Return the name as news writes it: no remark in brackets, no legal form."""
    text = NOTE_TAIL.sub("", name.strip())
    previous = ""
    while text != previous:
        previous = text
        text = LEGAL_TAIL.sub("", text).rstrip(" ,")
    return text


def read_lines(path: Path) -> set[str]:
    """Return the case-folded lines of a word list, or nothing when it is absent."""
    if not path.exists():
        return set()
    return {line.casefold() for line in path.read_text(encoding="utf-8").splitlines() if line}


def read_curated(path: Path) -> dict[str, dict[str, Any]]:
    """Return the curated rows by name, with list cells split."""
    rows: dict[str, dict[str, Any]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for raw in csv.DictReader(handle):
            row: dict[str, Any] = dict(raw)
            for field in LIST_FIELDS:
                row[field] = [cell for cell in raw[field].split("|") if cell]
            rows[raw["name"]] = row
    return rows


def country_of(stock: dict[str, Any]) -> str:
    """Return the ISO code of a package entry's country field, which may read "City, State"."""
    place = str(stock.get("country") or "").split(",")[-1].strip()
    return "US" if place in US_STATES else COUNTRY_CODES.get(place, "")


def tickers_of(stock: dict[str, Any]) -> list[str]:
    """Return the home ticker of a package entry and its US over-the-counter symbols.

    Other dollar symbols of the package are sometimes those of another company.
    """
    found = [str(stock.get("symbol") or "")]
    for symbol in stock.get("symbols") or []:
        ticker = str(symbol.get("yahoo") or "")
        if symbol.get("currency") == "USD" and OTC_TICKER.match(ticker):
            found.append(ticker)
    unique = dict.fromkeys(ticker.strip().upper() for ticker in found)
    return [t for t in unique if TICKER.match(t) and not t.endswith(SECONDARY)][:3]


def drop_wrong_isins(rows: list[dict[str, Any]]) -> None:
    """Drop ISINs with a wrong check digit, and those of several rows but where the country is that of the ISIN."""
    owners = Counter(isin for row in rows for isin in row["isin"])
    for row in rows:
        row["isin"] = [isin for isin in row["isin"] if check_digits.isin(isin) and (owners[isin] == 1 or row["country"] == isin[:2])]


def build() -> list[dict[str, Any]]:
    """Merge the curated list with the package's entries."""
    rows = read_curated(CURATED)
    words = read_lines(DATA / "words.txt")
    names = read_lines(DATA / "first_names.txt")
    places: set[str] = set()
    if (DATA / "places.csv").exists():
        with (DATA / "places.csv").open(encoding="utf-8", newline="") as handle:
            places = {row["name"].casefold() for row in csv.DictReader(handle)}
    index: dict[str, str] = {}
    surfaces: set[str] = set()
    for name in rows:
        index.setdefault(normalise(name), name)
        surfaces.add(name.casefold())
    for name, row in rows.items():
        for alias in row["aliases"]:
            index.setdefault(normalise(alias), name)
            surfaces.add(alias.casefold())
    for stock in PyTickerSymbols().get_all_stocks():
        name = strip_legal(str(stock.get("name") or ""))
        name = RENAMES.get(name, name)
        key = normalise(name)
        if name in SKIP or len(key) == 1 or name.isdigit():
            continue
        isins = [isin for isin in stock.get("isins") or [] if re.fullmatch(r"[A-Z]{2}\w{10}", isin)]
        country = country_of(stock)
        known = index.get(key)
        if known is not None:
            row = rows[known]
            # Homonyms ("Merck", "Prudential"): a different country is a different company.
            if row["country"] and country and row["country"] != country:
                continue
            row["tickers"] = list(dict.fromkeys([*row["tickers"], *tickers_of(stock)]))
            row["isin"] = list(dict.fromkeys([*row["isin"], *isins]))
            continue
        if name.casefold() in surfaces:
            continue
        ordinary = name in ORDINARY_PHRASES or name.casefold() in words | names | places
        rows[name] = {
            "name": name,
            "aliases": [],
            "tickers": tickers_of(stock),
            "isin": isins,
            "lei": "",
            "wikidata": "",
            "domain": "",
            "parent": "",
            "country": country,
            "needs_evidence": "1" if ordinary else "0",
        }
        index[key] = name
        surfaces.add(name.casefold())
    return sorted(rows.values(), key=lambda row: (row["name"].casefold(), row["name"]))


def write(rows: list[dict[str, Any]], path: Path) -> None:
    """Write the rows as CSV with LF line ends."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(FIELDS)
        for row in rows:
            writer.writerow(["|".join(row[field]) if field in LIST_FIELDS else row[field] for field in FIELDS])


def main() -> None:
    """Build the file and say how large it is."""
    rows = build()
    drop_wrong_isins(rows)
    write(rows, OUTPUT)
    print(f"{OUTPUT.name}: {len(rows)} companies")


if __name__ == "__main__":
    main()
