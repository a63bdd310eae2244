"""Take a mail apart: its headers as text, its text, what is attached, and the mails inside it (RFC 5322, RFC 2046).

The older interface of the standard library is used, because it never raises for what a header holds.
"""

from __future__ import annotations

import email
import email.errors
import email.header
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from newsgraph.ingest.declared_encoding import decode_labelled
from newsgraph.ingest.encoding import clean
from newsgraph.ingest.markup_text import text_of_html

MAX_PARTS = 2000  # of one mail
MAX_MAILS = 500  # inside one mail: digests have some dozens
LEAST_SHARE = 0.5  # of the words of the HTML, which the plain text must have to be the whole text
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_HEADER = 5_000  # characters of a header that are decoded at once
_BROKEN = (RecursionError, ValueError, LookupError, TypeError, AttributeError, email.errors.MessageError)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail, which is not read."""

    name: str
    kind: str  # media type


@dataclass(slots=True)
class MailParts:
    """What one mail holds."""

    headers: dict[str, str]  # name in lower case -> decoded value; of several of one name the first
    plain: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    mails: list[Message] = field(default_factory=list)
    encrypted: bool = False

    @property
    def body(self) -> str:
        """The text: as it was written without marks, unless that is a note that the mail is in HTML."""
        marked = text_of_html(self.html) if self.html else ""
        return self.plain if len(self.plain.split()) >= LEAST_SHARE * len(marked.split()) else marked


def parse_mail(data: bytes) -> Message | None:
    """Return the mail that bytes hold; None if its parts lie too deep in each other."""
    try:
        return email.message_from_bytes(data)
    except _BROKEN:
        return None


def mail_parts(mail: Message) -> MailParts:
    """Return the parts of a mail; those of the mails inside it are left to themselves."""
    parts = MailParts(_headers(mail))
    plain: list[str] = []
    marked: list[str] = []
    for part in _leaves(mail):
        kind = part.get_content_type()
        if kind in _ENCRYPTED:
            parts.encrypted = True
        elif kind == "message/rfc822":
            parts.mails += [inner for inner in _inside(part) if len(parts.mails) < MAX_MAILS]
        elif _is_attached(part) or kind not in {"text/plain", "text/html"}:
            if not _is_shown(part) and kind not in _SIGNATURES:
                parts.attachments.append(Attachment(_name(part), kind))
        else:
            (plain if kind == "text/plain" else marked).append(_text(part))
    parts.plain, parts.html = ("\n\n".join(filter(None, texts)) for texts in (plain, marked))
    return parts


def _leaves(mail: Message) -> Iterator[Message]:
    """Yield the parts that have no parts, in their order; a mail inside the mail is one of them."""
    waiting, count = [mail], 0
    while waiting and count < MAX_PARTS:
        part = waiting.pop()
        count += 1
        if part.get_content_type() in _ENCRYPTED or part.get_content_type() == "message/rfc822" or not part.is_multipart():
            yield part
        else:
            waiting.extend(reversed(_inside(part)))


def _inside(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _is_shown(part: Message) -> bool:
    """Return whether a part belongs to how the mail looks: a picture in its text."""
    return part.get_content_maintype() == "image" and not _is_attached(part)


def _name(part: Message) -> str:
    try:
        return " ".join(decoded(part.get_filename("") or "").split())
    except _BROKEN:
        return ""


def _headers(mail: Message) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in mail.items():
        headers.setdefault(name.lower(), " ".join(decoded(str(value)).split()))
    return headers


def decoded(value: str) -> str:
    """Return a header as text: `=?utf-8?q?=C3=9Cber?=` is `Über`."""
    if len(value) <= _HEADER:
        return clean(_decoded(value))
    text, before = list[str](), ""
    for part in _header_parts(value.replace("?==?", "?= =?")):
        is_one_text = before.endswith("?=") and part.startswith("=?")  # a blank between encoded words is none of the text
        text += ["" if is_one_text or not before else " ", _decoded(part)]
        before = part
    return clean("".join(text))


def _header_parts(value: str) -> Iterator[str]:
    """Yield the words of a long header in parts: the standard library takes the square of the number of encoded words."""
    part: list[str] = []
    size = 0
    for word in value.split():
        part.append(word)
        size += len(word)
        if size > _HEADER:
            yield " ".join(part)
            part, size = [], 0
    if part:
        yield " ".join(part)


def _decoded(value: str) -> str:
    try:
        pieces = email.header.decode_header(value)
    except _BROKEN:
        return value
    return "".join(_header_text(piece, charset) for piece, charset in pieces)


def _header_text(piece: str | bytes, charset: str | None) -> str:
    return piece if isinstance(piece, str) else decode_labelled(piece, charset or "")


def _text(part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
        charset = part.get_content_charset("") or ""
    except _BROKEN:
        return ""
    return clean(decode_labelled(data, charset)).strip() if isinstance(data, bytes) else ""
