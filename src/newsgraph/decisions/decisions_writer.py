"""Decisions as YAML text, added to a file at its end and taken off again; what people wrote in it stays as it is."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.decisions.decision import Decision, EventReference, NamedThing
from newsgraph.decisions.decisions_file import LIST, parse_decisions, read_text
from newsgraph.ingest.yaml_tree import list_place

# Words that need no quotes wherever they stand; those that YAML readers take for something else get them all the same.
_PLAIN = re.compile(r"[^\W\d_][\w.+-]*(?: [^\W_][\w.+-]*| & [^\W_][\w.+-]*)*")
_TAKEN = frozenset("null true false yes no on off y n nan inf".split())
_BYTE, _SHORT = 0x100, 0x10000


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added to a file: the text at its end, and whether the file was made for it."""

    text: str
    made: bool


def format_decision(decision: Decision, indent: int = 0) -> str:
    """Write a decision as an entry of a YAML list, a line a field. White space in names is written as single blanks.

    Raises InputError for a decision without companies and event, which says nothing.
    """
    if not (decision.companies or decision.event):
        where, hint = str(decision), "Name companies or an event."
        raise InputError(where, "is about nothing", hint)
    lines = [f"{name}: {value}" for name, value in _fields(folded_text(decision))]
    return "".join(f"{' ' * indent}{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def folded_text(decision: Decision) -> Decision:
    """Give a decision as it is read back: white space in texts is single blanks, names are sorted, no line."""
    named = {NamedThing(_folded(one.name), _folded(one.article)) for one in decision.companies}
    event = decision.event and replace(decision.event, parties=tuple(sorted({_folded(name) for name in decision.event.parties})))
    return replace(
        decision, companies=tuple(sorted(named)), event=event, line=0, name=_folded(decision.name), who=_folded(decision.who),
        when=_folded(decision.when), why=_folded(decision.why),
    )  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(text.split())


def _fields(one: Decision) -> Iterator[tuple[str, str]]:
    companies = [_company(named) for named in one.companies]
    yield one.verb.value, _event(one.event) if one.event else companies[0] if len(companies) == 1 else _listed(companies)
    if one.name:
        yield "to", _scalar(one.name)
    if one.amount is not None:
        yield "amount", _number(one.amount)
        yield "currency", _scalar(one.currency)
    for field in ("who", "when", "why"):
        text = getattr(one, field)
        if text:
            yield field, _scalar(text)


def _company(named: NamedThing) -> str:
    return f"{{name: {_scalar(named.name)}, in: {_scalar(named.article)}}}" if named.article else _scalar(named.name)


def _event(event: EventReference) -> str:
    fields = [f"type: {event.type}", f"parties: {_listed([_scalar(name) for name in event.parties])}"]
    fields += [f"month: {_scalar(event.month)}"] if event.month else []
    fields += [f"amount: {_number(event.amount)}"] if event.amount is not None else []
    return f"{{{', '.join(fields)}}}"


def _listed(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


def _number(amount: float) -> str:
    return f"{amount:.0f}" if float(amount).is_integer() else repr(amount)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _TAKEN:
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < _BYTE else f"\\u{code:04x}" if code < _SHORT else f"\\U{code:08x}"


def format_addition(text: str, decision: Decision, name: str) -> str:
    """Give what is to be added to the end of a text so that it holds one decision more, after those that it holds.

    Raises InputError where `text` is no text of decisions, or its list is written in brackets, where nothing can be added.
    """
    before = parse_decisions(text, name)
    place = list_place(text.removeprefix("\ufeff"), LIST)
    entry = format_decision(decision, place.column if place.lines else 0)
    end = "\r\n" if "\r\n" in text else "\n"
    joint = end if text.removeprefix("\ufeff") and not text.endswith("\n") else ""
    more = joint + entry.replace("\n", end)
    if place.flow or not _holds(text + more, [*before, folded_text(decision)], name):
        hint = f"Write its list with a dash before each entry, and nothing after it. {_example()}"
        raise InputError(name, "cannot be added to at its end", hint)
    return more


def _holds(text: str, wanted: list[Decision], name: str) -> bool:
    try:
        return parse_decisions(text, name) == wanted
    except InputError:
        return False


def _example() -> str:
    return "For instance: - same: [Facebook, Meta]."


def append_addition(path: Path, decision: Decision) -> Addition:
    """Add a decision to a file, which is made where there is none; the file is whole at every moment.

    Raises InputError where the file cannot be read, written, or added to.
    """
    made = not path.exists()
    text = "" if made else read_text(path)
    more = format_addition(text, decision, str(path))
    _write(path, text + more)
    return Addition(more, made)


def remove_addition(path: Path, added: Addition) -> None:
    """Take what was added last off the end of a file; one that was made for it goes. Raises InputError where it ends otherwise."""
    text = read_text(path)
    if not text.endswith(added.text):
        raise InputError(str(path), "was changed by somebody else", "Open it and remove the entry by hand.")
    rest = text[: -len(added.text)]
    if added.made and not rest:
        path.unlink()
    else:
        _write(path, rest)


def _write(path: Path, text: str) -> None:
    """Write a file beside its place, then put it there, with the permissions of the former one."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        try:
            beside.write_bytes(text.encode("utf-8"))
            if target.exists():
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "Choose a folder that can be written.") from error
