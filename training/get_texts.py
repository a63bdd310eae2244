"""Get the texts of third parties that training reads, check their digests, and say what is missing and what that means.

Usage, from the project's root: python training/get_texts.py [--from FOLDER ...] [--offline] [--timeout 20]

`texts/sources.yaml` lists them. A set is taken from the folders given, or put together from its public sources, which are taken from
the folders given or downloaded, and from our labels. Nothing with another digest is used. All goes to `training/texts/third_party/`,
which git ignores. Exit code 1: something is missing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

from third_party import (
    TEXTS,
    Fields,
    Json,
    Manifest,
    Source,
    TextSet,
    core_record,
    digest_of,
    gold_record,
    joined,
    marked_record,
    read_manifest,
    set_content,
    text_digest,
    texts_of_document,
)

MOST = 16_000_000  # bytes of a download; the largest source has two million
SHOWN = 3  # examples of what is missing


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
        _write(kept, content)
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
        _write(kept, content)
        return found

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


def main() -> None:
    """Get every set and print a line for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--from", type=Path, nargs="*", default=[], dest="given", help="folders to look in before downloading")
    parser.add_argument("--offline", action="store_true", help="download nothing")
    parser.add_argument("--timeout", type=float, default=20.0, help="seconds to wait for a server")
    parser.add_argument("--out", type=Path, default=TEXTS / "third_party")
    options = parser.parse_args()
    for folder in options.given:
        if not folder.is_dir():
            parser.error(f"{folder} is no folder")
    lines, complete = get_sets(read_manifest(), Finder(options.out, options.given, not options.offline, options.timeout))
    print("\n".join(lines))
    sys.exit(0 if complete else 1)


def get_sets(manifest: Manifest, finder: Finder) -> tuple[list[str], bool]:
    """Get all sets; return what to tell the user, and whether all are there."""
    lines, complete = [], True
    for each in manifest.sets:
        line, there = _get(each, manifest, finder)
        lines.append(f"{each.name}: {line}")
        if not there:
            lines.append(f"  Without it {each.without}")
        complete = complete and there
    return [*finder.notes, *lines], complete


def _get(wanted: TextSet, manifest: Manifest, finder: Finder) -> tuple[str, bool]:
    path = finder.folder / wanted.path
    if path.is_file():
        same = digest_of(path.read_bytes()) == wanted.sha256
        return (
            ("there already", True)
            if same
            else (f"{path} was changed: its SHA-256 is not that of the manifest. Remove it to get it anew.", False)
        )
    content = finder.given_file(wanted.name, wanted.sha256)
    if content:
        _write(path, content)
        return "copied from a folder given", True
    labels = manifest.labels_of(wanted)
    records, faults = assemble(labels, manifest, finder)
    if faults:
        examples = "; ".join(list(dict.fromkeys(faults))[:SHOWN])
        return f"MISSING: {len(faults)} of {len(labels)} texts could not be had: {examples}", False
    content = set_content(records)
    if digest_of(content) != wanted.sha256:
        return "MISSING: its texts and labels were put together, but the SHA-256 is not that of the manifest", False
    _write(path, content)
    counts = Counter(label["text"].partition(":")[0] for label in labels)
    return "put together from our labels and texts of " + ", ".join(f"{name} ({count})" for name, count in counts.items()), True


def assemble(labels: Iterable[Json], manifest: Manifest, finder: Finder) -> tuple[list[Json], list[str]]:
    """Put labels and texts together; also return why texts are missing, a line each."""
    records, faults = [], []
    passages: dict[str, list[Json]] = {}
    for label in labels:
        name, _, place = label["text"].partition(":")
        source = manifest.sources[name]
        if source.use != "train":
            message = f"{name}: training must not read it ({source.about})"
            raise ValueError(message)
        try:
            if not source.is_folder:
                if name not in passages:
                    passages[name] = json.loads(finder.file(source))
                records.append(_core(label, passages[name][int(place)]))
            else:
                fields = finder.text(source, place.partition("#")[0], label["digest"])
                records.append(gold_record(label, fields) if "record" in label else marked_record(label, fields))
        except MissingTextError as error:
            faults.append(str(error))
    return records, faults


def _core(label: Json, passage: Json) -> Json:
    if text_digest(("", joined(passage["context"], label["glued"]))) != label["digest"]:
        message = f"{label['text']}: the passage was changed"
        raise MissingTextError(message)
    return core_record(label, passage)


def _text_in(content: bytes, digest: str) -> Fields | None:
    texts = texts_of_document(content.decode("utf-8", errors="replace"))
    return next((fields for fields in texts if text_digest(fields) == digest), None)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main()
