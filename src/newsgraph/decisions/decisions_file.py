"""Read `decisions.yaml`, the decisions of people: one list entry per decision. Errors name the line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.decisions.decision import Decision, EventReference, NamedThing, Verb
from newsgraph.ingest.problem_notes import ProblemNotes, quote_value
from newsgraph.ingest.yaml_tree import Tree, YamlError, list_place, read_yaml

LIST = "decisions"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d[\d_]*)(?:\.\d+)?(?:[eE]\+?\d{1,2})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENTRY = re.compile(r"\[(\d+)\]")
_SEVERAL = 2
_SIGNED = frozenset({"who", "when", "why"})
_VALUES = {Verb.RENAME: frozenset({"to"}), Verb.RIGHT_AMOUNT: frozenset({"amount", "currency"})}
_MAX_BYTES = 4_000_000  # of a file of decisions, which are tens of thousands
_TYPES = tuple(name for name in EVENT_TYPES if name != "deal")  # a deal follows from its parts and the totals of texts

HELP = "Write each decision like this: - same: [Facebook, Meta]"


def read_decisions(path: Path) -> list[Decision]:
    """Read a file of decisions. Raises InputError with file and line if the file or an entry cannot be used."""
    return parse_decisions(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Return the text of a file of decisions with its own line ends. Raises InputError if it cannot be read."""
    try:
        size = path.stat().st_size
        if size > _MAX_BYTES:
            raise InputError(str(path), f"has {size:,} bytes", "This is not a file of decisions, or it must be split.")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"{path}: line {line}"
        raise InputError(where, "is not UTF-8", "Save the file as UTF-8.") from error


def parse_decisions(text: str, name: str) -> list[Decision]:
    """Parse the text of a file of decisions; errors call the file `name`. Raises InputError as `read_decisions` does."""
    text = text.removeprefix("\ufeff")
    control = _CONTROL.search(text)
    if control:
        where, what = f"{name}: line {text.count(chr(10), 0, control.start()) + 1}", f"contains the control character {control[0]!a}"
        raise InputError(where, what, "Remove it.")
    notes = ProblemNotes(name)
    try:
        tree = read_yaml(text, notes)
    except YamlError as error:
        raise InputError(name, str(error), f"{error.hint}.") from error
    lines = list_place(text, LIST).lines
    for problem in notes.problems:
        number = _ENTRY.search(problem.field)
        where = f"{name}: line {lines[int(number[1])] if number else 1}"
        raise InputError(where, f"{problem.field.rpartition('.')[2]} {problem.what}", f"{problem.hint}.")
    return [_decision(entry, f"{name}: line {line}", line) for entry, line in zip(_entries(tree, name), lines, strict=True)]


def _entries(tree: Tree, name: str) -> list[Tree]:
    where = f"{name}: line 1"
    if isinstance(tree, dict):
        _only(tree, {LIST}, where, f"Write a list, or a list under {LIST}. {HELP}.")
        tree = tree[LIST] if tree else None
    if tree is None:
        return []
    if not isinstance(tree, list):
        raise InputError(where, "contains no list of decisions", f"{HELP}.")
    return tree


def _only(tree: Mapping[str, Tree], known: Collection[str], where: str, hint: str) -> None:
    """Refuse unknown fields: a misspelled one would otherwise be ignored."""
    unknown = sorted(set(tree) - set(known))
    if unknown:
        raise InputError(where, f"has the unknown field {quote_value(unknown[0])}", hint)


