"""Texts of third parties that training reads: where they come from, and how our labels are laid over them again.

The project holds no text of a third party. `texts/sources.yaml` lists public sources with licence and digest, and the sets that are made
of them. `texts/labels/` holds what is ours: for each text its source, its digest, and our labels as places in it. A set is the texts and
the labels put together, and has a digest of its own. Sets of articles (`article_labels.py`) are listed apart.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).parent / "texts"
_LOOSE = re.compile(r" (?='s\b|[.,])")  # blanks that written text has not
SHORT = 16  # digits of a text's digest: enough to notice a changed text

Json = dict[str, Any]
Fields = tuple[str, str]  # title and excerpt


@dataclass(frozen=True, slots=True)
class Source:
    """A public source: one file with a digest, or a folder of documents, whose address holds `{document}`.

    Sources of articles say the `form` of their files (`article_texts.py`), which `names` a file may have in another copy, in which
    `document` of a folder a text is, where a rule tells it, or else in which of the `documents`, and which other source has the `titles`.
    """

    name: str
    address: str
    licence: str
    use: str
    about: str
    sha256: str = ""
    form: str = ""
    names: Sequence[str] = ()
    document: str = "{place}"
    documents: Mapping[str, str] = field(default_factory=dict)
    titles: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether the source is a folder of documents."""
        return "{document}" in self.address

    def path(self, folder: Path, document: str = "") -> Path:
        """Where a file of this source lies below the folder of third parties' texts."""
        return folder / "sources" / self.name / (document or self.address.rpartition("/")[2])

    def document_of(self, place: str) -> str:
        """Return the document that a text is in; those listed are listed without the number of the text."""
        return self.documents.get(place.partition("_")[0]) or self.document.format(place=place)


@dataclass(frozen=True, slots=True)
class TextSet:
    """A set of labelled texts: its path below the folder of third parties' texts, and what training lacks without it."""

    name: str
    path: str
    sha256: str
    without: str


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """A set of annotated articles: its path below the folder of third parties' texts, which tells what it is for."""

    name: str
    path: str
    sha256: str

    @property
    def learned_from(self) -> bool:
        """Whether training may read the set: it is below `articles`, not below `measured`."""
        return not self.path.startswith("measured/")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `sources.yaml` lists; `folder` is where it lies."""

    folder: Path
    sources: Mapping[str, Source]
    sets: Sequence[TextSet]
    articles: Sequence[ArticleSet] = ()

    def labels_of(self, each: TextSet) -> list[Json]:
        """Read our labels of a set."""
        return read_labels(self.folder / "labels" / Path(each.path).name)

    def labels_of_articles(self, each: ArticleSet) -> list[Json]:
        """Read our labels of a set of articles."""
        return read_labels(self.folder / "labels" / "articles" / Path(each.path).name)


def read_manifest(path: Path = TEXTS / "sources.yaml") -> Manifest:
    """Read the list of sources and sets."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    sources = {name: Source(name, **entry) for name, entry in content["sources"].items()}
    sets = [TextSet(name, **entry) for name, entry in content["sets"].items()]
    return Manifest(path.parent, sources, sets, [ArticleSet(name, **entry) for name, entry in content.get("articles", {}).items()])


def missing_sets(texts: Path = TEXTS) -> list[TextSet]:
    """List the sets that are not below a folder of training texts."""
    return [each for each in read_manifest().sets if not (texts / "third_party" / each.path).is_file()]


def read_labels(path: Path) -> list[Json]:
    """Read a file of labels."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()


def text_digest(fields: Fields) -> str:
    """Return the short digest of a title and an excerpt."""
    return digest_of("\n".join(fields).encode())[:SHORT]


def texts_of_document(content: str) -> Iterator[Fields]:
    """Find the texts of a news document: its own title and excerpt, and those of related articles; as written, and tidied.

    Tidied means that HTML entities are read and runs of white space are one blank.
    """
    try:
        front = next(iter(yaml.load_all(content, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))), None)
    except yaml.YAMLError:
        return
    for article in (front, *(front.get("related") or ())) if isinstance(front, dict) else ():
        fields = str(article.get("title") or ""), str(article.get("excerpt") or "")
        yield fields
        yield tuple(" ".join(html.unescape(field).split()) for field in fields)  # type: ignore[misc]


def joined(tokens: Sequence[str], glued: Iterable[int]) -> str:
    """Join tokens with blanks, but for those that are glued to the one before; quotation marks become plain ones."""
    close = frozenset((0, *glued))
    return "".join(("" if number in close else " ") + plain_token(token) for number, token in enumerate(tokens))


def plain_token(token: str) -> str:
    """Return a token as it is in running text."""
    return '"' if token in {"``", "''"} else token


def core_record(label: Json, passage: Json) -> Json:
    """Put a passage of CORE and our labels together; `relation` is CORE's own label."""
    text = joined(passage["context"], label["glued"])
    head, tail = (_surface(passage["context"][passage[f"{side}_start"] : passage[f"{side}_end"] + 1]) for side in ("e1", "e2"))
    relation = {
        "type": passage["relation"], "head": passage["e1_name"], "tail": passage["e2_name"], "inverted": bool(passage["invert_relation"]),
        "head_surface": head, "tail_surface": tail,
    }  # fmt: skip
    number = label["text"].partition(":")[2]
    return marked_record(label, ("", text)) | {"source": f"CORE:{number}", "relation": relation}


def marked_record(label: Json, fields: Fields) -> Json:
    """Put marks back into a title and an excerpt."""
    title, excerpt = (_marked(text, marks) for text, marks in zip(fields, label["marks"], strict=True))
    return {"title": title, "excerpt": excerpt, "events": label["events"], "source": label["text"]}


def gold_record(label: Json, fields: Fields) -> Json:
    """Put a title, an excerpt and a gold record without its texts together: places of surfaces and evidence become words again."""
    document, _, part = label["text"].partition(":")[2].partition("#")
    filled: Json = {"doc": document, "part": part, "title": fields[0], "excerpt": fields[1]}
    for key, rows in label["record"].items():
        filled[key] = [_filled(row, fields) for row in rows] if isinstance(rows, list) else rows
    return filled


def set_content(records: Iterable[Json]) -> bytes:
    """Write records as a file of one JSON object a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _surface(tokens: Sequence[str]) -> str:
    return _LOOSE.sub("", " ".join(map(plain_token, tokens)))


def _marked(text: str, marks: Iterable[tuple[int, int, str]]) -> str:
    for start, end, label in sorted(marks, reverse=True):
        text = f"{text[:start]}[{text[start:end]}|{label}]{text[end:]}"
    return text


def _filled(row: Json, fields: Fields) -> Json:
    filled = dict(row)
    if "surfaces" in row:
        filled["surfaces"] = [_cut(place, fields) for place in row["surfaces"]]
    if "evidence" in row:
        filled["evidence"] = _cut(row["evidence"], fields)
    return filled


def _cut(place: tuple[int, int, int], fields: Fields) -> str:
    field, start, end = place
    return fields[field][start:end]
