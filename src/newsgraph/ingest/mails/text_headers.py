"""Know mails that were saved as text by their header lines, in the words of several mail programs and languages."""

from __future__ import annotations

import re

from newsgraph.ingest.mails.mail_cues import mail_cues

MOST_LINES = 60  # of headers: those of mails that went through many servers
LEAST = 3  # known headers
_HEADER = re.compile(r"[ \t]*\*{0,2}([^\W\d_][\w-]{0,30})\*{0,2}[ \t]?:\*{0,2}(?:[ \t]+(.*)|[ \t]*)$")
_NEEDED = (frozenset({"from", "subject"}), frozenset({"return-path", "received"}))
_CERTAIN = frozenset({"message-id", "mime-version", "return-path", "received", "content-type"})


def has_headers(text: str) -> bool:
    r"""Return whether a text begins with the headers of a mail: sender and subject, or the way that it took, and a third one, below each other.

    >>> has_headers("From: Ann\nSent: Monday\nSubject: Acme\n\nAcme grows."), has_headers("From: Bergen\n\nThe port grows.")
    (True, False)
    """
    known = [header for header, _ in _lines(text)[0] if header]
    return any(needed <= {*known} for needed in _NEEDED) and len({*known}) >= LEAST


def standard_headers(text: str) -> str:
    """Return a mail with its headers under the names of RFC 5322, of which the body follows after one empty line."""
    lines, body = _lines(text)
    if any(header in _CERTAIN for header, _ in lines):
        return text.lstrip("\n")  # as it was sent
    written = [f"{header}: {value}" for header, value in lines if header]
    return "\n".join([*written, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", body])


def _lines(text: str) -> tuple[list[tuple[str, str]], str]:
    """Return the lines of the head, each as header and value, and the rest. An unknown header has an empty name; folded lines are joined."""
    names = mail_cues().text_headers
    found: list[tuple[str, str]] = []
    rest = text.lstrip("\n")
    for _ in range(MOST_LINES):
        line, _, below = rest.partition("\n")
        if found and line[:1] in {" ", "\t"} and line.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif match := _HEADER.match(line):
            found.append((names.get(match[1].lower(), ""), (match[2] or "").strip()))
        else:
            break
        rest = below
    return found, rest.lstrip("\n")
