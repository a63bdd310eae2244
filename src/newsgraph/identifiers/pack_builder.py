"""Build a pack from files of several sources, and report what was read, merged and dropped."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.identifiers import gleif, sec, wikidata
from newsgraph.identifiers.company_record import Identifiers
from newsgraph.identifiers.pack_file import PIECE_ROWS, check_suffix, frame_of, write_table
from newsgraph.identifiers.record_folding import fold_records
from newsgraph.identifiers.record_search import read_pack, records_of

OWN = "own"


@dataclass(frozen=True, slots=True)
class SourceCount:
    """Counts of the files of one source."""

    source: str
    rows: int  # in the files
    kept: int  # records made of them


@dataclass(frozen=True, slots=True)
class PackReport:
    """Counts of a pack that was built."""

    records: int  # in the pack
    sources: tuple[SourceCount, ...]
    folded: int  # records that were merged into others
    apart: int  # records that share an id with others but stay separate, because other ids contradict
    dropped: tuple[tuple[str, int], ...]  # (column, number of invalid values), sorted


def make_pack(
    path: Path, gleif_files: Sequence[Path] = (), sec_files: Sequence[Path] = (), wikidata_files: Sequence[Path] = (), own: Sequence[Path] = (),
) -> PackReport:  # fmt: skip
    """Build a pack, CSV or Parquet by suffix, from files of GLEIF, the SEC and Wikidata, and from the user's own packs.

    The same files in any order give the same bytes. Records of GLEIF are stored in the folder of `path` meanwhile, so that memory does
    not grow with them. Raises InputError if a file cannot be read or is of another kind.
    """
    _check(path, [*gleif_files, *sec_files, *wikidata_files, *own])
    dropped: Counter[str] = Counter()
    counts: list[SourceCount] = []
    small = [*_own(own, counts, dropped), *_sec(sec_files, counts, dropped), *_wikidata(wikidata_files, counts, dropped)]
    with TemporaryDirectory(prefix=".partial-", dir=path.parent) as folder:
        parts, gleif_counts = _spool(gleif_files, Path(folder), dropped)
        counts.extend(gleif_counts)
        large = pl.scan_parquet(parts) if parts else frame_of([]).lazy()
        shared = _shared(large, small)
        folded = fold_records([*small, *records_of(large.filter(pl.col("lei").is_in(shared)).collect())])
        rest = large.filter(~pl.col("lei").is_in(shared))
        write_table(pl.concat([rest, frame_of(folded.records).lazy()]), path)
        records = len(folded.records) + rest.select(pl.len()).collect().item()
    return PackReport(
        records, tuple(sorted(counts, key=lambda count: count.source)), folded.folded, folded.apart, tuple(sorted((+dropped).items()))
    )


def _check(path: Path, files: Sequence[Path]) -> None:
    """Refuse what cannot succeed, before any work is done."""
    check_suffix(path)
    if not files:
        raise InputError(str(path), "would be empty", "Name at least one file to build it from.")
    if not path.parent.is_dir():
        raise InputError(str(path.parent), "is not a folder", "Create the folder first.")
    if not os.access(path.parent, os.W_OK):
        raise InputError(str(path.parent), "is a folder that cannot be written to", "Write the pack elsewhere.")
    if path.exists() and any(file.exists() and path.samefile(file) for file in files):
        raise InputError(str(path), "is one of the files to be read", "Choose another name for the pack.")


def _own(files: Sequence[Path], counts: list[SourceCount], dropped: Counter[str]) -> Iterator[Identifiers]:
    rows = kept = 0
    for piece in (piece for file in files for piece in read_pack(file)):
        records = records_of(piece.with_columns(pl.col("source").fill_null(OWN).replace("", OWN)), dropped)
        rows, kept = rows + piece.height, kept + len(records)
        yield from records
    counts.extend([SourceCount(OWN, rows, kept)] if files else [])


def _sec(files: Sequence[Path], counts: list[SourceCount], dropped: Counter[str]) -> list[Identifiers]:
    per_file = [sec.read_sec(file, dropped) for file in files]
    records = [record for _, records_of_file in per_file for record in records_of_file]
    counts.extend([SourceCount(sec.SOURCE, sum(rows for rows, _ in per_file), len(records))] if files else [])
    return records


def _wikidata(files: Sequence[Path], counts: list[SourceCount], dropped: Counter[str]) -> list[Identifiers]:
    per_file = [wikidata.read_wikidata(file, dropped) for file in files]
    records = [record for _, records_of_file in per_file for record in records_of_file]
    counts.extend([SourceCount(wikidata.SOURCE, sum(rows for rows, _ in per_file), len(records))] if files else [])
    return records


def _spool(files: Sequence[Path], folder: Path, dropped: Counter[str]) -> tuple[list[Path], list[SourceCount]]:
    """Write the records of GLEIF's files to Parquet parts, and count them."""
    parts: list[Path] = []
    rows = kept = 0
    waiting = frame_of([])
    for height, records in (piece for file in files for piece in gleif.read_gleif(file, dropped)):
        rows, kept = rows + height, kept + len(records)
        waiting = waiting.vstack(frame_of(records))
        if waiting.height >= PIECE_ROWS:
            parts.append(_write_part(waiting, folder, len(parts)))
            waiting = waiting.clear()
    if waiting.height:
        parts.append(_write_part(waiting, folder, len(parts)))
    return parts, [SourceCount(gleif.SOURCE, rows, kept)] if files else []


def _write_part(rows: pl.DataFrame, folder: Path, number: int) -> Path:
    path = folder / f"{number}.parquet"
    rows.write_parquet(path)
    return path


def _shared(large: pl.LazyFrame, small: Iterable[Identifiers]) -> list[str]:
    """Return the LEIs of GLEIF's records that other records have too, in another source or another file of GLEIF."""
    leis = large.select("lei").collect()["lei"]
    twice = leis.filter(leis.is_duplicated())
    elsewhere = pl.Series(sorted({record.lei for record in small} - {""}), dtype=pl.String)
    return sorted({*twice.to_list(), *elsewhere.filter(elsewhere.is_in(leis.implode())).to_list()})
