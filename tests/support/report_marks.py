"""Reports written in one line, and texts whose names are marked, for tests of how reports are checked.

A text marks names: `[Acme]` a company, `[o:EU]` an organisation, `[p:Jane Roe]` a person, `[d:Power Desk]` a product, `[l:Lyon]` a place, `[$:5 million dollars=5000000 USD]`
a sum. A report is `type: role=Name, role=words; status; 5000000 USD of price; part=mill; percent=5; count=3; background`; a filler that no mark names
is words.
"""

from __future__ import annotations

import re

from newsgraph.core.model import EventAmount, Kind, Mention, Money, Report, RoleFiller, Status

_MARK = re.compile(r"\[(?:(?P<kind>[opdl$]):)?(?P<words>[^\]=]+)(?:=(?P<name>[^\]]+))?\]")
_KINDS = {None: Kind.COMPANY, "o": Kind.ORGANISATION, "p": Kind.PERSON, "d": Kind.PRODUCT, "l": Kind.PLACE, "$": Kind.MONEY}


def read_text(marked: str) -> tuple[str, list[Mention]]:
    """Return a text without its marks, and the mentions that they mark."""
    text, mentions, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        start, words = len(text), mark["words"]
        text += words
        mentions.append(Mention(_KINDS[mark["kind"]], mark["name"] or words, start, len(text), words, "hand", 0.9))
        at = mark.end()
    return text + marked[at:], mentions


def read_report(line: str, text: str, evidence: str, mentions: list[Mention]) -> Report:
    """Return the report of a line; `evidence` are its words in the text."""
    type_name, _, rest = line.partition(": ")
    parts = rest.split("; ")
    kinds = {mention.name: mention.kind for mention in mentions}
    fillers = []
    for pair in parts[0].split(", "):
        role, _, name = pair.partition("=")
        fillers.append(RoleFiller(role, name, kinds.get(name)))
    start = text.index(evidence)
    status, amounts, fields = Status.ANNOUNCED, [], {}
    for part in parts[1:]:
        if part in set(Status):
            status = Status(part)
        elif " of " in part and part[0].isdigit():
            money, _, of = part.partition(" of ")
            amount, currency = money.split()
            amounts.append(EventAmount(Money(float(amount), currency), of))
        else:
            field, _, value = part.partition("=")
            fields[field] = value
    return Report(
        type_name, tuple(fillers), start, start + len(evidence), "hand", 0.8, status, tuple(amounts),
        percent=float(fields["percent"]) if "percent" in fields else None, count=int(fields["count"]) if "count" in fields else None,
        part=fields.get("part"), background="background" in fields,
    )  # fmt: skip
