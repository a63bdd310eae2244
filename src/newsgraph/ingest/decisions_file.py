"""`decisions.yaml`: what people decided, one entry a decision; every mistake in it is named by its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from newsgraph.decisions import Decision, Happening, Named, Verb
from newsgraph.errors import InputError
from newsgraph.ingest.notes import Notes
from newsgraph.ingest.yaml_tree import Tree, YamlError, read_yaml
from newsgraph.vocabulary import EVENT_TYPES

_ITEM = re.compile(r"(\s*)-(?:\s|$)")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_SEVERAL = 2
_MORE = frozenset({"who", "when", "why", "to", "amount", "currency"})
_MOST = 4_000_000  # characters of a file of decisions: tens of thousands of them

HELP = "Write each as in: - same: [Facebook, Meta]"


def read_decisions(path: Path) -> list[Decision]:
    """Read a file of decisions. Raises InputError naming file and line where the file or an entry cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8", "Save the file as UTF-8.") from error
    if len(text) > _MOST:
        raise InputError(str(path), f"has {len(text):,} characters", "This is no file of decisions, or needs to be split.")
    try:
        tree = read_yaml(text, Notes(str(path)))
    except YamlError as error:
        raise InputError(str(path), str(error), f"{error.hint}.") from error
    entries = tree.get("decisions") if isinstance(tree, dict) else tree
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise InputError(str(path), "holds no list of decisions", HELP)
    lines = _lines(text, len(entries))
    return [_decision(entry, f"{path}: line {line}", line) for entry, line in zip(entries, lines, strict=True)]


def _lines(text: str, entries: int) -> list[int]:
    """Give the line of each entry: the lines with a dash that are indented least."""
    dashes = [(len(match[1]), number) for number, line in enumerate(text.splitlines(), start=1) if (match := _ITEM.match(line))]
    least = min((indent for indent, _ in dashes), default=0)
    found = [number for indent, number in dashes if indent == least]
    return found if len(found) == entries else [*range(1, entries + 1)]


def _decision(entry: Tree, where: str, line: int) -> Decision:
    if not isinstance(entry, dict):
        raise InputError(where, "is no decision", HELP)
    verbs = [verb for verb in Verb if verb.value in entry or verb.value.replace("_", " ") in entry]
    if len(verbs) != 1:
        known = ", ".join(verb.value for verb in Verb)
        raise InputError(where, f"names {len(verbs)} things to decide", f"Give exactly one of: {known}.")
    verb = verbs[0]
    unknown = sorted(set(entry) - {verb.value, verb.value.replace("_", " ")} - _MORE)
    if unknown:
        raise InputError(where, f"has the unknown field {unknown[0]}", f"Beside {verb.value} may stand: {', '.join(sorted(_MORE))}.")
    about = entry.get(verb.value, entry.get(verb.value.replace("_", " ")))
    who, when, why = (_text(entry.get(name), f"{where}: {name}") for name in ("who", "when", "why"))
    signed = Decision(verb, who=who, when=when, why=why, line=line)
    if verb in {Verb.WRONG_EVENT, Verb.RIGHT_AMOUNT}:
        event = _event(about, where)
        if verb is Verb.WRONG_EVENT:
            return replace(signed, event=event)
        amount, currency = _number(entry.get("amount"), f"{where}: amount"), _text(entry.get("currency"), f"{where}: currency")
        if amount is None or not _CURRENCY.fullmatch(currency):
            raise InputError(where, "gives no amount with currency", "Write as in: amount: 180000000, currency: USD.")
        return replace(signed, event=event, amount=amount, currency=currency)
    companies = _companies(about, where)
    if verb in {Verb.SAME, Verb.DIFFERENT} and len(companies) < _SEVERAL:
        raise InputError(where, f"{verb.value} names one company", "Name two or more: [Facebook, Meta].")
    if verb in {Verb.RENAME, Verb.NOT_A_COMPANY} and len(companies) != 1:
        raise InputError(where, f"{verb.value} names {len(companies)} companies", "Name one.")
    name = _text(entry.get("to"), f"{where}: to")
    if (verb is Verb.RENAME) != bool(name):
        raise InputError(where, "rename needs `to`, and nothing else has it", "Write as in: rename: Facebook, to: Meta.")
    return replace(signed, companies=companies, name=name)


def _companies(tree: Tree, where: str) -> tuple[Named, ...]:
    found = set()
    for one in tree if isinstance(tree, list) else [tree]:
        name, article = (one.get("name"), one.get("in")) if isinstance(one, dict) else (one, None)
        named = Named(_text(name, where), _text(article, where))
        if not named.name:
            raise InputError(where, "a company has no name", "Give its name as texts have it.")
        found.add(named)
    return tuple(sorted(found))


def _event(tree: Tree, where: str) -> Happening:
    if not isinstance(tree, dict):
        hint = "Write as in: {type: investment, parties: [Sanofi, Owkin], month: 2021-11}."
        raise InputError(where, "names no event", hint)
    kind, month = _text(tree.get("type"), where), _text(tree.get("month"), where)
    parties = tuple(sorted(named.name for named in _companies(tree.get("parties"), where)))
    if kind not in EVENT_TYPES:
        raise InputError(where, f"{kind or 'nothing'} is no type of event", f"Choose from: {', '.join(EVENT_TYPES)}.")
    if month and not _MONTH.fullmatch(month):
        raise InputError(where, f"{month} is no month", "Write it as in 2021-11.")
    return Happening(kind, parties, month[:7], _number(tree.get("amount"), where))


def _text(tree: Tree, where: str) -> str:
    if isinstance(tree, list | Mapping):
        raise InputError(where, "holds a list where a text should stand", "Write one text.")
    return " ".join((tree or "").split())


def _number(tree: Tree, where: str) -> float | None:
    text = _text(tree, where).replace("_", "").replace(",", "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise InputError(where, f"{text} is no number", "Write it in full units: 180000000.") from error
    if not 0 < number < 1e18:  # noqa: PLR2004 - more money than there is
        raise InputError(where, f"{text} is no amount of money", "Write it in full units: 180000000.")
    return number
