"""News in JSON as newsrooms exchange it: ninjs 1 to 3 of the IPTC. See https://iptc.org/std/ninjs/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from newsgraph.core.canonical_url import address, host_name
from newsgraph.core.model import Severity
from newsgraph.ingest.dialects.release_marks import is_text, is_usable, release_day
from newsgraph.ingest.encoding import decode
from newsgraph.ingest.field_names import FieldNames, plain_name
from newsgraph.ingest.field_shapes import names_shape, text_shape
from newsgraph.ingest.json_records import read_json
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of
from newsgraph.ingest.raw_record import MAIN, RawRecord, SourceFile
from newsgraph.ingest.title_line import first_sentence

_MARKS = re.compile(
    rb'"(?:ninjs|\$standard|versioncreated|body_xhtml|headlines|pubstatus|representationtype|copyrightholder|usageterms|contentcreated)"'
)
JSON = frozenset({".json"})
_ENVELOPES = ("items", "item", "data", "articles", "results", "docs", "value", "news", "_items")
_DEEPEST = 4
_TAG = re.compile(r"tag:([\w.-]+),")
_BODY = re.compile(r"body_?(?:text|xhtml|html|markdown|.*)")
_DATES = ("firstpublished", "versioncreated", "contentcreated", "firstcreated")
_ROLES = ("main", "text", "summary", "abstract", "headline")
# Names of the standard that say nothing more about the news of an item.
_KNOWN = frozenset(
    """uri standard $standard $schema type representationtype mimetype contenttype profile version charcount wordcount pubstatus urgency
    copyrightnotice usageterms rightsinfo ednote genre genres slugline located renditions rendition associations altids trustindicators expires
    place places person people organisation organisations object objects event events infosources infosource provider source service priority
    signal correction evolvedfrom guid readtime authors extra products products plannings coverages assignments firstcreated contentcreated
    versioncreated firstpublished embargoed embargoedreason language by byline copyrightholder subject subjects subtype headline headlines
    title description descriptions bodies links link url charcounts creditline category ninjs keywords id commercialinfo""".split()
)


def is_ninjs(head: bytes, name: str) -> bool:
    """Return whether a JSON file has the names of ninjs at its beginning."""
    marks = len(set(_MARKS.findall(head)))
    return PurePosixPath(name).suffix.lower() == ".json" and marks > 0 and marks + (b'"uri"' in head) > 1


def read_ninjs(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the items of a file of ninjs."""
    text = decode(file.data, notes)
    tree = None if text is None else read_json(text, notes)
    if tree is None:
        return
    items = _items(tree)
    alone = not isinstance(items, list)
    for number, item in enumerate(items if isinstance(items, list) else [items]):
        part = MAIN if alone else f"item[{number}]"
        below = notes if alone else notes.at(part)
        if not isinstance(item, Mapping):
            below.add("", f"is {kind_of(item)}, not a map of fields", "Remove it, or write an item of ninjs", Severity.ARTICLE)
        elif (record := _record(part, item, file.names, below)) is not None:
            yield record


def _items(tree: object, depth: int = 0) -> object:
    """Return the item of a file, or the list of them; a service puts them into maps of its own (`data`, `items`, `item`)."""
    if isinstance(tree, list):
        return [_items(item, depth + 1) if isinstance(item, Mapping) else item for item in tree]
    if not isinstance(tree, Mapping) or _is_item(tree) or depth > _DEEPEST:
        return tree
    inner = next((tree[key] for key in _ENVELOPES if isinstance(tree.get(key), Mapping | list)), None)
    return tree if inner is None else _items(inner, depth + 1)


def _is_item(tree: Mapping[str, object]) -> bool:
    return "uri" in tree or "headline" in tree or "headlines" in tree


