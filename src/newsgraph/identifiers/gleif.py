"""The golden copy of all legal entity identifiers, as GLEIF publishes it: level 1, CSV, plain or zipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.identifiers.company_record import Identifiers, checked
from newsgraph.identifiers.csv_stream import read_header, read_pieces

SOURCE = "gleif"
_LEI, _NAME, _COUNTRY = "LEI", "Entity.LegalName", "Entity.LegalAddress.Country"
_STATUS, _REGISTRATION, _CATEGORY = "Entity.EntityStatus", "Registration.RegistrationStatus", "Entity.EntityCategory"
_NEEDED = (_LEI, _NAME, _COUNTRY, _STATUS, _REGISTRATION)
# names that were entered or are written in other letters or languages: ".1" to ".5", beside which stand their language and type
_OTHER_NAME = re.compile(r"Entity\.(?:Transliterated)?OtherEntityNames\.(?:Transliterated)?OtherEntityName\.\d+")
_VALID = ("ISSUED", "LAPSED")  # a registration that was not renewed still names its entity
_HINT = "Give the level 1 file (LEI-CDF) of the golden copy as CSV, or the ZIP file that holds it."


def read_gleif(path: Path, dropped: Counter[str]) -> Iterator[tuple[int, list[Identifiers]]]:
    """Read the entities piece by piece: the rows of a piece, and the records of those that are active and registered.

    A branch is left out: it is its head office, under a name of its own. A row without a good LEI is dropped and counted, as
    every bad value is. Raises InputError where columns are missing or the file is damaged.
    """
    header = read_header(path)
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise InputError(str(path), f"has no column '{missing[0]}': it is no golden copy of GLEIF", _HINT)
    others = [column for column in header if _OTHER_NAME.fullmatch(column)]
    for piece in read_pieces(path, [*_NEEDED, _CATEGORY, *others]):
        yield piece.height, list(_records(piece.filter(_kept()), others, dropped))


def _kept() -> pl.Expr:
    branch = (pl.col(_CATEGORY) == "BRANCH").fill_null(value=False)
    return (pl.col(_STATUS) == "ACTIVE") & pl.col(_REGISTRATION).is_in(_VALID) & ~branch


def _records(kept: pl.DataFrame, others: list[str], dropped: Counter[str]) -> Iterator[Identifiers]:
    for lei, name, country, *aliases in kept.select(_LEI, _NAME, _COUNTRY, *others).iter_rows():
        row = Identifiers(name, tuple(filter(None, aliases)), legal_name=name, lei=lei, country=country, source=SOURCE)
        record = checked(row, dropped)
        if record and record.lei:
            yield record
