"""The parts of one article in the export of a press database, and the record that they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsgraph.ingest.outlet_domains import outlet_domain
from newsgraph.ingest.press_databases.export_labels import export_labels
from newsgraph.ingest.raw_record import RawRecord
from newsgraph.ingest.web_pages.page_dates import find_moment

_PLACE = re.compile(r"\s*\([^()]{1,60}\)$")  # "The Guardian (London)"
_SHARE = re.compile(r"\s*\(\d{1,3}\s?%\)")  # "MERGERS (90%)"
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)


@dataclass(slots=True)
class ExportedArticle:
    """Texts of the parts of an article by their names in `data/press_exports.yaml`, and the labels at which they were found."""

    texts: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str, label: str) -> None:
        """Add a part that is not there yet."""
        if text.strip() and name not in self.texts:
            self.texts[name] = text.strip()
            self.labels[name] = label

    def record(self, part: str) -> RawRecord:
        """Return the record of the article; parts that no field is for are kept under their labels."""
        fields: dict[str, object] = {}
        origins: dict[str, str] = {}
        for name, value, source in self._values():
            if value and name not in fields:
                fields[name], origins[name] = value, self.labels[source]
        extra = {name: text for name, text in self.texts.items() if name not in _PARTS}
        outlet = fields.get("provider")
        if isinstance(outlet, dict) and "domain" not in outlet and "webUrl" not in fields:
            extra["publication"] = outlet["name"]  # an outlet needs a domain; without one its name is at least kept
        return RawRecord(part, {**extra, **fields}, origins)

    def _values(self) -> list[tuple[str, object, str]]:
        """Return the fields of the article, the value of each, and the part that it is from."""
        texts: Mapping[str, str] = {name: self.texts.get(name, "") for name in _PARTS}
        lines = {name: " ".join(text.split()) for name, text in texts.items()}
        return [
            ("title", lines["title"], "title"),
            ("body", texts["body"], "body"),
            ("excerpt", lines["excerpt"], "excerpt"),
            ("publishedDateTime", _moment(f"{lines['published']} {lines['time']}") or _moment(lines["published"]), "published"),
            ("publishedDateTime", _moment(lines["loaded"]), "loaded"),
            ("provider", _outlet(lines["outlet"]), "outlet"),
            ("authors", [_BY.sub("", lines["authors"])] if lines["authors"] else [], "authors"),
            ("category", lines["category"], "category"),
            ("topics", _topics(lines["topics"]), "topics"),
            ("language", export_labels().languages.get(lines["language"].partition(";")[0].strip().lower(), ""), "language"),
            ("webUrl", lines["link"] if lines["link"].startswith("http") else "", "link"),
        ]


_PARTS = (
    "title",
    "body",
    "excerpt",
    "published",
    "time",
    "loaded",
    "outlet",
    "authors",
    "category",
    "topics",
    "language",
    "link",
    "length",
)


def _moment(text: str) -> str:
    moment = find_moment(text.strip()) if text.strip() else None
    return moment.isoformat() if moment else ""


def _outlet(name: str) -> dict[str, str]:
    """Return an outlet; databases name no domain, so it has one only if `outlet_domain` knows it."""
    if not name:
        return {}
    domain = outlet_domain(name) or outlet_domain(_PLACE.sub("", name))
    return {"name": name, "domain": domain} if domain else {"name": name}


def _topics(text: str) -> list[str]:
    """Return the topics of "MERGERS (90%); ROBOTS (80%)" and of "c181 : Mergers | crobot : Robots"."""
    if " : " in text:
        return [topic.rpartition(" : ")[2].strip() for topic in text.split("|") if topic.strip()]
    return [topic for piece in text.split(";") if (topic := _SHARE.sub("", piece).strip())]
