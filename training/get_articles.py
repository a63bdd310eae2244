"""Put third parties' articles and our labels of them together; part of `get_texts.py`.

Unlike other sets, one of articles is also written where some of its texts are missing, for each text has a digest of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zipfile import BadZipFile

from article_labels import article_record
from article_texts import FORMS, body_of_page, title_of_page
from finder import Finder, MissingTextError, write
from third_party import ArticleSet, Fields, Json, Manifest, Source, digest_of, set_content, text_digest

SHOWN = 3  # examples of what is missing
BODIES = "bodies"  # the form of a file that has the bodies of pages; their titles are in another source


@dataclass(slots=True)
class TextFinder:
    """Finds texts by source, place and digest; a file with many texts is read once."""

    manifest: Manifest
    finder: Finder
    _read: dict[str, dict[str, Fields]] = field(default_factory=dict)
    _to_read: dict[str, Iterator[bytes]] = field(default_factory=dict)
    _absent: dict[str, str] = field(default_factory=dict)

    def text(self, label: Json) -> Fields:
        """Return the title and body that a label is of; raises MissingTextError."""
        name, _, place = label["text"].partition(":")
        source = self.manifest.sources[name]
        if source.form == BODIES:
            return self._page(source, place, label["digest"])
        if source.is_folder:
            return self._one(source, place, label["digest"])
        return self._row(source, label["digest"])

    def _one(self, source: Source, place: str, digest: str) -> Fields:
        contents = self.finder.contents(source, source.document_of(place))
        return _first(fields for content in contents for fields in _texts(source, content) if text_digest(fields) == digest)

    def _page(self, source: Source, place: str, digest: str) -> Fields:
        body = body_of_page(self.finder.file(source), place)
        pages = self.manifest.sources[source.titles]
        contents = self.finder.contents(pages, pages.document_of(place))
        return _first(fields for content in contents if text_digest(fields := (title_of_page(content), body)) == digest)

    def _row(self, source: Source, digest: str) -> Fields:
        rows = self._read.setdefault(source.name, {})
        contents = self._to_read.setdefault(source.name, self.finder.contents(source))
        while digest not in rows:
            if source.name in self._absent:
                raise MissingTextError(self._absent[source.name])
            try:
                content = next(contents)
            except MissingTextError as error:
                self._absent[source.name] = str(error)
            else:
                rows |= {text_digest(fields): fields for fields in _texts(source, content)}
        return rows[digest]


def get_article_sets(manifest: Manifest, finder: Finder) -> tuple[list[str], bool]:
    """Get all sets of articles; return a line for each, and whether all are there."""
    texts = TextFinder(manifest, finder)
    found = [(each, *_get(each, manifest, finder, texts)) for each in manifest.articles]
    return [f"{each.name}: {line}" for each, line, _ in found], all(there for *_, there in found)


def assemble_articles(labels: Sequence[Json], texts: TextFinder) -> tuple[list[Json], list[str]]:
    """Put labels and texts together; also return why texts are missing, a line each."""
    records, faults = [], []
    for label in labels:
        try:
            records.append(article_record(label, texts.text(label)))
        except MissingTextError as error:
            faults.append(str(error))
    return records, faults


def _get(wanted: ArticleSet, manifest: Manifest, finder: Finder, texts: TextFinder) -> tuple[str, bool]:
    path = finder.folder / wanted.path
    if path.is_file() and digest_of(path.read_bytes()) == wanted.sha256:
        return "there already", True
    labels = manifest.labels_of_articles(wanted)
    for name in sorted({label["text"].partition(":")[0] for label in labels}):
        if wanted.learned_from and manifest.sources[name].use != "train":
            message = f"{name}: training must not read it, so {wanted.name} must not lie in {wanted.path}"
            raise ValueError(message)
    given = finder.given_file(path.name, wanted.sha256)
    if given:
        write(path, given)
        return "copied from a folder given", True
    records, faults = assemble_articles(labels, texts)
    content = set_content(records)
    if path.is_file() and not set(path.read_bytes().splitlines()) <= set(content.splitlines()):
        return f"{path} was changed: it holds lines that our labels and the texts do not make. Remove it to get it anew.", False
    if not faults and digest_of(content) != wanted.sha256:
        return "MISSING: its texts and labels were put together, but the SHA-256 is not that of the manifest", False
    if records:
        write(path, content)
    if faults:
        examples = "; ".join(list(dict.fromkeys(faults))[:SHOWN])
        return f"MISSING: {len(faults)} of {len(labels)} texts could not be had, {len(records)} are written: {examples}", False
    return f"put together from our labels and {len(records)} texts", True


def _first(found: Iterator[Fields]) -> Fields:
    return next(found)  # what is read raises MissingTextError before it ends


def _texts(source: Source, content: bytes) -> list[Fields]:
    """Read the texts of a file; one that is not of the form expected has none."""
    try:
        return list(FORMS[source.form](content))
    except (ValueError, KeyError, TypeError, AttributeError, BadZipFile):
        return []