def _record(part: str, item: Mapping[str, object], names: FieldNames, notes: ProblemNotes) -> RawRecord | None:
    if not is_usable(_status(item), notes) or not is_text(_line(item, "type"), notes):
        return None
    found: dict[str, tuple[object, str]] = {}

    def put(field: str, value: object, origin: str) -> None:
        if value and field not in found:
            found[field] = (value, origin)

    put("title", *_of_role(item, "headlines", "headline"))
    put("excerpt", *_of_role(item, "descriptions", "description_text", "description"))
    put("body", *_body(item))
    for name in ("url", "link", "uri"):
        put("webUrl", _line(item, name) if address(_line(item, name)) else "", name)
    for name in _DATES:
        put("publishedDateTime", release_day(_line(item, name), _line(item, "embargoed"), notes) if item.get(name) else "", name)
    put("provider", _outlet(item), "copyrightholder")
    topics = [name for key in ("subjects", "subject", "keywords") for name in names_shape(item.get(key)) or []]
    put("topics", list(dict.fromkeys(topics)), "subject")
    put("authors", names_shape(item.get("authors")) or ([by] if (by := _line(item, "byline") or _line(item, "by")) else []), "byline")
    put("language", _line(item, "language"), "language")
    put("images", _pictures(item), "associations")
    put("title", _line(item, "title") or _line(item, "name"), "title")
    put("title", first_sentence(str(found.get("excerpt", found.get("body", ("", "")))[0])), "description_text")
    if not found.get("title"):
        put("title", _line(item, "slugline"), "slugline")
    unread = tuple(sorted(key for key in item if key not in _KNOWN and not key.startswith(("body", "description_", "headline_"))
                          and plain_name(key) not in names.of_no_use))  # fmt: skip
    fields = {key: item[key] for key in unread} | {field: value for field, (value, _) in found.items()}
    return RawRecord(part, fields, {field: origin for field, (_, origin) in found.items()}, unread)


def _line(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def _status(item: Mapping[str, object]) -> str:
    """Return the status of an item; one in a list is meant as one without."""
    status = item.get("pubstatus")
    if isinstance(status, list) and len(status) == 1:
        return str(status[0])
    return "" if status is None else str(status).strip()


def _of_role(item: Mapping[str, object], several: str, *single: str) -> tuple[str, str]:
    """Return a text that ninjs 1 has under its own name and ninjs 2 as one of a list with roles, and where it was."""
    listed = item.get(several)
    texts = [entry for entry in listed if isinstance(entry, Mapping) and text_shape(entry.get("value"))] if isinstance(listed, list) else []
    texts.sort(key=lambda entry: _ROLES.index(entry["role"]) if entry.get("role") in _ROLES else len(_ROLES))
    if texts:
        return " ".join((text_shape(texts[0]["value"]) or "").split("\n")), several
    for name in single:
        if text := text_shape(item.get(name)):
            return text, name
    return "", several


def _body(item: Mapping[str, object]) -> tuple[str, str]:
    bodies = item.get("bodies")
    texts = (
        [text for entry in bodies if isinstance(entry, Mapping) and (text := text_shape(entry.get("value")))]
        if isinstance(bodies, list)
        else []
    )
    if texts:
        return max(texts, key=len), "bodies"
    for name in sorted((key for key in item if _BODY.fullmatch(key)), key=lambda key: ("text" not in key, key)):
        if text := text_shape(item[name]):
            return text, name
    return "", "body_text"


def _outlet(item: Mapping[str, object]) -> dict[str, str]:
    """Return the agency: who holds the rights, or the source, with the host of the item's address or tag."""
    sources = names_shape(item.get("infosources")) or names_shape(item.get("infosource")) or []
    name = next(filter(None, (_line(item, key) for key in ("copyrightholder", "provider", "source"))), "") or next(iter(sources), "")
    uri = _line(item, "uri")
    tag = _TAG.match(uri)
    host = host_name(tag[1]) if tag else host_name(uri) if address(uri) else None
    return {key: value for key, value in (("name", name), ("domain", host)) if value}


def _pictures(item: Mapping[str, object]) -> list[dict[str, object]]:
    associations = item.get("associations")
    parts = list(associations.values()) if isinstance(associations, Mapping) else associations if isinstance(associations, list) else []
    links = []
    for part in parts:
        if isinstance(part, Mapping) and part.get("type") == "picture":
            renditions = part.get("renditions")
            each = list(renditions.values()) if isinstance(renditions, Mapping) else renditions if isinstance(renditions, list) else []
            links += [str(one["href"]) for one in each if isinstance(one, Mapping) and address(str(one.get("href", "")))][:1]
    return [{"url": link} for link in dict.fromkeys(links)]
