"""Make `src/newsgraph/data/company_identifiers.csv`: the numbers that companies of `companies.csv` have at the SEC (CIK).

Usage: python training/make_company_identifiers.py company_tickers.parquet

The file is the table of filers of the US Securities and Exchange Commission (columns cik, ticker, name), as the package edgartools has it
in `edgar/reference/data/`. A filer is a listed company if it has one of its tickers and its name begins with the same word. Where
two companies would be one filer, it is the American one that has the filer's name; where a company would be two filers, it is none.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from newsgraph.core import check_digits
from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import CompanyEntry, load_lexicon

DATA = Path(__file__).parent.parent / "src" / "newsgraph" / "data"


def main() -> None:
    """Write the file."""
    entries = load_lexicon().companies
    rows = sorted(ciks_of(list(entries.values()), pq.read_table(sys.argv[1]).to_pylist()))
    with (DATA / "company_identifiers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "cik"))
        writer.writerows(rows)


def ciks_of(entries: Sequence[CompanyEntry], filers: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the names of listed companies that are filers, each with its CIK of 10 digits."""
    by_ticker: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for filer in filers:
        by_ticker[filer["ticker"]].append(filer)
    by_cik: dict[str, list[CompanyEntry]] = defaultdict(list)
    for entry in entries:
        first_words = {_first_word(name) for name in (entry.name, *entry.aliases)}
        found = {filer["cik"] for ticker in entry.tickers for filer in by_ticker[ticker] if _first_word(filer["name"]) in first_words}
        if len(found) == 1:
            by_cik[found.pop()].append(entry)
    names = {filer["cik"]: name_key(filer["name"]) for filer in filers}
    for cik, same in by_cik.items():
        named = [entry for entry in same if entry.country == "US" and names[cik] in map(name_key, (entry.name, *entry.aliases))]
        chosen = same if len(same) == 1 else named
        if len(chosen) == 1:
            yield chosen[0].name, check_digits.cik(cik)


def _first_word(name: str) -> str:
    """Return the folded first word of a name that is not "the", so that "AMAZON COM INC" and "Amazon.com" begin alike."""
    words = name.casefold().removeprefix("the ").replace(".com", " com").replace("'", "").replace("’", "").split()
    return name_key(words[0]) if words else ""


if __name__ == "__main__":
    main()
