"""Find the fields of an article in a map of fields that may have other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from newsgraph.ingest.annotated_records import is_annotated, plain_record
from newsgraph.ingest.field_names import FieldNames, FieldPath, plain_name
from newsgraph.ingest.field_shapes import SHAPES
from newsgraph.ingest.raw_record import RawRecord

_OWN = frozenset(
    {
        "title",
        "excerpt",
        "body",
        "originalUrl",
        "webUrl",
        "ampWebUrl",
        "cdnAmpWebUrl",
        "category",
        "publishedDateTime",
        "type",
        "quality",
        "heat",
    }
    | {"featuredContent", "provider", "topics", "images", "related", "secured"}
)
"""The names of newsgraph's own format but `published`, which is true or false there and a day elsewhere."""
_FLAGS = frozenset({"true", "false", "True", "False", True, False, None})
_SHAPED = frozenset(SHAPES) & _OWN
_SIGNS = ("body", "excerpt", "webUrl", "publishedDateTime")
_LISTED = ("topics", "authors")
_LINKS = ("originalUrl", "ampWebUrl", "cdnAmpWebUrl")


class _Place(NamedTuple):
    """A value that may be that of a field."""

    rank: int
    name: str  # as it is written, with the path that leads to the value
    key: str  # of the map
    value: object
    weak: bool


def named_record(part: str, record: Mapping[str, object], names: FieldNames) -> RawRecord:
    """Return a record with the fields of an article in place of those of others; what is not understood is kept as it is.

    A record in newsgraph's own names is returned as it is.

    >>> named_record("main", {"headline": "Acme grows", "tags": "robots, growth", "mood": "good"}, shipped_names())
    ... # doctest: +ELLIPSIS
    RawRecord(part='main', fields={'mood': 'good', 'title': 'Acme grows', 'topics': ['robots', 'growth']}, ..., unread=('mood',))
    """
    if not names.own and _is_own(record) and _are_own(record.get("related")):
        return RawRecord(part, record)
    if is_annotated(record):
        return RawRecord(part, plain_record(record))
    record, given = _unwrapped(record, names)
    places = _places(record, names)
    fields: dict[str, object] = {}
    origins: dict[str, str] = {}
    used: set[str] = set()
    for field in SHAPES:
        _take(field, record, places.get(field, []), fields, origins, used)
    _drop_doubtful_title(places.get("title", []), fields, origins, used)
    _add_domain(fields, origins)
    if not _are_own(related := fields.get("related")) and isinstance(related, list):
        fields["related"] = [named_record(part, item, names).fields if isinstance(item, Mapping) else item for item in related]
    taken = {name.partition(".")[0] for name in used}
    rest = {key: value for key, value in record.items() if key not in used | taken and key not in fields}
    unread = tuple(sorted(key for key, value in rest.items() if value not in (None, "", [], {}) and not _is_known(key, names)))
    if given:
        origins = {field: ", ".join(given.get(name, name) for name in written.split(", ")) for field, written in origins.items()}
    return RawRecord(part, rest | fields, origins, unread)


def _unwrapped(record: Mapping[str, object], names: FieldNames) -> tuple[Mapping[str, object], dict[str, str]]:
    """Return a record with the fields of its inner maps of fields (`extra`, `params`) beside its own, and where those were."""
    inner = {key: value for key, value in record.items() if isinstance(value, Mapping) and value and key.lower() in names.wrappers}
    if not inner:
        return record, {}
    lifted = {str(name): (key, value) for key, fields in inner.items() for name, value in fields.items() if name not in record}
    outer = {key: value for key, value in record.items() if key not in inner}
    return outer | {name: value for name, (_, value) in lifted.items()}, {name: f"{key}.{name}" for name, (key, _) in lifted.items()}


def _is_own(record: Mapping[str, object]) -> bool:
    for key in record:
        if key not in _OWN and (key != "published" or not isinstance(flag := record[key], str | bool) or flag not in _FLAGS):
            return False
    return not isinstance(record.get("body"), Mapping | list)


def _are_own(related: object) -> bool:
    return not isinstance(related, list) or all(_is_own(item) for item in related if isinstance(item, Mapping))


