"""Make `src/newsgraph/data/company_words.csv`: English for the words of other languages that say what a company is or does.

Usage: python training/make_company_words.py symbols.yml (from `resources/names` of opensanctions/rigour, MIT)

Only groups of the source are taken whose words mean one thing in a company name: bank, insurance, university. Of these, words that are
also English words, places, first names or listed companies are left out, and so is what two groups have. Usual abbreviations of
English words are added. Words such as "de" and "und" have no English: they do not count where a name is translated.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from newsgraph.core.company_names import name_key, without_accents
from newsgraph.core.lexicon import Lexicon, load_lexicon

DATA = Path(__file__).parent.parent / "src" / "newsgraph" / "data"
_FEWEST_LETTERS = 4
# English by the name of a group in the source.
_TAKEN = {
    "academy": "academy", "agency": "agency", "airport": "airport", "association": "association", "assoc": "association", "auto": "automobile",
    "bank": "bank", "bros": "brothers", "center": "center", "central": "central", "chemical": "chemical", "club": "club", "co": "company",
    "commercial": "commercial", "construction": "construction", "corp": "corporation", "electric": "electric", "electronic": "electronics",
    "energy": "energy", "fed": "federal", "fdn": "foundation", "fund": "fund", "grp": "group", "holding": "holding", "hospital": "hospital",
    "hotel": "hotel", "industry": "industry", "institute": "institute", "insurance": "insurance", "intl": "international",
    "investment": "investment", "islamic": "islamic", "lab": "laboratories", "logistics": "logistics", "media": "media", "ministry": "ministry",
    "museum": "museum", "natl": "national", "nuclear": "nuclear", "org": "organization", "reinsurance": "reinsurance", "repu": "republic",
    "service": "services", "solution": "solutions", "system": "systems", "tech": "technology", "transport": "transport",
    "university": "university",
}  # fmt: skip
# Own work here and below: what the source has among other things, or not at all, and words that do not count.
_OWN = {
    "assicurazioni": "insurance", "electricite": "electricity", "electricidad": "electricity",
    "elettricita": "electricity", "financiere": "financial", "finanziaria": "financial", "petroleos": "petroleum", "petroles": "petroleum",
    "petroleo": "petroleum", "petroli": "petroleum", "telecomunicaciones": "telecommunications", "telecomunicacoes": "telecommunications",
    "telecomunicazioni": "telecommunications", "telekommunikation": "telecommunications", "ferrocarriles": "railways", "ferrovie": "railways",
    "aerolineas": "airlines", "ruckversicherung": "reinsurance", "ruckversicherungs": "reinsurance", "versicherungs": "insurance",
    "generale": "general", "sociedade": "company", "societatea": "company",
}  # fmt: skip
# Societies, banks of one kind, what the source has by its spelling mistakes.
_LEFT_OUT = frozenset({"obshchestvo", "handelsbank", "kreditanstalt", "corpo", "corporatn", "corporaton", "corprtn", "labore", "fonds"})
_COUNTRIES = {
    "deutschland": "germany", "osterreich": "austria", "schweiz": "switzerland", "suisse": "switzerland", "svizzera": "switzerland",
    "espana": "spain", "italia": "italy", "brasil": "brazil", "polska": "poland", "nederland": "netherlands", "belgique": "belgium",
    "belgie": "belgium", "sverige": "sweden", "norge": "norway", "danmark": "denmark", "suomi": "finland", "turkiye": "turkey",
    "rossiya": "russia", "magyarorszag": "hungary", "slovensko": "slovakia", "eesti": "estonia", "latvija": "latvia", "lietuva": "lithuania",
    "hrvatska": "croatia", "srbija": "serbia", "shqiperia": "albania", "slovenija": "slovenia",
}  # fmt: skip
_SHORTENED = {
    "cmte": "committee", "comms": "communications", "constr": "construction", "ctr": "center", "ctrs": "centers", "devt": "development",
    "engrg": "engineering", "finl": "financial", "hldg": "holding", "hldgs": "holdings", "indl": "industrial", "inds": "industries",
    "orgn": "organization", "svgs": "savings", "telecoms": "telecommunications", "transp": "transportation",
}  # fmt: skip
_SMALL_WORDS = (
    "of for and in de du des del dos das la las le les el los il lo der die den von fur und van het en et di della delle dei pour para per"
)


def main() -> None:
    """Write the file."""
    symbols = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = dict(translations(symbols["org_symbols"] | symbols["org_domains"], load_lexicon())) | _OWN | _COUNTRIES | _SHORTENED
    rows |= dict.fromkeys(_SMALL_WORDS.split(), "")
    with (DATA / "company_words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "english"))
        writer.writerows(sorted(rows.items()))


def translations(groups: Mapping[str, Sequence[object]], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield words of other languages, each with the only English word that it stands for."""
    listed = {name_key(form) for entry in lexicon.companies.values() for form in (entry.name, *entry.aliases)}
    english: dict[str, set[str]] = defaultdict(set)
    for group, same in _TAKEN.items():
        for alias in groups[group]:
            english[without_accents(str(alias).casefold()).strip()].add(same)
    known = _LEFT_OUT | frozenset(_TAKEN.values()) | lexicon.words | lexicon.places | lexicon.first_names | listed
    for word, meanings in sorted(english.items()):
        if len(meanings) == 1 and word.isascii() and word.isalpha() and len(word) >= _FEWEST_LETTERS and word not in known:
            yield word, meanings.pop()


if __name__ == "__main__":
    main()
