"""A difference between two graphs as a bulletin, for pages that people read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from newsgraph.bulletin.bulletin import Bulletin, Entry, Section
from newsgraph.diff.difference import Difference, KindDifference
from newsgraph.diff.difference_text import MANY, change_text, fact_text, short


def difference_bulletin(difference: Difference, kinds: Collection[str] | None = None, most: int | None = None) -> Bulletin:
    """Return a difference as a bulletin: notes of how the graphs were made and of numbers, and a section for each list.

    Of `kinds` (tables of nodes; None for all) the nodes are listed, at most `most` in each section.
    """
    notes = [f"Built differently: {'; '.join(map(change_text, difference.made))}."] if difference.made else []
    notes += [f"{kind.kind.capitalize()}: {kind.before:,} before, {kind.after:,} after." for kind in difference.kinds if _differs(kind)]
    sections = (section for kind in difference.kinds if kinds is None or kind.kind in kinds for section in _sections(kind, most))
    return Bulletin(
        iri="urn:newsgraph:difference", title="Changes between two graphs", notes=tuple(notes) or ("No difference.",),
        sections=tuple(section for section in sections if section.entries),
    )  # fmt: skip


def _differs(kind: KindDifference) -> bool:
    return bool(kind.new or kind.gone or kind.changed or kind.became)


def _sections(kind: KindDifference, most: int | None) -> Iterator[Section]:
    for what, nodes in (("New", kind.new), ("Gone", kind.gone)):
        facts = (Entry(node.iri, short(node.label), _line(fact_text(*fact) for fact in node.facts)) for node in nodes[:most])
        yield _section(f"{what} {kind.kind}", facts, len(nodes), most)
    renamed = (
        Entry(node.new.iri, short(node.old.label), (f"became {short(node.new.label)} <{node.new.iri}>",)) for node in kind.became[:most]
    )
    yield _section(f"Renamed {kind.kind}", renamed, len(kind.became), most)
    many = None if most is None else MANY
    changed = (
        Entry(node.iri, short(node.label), tuple(_arrow(change_text(change, many)) for change in node.fields))
        for node in kind.changed[:most]
    )
    yield _section(f"Changed {kind.kind}", changed, len(kind.changed), most)


def _arrow(line: str) -> str:
    return line.replace(" -> ", " → ")


def _line(parts: Iterator[str]) -> tuple[str, ...]:
    line = ", ".join(parts)
    return (line,) if line else ()


def _section(heading: str, entries: Iterator[Entry], count: int, most: int | None) -> Section:
    return Section(heading, tuple(entries), 0 if most is None else max(0, count - most))
