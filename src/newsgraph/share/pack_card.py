"""What a pack says about itself, as values: title, licence, publisher, counts and files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file
from newsgraph.core.vocabulary import NODE_KINDS


@dataclass(frozen=True, slots=True)
class Publication:
    """What the publisher of a pack states about it.

    `license` is the IRI of the licence of the data; `licenses` has those of single news providers by domain, for what is theirs. `address` is where
    the pack will be found, with a slash at its end, or empty: files then have relative addresses.
    """

    title: str
    publisher: str
    license: str
    publisher_iri: str = ""
    address: str = ""
    issued: date | None = None
    licenses: Mapping[str, str] = field(default_factory=dict)


def publication_of(
    title: str, publisher: str, license_iri: str, publisher_iri: str, address: str, issued: date | None, licenses: Mapping[str, str]
) -> Publication:  # fmt: skip
    """Return a publication whose addresses are checked, and end with `/` where a pack lies. Raises InputError for what is no address."""
    for given in filter(None, (license_iri, publisher_iri, address, *licenses.values())):
        if not given.startswith(("https://", "http://")):
            raise InputError(given, "is no address of the web", "Begin it with https:// or http://")
    if not license_iri:
        where, hint = "licence", "Name the licence of the data by its address"
        raise InputError(where, "is missing", hint)
    of_domains = {domain.removeprefix("www."): licence for domain, licence in licenses.items()}
    return Publication(title, publisher, license_iri, publisher_iri, f"{address.rstrip('/')}/" if address else "", issued, of_domains)


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: its path with `/`, size in bytes, SHA-256 in hex, media type, and what it is."""

    path: str
    size: int
    sha256: str
    media_type: str
    title: str


@dataclass(frozen=True, slots=True)
class PackCard:
    """A pack: its publication, the IRI of the data set, numbers of triples and of nodes by kind, providers and files."""

    publication: Publication
    iri: str
    base: str
    version: str
    triples: int
    counts: Mapping[str, int]  # kind of node -> nodes
    classes: Mapping[str, int]  # RDF class, a full IRI -> nodes
    providers: tuple[tuple[str, str, str, int], ...]  # IRI, name, domain, articles
    first: date | None
    last: date | None
    files: tuple[PackFile, ...] = ()

    @property
    def description(self) -> str:
        """A sentence about the data."""
        kinds = ((NODE_KINDS[kind], count) for kind, count in self.counts.items() if count)
        counts = ", ".join(f"{count:,} {(kind.label if count == 1 else kind.plural).lower()}" for kind, count in kinds)
        return f"A knowledge graph of news with {counts}. It has no texts of articles; every statement leads to its article by a link."

    @property
    def issued(self) -> date | None:
        """The day of publication: the stated one, else the last day of an article."""
        return self.publication.issued or self.last

    def license_of(self, domain: str) -> str:
        """Return the licence of a provider's contents, empty if none was named."""
        return self.publication.licenses.get(domain, "")


def read_licenses(path: Path) -> dict[str, str]:
    """Read a CSV file of licences with the columns `domain` and `license` (an IRI). Raises InputError if it is none."""
    check_given_file(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = [(number, row) for number, row in enumerate(reader, start=2)]
            columns = reader.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"cannot be read as CSV ({error})", "Write the columns domain and license") from error
    if not {"domain", "license"} <= set(columns):
        raise InputError(str(path), "lacks the columns domain and license", "Write one line for each news provider")
    for number, row in rows:
        if not (row["license"] or "").startswith(("http://", "https://")):
            where, what = f"{path}: line {number}", f"{row['license']!r} is no IRI of a licence"
            raise InputError(where, what, "Use its address, such as https://creativecommons.org/licenses/by/4.0/")
    return {str(row["domain"]).strip().removeprefix("www."): str(row["license"]).strip() for _, row in rows}
