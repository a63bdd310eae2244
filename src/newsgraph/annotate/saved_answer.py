"""The answer that the page sends: validated against the text before it becomes a line of the gold file."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from newsgraph.annotate.proposed_record import FIELDS
from newsgraph.core.errors import InputError
from newsgraph.core.model import Article
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.score.gold_records import OTHER, Record

TYPES = (*(name for name in EVENT_TYPES if name != "deal"), OTHER)
"""Types of events to choose from, without `deal`, which only sums up other events."""

MOST = 200
"""The most entities of a kind, surfaces of an entity, and events of one text."""

_FURTHER = ("alt_types", "alt_subjects", "alt_amounts", "amount_range", "seller", "object_part", "note")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LONGEST = 2000


def checked_answer(article: Article, answer: object) -> Record:
    """Return the gold record of an article, from its own text and the answer of the page.

    Raises InputError if a surface or evidence is not in the text, a party is not marked, or a value is invalid.
    """
    if not isinstance(answer, dict):
        _refuse("the answer", "is not a JSON object", "Reload the page.")
    if answer.keys().isdisjoint((*FIELDS, "events")):
        _refuse("the answer", "has no list of things or events", "Reload the page.")
    record: Record = {"doc": article.source, "part": article.part, "title": article.title, "excerpt": article.excerpt}
    for field in FIELDS:
        record[field] = [_entity(article, row) for row in _rows(answer, field)]
    parties = {row["name"] for field in ("companies", "organizations") for row in record[field]}
    record["events"] = [_event(article, row, parties) for row in _rows(answer, "events")]
    return record


def _rows(answer: Mapping[str, Any], field: str) -> Sequence[Mapping[str, Any]]:
    rows = answer.get(field, [])
    if not isinstance(rows, list) or len(rows) > MOST or not all(isinstance(row, dict) for row in rows):
        _refuse(field, f"is not a list of at most {MOST} entries", "Reload the page.")
    return rows


def _entity(article: Article, row: Mapping[str, Any]) -> dict[str, Any]:
    name, surfaces = row.get("name"), row.get("surfaces")
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST:
        _refuse("a name", "is empty", "Name every marked thing, or unmark it.")
    if not isinstance(surfaces, list) or not surfaces or len(surfaces) > MOST:
        _refuse(name, "is not marked anywhere in the text", "Mark it, or remove it.")
    for surface in surfaces:
        if not isinstance(surface, str) or not surface.strip() or not _occurs_in(article, surface):
            _refuse(name, "has a mark that is not in the text", "Unmark it and mark it again.")
    return {"name": name.strip(), "surfaces": list(dict.fromkeys(surfaces)), **_further(row)}


def _event(article: Article, row: Mapping[str, Any], parties: set[str]) -> dict[str, Any]:
    kind = row.get("type")
    if kind not in TYPES:
        _refuse("an event", "has no type", f"Choose one of: {', '.join(TYPES)}.")
    subject, target = (_party(row, side, parties) for side in ("subject", "object"))
    if subject is None and target is None:
        _refuse(f"the event {kind}", "has no party", "Choose its subject or its object, or remove the event.")
    evidence = row.get("evidence")
    if not isinstance(evidence, str) or not evidence.strip() or not _occurs_in(article, evidence):
        _refuse(f"the event {kind}", "has no evidence in the text", "Select the words that report it and press E.")
    amount, currency = _money(row, str(kind))
    return {
        "type": kind, "subject": subject, "object": target, "amount": amount, "currency": currency, "evidence": evidence.strip(),
        **_further(row),
    }  # fmt: skip


def _party(row: Mapping[str, Any], side: str, parties: set[str]) -> str | None:
    name = row.get(side)
    if name is None or name == "":
        return None
    if not isinstance(name, str) or name not in parties:
        _refuse(f"the {side} of an event", "is not marked as a company or organisation", "Mark it, or choose another.")
    return name


def _money(row: Mapping[str, Any], kind: str) -> tuple[float | int | None, str | None]:
    amount, currency = row.get("amount"), row.get("currency") or None
    where = f"the event {kind}"
    if amount is not None and (isinstance(amount, bool) or not isinstance(amount, int | float) or not math.isfinite(amount) or amount < 0):
        _refuse(where, "has an amount that is not a number", "Write it in full, such as 180000000, or as 180m.")
    if currency is not None and not (isinstance(currency, str) and _CURRENCY.fullmatch(currency)):
        _refuse(where, "has a currency that is not a code", "Write three letters, such as USD.")
    whole = isinstance(amount, float) and amount.is_integer()
    return (int(amount) if whole and amount is not None else amount), currency


def _further(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the further fields that a record may have, even though the page does not show them."""
    further = {name: row[name] for name in _FURTHER if isinstance(row.get(name), str | list) and len(str(row[name])) <= _LONGEST}
    return further | ({"optional": True} if row.get("optional") is True else {})


def _occurs_in(article: Article, words: str) -> bool:
    return words.strip() in article.title or words.strip() in article.excerpt


def _refuse(where: str, what: str, hint: str) -> NoReturn:
    raise InputError(where, what, hint)
