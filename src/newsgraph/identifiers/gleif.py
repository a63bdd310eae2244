"""Read the golden copy of all legal entity identifiers that GLEIF publishes: level 1, CSV, plain or zipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.identifiers.company_record import Identifiers, check_record
from newsgraph.identifiers.csv_stream import read_header, read_pieces

SOURCE = "gleif"
_LEI, _NAME, _COUNTRY = "LEI", "Entity.LegalName", "Entity.LegalAddress.Country"
_STATUS, _REGISTRATION, _CATEGORY = "Entity.EntityStatus", "Registration.RegistrationStatus", "Entity.EntityCategory"
_NEEDED = (_LEI, _NAME, _COUNTRY, _STATUS, _REGISTRATION)
# Other names, and names in other scripts or languages: columns that end in ".1" to ".5"; others hold their language and type.
_OTHER_NAME = re.compile(r"Entity\.(?:Transliterated)?OtherEntityNames\.(?:Transliterated)?OtherEntityName\.\d+")
_VALID = ("ISSUED", "LAPSED")  # a registration that was not renewed still identifies its entity
_HINT = "Use the level 1 file (LEI-CDF) of the golden copy as CSV, or the ZIP file that contains it."


def read_gleif(path: Path, dropped: Counter[str]) -> Iterator[tuple[int, list[Identifiers]]]:
    """Yield, for each piece of the file, the number of its rows and the records of the active, registered entities among them.

    Branches are left out, since they are their head offices under another name. A row without a valid LEI is dropped and counted in
    `dropped`, as every invalid value is. Raises InputError if columns are missing or the file is damaged.
    """
    header = read_header(path)
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise InputError(str(path), f"has no column '{missing[0]}': it is not a golden copy of GLEIF", _HINT)
    others = [column for column in header if _OTHER_NAME.fullmatch(column)]
    for piece in read_pieces(path, [*_NEEDED, _CATEGORY, *others]):
        yield piece.height, list(_records(piece.filter(_is_registered()), others, dropped))


def _is_registered() -> pl.Expr:
    branch = (pl.col(_CATEGORY) == "BRANCH").fill_null(value=False)
    return (pl.col(_STATUS) == "ACTIVE") & pl.col(_REGISTRATION).is_in(_VALID) & ~branch


def _records(rows: pl.DataFrame, others: list[str], dropped: Counter[str]) -> Iterator[Identifiers]:
    for lei, name, country, *aliases in rows.select(_LEI, _NAME, _COUNTRY, *others).iter_rows():
        row = Identifiers(name, tuple(filter(None, aliases)), legal_name=name, lei=lei, country=country, source=SOURCE)
        record = check_record(row, dropped)
        if record and record.lei:
            yield record
