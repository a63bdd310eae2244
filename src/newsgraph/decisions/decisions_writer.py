"""Write decisions as YAML at the end of a file, and remove them again; the rest of the file stays as people wrote it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.decisions.decision import Decision, EventChange, EventReference, NamedThing, Verb
from newsgraph.decisions.decisions_file import LIST, parse_decisions, read_text
from newsgraph.decisions.entry_fields import NONE, folded
from newsgraph.ingest.yaml_tree import list_place

# Words that need no quotes in any place of YAML, except those in `_RESERVED`, which YAML parsers take for other values.
_PLAIN = re.compile(r"[^\W\d_][\w.+-]*(?: [^\W_][\w.+-]*| & [^\W_][\w.+-]*)*")
_RESERVED = frozenset("null true false yes no on off y n nan inf".split())
_BYTE, _SHORT = 0x100, 0x10000


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added to a file."""

    text: str  # the new end of the file
    created: bool  # true if there was no file before


def format_decision(decision: Decision, indent: int = 0) -> str:
    """Return a decision as an entry of a YAML list, one line per field; white space and control characters become single blanks.

    `indent` is the column of the dash. Raises InputError for a decision without companies, articles and event.
    """
    if not (decision.companies or decision.articles or decision.event or decision.events):
        where, hint = str(decision), "Name companies, articles or events."
        raise InputError(where, "is about nothing", hint)
    lines = [f"{name}: {value}" for name, value in _fields(folded_text(decision))]
    return "".join(f"{' ' * indent}{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def entry_line(decision: Decision) -> str:
    """Return a decision as an entry of a YAML list on one line, to copy into a file of decisions."""
    fields = [f"{name}: {value}" for name, value in _fields(folded_text(decision))]
    return f"- {fields[0]}" if len(fields) == 1 else f"- {{{', '.join(fields)}}}"


def folded_text(decision: Decision) -> Decision:
    """Return a decision as it will be read back: white space and control characters become single blanks, names are sorted, and there is no line."""
    companies = {NamedThing(folded(company.name), folded(company.article)) for company in decision.companies}
    event = decision.event and _folded_event(decision.event)
    events = tuple(sorted(map(_folded_event, decision.events), key=str))
    return replace(
        decision, companies=tuple(sorted(companies)), articles=tuple(sorted({*map(folded, decision.articles)})), event=event, events=events, line=0, name=folded(decision.name), who=folded(decision.who),
        when=folded(decision.when), why=folded(decision.why), article=folded(decision.article), sentence=folded(decision.sentence),
        change=decision.change and _folded_change(decision.change),
    )  # fmt: skip


def _folded_event(event: EventReference) -> EventReference:
    return replace(event, parties=tuple(sorted({folded(name) for name in event.parties})), article=folded(event.article))


def _folded_change(change: EventChange) -> EventChange:
    roles = tuple(sorted((role, tuple(sorted({folded(name) for name in names}))) for role, names in change.roles))
    return replace(change, roles=roles, part=folded(change.part))


def _fields(decision: Decision) -> Iterator[tuple[str, str]]:
    companies = [*map(_company, decision.companies), *(f"{{article: {_scalar(link)}}}" for link in decision.articles)]
    companies += [f"{{event: {_event(event)}}}" for event in decision.events]
    if decision.verb is Verb.ADD:
        yield decision.verb.value, _addition(decision)
    else:
        yield decision.verb.value, _event(decision.event) if decision.event else companies[0] if len(companies) == 1 else _list(companies)
        if decision.change:
            yield "set", _change(decision.change)
    if decision.name:
        yield "to", _scalar(decision.name)
    if decision.amount is not None:
        yield "amount", _number(decision.amount)
        yield "currency", _scalar(decision.currency)
    for field in ("who", "when", "why"):
        text = getattr(decision, field)
        if text:
            yield field, _scalar(text)


def _company(company: NamedThing) -> str:
    return f"{{name: {_scalar(company.name)}, in: {_scalar(company.article)}}}" if company.article else _scalar(company.name)


def _event(event: EventReference) -> str:
    fields = [f"type: {event.type}", f"parties: {_list([_scalar(name) for name in event.parties])}"]
    fields += [f"month: {_scalar(event.month)}"] if event.month else []
    fields += [f"amount: {_number(event.amount)}"] if event.amount is not None else []
    fields += [f"in: {_scalar(event.article)}"] if event.article else []
    return f"{{{', '.join(fields)}}}"


def _change(change: EventChange) -> str:
    fields = [f"{name}: {_scalar(value)}" for name in ("type", "when", "status", "part") if (value := getattr(change, name))]
    if change.roles:
        roles = (f"{role}: {_list(list(map(_scalar, names))) if names else NONE}" for role, names in change.roles)
        fields.append(f"roles: {{{', '.join(roles)}}}")
    if change.amount is not None:
        fields += [f"amount: {_number(change.amount)}", f"currency: {_scalar(change.currency)}"]
    return f"{{{', '.join((*fields, *(f'{name}: {NONE}' for name in change.removed)))}}}"


def _addition(decision: Decision) -> str:
    change = replace(decision.change or EventChange(), type=decision.event.type if decision.event else "")
    return f"{{event: {_change(change)}, article: {_scalar(decision.article)}, sentence: {_scalar(decision.sentence)}}}"


def _list(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


def _number(amount: float) -> str:
    return f"{amount:.0f}" if float(amount).is_integer() else repr(amount)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED:
        return text
    return f'"{"".join(map(_escape, text))}"'


def _escape(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < _BYTE else f"\\u{code:04x}" if code < _SHORT else f"\\U{code:08x}"


def format_addition(text: str, decision: Decision, name: str) -> str:
    """Return what to append to the text of a file of decisions so that it contains one decision more, as the last.

    Errors call the file `name`. Raises InputError if `text` cannot be read as decisions, or if nothing can be appended, for instance to
    a list in brackets.
    """
    before = parse_decisions(text, name)
    place = list_place(text.removeprefix("\ufeff"), LIST)
    entry = format_decision(decision, place.column if place.lines else 0)
    end = "\r\n" if "\r\n" in text else "\n"
    separator = end if text.removeprefix("\ufeff") and not text.endswith("\n") else ""
    more = separator + entry.replace("\n", end)
    if place.flow or not _reads_as(text + more, [*before, folded_text(decision)], name):
        hint = "Write its list with a dash before each entry, and nothing after it. For instance: - same: [Facebook, Meta]."
        raise InputError(name, "cannot be extended at its end", hint)
    return more


def _reads_as(text: str, decisions: list[Decision], name: str) -> bool:
    try:
        return parse_decisions(text, name) == decisions
    except InputError:
        return False


def append_addition(path: Path, decision: Decision) -> Addition:
    """Append a decision to a file, which is created if it does not exist; the file is complete at every moment.

    Raises InputError if the file cannot be read, written or extended.
    """
    created = not path.exists()
    text = "" if created else read_text(path)
    more = format_addition(text, decision, str(path))
    _write(path, text + more)
    return Addition(more, created)


def remove_addition(path: Path, added: Addition) -> None:
    """Remove what was added last from the end of a file, and the file if it was created for it.

    Raises InputError if the file ends otherwise.
    """
    text = read_text(path)
    if not text.endswith(added.text):
        raise InputError(str(path), "was changed in the meantime", "Open it and remove the entry by hand.")
    rest = text[: -len(added.text)]
    if added.created and not rest:
        path.unlink()
    else:
        _write(path, rest)


def _write(path: Path, text: str) -> None:
    """Write a temporary file in the same folder and move it into place, with the permissions of the former file."""
    target = path.resolve()
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        try:
            partial.write_bytes(text.encode("utf-8"))
            if target.exists():
                partial.chmod(stat.S_IMODE(target.stat().st_mode))
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "Choose a folder that can be written.") from error
