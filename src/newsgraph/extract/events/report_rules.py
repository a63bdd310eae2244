"""What holds for reports of each event type, and which reports of one article belong together, from `data/report_rules.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache

from newsgraph.core.errors import InputError
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.text.word_lists import read_word_lists

_FILE = "report_rules.yaml"


@dataclass(frozen=True, eq=False)
class ReportRules:
    """Sets of event types; the file says what each is for. `exclusive` holds pairs, written `one/other`, in both orders."""

    company_subject: frozenset[str]
    company_object: frozenset[str]
    without_company: frozenset[str]
    defendant_alone: frozenset[str]
    organisation_object: frozenset[str]
    several_objects: frozenset[str]
    object_as_subject: frozenset[str]
    not_together: frozenset[str]
    exclusive: frozenset[str]
    with_amount: frozenset[str]
    amount_needs_cue: frozenset[str]

    def excludes(self, one: str, other: str) -> bool:
        """Return whether one article means only one of two events of these types between the same parties."""
        return f"{one}/{other}" in self.exclusive


@cache
def load_report_rules() -> ReportRules:
    """Read the rules once. Raises InputError if the file is damaged or names an unknown event type."""
    rules = read_word_lists(_FILE, ReportRules)
    types = {name for field in fields(rules) for entry in getattr(rules, field.name) for name in entry.split("/")}
    if unknown := sorted(types - EVENT_TYPES.keys()):
        raise InputError(_FILE, f"names unknown event types: {', '.join(unknown)}", f"Types are: {', '.join(EVENT_TYPES)}.")
    turned = frozenset("/".join(reversed(pair.split("/"))) for pair in rules.exclusive)
    return replace(rules, exclusive=rules.exclusive | turned)
