"""What newsrooms say about the use of an item: canceled, withheld, under embargo, a correction."""

from __future__ import annotations

from newsgraph.core.model import Severity
from newsgraph.ingest.moments import parse_moment
from newsgraph.ingest.problem_notes import ProblemNotes, quote_value

_NOT_USABLE = frozenset({"canceled", "cancelled", "withheld", "killed", "kill", "embargoed-indefinitely", "withdrawn"})
_USABLE = frozenset({"usable", "embargoed"})
_NOT_TEXTS = frozenset(
    "picture photo image graphic icon animated audio sound video film event planning coverage assignment package concept".split()
)


def is_usable(status: str, notes: ProblemNotes, name: str = "pubstatus") -> bool:
    """Return whether an item may be used; one that its publisher has canceled or withheld is noted, and no loss.

    An unknown status is noted too: it may be one of these, misspelled.
    """
    plain = status.rpartition(":")[2].strip().lower()
    if plain in _NOT_USABLE:
        notes.add(name, f"is {plain}: its publisher does not want it used, so it was left out", "Remove it, or save the item again")
        return False
    if plain and plain not in _USABLE:
        notes.add(name, f"is {quote_value(plain)}, which is no status of an item; it was read", "Write usable, withheld or canceled")
    return True


def is_text(kind: str, notes: ProblemNotes) -> bool:
    """Return whether an item is a text; a picture or a film is noted, and no loss."""
    plain = kind.rpartition(":")[2].strip().lower()
    if plain not in _NOT_TEXTS:
        return True
    notes.add("type", f"is {quote_value(plain)}, not a text; it was passed over", "Save its text as an item, if it has one")
    return False


def release_day(published: str, embargo: str, notes: ProblemNotes, name: str = "embargoed") -> str:
    """Return when an item is published: not before its embargo ends, whatever the time of its version is.

    No clock is asked, so an item under embargo is read, with the end of the embargo as its time; `--as-of` leaves it out before that.
    """
    ends, made = parse_moment(embargo), parse_moment(published)
    if ends is None or (made is not None and ends <= made):
        return published
    notes.add(name, f"ends at {ends.isoformat()}; the item counts as published then", "Do not show the graph to others before that")
    return embargo


def lost_item(notes: ProblemNotes, what: str, *, alone: bool) -> None:
    """Note an item that could not be read."""
    notes.add("", what, "Save the item again", Severity.DOCUMENT if alone else Severity.ARTICLE)
