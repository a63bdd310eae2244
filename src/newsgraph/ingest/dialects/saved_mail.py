"""Mails that a mail program saved: one (.eml), or many in a file (.mbox, RFC 4155)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message
from pathlib import PurePosixPath

from newsgraph.core.model import Severity
from newsgraph.ingest.encoding import decode, decode_start
from newsgraph.ingest.field_names import FieldNames
from newsgraph.ingest.mails.mail_article import digest_records, mail_record
from newsgraph.ingest.mails.mail_cues import mail_cues
from newsgraph.ingest.mails.mail_digest import mail_digest
from newsgraph.ingest.mails.mail_parts import mail_parts, parse_mail
from newsgraph.ingest.mails.text_headers import has_headers, standard_headers
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import MAIN, RawRecord, SourceFile

MAIL = frozenset({".eml"})
MAILBOX = frozenset({".mbox", ".mbx"})
TEXT = frozenset({".txt", ".text"})
MAX_DEPTH = 10  # of mails in mails
_FROM = re.compile(rb"^From [^\n]{0,300}\d\d:\d\d[^\n]{0,60}\d{4}[^\n]{0,20}\r?\n", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]")
_SAVE_AGAIN = "Save the mail again, or remove the file"


def is_mail(_head: bytes, name: str) -> bool:
    """Return whether a file is a mail by its name."""
    return PurePosixPath(name).suffix.lower() in MAIL


def is_mailbox(head: bytes, name: str) -> bool:
    """Return whether a file is a mailbox, by its name or because it begins with the line between two mails and a header."""
    if PurePosixPath(name).suffix.lower() in MAILBOX:
        return True
    start = _FROM.match(head)
    return bool(start and _HEADER.match(head, start.end()))


def is_text_mail(head: bytes, name: str) -> bool:
    """Return whether a text begins with the headers of a mail."""
    return PurePosixPath(name).suffix.lower() in TEXT and has_headers(decode_start(head))


def read_text_mail(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read a mail that was saved as text, or as it was sent."""
    text = decode(file.data, notes)
    if text is None:
        return []
    mail = standard_headers(text)
    return _records(
        [file.data if file.data.isascii() and mail.startswith(text[:100]) else mail.encode("utf-8", "replace")], file.names, notes
    )


def read_mail(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read a mail and the mails that are attached to it."""
    return _records([file.data], file.names, notes)


def read_mailbox(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read the mails of a mailbox and those that are attached to them, numbered through."""
    starts = list(_FROM.finditer(file.data))
    if not starts:
        notes.add("", "holds no mail: no line begins with From and ends with a day", "Save the mailbox again", Severity.DOCUMENT)
        return []
    ends = [start.start() for start in starts[1:]] + [len(file.data)]
    mails = (file.data[start.end() : end] for start, end in zip(starts, ends, strict=True))
    return _records((_QUOTED.sub(rb"\1", mail) for mail in mails), file.names, notes, alone=len(starts) == 1)


def _records(mails: Iterable[bytes], names: FieldNames, notes: ProblemNotes, *, alone: bool = True) -> Iterator[RawRecord]:
    number = 0
    for data in mails:
        mail = parse_mail(data) if _HEADER.match(data.lstrip()) else None
        if mail is None:
            below = notes if alone else notes.at(f"item[{number}]")
            below.add("", "is not a mail: it does not begin with headers", _SAVE_AGAIN, Severity.DOCUMENT if alone else Severity.ARTICLE)
            number += 1
            continue
        for record in _articles(mail, number, names, notes, alone=alone):
            yield record
            number += 1


def _articles(mail: Message, first: int, names: FieldNames, notes: ProblemNotes, *, alone: bool) -> Iterator[RawRecord]:
    """Yield the record of a mail and of the mails inside it; one without a text of its own is but the wrapping of others."""
    waiting, number = [(mail, 0)], first
    while waiting:
        part, depth = waiting.pop(0)
        parts = mail_parts(part)
        inner = [(one, depth + 1) for one in parts.mails] if depth < MAX_DEPTH else []
        waiting[:0] = inner
        single = alone and part is mail and not inner
        below = notes if single else notes.at(f"item[{number}]")
        if inner and not parts.body and not parts.attachments:
            continue
        if parts.encrypted:
            below.add("", "is encrypted", "Save it as the mail program shows it", Severity.DOCUMENT if single else Severity.ARTICLE)
        else:
            if not parts.body:
                below.add("body", "is missing: the mail holds no text", _SAVE_AGAIN)
            whole = mail_record(MAIN if single else f"item[{number}]", parts, names, below)
            digest = mail_digest(parts, mail_cues())
            records = [whole] if digest is None else list(digest_records(number, whole, digest, below))
            yield from records
            number += len(records) - 1
        number += 1
