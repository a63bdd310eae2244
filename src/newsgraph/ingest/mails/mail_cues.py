"""What mails say besides their news, from `data/mail_cues.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import read_yaml

_FILE = "mail_cues.yaml"


@dataclass(frozen=True, slots=True)
class MailCues:
    """Lists of words and hosts, and names of headers, all in lower case."""

    subject_prefixes: frozenset[str]
    online_links: frozenset[str]
    personal_hosts: frozenset[str]
    sending_labels: frozenset[str]
    footers: frozenset[str]
    text_headers: Mapping[str, str]  # header of a mail that was saved as text -> header of RFC 5322


@cache
def mail_cues() -> MailCues:
    """Return the lists that come with newsgraph."""
    lists: Any = read_yaml((files("newsgraph") / "data" / _FILE).read_text(encoding="utf-8"), ProblemNotes(_FILE))
    headers = {str(name): header for header, names in lists["text_headers"].items() for name in names}
    words = {
        field.name: frozenset(str(word) for word in lists[field.name] or ()) for field in fields(MailCues) if field.name != "text_headers"
    }
    return MailCues(**words, text_headers=headers)
