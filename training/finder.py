"""Find files of third parties' texts: kept from an earlier time, in folders given, or at their public address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

from third_party import Fields, Source, digest_of, text_digest, texts_of_document

MOST = 64_000_000  # bytes of a download; the largest source has 29 million


class MissingTextError(Exception):
    """A text that cannot be had; the message says why."""


@dataclass(slots=True)
class Finder:
    """Finds files of sources: in the folder of third parties' texts, in folders given, or at their public address."""

    folder: Path
    given: Sequence[Path] = ()
    online: bool = True
    timeout: float = 20.0
    notes: list[str] = field(default_factory=list)
    _by_name: dict[str, list[Path]] = field(default_factory=dict)
    _absent: dict[str, str] = field(default_factory=dict)
    _silent: dict[str, str] = field(default_factory=dict)  # hosts that did not answer, so that nobody waits for them again

    def __post_init__(self) -> None:
        """List the files of the folders given by their names."""
        for folder in self.given:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    self._by_name.setdefault(path.name, []).append(path)

    def given_file(self, name: str, sha256: str) -> bytes | None:
        """Return the content of a given file of that name and digest; one with another digest is noted and not used."""
        for path in self._by_name.get(name, ()):
            content = path.read_bytes()
            if digest_of(content) == sha256:
                return content
            self.notes.append(f"{path}: not used, its SHA-256 is {digest_of(content)[:8]}..., not {sha256[:8]}...")
        return None

    def file(self, source: Source) -> bytes:
        """Return the file of a source and keep it; raises MissingTextError, at once where it was asked for before."""
        if source.name in self._absent:
            raise MissingTextError(self._absent[source.name])
        try:
            return self._file(source)
        except MissingTextError as error:
            self._absent[source.name] = str(error)
            raise

    def _file(self, source: Source) -> bytes:
        kept = source.path(self.folder)
        if kept.is_file() and digest_of(kept.read_bytes()) == source.sha256:
            return kept.read_bytes()
        content = self.given_file(kept.name, source.sha256) or self._download(source.address)
        if digest_of(content) != source.sha256:
            message = f"{source.address}: its SHA-256 is {digest_of(content)[:8]}..., not {source.sha256[:8]}..."
            raise MissingTextError(message)
        write(kept, content)
        return content

    def text(self, source: Source, document: str, digest: str) -> Fields:
        """Return the title and excerpt with that digest out of a document, and keep the document; raises MissingTextError."""
        kept = source.path(self.folder, document)
        near = [path.read_bytes() for path in (kept, *self._by_name.get(document, ())) if path.is_file()]
        content = next((each for each in near if _text_in(each, digest)), None) or self._download(
            source.address.format(document=quote(document))
        )
        found = _text_in(content, digest)
        if not found:
            message = f"{document}: no title and excerpt in it has the digest {digest}, so it was changed"
            raise MissingTextError(message)
        write(kept, content)
        return found

    def contents(self, source: Source, document: str = "") -> Iterator[bytes]:
        """Yield what may be a file of a source, nearest first; a download is kept. Who reads them checks the digests of texts.

        Raises MissingTextError where all were read and no more can be had.
        """
        kept = source.path(self.folder, document)
        names = dict.fromkeys((kept.name, *source.names))
        for path in (kept, *(path for name in names for path in self._by_name.get(name, ()))):
            if path.is_file():
                yield path.read_bytes()
        content = self._download(source.address.format(document=quote(document)))
        write(kept, content)
        yield content
        message = f"{document or source.name}: no text in it has the digest of the labels, so it was changed"
        raise MissingTextError(message)

    def _download(self, address: str) -> bytes:
        host = urlsplit(address).netloc
        if not self.online:
            message = f"{address.rpartition('/')[2]} is in no folder given, and --offline forbids to download it"
            raise MissingTextError(message)
        if host in self._silent:
            raise MissingTextError(self._silent[host])
        try:
            with urlopen(address, timeout=self.timeout) as answer:  # noqa: S310 - addresses of the manifest, which are all https
                content: bytes = answer.read(MOST)
        except HTTPError as error:
            message = f"{address}: the server answers {error.code}"
            raise MissingTextError(message) from error
        except (OSError, HTTPException) as error:
            self._silent[host] = f"{host} cannot be reached ({getattr(error, 'reason', error)})"
            raise MissingTextError(self._silent[host]) from error
        return content


def _text_in(content: bytes, digest: str) -> Fields | None:
    texts = texts_of_document(content.decode("utf-8", errors="replace"))
    return next((fields for fields in texts if text_digest(fields) == digest), None)


def write(path: Path, content: bytes) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
