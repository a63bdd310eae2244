"""Find the day of publication in what web pages and mails show: looser forms than those of `moments`, in the larger languages of Europe."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from newsgraph.ingest.moments import parse_moment

_SCRIPT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|UTC)?([+-]\d{4})?")  # of JavaScript's toString
_LOOSE = (
    re.compile(
        r"\b(?P<year>(?:19|20)\d\d)[-/.年](?P<month>\d\d?)[-/.月](?P<day>\d\d?)(?:\D{1,9}?(?P<hour>\d\d?)[:時](?P<minute>\d\d))?", re.ASCII
    ),
    re.compile(
        r"\b(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>(?:19|20)\d\d)\b(?:\D{1,12}?(?P<hour>\d\d?)[:.h](?P<minute>\d\d)\b)?", re.ASCII
    ),
    re.compile(
        r"\b(?P<day>\d\d?)(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+)?(?P<word>[^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)\b"
        r"(?:\D{1,12}?(?P<hour>\d\d?)[:.h](?P<minute>\d\d)\b(?!\s*[ap]m))?"
    ),
    re.compile(r"\b(?P<word>[^\W\d_]{3,12})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b"),
)
_IN_LINK = re.compile(r"[/_-](?P<year>(?:19|20)\d\d)[/_-]?(?P<month>0[1-9]|1[0-2])[/_-]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_LONGEST = 100  # characters of a text that is a date with a few words around it
# How the names of the months begin in the larger languages of Europe and in Turkish.
_MONTHS = (
    "jan ene gen sty oca", "feb fev fév lut şub", "mar mär maa mrt", "apr avr abr kwi nis", "may mai mag maj", "jun juin giu cze haz",
    "jul juil lug lip tem", "aug aoû ago sie ağu", "sep set wrz eyl", "oct okt ott out paź eki", "nov lis kas", "dec dez dic déc gru ara",
)  # fmt: skip


def find_moment(text: str) -> datetime | None:
    """Return the day or the time that a text holds, in UTC; None if it holds none. A time without a zone is in UTC.

    >>> find_moment("Veröffentlicht am 13. Mai 2026 um 15:44").isoformat(), find_moment("soon")
    ('2026-05-13T15:44:00+00:00', None)
    """
    text = " ".join(text[: 2 * _LONGEST].split())
    if script := _SCRIPT.match(text):
        return parse_moment(f"{script[2]} {script[1]} {script[3]} {script[4]} {script[5] or '+0000'}")
    exact = parse_moment(text)
    if exact is not None or len(text) > _LONGEST:
        return exact
    return next((moment for form in _LOOSE for match in form.finditer(text) if (moment := _moment(match))), None)


def day_in_link(link: str) -> datetime | None:
    """Return the day that an address holds as `/2024/05/03/`, None if there is none."""
    match = _IN_LINK.search(link)
    return _moment(match) if match else None


def _moment(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    month = _month(parts["word"]) if parts.get("word") else int(parts["month"])
    try:
        return datetime(
            int(parts["year"]), month, int(parts["day"]), int(parts.get("hour") or 0), int(parts.get("minute") or 0), tzinfo=UTC
        )
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return the number of a month by its name, 0 if it is none."""
    lowered = word.casefold()
    return next((number for number, starts in enumerate(_MONTHS, 1) if lowered.startswith(tuple(starts.split()))), 0)
