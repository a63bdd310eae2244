"""What mails say besides their news, from `data/mail_cues.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import read_yaml

_FILE = "mail_cues.yaml"


@dataclass(frozen=True, slots=True)
class MailCues:
    """Lists of words and hosts, all in lower case."""

    subject_prefixes: frozenset[str]
    online_links: frozenset[str]
    personal_hosts: frozenset[str]
    sending_labels: frozenset[str]


@cache
def mail_cues() -> MailCues:
    """Return the lists that come with newsgraph."""
    tree = read_yaml((files("newsgraph") / "data" / _FILE).read_text(encoding="utf-8"), ProblemNotes(_FILE))
    lists = tree if isinstance(tree, dict) else {}
    return MailCues(**{field.name: frozenset(str(word) for word in lists[field.name] or ()) for field in fields(MailCues)})
