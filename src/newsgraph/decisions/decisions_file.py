"""Read `decisions.yaml`, the decisions of people: one list entry per decision. Errors name the line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file
from newsgraph.decisions.decision import Decision, EventReference, NamedThing, Verb
from newsgraph.decisions.entry_fields import money_of, refuse_unknown, text_of
from newsgraph.decisions.event_entries import added_event, changed_event, event_reference
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import Tree, YamlError, list_place, read_yaml

LIST = "decisions"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENTRY = re.compile(r"\[(\d+)\]")
_SEVERAL = 2
_SIGNED = frozenset({"who", "when", "why"})
_VALUES = {
    Verb.RENAME: frozenset({"to"}), Verb.RIGHT_AMOUNT: frozenset({"amount", "currency"}), Verb.EVENT: frozenset({"set"}),
}  # fmt: skip
_MAX_BYTES = 4_000_000  # of a file of decisions, which are tens of thousands

_ADD = "Write it like this: {event: {type: ipo, roles: {company: Zorvex}}, article: LINK, sentence: ...}, with the words of the article."
_STORY = "Write two articles or more, by their links: [{article: LINK}, {article: LINK}]."
_EVENTS = "Write two events or more: [{event: {type: ipo, parties: [Zorvex], month: 2024-05}}, {event: ...}]."
HELP = "Write each decision like this: - same: [Facebook, Meta]"


def read_decisions(path: Path) -> list[Decision]:
    """Read a file of decisions. Raises InputError with file and line if the file or an entry cannot be used."""
    return parse_decisions(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Return the text of a file of decisions with its own line ends. Raises InputError if it cannot be read."""
    check_given_file(path)
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
        refuse_unknown(tree, {LIST}, where, f"Write a list, or a list under {LIST}. {HELP}.")
        tree = tree[LIST] if tree else None
    if tree is None:
        return []
    if not isinstance(tree, list):
        raise InputError(where, "contains no list of decisions", f"{HELP}.")
    return tree


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
    refuse_unknown(entry, {verb.value} | further, where, f"With {verb.value} you can use: {', '.join(sorted(further))}.")
    about = entry[verb.value]
    who, when, why = (text_of(entry.get(name), f"{where}: {name}") for name in ("who", "when", "why"))
    signed = Decision(verb, who=who, when=when, why=why, line=line)
    if verb is Verb.WRONG_EVENT:
        return replace(signed, event=event_reference(about, where))
    if verb is Verb.RIGHT_AMOUNT:
        amount, currency = money_of(entry, where)
        return replace(signed, event=event_reference(about, where), amount=amount, currency=currency)
    if verb is Verb.EVENT:
        event = event_reference(about, where)
        return replace(signed, event=event, change=changed_event(entry.get("set"), event, where))
    if verb is Verb.ADD:
        return _addition(signed, about, where)
    return _of_identity(signed, about, where) or _of_companies(signed, about, entry, where)


def _of_identity(signed: Decision, about: Tree, where: str) -> Decision | None:
    """Read which articles or events are the same or different; None if the entry is about companies."""
    if signed.verb not in {Verb.SAME, Verb.DIFFERENT} or not isinstance(about, list):
        return None
    fields = {field for item in about if isinstance(item, dict) for field in item}
    if "article" in fields:
        return replace(signed, articles=_articles(about, where))
    return replace(signed, events=_events(about, where)) if "event" in fields else None


def _events(items: Sequence[Tree], where: str) -> tuple[EventReference, ...]:
    events = {}
    for item in items:
        if not isinstance(item, dict) or "event" not in item:
            raise InputError(where, "names events and other things", _EVENTS)
        refuse_unknown(item, {"event"}, where, _EVENTS)
        event = event_reference(item["event"], f"{where}: event")
        events[event.key] = event
    if len(events) < _SEVERAL:
        raise InputError(where, "names fewer than two events", _EVENTS)
    if len({event.type for event in events.values()}) > 1:
        raise InputError(where, "names events of several types", "Change the type of one of them first, by an entry `event`.")
    return tuple(sorted(events.values(), key=str))


def _addition(signed: Decision, about: Tree, where: str) -> Decision:
    where = f"{where}: add"
    if not isinstance(about, dict):
        raise InputError(where, "describes no event", _ADD)
    refuse_unknown(about, {"event", "article", "sentence"}, where, _ADD)
    event, change = added_event(about.get("event"), where)
    article, sentence = (text_of(about.get(name), f"{where}: {name}") for name in ("article", "sentence"))
    for name, text in (("article", article), ("sentence", sentence)):
        if not text:
            place = f"{where}: {name}"
            raise InputError(place, "is missing", _ADD)
    return replace(signed, event=event, change=change, article=article, sentence=sentence)


def _of_companies(signed: Decision, about: Tree, entry: Mapping[str, Tree], where: str) -> Decision:
    verb, companies = signed.verb, _companies(about, where)
    if verb in {Verb.SAME, Verb.DIFFERENT} and len(companies) < _SEVERAL:
        raise InputError(where, f"{verb.value} names one company", "Name two or more: [Facebook, Meta].")
    if verb in {Verb.RENAME, Verb.NOT_A_COMPANY, Verb.PERSON} and len(companies) != 1:
        raise InputError(where, f"{verb.value} names {len(companies)} {'people' if verb is Verb.PERSON else 'companies'}", "Name one.")
    name = text_of(entry.get("to"), f"{where}: to")
    if verb is Verb.RENAME and not name:
        raise InputError(where, "has no new name", "Write it like this: rename: Facebook, to: Meta.")
    return replace(signed, companies=companies, name=name)


def _articles(items: Sequence[Tree], where: str) -> tuple[str, ...]:
    articles = set()
    for item in items:
        if not isinstance(item, dict):
            raise InputError(where, "names companies and articles", _STORY)
        refuse_unknown(item, {"article"}, where, _STORY)
        articles.add(text_of(item.get("article"), where))
    if "" in articles or len(articles) < _SEVERAL:
        raise InputError(where, "names fewer than two articles", _STORY)
    return tuple(sorted(articles))


def _companies(tree: Tree, where: str) -> tuple[NamedThing, ...]:
    companies = set()
    for item in tree if isinstance(tree, list) else [tree]:
        if isinstance(item, dict):
            refuse_unknown(item, {"name", "in"}, where, "Write a company like this: {name: Delta, in: https://news.example/delta}.")
        name, article = (item.get("name"), item.get("in")) if isinstance(item, dict) else (item, None)
        company = NamedThing(text_of(name, where), text_of(article, where))
        if not company.name:
            raise InputError(where, "a company has no name", "Write its name as it is in texts.")
        companies.add(company)
    return tuple(sorted(companies))
