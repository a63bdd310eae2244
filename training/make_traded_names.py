"""Make `src/newsgraph/data/traded_names.txt`: names of companies whose shares are traded, in lower case, as evidence that a name is a company's.

Usage: python training/make_traded_names.py FOLDER (database/equities of JerBouma/FinanceDatabase, MIT; only names and sizes are read)

Companies whose summary does not begin with their name are left out, for their names are those of brokers' tables ("SAMSUNG EL./25 GDRS").
So are the smallest ones, names that consist of words of the language, and single words that are given names or places.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from newsgraph.core.company_names import name_tails, strip_legal_form
from newsgraph.core.lexicon import Lexicon, load_lexicon, phrase_key
from newsgraph.extract.text.country_names import country_names

DATA = Path(__file__).parent.parent / "src" / "newsgraph" / "data"
_SMALLEST = frozenset({"", "Nano Cap"})
_SHORTEST = 3  # letters
_MOST_WORDS = 5
_REMARK = re.compile(r"\s*\((?:publ|The)\)|^PT\s|\s(?:Tbk|Bhd|Public Company)$|^(?:Public )?Joint[- ]Stock Company\s", re.IGNORECASE)


def main() -> None:
    """Write the file."""
    lexicon = load_lexicon()
    names = {key for path in sorted(Path(sys.argv[1]).glob("*.csv")) for name in _names(path) for key in _keys(name, lexicon)}
    (DATA / "traded_names.txt").write_text("".join(f"{key}\n" for key in sorted(names)), encoding="utf-8")


def _names(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["name"] for row in rows if row["market_cap"] not in _SMALLEST and row["name"] and _begins(row["summary"], row["name"])]


def _begins(summary: str, name: str) -> bool:
    return summary.casefold().startswith(name.split(maxsplit=1)[0].casefold())


def _keys(name: str, lexicon: Lexicon) -> list[str]:
    """Return the keys of a name without its legal form, and without a last word that distinguishes nothing."""
    bare, before = _REMARK.sub("", name).strip(" ,."), ""
    while bare != before:
        before, bare = bare, strip_legal_form(bare).strip(" ,.")
    key = phrase_key(bare)
    tails = name_tails()
    short = key.rpartition(" ")[0] if key.rpartition(" ")[2] in tails else ""
    return [one for one in (key, short) if one and _is_telling(one, lexicon)]


def _is_telling(key: str, lexicon: Lexicon) -> bool:
    words = key.split(" ")
    if len(words) > _MOST_WORDS or not any(letter.isalpha() for letter in key) or len(key) < _SHORTEST:
        return False
    if len(words) > 1:  # "Sovereign Cloud" may mean something else
        return any(word not in lexicon.words for word in words)
    return not (lexicon.ordinary(key) or key in lexicon.demonyms or key in country_names() or key in lexicon.nouns)


if __name__ == "__main__":
    main()
