"""Annotated texts in one form: names, phrases and events with their places in the text, whatever file they come from."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from newsgraph.core.model import Article
from newsgraph.extract.reader.labels import PHRASES, ROLES
from newsgraph.score import text_held_out

sys.path.append(str(Path(__file__).parents[1]))
from article_parts import number_of

Span = tuple[int, int]
_FIRST_YEAR = 1900  # an earlier day of publishing is none
_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]")
_KIND_OF_LABEL = {"COMPANY": "company", "ORG": "organisation", "PERSON": "person", "PLACE": "place", "PRODUCT": "product"}
_LEGAL = re.compile(r"[,.]?\s+(inc|corp|corporation|co|company|ltd|limited|plc|llc|ag|se|sa|nv|gmbh|ab|holdings?|group)\.?$", re.IGNORECASE)
SIDES = {
    "acquisition": ("acquirer", "target"), "investment": ("investor", "target"), "merger": ("party", "party"), "partnership": ("party", "party"),
    "funding_round": ("lead", "company"), "ipo": ("company", ""), "product_launch": ("company", ""), "lawsuit": ("plaintiff", "defendant"),
    "appointment": ("company", ""), "contract": ("supplier", "customer"), "expansion": ("company", ""), "financial_result": ("company", ""),
    "layoff": ("company", ""), "approval": ("company", "authority"), "award": ("receiver", "giver"),
}  # fmt: skip
"""The roles that subject and object of a simple event have."""


@dataclass(frozen=True)
class Entity:
    """A named thing: its kind and the offsets of its mentions."""

    name: str
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Event:
    """An event: `roles` hold numbers of entities, `phrases` offsets of words, `unnamed` tells that a party has no name."""

    type: str
    roles: Mapping[str, tuple[int, ...]]
    phrases: Mapping[str, Span] = field(default_factory=dict)
    status: str | None = None
    background: bool | None = None
    when: str | None = None
    amounts: tuple[tuple[float, str, str], ...] = ()
    percent: float | None = None
    count: float | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Document:
    """A text with all that is annotated; `simple` ones tell only subject and object of fifteen types of events."""

    id: str
    file: str
    title: str
    excerpt: str
    body: str
    published: date | None
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    simple: bool
    part: str
    names_only: bool = False

    @property
    def article(self) -> Article:
        """The article that newsgraph would read."""
        return Article("", None, self.title, self.excerpt, "", "main", self.body)

    @property
    def text(self) -> str:
        """The text that offsets refer to."""
        return self.article.text


def part_of(name: str) -> str:
    """Tell where a text belongs by its id: `kept` (a fifth, never learned from), `dev` (a fifth, for choosing) or `train`."""
    return {0: "kept", 1: "dev"}.get(number_of(name) % 5, "train")


def many(value: object) -> list[str]:
    """Give a role's value as a list."""
    return [] if value is None else [str(one) for one in value] if isinstance(value, list) else [str(value)]