def _places(record: Mapping[str, object], names: FieldNames) -> dict[str, list[_Place]]:
    """Return for each field the values that it may have, the best first."""
    places: dict[str, list[_Place]] = {}
    for key, value in record.items():
        for candidate in names.fields.get(plain_name(key), ()):
            for name, inner in _follow(candidate, key, value):
                places.setdefault(candidate.field, []).append(_Place(candidate.rank, name, key, inner, candidate.weak))
    for of_field in places.values():
        of_field.sort(key=lambda place: place[:2])
    return places


def _follow(candidate: FieldPath, key: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield the value at the path of a candidate, with its name as it is written, if there is one."""
    written = [key]
    for part in candidate.path[1:]:
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            value = value[0]
        if not isinstance(value, Mapping):
            return
        inner = next((name for name in value if plain_name(str(name)) == part), None)
        if inner is None:
            return
        written.append(str(inner))
        value = value[inner]
    if value is not None and value != "":
        yield ".".join(written), value


def _take(
    field: str, record: Mapping[str, object], places: list[_Place], fields: dict[str, object], origins: dict[str, str], used: set[str]
) -> None:
    """Set a field to the first value that fits; where none fits, to the first that ought to, so that its reader says what is wrong."""
    own = record.get(field) if field in _SHAPED else None
    fits = own is not None and own != "" and (SHAPES[field](own) is not None or not places)
    if fits and not (places and places[0].rank < 0):
        if field == "topics" and isinstance(own, list) and any(isinstance(item, Mapping) for item in own):
            fields[field] = SHAPES[field](own)
        elif field in {"title", "provider", "images", "topics", "related"} or isinstance(own, str):
            fields[field] = own
        else:
            shaped_own = SHAPES[field](own)
            fields[field] = own if shaped_own is None else shaped_own  # its reader says what is wrong with it
        used.add(field)
        return
    if field == "webUrl" and any(record.get(name) for name in _LINKS):
        return
    shaped = [(place, value) for place in places if place.name not in used and (value := SHAPES[field](place.value)) is not None]
    if not shaped:
        ought = next((place for place in places if not place.weak and place.name not in used), None)
        if ought is not None and field != "provider.domain":
            fields[field], origins[field] = ought.value, ought.name
            used.add(ought.name)
        return
    chosen = shaped if field in _LISTED else shaped[:1]
    if len(chosen) > 1:
        lists = [value if isinstance(value, list) else [value] for _, value in chosen]
        fields[field] = list(dict.fromkeys(item for items in lists for item in items))
    else:
        fields[field] = chosen[0][1]
    origins[field] = ", ".join(place.name for place, _ in chosen)
    used.update(place.name for place, _ in chosen)


def _drop_doubtful_title(places: list[_Place], fields: dict[str, object], origins: dict[str, str], used: set[str]) -> None:
    """Leave out a title that may be the name of anything, if nothing else of an article is there: `name` in settings of a program."""
    name = origins.get("title", "")
    if any(place.weak and place.name == name for place in places) and not any(field in fields for field in _SIGNS):
        del fields["title"], origins["title"]
        used.discard(name)


def _add_domain(fields: dict[str, object], origins: dict[str, str]) -> None:
    """Put the domain of the outlet, where it has a field of its own, into the provider."""
    domain = fields.pop("provider.domain", None)
    origin = origins.pop("provider.domain", "")
    provider = fields.get("provider")
    if domain is None:
        return
    if provider is None:
        fields["provider"], origins["provider"] = {"domain": domain}, origin
    elif isinstance(provider, Mapping) and not provider.get("domain"):
        fields["provider"] = {**provider, "domain": domain}
        origins["provider"] = f"{origins.get('provider', 'provider')}, {origin}"
    elif isinstance(provider, str):
        fields["provider"] = {"name": provider, "domain": domain}
        origins["provider"] = f"{origins.get('provider', 'provider')}, {origin}"


def _is_known(key: str, names: FieldNames) -> bool:
    """Return whether a name is one that newsgraph knows, though the record has a better value, or one that no article needs."""
    plain = plain_name(key)
    return key in _OWN or key == "published" or plain in names.of_no_use or any(not one.weak for one in names.fields.get(plain, ()))
