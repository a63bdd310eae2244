"""Archives in the inputs: .zip, .tar, .tar.gz and single files in .gz, whose members are read like the files of a folder.

A member never names a file of this machine: members are written under numbers into a folder for the time of a build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from newsgraph.core.errors import UnwritableError
from newsgraph.core.model import Problem, Severity
from newsgraph.ingest.archive_members import DAMAGED, Member, Readable, Room, TooMuchError, members_of
from newsgraph.ingest.dialects.dialect import HEAD, MB
from newsgraph.ingest.dialects.registry import dialect_of, most_bytes
from newsgraph.ingest.document_finder import (
    HIDDEN,
    NEVER_DOCUMENTS,
    PACKED,
    Document,
    FoundDocuments,
    find_documents,
    is_archive,
    is_document,
    not_read,
    printable,
)
from newsgraph.ingest.feed_splitter import spool
from newsgraph.ingest.gzip_feed import MAX_RATIO
from newsgraph.ingest.other_files import PassedOver, is_other
from newsgraph.ingest.problem_notes import quote_value
from newsgraph.ingest.standard_input import saved_input

MOST_MEMBERS = 100_000
MOST_UNPACKED = 10_000 * MB
"""Members of an archive, and bytes that they may have; also at most `gzip_feed.MAX_RATIO` for each byte of the archive."""
_TRUSTED = 100 * MB  # bytes that are allowed whatever the ratio
_AGAIN = "Pack it again, or unpack it"
_RENAME = "Rename it, or remove it from the archive"


@dataclass(slots=True)
class _Unpacking:
    """What an archive holds, while its documents are written to files that begin with `start`."""

    archive: Document
    start: str
    taken: set[str]  # sources of all documents
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)

    def note(self, name: str, what: str, hint: str) -> None:
        """Note a problem of the archive, or of the member of that name."""
        place = f"member {quote_value(printable(name))}" if name else "document"
        self.problems.append(Problem(self.archive.source, place, what, hint, Severity.DOCUMENT))

    def take(self, member: Member) -> None:
        """Write a member to a file if it is a document; else say why it is not read."""
        name = printable(member.name.replace("\\", "/"))
        parts = [part for part in name.split("/") if part not in {"", "."}]
        source = "/".join((self.archive.source, *parts))
        if ".." in parts or name.startswith("/") or name[1:2] == ":" or not parts:
            self.note(member.name, "has a path that leads out of the archive; it was not read", _RENAME)
        elif any(part.startswith(".") or part == "__MACOSX" for part in parts):
            self.passed_over.append(PassedOver(source, *HIDDEN))
        elif member.refusal:
            self.note(member.name, f"{member.refusal}; it was not read", "Unpack the archive, and name the folder")
        elif is_archive(name) and not name.lower().endswith(PACKED):
            self.passed_over.append(PassedOver(source, "is an archive in an archive", "Unpack the outer one"))
        elif source in self.taken:
            self.note(member.name, "is a second one of that name; only the first was read", "Rename one of them")
        elif parts[-1].lower() in NEVER_DOCUMENTS or (not is_document(parts[-1]) and is_other(parts[-1])):
            self.passed_over.append(not_read(source, parts[-1]))
        else:
            self._write(source, parts[-1], member.open())

    def _write(self, source: str, name: str, content: Readable) -> None:
        """Write a member that may be a document; of one that is too large, as much as shows that."""
        head = content.read(HEAD)
        if not is_document(name) and dialect_of(head, name) is None:
            self.passed_over.append(not_read(source, name))
            return
        path = Path(f"{self.start}-{len(self.documents)}")
        left = MOST_UNPACKED if name.lower().endswith((".jsonl", PACKED)) else most_bytes(name)
        self.taken.add(source)
        self.documents.append(Document(path, source))
        _append(path, head)
        while left > 0 and (data := content.read(MB)):
            left -= len(data)
            _append(path, data)


def _append(path: Path, data: bytes) -> None:
    try:
        with path.open("ab") as file:
            file.write(data)
    except OSError as error:
        raise UnwritableError(path.parent, error) from error


def unpack_archives(found: FoundDocuments, folder: Path) -> FoundDocuments:
    """Return what was found with the members of archives among the documents; they are written into `folder`. Raises UnwritableError."""
    if not found.archives:
        return found
    documents, problems, passed_over = list(found.documents), list(found.problems), list(found.passed_over)
    taken = {document.source for document in documents}
    for number, archive in enumerate(found.archives):
        unpacking = _Unpacking(archive, str(folder / f"archive-{number}"), taken)
        _unpack(unpacking)
        documents += unpacking.documents
        problems += unpacking.problems
        passed_over += unpacking.passed_over
    documents.sort(key=lambda document: document.source)
    return FoundDocuments(documents, sorted(problems), sorted(passed_over))


def _unpack(unpacking: _Unpacking) -> None:
    archive = unpacking.archive
    number = size = 0
    try:
        size = archive.path.stat().st_size
        room = Room(min(MOST_UNPACKED, max(_TRUSTED, MAX_RATIO * size)))
        for number, member in enumerate(members_of(archive.path, archive.source, room), 1):
            if number > MOST_MEMBERS:
                unpacking.note("", f"has more than {MOST_MEMBERS:,} files; the others were not read", "Split it into smaller archives")
                break
            unpacking.take(member)
    except TooMuchError:
        unpacking.note("", "unpacks to far more than news; what came before that place was read", _AGAIN)
    except DAMAGED as error:
        read = "; what came before that place was read" if unpacking.documents else ""
        unpacking.note("", f"is a damaged archive ({_words(error)}){read}", _AGAIN)
    if (not number or not size) and not unpacking.problems:
        unpacking.note("", "is an empty archive", "Remove it")


def _words(error: BaseException) -> str:
    return " ".join(printable(str(error)).split())[:100] or type(error).__name__


@contextmanager
def opened_inputs(inputs: Sequence[Path]) -> Iterator[FoundDocuments]:
    """Yield all documents of the inputs, with those in archives and in the standard input (`-`), for the time of the block.

    Raises as `find_documents` does, and UnwritableError.
    """
    with saved_input(inputs) as places:
        found = find_documents(places)
        with spool((*found.documents, *found.archives), None) as folder:
            yield unpack_archives(found, folder)