def read_articles(path: Path) -> list[Document]:
    """Read a file of whole articles or short texts in the form of events with roles."""
    return [_document(json.loads(line), path.stem) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _document(row: dict[str, Any], file: str) -> Document:
    published = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    if published and published.year < _FIRST_YEAR:
        published = None
    text = Article("", None, row["title"], "", "", "main", row["body"]).text
    spans = _mentions(text, row["entities"])
    entities = tuple(Entity(one["name"], one["kind"], tuple(spans[at])) for at, one in enumerate(row["entities"]))
    number = {one["name"]: at for at, one in enumerate(row["entities"])}
    events = tuple(_event(text, event, number) for event in row["events"])
    return Document(row["id"], file, row["title"], "", row["body"], published, entities, events, simple=False, part=part_of(row["id"]))


def _mentions(text: str, entities: Sequence[Mapping[str, Any]]) -> list[list[Span]]:
    """Find the mentions of each entity, the longest surfaces first; no two overlap."""
    surfaces = sorted({(s, at) for at, one in enumerate(entities) for s in one["surfaces"] if s}, key=lambda pair: (-len(pair[0]), pair[1]))
    taken = bytearray(len(text))
    found: list[list[Span]] = [[] for _ in entities]
    for surface, at in surfaces:
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found[at].append(match.span())
    return [sorted(one) for one in found]


def _event(text: str, row: Mapping[str, Any], number: Mapping[str, int]) -> Event:
    evidence = tuple((at, at + len(s)) for s in row.get("evidence", ()) if (at := text.find(s)) >= 0)
    roles: dict[str, tuple[int, ...]] = {}
    phrases: dict[str, Span] = {}
    for role, value in row["roles"].items():
        named = tuple(number[one] for one in many(value) if one in number)
        if named and role in ROLES[row["type"]]:
            roles[role] = named
        words = next((one for one in many(value) if one not in number), None)
        if words and role in PHRASES and (span := _find(text, words, evidence)):
            phrases[role] = span
    if row.get("part") and (span := _find(text, str(row["part"]), evidence)):
        phrases["part"] = span
    amounts = tuple(
        (float(a["value"]), a.get("currency") or "", a.get("of") or "other") for a in row.get("amounts", ()) if a.get("value") is not None
    )
    return Event(
        row["type"], roles, phrases, row.get("status"), bool(row.get("background")), row.get("when"), amounts,
        row.get("percent"), row.get("count"), evidence,
    )  # fmt: skip


def _find(text: str, words: str, evidence: Sequence[Span]) -> Span | None:
    low, wanted = text.lower(), words.lower()
    for start, end in (*evidence, (0, len(text))):
        at = low.find(wanted, start, end)
        if at >= 0 and len(low) == len(text):
            return at, at + len(words)
    return None


def read_marked(path: Path) -> list[Document]:
    """Read a file of marked texts; the quarter that is held out in the tagger's training is kept here too."""
    documents = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        plain = {key: _MARK.sub(r"\1", row[key]) for key in ("title", "excerpt")}
        name = f"{path.stem}:{number}"
        part = "kept" if text_held_out(plain) else "dev" if part_of(name) == "dev" else "train"
        documents.append(_marked(row, plain, name, path.stem, part))
    return documents


def _marked(row: Mapping[str, Any], plain: Mapping[str, str], name: str, file: str, part: str) -> Document:
    entities, number = _marked_entities([(row["title"], 0), (row["excerpt"], len(plain["title"]) + 1)])
    events = []
    for event in row.get("events", ()):
        roles: dict[str, tuple[int, ...]] = {}
        if event["type"] not in SIDES:
            continue
        for role, side in zip(SIDES[event["type"]], ("subject", "object"), strict=True):
            at = _number_of(event.get(side), number)
            if role and at is not None and at not in roles.get(role, ()):
                roles[role] = (*roles.get(role, ()), at)
        if roles:
            events.append(Event(event["type"], roles, status=event.get("status")))
    article = Document(name, file, plain["title"], plain["excerpt"], "", None, entities, tuple(events), simple=True, part=part)
    return replace(article, names_only="events" not in row)


def _marked_entities(fields: Sequence[tuple[str, int]]) -> tuple[tuple[Entity, ...], dict[str, int]]:
    spans: dict[tuple[str, str], list[Span]] = {}
    names: dict[tuple[str, str], str] = {}
    for marked, offset in fields:
        removed = 0
        for match in _MARK.finditer(marked):
            start = offset + match.start() - removed
            removed += len(match[0]) - len(match[1])
            if match[2] in _KIND_OF_LABEL:
                key = (_KIND_OF_LABEL[match[2]], normalise(match[1]))
                spans.setdefault(key, []).append((start, start + len(match[1])))
                names.setdefault(key, match[1])
    for kind, short in sorted(spans):  # short forms stand for the long one
        longer = [other for other in spans if other[0] == kind and other[1].startswith(f"{short} ")]
        if len(longer) == 1 and longer[0] in spans:
            spans[longer[0]] = sorted(spans[longer[0]] + spans.pop((kind, short)))
    entities = tuple(Entity(names[key], key[0], tuple(found)) for key, found in spans.items())
    return entities, {key[1]: at for at, key in enumerate(spans) if key[0] in {"company", "organisation"}}


def _number_of(name: str | None, number: Mapping[str, int]) -> int | None:
    if not name:
        return None
    key = normalise(name)
    near = [at for other, at in number.items() if other == key] or [
        at for other, at in number.items() if other.startswith(f"{key} ") or key.startswith(f"{other} ")
    ]
    return near[0] if len(near) == 1 else None


def normalise(name: str) -> str:
    """Fold a name: without case, legal form, possessive and punctuation."""
    last = None
    while last != name:
        last, name = name, _LEGAL.sub("", name)
    return re.sub(r"[^\w]+", " ", re.sub(r"['\u2019]s$", "", name).casefold()).strip()


def read_all(shared: Path, more: Sequence[Path] = ()) -> Iterator[Document]:
    """Read every set that there is: annotated articles, marked texts, and `more` files of annotated texts."""
    for path in [*sorted((shared / "articles").glob("*.jsonl")), *more]:
        yield from read_articles(path)
    for path in sorted((shared / "training").glob("*.jsonl")):
        yield from read_marked(path)
