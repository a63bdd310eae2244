"""The budgets of the fields of a record: what is longer than any news is cut or left out, and noted with its length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsgraph.core.limits import BODY_BYTES, EXCERPT_CHARACTERS, LABEL_CHARACTERS, LIST_ITEMS, TITLE_CHARACTERS
from newsgraph.core.model import Severity
from newsgraph.ingest.problem_notes import ProblemNotes

_TEXTS = {"title": TITLE_CHARACTERS, "excerpt": EXCERPT_CHARACTERS, "featuredContent": EXCERPT_CHARACTERS}
_LABELS = ("type", "category")
_SHORTEN, _CORRECT, _SPLIT = "Shorten it, if it is a mistake", "Correct it, if it is a mistake", "Split the record, if it is a mistake"
_MOST_BYTES_OF_ONE = 4  # UTF-8 bytes of a character


def within_budgets(record: Mapping[str, object], notes: ProblemNotes) -> Mapping[str, object]:
    """Return the fields of a record without what is above their budgets, see `core.limits`; the record itself if nothing is.

    Texts and lists are cut; what is no use in part, an address or a name, is left out.
    """
    changed = dict(_changes(record, notes))
    return {**record, **changed} if changed else record


def text_within_budget(name: str, text: str, notes: ProblemNotes) -> str:
    """Return a body, or the part of it that is kept."""
    if len(text) * _MOST_BYTES_OF_ONE <= BODY_BYTES:
        return text
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded) <= BODY_BYTES:
        return text
    kept = encoded[:BODY_BYTES].decode("utf-8", "ignore")
    notes.add(
        name,
        f"has {len(encoded):,} bytes, of which the first {BODY_BYTES:,} are kept",
        "Split the document, if it holds more than one article",
    )
    return kept


def _changes(record: Mapping[str, object], notes: ProblemNotes) -> Iterator[tuple[str, object]]:
    """Yield the fields that are above their budgets, with what is kept of them."""
    for name, most in _TEXTS.items():
        value = record.get(name)
        if isinstance(value, str) and len(value) > most:
            notes.add(name, f"has {len(value):,} characters, of which the first {most:,} are kept", _SHORTEN)
            yield name, value[:most]
    for name in _LABELS:
        if is_too_long(record.get(name), LABEL_CHARACTERS, name, notes):
            yield name, None
    for name in ("images", "related"):
        if (value := record.get(name)) is not (kept := _first_items(value, name, notes)):
            yield name, kept
    topics = record.get("topics")
    if (kept := _topics(topics, notes)) is not topics:
        yield "topics", kept
    if isinstance(body := record.get("body"), str) and (text := text_within_budget("body", body, notes)) is not body:
        yield "body", text
    provider = record.get("provider")
    if (short := _provider(provider, notes)) is not provider:
        yield "provider", short


def _first_items(value: object, name: str, notes: ProblemNotes) -> object:
    if not isinstance(value, list) or len(value) <= LIST_ITEMS:
        return value
    severity = Severity.ARTICLE if name == "related" else Severity.FIELD
    notes.add(name, f"has {len(value):,} entries, of which the first {LIST_ITEMS:,} are read", _SPLIT, severity)
    return value[:LIST_ITEMS]


def _topics(value: object, notes: ProblemNotes) -> object:
    if not isinstance(value, list):
        return None if is_too_long(value, LABEL_CHARACTERS, "topics", notes) else value
    first = _first_items(value, "topics", notes)
    assert isinstance(first, list)  # noqa: S101 - as it was
    if all(not isinstance(topic, str) or len(topic) <= LABEL_CHARACTERS for topic in first):
        return first
    return [topic for number, topic in enumerate(first) if not is_too_long(topic, LABEL_CHARACTERS, f"topics[{number}]", notes)]


def _provider(value: object, notes: ProblemNotes) -> object:
    if not isinstance(value, dict):
        return None if is_too_long(value, LABEL_CHARACTERS, "provider", notes) else value
    below = notes.at("provider")
    long = {name for name in ("name", "domain") if is_too_long(value.get(name), LABEL_CHARACTERS, name, below)}
    return {name: part for name, part in value.items() if name not in long} if long else value


def is_too_long(value: object, most: int, name: str, notes: ProblemNotes) -> bool:
    """Return, and note, whether a value is a text of more characters than its budget."""
    if not isinstance(value, str) or len(value) <= most:
        return False
    notes.add(name, f"has {len(value):,} characters, more than the {most:,} that are read; it was left out", _CORRECT)
    return True
