"""Make `src/newsgraph/data/legal_forms_in_words.csv`: legal forms of companies that are written out, in many languages.

Usage: python training/make_legal_forms.py org_types.yml (from `resources/names` of opensanctions/rigour, MIT)

Only forms of companies and partnerships are taken, and of these only what is long enough to mean nothing else: "Aktiengesellschaft",
"Joint Stock Company". Short forms are in `legal_forms.csv`, which is written by hand. Misspellings and fragments of the source that
end in a dot or a bracket are left out.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from pathlib import Path

import yaml

DATA = Path(__file__).parent.parent / "src" / "newsgraph" / "data"
_COMPANIES = frozenset({"LLC", "JSC", "LP", "LLP", "GP"})
_ONE_WORD, _WORDS = 11, 9  # least letters of a form of one word, and of several words
_MOST = 9  # words
# Forms that are names or parts of names as well: "Cooperation", "DMCC Free Zone".
_NAMES = ("incorporation", "free zone", "freezone", "economic zone", "corporate", "cooperat", "capital y", "holding")


def main() -> None:
    """Write the file."""
    types = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))["types"]
    aliases = {alias for kind in types if kind.get("generic") in _COMPANIES for alias in kind["aliases"]}
    forms = {form for alias in aliases if _is_taken(form := _folded(alias))}
    with (DATA / "legal_forms_in_words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("form",))
        writer.writerows((form,) for form in sorted(forms))


def _folded(form: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", form.casefold()) if not unicodedata.combining(letter))
    return " ".join(plain.replace("-", " ").replace("’", "'").split())


def _is_taken(form: str) -> bool:
    words = form.split()
    letters = sum(letter.isalpha() for letter in form)
    plain = all(letter.isalpha() or letter in " '" for letter in form)
    long_enough = letters >= (_WORDS if len(words) > 1 else _ONE_WORD)
    return plain and long_enough and len(words) <= _MOST and not any(name in form for name in _NAMES)


if __name__ == "__main__":
    main()
