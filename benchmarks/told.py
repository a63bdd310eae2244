"""An article as an outlet tells it, what is true of it, and the document that holds it."""

from __future__ import annotations

import json
import random
from dataclasses import asdict, dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Truth:
    """What the maker of an article knows: its story, its original where it is a copy, its companies and its events.

    `companies` pairs each name as it stands in the text with the company's full name; `events` are type, subject, object
    (full names, as `vocabulary.EVENT_TYPES` has the sides) and the amount as told, empty where none is.
    """

    story: int
    copy_of: str | None = None
    companies: tuple[tuple[str, str], ...] = ()
    events: tuple[tuple[str, str, str | None, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One article as an outlet tells it."""

    title: str
    excerpt: str
    published: datetime
    outlet: str
    number: int
    truth: Truth

    @property
    def domain(self) -> str:
        """Give the outlet's host."""
        return self.outlet.lower().replace(" ", "") + ".example"

    @property
    def url(self) -> str:
        """Give an address of its own."""
        return f"https://www.{self.domain}/{self.published:%Y/%m}/{self.number}"

    def known(self) -> str:
        """Give what is true of it as one line of JSON, by its address."""
        return json.dumps({"url": self.url} | asdict(self.truth), ensure_ascii=False)


def document(told: list[Told], topics: list[str], chance: random.Random) -> str:
    """Write a document: the first article with the others as related to it."""
    main, *related = told
    lines = ["---", "category: news", *_fields(main), f"quality: {chance.randint(1, 150)}", "heat: -1", "published: false", ""]
    lines += ["provider:", f"  name: {main.outlet}", f"  domain: {main.domain}", "", "topics:", *(f"  - {topic}" for topic in topics), ""]
    lines += ["images:", f'  - url: "https://img.{main.domain}/{main.number}.png"', "    width: 700", "    height: 450", "", "related:"]
    for one in related:
        first, *rest = _fields(one)
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
        lines += ["    provider:", f"      name: {one.outlet}", f"      domain: {one.domain}", f"    quality: {chance.randint(1, 150)}"]
    return "\n".join([*lines, "---", ""])


def _fields(told: Told) -> list[str]:
    return [
        f"title: {json.dumps(told.title, ensure_ascii=False)}",
        f"excerpt: {json.dumps(told.excerpt, ensure_ascii=False)}",
        f"publishedDateTime: {told.published:%Y-%m-%dT%H:%M:%SZ}",
        f'webUrl: "{told.url}"',
        "type: article",
    ]
