"""Events in a file of decisions: which event is meant, and what is set in it or added."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from newsgraph.core.errors import InputError
from newsgraph.core.model import Status
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.decisions.decision import EventChange, EventReference
from newsgraph.decisions.entry_fields import NONE, money_of, number_of, refuse_unknown, text_of
from newsgraph.ingest.problem_notes import quote_value
from newsgraph.ingest.yaml_tree import Tree

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?", re.ASCII)
_TIME = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_TYPES = tuple(name for name in EVENT_TYPES if name != "deal")  # a deal follows from its parts and the totals of texts
_REFERENCE = "Write it like this: {type: investment, parties: [Sanofi, Owkin], month: 2021-11}."
_SET = "Write it like this: {status: completed, when: 2021-11-18, roles: {investor: Sanofi}, amount: none}."
_ADDED = "Write it like this: {type: acquisition, roles: {acquirer: Zorvex, target: Quimbal}, when: 2024-05-01}."
_FIELDS = frozenset({"type", "roles", "when", "status", "amount", "currency", "part"})
_REMOVABLE = ("amount", "part", "when")


def event_reference(tree: Tree, where: str) -> EventReference:
    """Read which event is meant. Raises InputError with the line and the field."""
    if not isinstance(tree, dict):
        raise InputError(where, "names no event", _REFERENCE)
    refuse_unknown(tree, {"type", "parties", "month", "amount", "in"}, where, _REFERENCE)
    kind, month = _type(tree, where), text_of(tree.get("month"), where)
    if month and not _MONTH.fullmatch(month):
        raise InputError(where, f"{quote_value(month)} is not a month", "Write it like this: 2021-11.")
    parties, amount = _names(tree.get("parties"), where), number_of(tree.get("amount"), where)
    return EventReference(kind, parties, month[:7], amount, text_of(tree.get("in"), where))


def _names(tree: Tree, where: str) -> tuple[str, ...]:
    names = set()
    for item in tree if isinstance(tree, list) else [tree]:
        if isinstance(item, dict):
            refuse_unknown(item, {"name", "in"}, where, _REFERENCE)
        if isinstance(item, dict) and item.get("in"):
            raise InputError(
                where,
                "a party has an article",
                "Write parties as names alone, and the article beside them: in, month and amount distinguish events.",
            )
        name = text_of(item.get("name") if isinstance(item, dict) else item, where)
        if not name:
            raise InputError(where, "a party has no name", "Write its name as it is in texts.")
        names.add(name)
    return tuple(sorted(names))


def changed_event(tree: Tree, event: EventReference, where: str) -> EventChange:
    """Read what is set in an event. Raises InputError with the line and the field."""
    where = f"{where}: set"
    if not isinstance(tree, dict) or not tree:
        raise InputError(where, "sets nothing", _SET)
    return _change(tree, event.type, where, _SET)


def added_event(tree: Tree, where: str) -> tuple[EventReference, EventChange]:
    """Read an event that is added: what a reference to it would be, and its values. Raises InputError with the line and the field."""
    where = f"{where}: event"
    if not isinstance(tree, dict):
        raise InputError(where, "describes no event", _ADDED)
    kind = _type(tree, where)
    change = _change(tree, kind, where, _ADDED)
    of_type = EVENT_TYPES[kind]
    main = {of_type.first, of_type.second, *(("seller",) if kind == "acquisition" else ())}
    parties = {name for role, names in change.roles if role in main for name in names}
    if not parties:
        place = f"{where}: roles"
        raise InputError(place, "name no main party", f"Say who is the {of_type.first}. {_ADDED}")
    if change.removed:
        where = f"{where}: {change.removed[0]}"
        raise InputError(where, "is none", "Leave the field out.")
    return EventReference(kind, tuple(sorted(parties)), change.when[:7] if len(change.when) > len("2024") else ""), change


def _change(tree: Mapping[str, Tree], of_type: str, where: str, hint: str) -> EventChange:
    refuse_unknown(tree, _FIELDS, where, hint)
    kind = _type(tree, where) if "type" in tree else ""
    removed = tuple(name for name in _REMOVABLE if _is_none(tree.get(name)))
    kept = {name: value for name, value in tree.items() if name not in removed}
    status = text_of(kept.get("status"), f"{where}: status")
    if status and status not in set(Status):
        place = f"{where}: status"
        raise InputError(place, f"{quote_value(status)} is not a status", f"Choose from: {', '.join(Status)}.")
    if "currency" in tree and "amount" in removed:
        where = f"{where}: currency"
        raise InputError(where, "belongs to no amount", "Leave it out.")
    amount, currency = money_of(kept, where) if {"amount", "currency"} & set(kept) else (None, "")
    return EventChange(
        kind, _roles(kept.get("roles"), kind or of_type, f"{where}: roles"), _when(kept.get("when"), f"{where}: when"), status, amount, currency,
        text_of(kept.get("part"), f"{where}: part"), removed,
    )  # fmt: skip


def _is_none(tree: Tree) -> bool:
    return isinstance(tree, str) and tree.strip().casefold() == NONE


def _type(tree: Mapping[str, Tree], where: str) -> str:
    kind = text_of(tree.get("type"), where)
    if kind not in _TYPES:
        raise InputError(where, f"{quote_value(kind) if kind else 'nothing'} is not a type of event", f"Choose from: {', '.join(_TYPES)}.")
    return kind


def _roles(tree: Tree, of_type: str, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if tree is None:
        return ()
    if not isinstance(tree, dict):
        raise InputError(where, "are no roles with names", "Write them like this: {acquirer: Zorvex, target: [Quimbal]}.")
    known = EVENT_TYPES[of_type].roles
    for role in tree:
        if role not in known:
            raise InputError(where, f"{quote_value(role)} is not a role of {of_type}", f"Choose from: {', '.join(known)}.")
    return tuple(sorted((role, () if _is_none(names) else _names(names, f"{where}: {role}")) for role, names in tree.items()))


def _when(tree: Tree, where: str) -> str:
    text = text_of(tree, where)
    match = _TIME.fullmatch(text)
    if text:
        try:
            date(*(int(number or 1) for number in match.groups())) if match else date.fromisoformat("")
        except ValueError as error:
            raise InputError(
                where, f"{quote_value(text)} is no day, month or year", "Write it like this: 2021-11-18, 2021-11 or 2021."
            ) from error
    return text
