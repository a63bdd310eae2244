"""Make the fields of an article of a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parseaddr

from newsgraph.ingest.documents.written_article import head_lines
from newsgraph.ingest.field_names import FieldNames
from newsgraph.ingest.mails.mail_cues import MailCues, mail_cues
from newsgraph.ingest.mails.mail_digest import MailDigest
from newsgraph.ingest.mails.mail_parts import MailParts
from newsgraph.ingest.markup_text import text_of_html
from newsgraph.ingest.named_fields import named_record
from newsgraph.ingest.problem_notes import ProblemNotes, quote_value
from newsgraph.ingest.raw_record import RawRecord
from newsgraph.ingest.title_line import headline

MAX_LINKS = 400  # of a mail, of which the one to its page is among the first or the last
_LINK = re.compile(
    r"<a\s[^<>]{0,2000}?href\s*=\s*[\"']?(https?://[^\"'<>\s]{1,2000})[^<>]{0,2000}>(.{0,300}?)</a", re.IGNORECASE | re.DOTALL
)
_PLAIN_LINK = re.compile(r"^[ \t]*(.{4,60}?)[ \t]*:?[ \t]*[\[(<]?(https?://[^\s\])>]{1,2000})", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\")\]]{4,2000}")
_PREFIX = re.compile(r"\s*([^\W\d_]{1,8})(?:\[\d+\])?\s*:\s*")
_LIST_NAME = re.compile(r"^\[([^\[\]]{2,40})\]\s*(?=\S)")
INTRO_WORDS = 40  # of a text above the items of a newsletter that is more than a greeting
_OF_ALL = frozenset({"publishedDateTime", "provider", "language", "topics"})  # fields of a mail that all of its items have
_HOST_LABELS = 2  # of the shortest host, example.com


def mail_record(part: str, mail: MailParts, names: FieldNames, notes: ProblemNotes) -> RawRecord:
    """Return the record of a mail: its headers, and lines of fields at the top of its text; what is attached is noted, one problem a file."""
    cues = mail_cues()
    body, title = mail.body, plain_subject(mail.headers.get("subject", ""), cues)
    fields: dict[str, object] = {"title": title, "body": body}
    origins = {"title": "Subject", "body": "text of the mail"}
    if not title and body:
        fields["title"], fields["body"], origins["title"] = headline(body)
    if day := mail.headers.get("date"):
        fields["publishedDateTime"], origins["publishedDateTime"] = day, "Date"
    if sender := _sender(mail.headers.get("from", ""), cues):
        fields["provider"], origins["provider"] = sender, "From"
    if topics := mail.headers.get("keywords", ""):
        fields["topics"], origins["topics"] = [topic.strip() for topic in re.split("[,;]", topics)], "Keywords"
    head = head_lines(str(fields["body"]).split("\n"), names)
    written = named_record(part, {**head.fields, "body": "\n".join(head.rest)}, names)
    found = {name: head.origins.get(origin, origin) for name, origin in written.origins.items()}
    fields, origins = {**fields, **written.fields}, {**origins, **found}
    link, origin = _page_of(mail, cues)
    if link and "webUrl" not in fields:
        fields["webUrl"], origins["webUrl"] = link, origin
    if language := mail.headers.get("content-language", "").partition(",")[0]:
        fields["language"], origins["language"] = language, "Content-Language"
    for number, attachment in enumerate(mail.attachments):
        what = f"is {quote_value(attachment.name or attachment.kind)}, a file in the mail, which is not read"
        notes.add(f"attachments[{number}]", what, "Save it beside the mail if it is news")
    return RawRecord(part, fields, origins)


def digest_records(first: int, whole: RawRecord, digest: MailDigest, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the record of each item of a newsletter, numbered from `first`; the newsletter is the outlet and has their day.

    `whole` is the record of the mail. A text above the items is an article under the subject of the mail, if it is one and no greeting.
    """
    shared = {name: value for name, value in whole.fields.items() if name in _OF_ALL}
    origins = {name: origin for name, origin in whole.origins.items() if name in _OF_ALL}
    number, rest = first, digest.rest
    if len(digest.intro.split()) >= INTRO_WORDS:
        yield RawRecord(f"item[{number}]", {**whole.fields, "body": digest.intro}, {**whole.origins, "body": "text above the items"})
        number += 1
    else:
        rest = "\n".join(filter(None, (digest.intro, rest)))
    for place, item in enumerate(digest.items, number):
        fields = {**shared, "title": item.title, "body": item.body, "webUrl": item.link, "newsletter": whole.fields.get("title") or ""}
        yield RawRecord(
            f"item[{place}]",
            fields,
            {**origins, "title": "headline in the mail", "body": "text in the mail", "webUrl": "link of the item"},
        )
    if rest:
        shown = " ".join(rest.split())
        what = f"has {len(shown.split())} words beside its {len(digest.items)} items, which were passed over: {quote_value(shown)}"
        notes.add("body", what, "Nothing needs to be done if they are no news")


def plain_subject(subject: str, cues: MailCues) -> str:
    """Return a subject without the signs of forwarding and the name of a mailing list.

    >>> plain_subject("Fwd: WG: [press] Acme buys Bolt: what now?", mail_cues())
    'Acme buys Bolt: what now?'
    """
    while (match := _PREFIX.match(subject)) and match[1].lower() in cues.subject_prefixes:
        subject = subject[match.end() :]
    return _LIST_NAME.sub("", subject).strip()


def _sender(header: str, cues: MailCues) -> dict[str, str]:
    """Return the outlet that sent a mail, empty if a person did, as far as the address shows that."""
    try:
        name, address = parseaddr(header)
    except RecursionError:  # thousands of comments within comments name nobody
        return {}
    host = address.rpartition("@")[2].lower().strip(".")
    if "." not in host or host in cues.personal_hosts:
        return {}
    labels = host.split(".")
    while len(labels) > _HOST_LABELS and labels[0] in cues.sending_labels:
        del labels[0]
    domain = ".".join(labels)
    return {"name": " ".join(name.split()) or domain, "domain": domain}


def _page_of(mail: MailParts, cues: MailCues) -> tuple[str, str]:
    """Return the address at which a mail can be read as well, and where it says so; empty texts if it does not."""
    archived = mail.headers.get("archived-at", "").strip("<> ")
    if archived.startswith(("http://", "https://")):
        return archived, "Archived-At"
    links = [(match[2], match[1]) for match in _LINK.finditer(mail.html)]
    for text, link in (*links[:MAX_LINKS], *links[MAX_LINKS:][-MAX_LINKS:]):
        if _names_page(text_of_html(text), cues):
            return text_of_html(link), "link to the page of the mail"
    for match in _PLAIN_LINK.finditer(mail.plain):
        if _names_page(match[1], cues):
            return match[2], "link to the page of the mail"
    shown = {text_of_html(link) for _, link in links} or {link.rstrip(".,;)") for link in _ADDRESS.findall(mail.plain)}
    return (shown.pop(), "only link of the mail") if len(shown) == 1 else ("", "")


def _names_page(text: str, cues: MailCues) -> bool:
    return " ".join(text.split()).strip(" .>»→|:").lower() in cues.online_links