def _decision(entry: Tree, where: str, line: int) -> Decision:
    if not isinstance(entry, dict):
        raise InputError(where, "is not a decision", f"{HELP}.")
    if len(spelled := {name.replace(" ", "_"): value for name, value in entry.items()}) == len(entry):
        entry = spelled  # "not a company" is allowed
    verbs = [verb for verb in Verb if verb.value in entry]
    if len(verbs) != 1:
        known = ", ".join(verb.value for verb in Verb)
        raise InputError(where, f"names {len(verbs)} kinds of decisions", f"Use exactly one of: {known}.")
    verb = verbs[0]
    further = _SIGNED | _VALUES.get(verb, frozenset())
    _only(entry, {verb.value} | further, where, f"With {verb.value} you can use: {', '.join(sorted(further))}.")
    about = entry[verb.value]
    who, when, why = (_text(entry.get(name), f"{where}: {name}") for name in ("who", "when", "why"))
    signed = Decision(verb, who=who, when=when, why=why, line=line)
    if verb is Verb.WRONG_EVENT:
        return replace(signed, event=_event(about, where))
    if verb is Verb.RIGHT_AMOUNT:
        amount, currency = _number(entry.get("amount"), f"{where}: amount"), _text(entry.get("currency"), f"{where}: currency")
        if amount is None or not _CURRENCY.fullmatch(currency):
            raise InputError(where, "has no amount with currency", "Write it like this: amount: 180000000, currency: USD.")
        return replace(signed, event=_event(about, where), amount=amount, currency=currency)
    return _of_companies(signed, about, entry, where)


def _of_companies(signed: Decision, about: Tree, entry: Mapping[str, Tree], where: str) -> Decision:
    verb, companies = signed.verb, _companies(about, where)
    if verb in {Verb.SAME, Verb.DIFFERENT} and len(companies) < _SEVERAL:
        raise InputError(where, f"{verb.value} names one company", "Name two or more: [Facebook, Meta].")
    if verb in {Verb.RENAME, Verb.NOT_A_COMPANY} and len(companies) != 1:
        raise InputError(where, f"{verb.value} names {len(companies)} companies", "Name one.")
    name = _text(entry.get("to"), f"{where}: to")
    if verb is Verb.RENAME and not name:
        raise InputError(where, "has no new name", "Write it like this: rename: Facebook, to: Meta.")
    return replace(signed, companies=companies, name=name)


def _companies(tree: Tree, where: str) -> tuple[NamedThing, ...]:
    companies = set()
    for item in tree if isinstance(tree, list) else [tree]:
        if isinstance(item, dict):
            _only(item, {"name", "in"}, where, "Write a company like this: {name: Delta, in: https://news.example/delta}.")
        name, article = (item.get("name"), item.get("in")) if isinstance(item, dict) else (item, None)
        company = NamedThing(_text(name, where), _text(article, where))
        if not company.name:
            raise InputError(where, "a company has no name", "Write its name as it is in texts.")
        companies.add(company)
    return tuple(sorted(companies))


def _event(tree: Tree, where: str) -> EventReference:
    hint = "Write it like this: {type: investment, parties: [Sanofi, Owkin], month: 2021-11}."
    if not isinstance(tree, dict):
        raise InputError(where, "names no event", hint)
    _only(tree, {"type", "parties", "month", "amount"}, where, hint)
    kind, month = _text(tree.get("type"), where), _text(tree.get("month"), where)
    if kind not in _TYPES:
        raise InputError(where, f"{quote_value(kind) if kind else 'nothing'} is not a type of event", f"Choose from: {', '.join(_TYPES)}.")
    parties = _companies(tree.get("parties"), where)
    if any(party.article for party in parties):
        raise InputError(where, "a party has an article", "Write parties as names alone; month and amount distinguish events.")
    if month and not _MONTH.fullmatch(month):
        raise InputError(where, f"{quote_value(month)} is not a month", "Write it like this: 2021-11.")
    return EventReference(kind, tuple(sorted(party.name for party in parties)), month[:7], _number(tree.get("amount"), where))


def _text(tree: Tree, where: str) -> str:
    if isinstance(tree, list | Mapping):
        raise InputError(where, "contains a list, not a text", "Write one text.")
    return " ".join((tree or "").split())


def _number(tree: Tree, where: str) -> float | None:
    text = _text(tree, where)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise InputError(where, f"{quote_value(text)} is not a number", "Write it in full units: 180000000.")
    number = float(text.replace("_", "").replace(",", ""))
    if not 0 < number < 1e18:  # noqa: PLR2004 - more money than there is
        raise InputError(where, f"{quote_value(text)} is not an amount of money", "Write it in full units: 180000000.")
    return number
