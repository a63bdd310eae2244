"""A bulletin as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgraph.bulletin.bulletin import Bulletin, Entry, Section, Source
from newsgraph.bulletin.safe_links import web_link

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_BREAKS = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def markdown(bulletin: Bulletin) -> str:
    """Return a bulletin as Markdown (CommonMark); texts of articles are escaped, so that none of them is markup."""
    return "\n".join(_lines(bulletin)) + "\n"


def _lines(bulletin: Bulletin) -> Iterator[str]:
    yield f"# {_plain(bulletin.title)}"
    for note in bulletin.notes:
        yield ""
        yield _plain(note)
    for section in bulletin.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {_plain(section.heading)}"
    yield ""
    for entry in section.entries:
        yield from _entry(entry)
    if section.more:
        yield f"- and {section.more:,} more"


def _entry(entry: Entry) -> Iterator[str]:
    yield f"- **{_plain(entry.label)}**" + (f": {_plain(entry.lines[0])}" if entry.lines else "")
    for line in entry.lines[1:]:
        yield f"  - {_plain(line)}"
    for source in entry.sources:
        yield f"  - {_source(source)}"


def _source(source: Source) -> str:
    link = web_link(source.url).replace("(", "%28").replace(")", "%29")
    title = f"[{_plain(source.title)}]({link})" if link else _plain(source.title)
    when = f"{source.published:%Y-%m-%d}" if source.published else ""
    return ", ".join(filter(None, (title, _plain(source.publisher), when)))


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", _CONTROL.sub("", _BREAKS.sub(" ", text).strip()))
