"""Find the items of a newsletter: repeated blocks of a headline, a text and a link to the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from newsgraph.core.canonical_url import canonical_link
from newsgraph.ingest.mails.mail_blocks import MailBlock, blocks_of_html, blocks_of_text
from newsgraph.ingest.mails.mail_cues import MailCues
from newsgraph.ingest.mails.mail_parts import MailParts

LEAST_ITEMS = 3
LEAST_WORDS = 8  # of the text of an item: headlines alone are a list of links
LEAST_SHARE = 0.6  # of the words of the mail, without its footer, that are in items
MAX_ITEMS = 300


@dataclass(slots=True)
class DigestItem:
    """A headline with the text below it and the address of the article."""

    title: str
    link: str
    texts: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        """The text, with an empty line between paragraphs."""
        return "\n\n".join(self.texts)


@dataclass(frozen=True, slots=True)
class MailDigest:
    """The items of a newsletter, the text above them, and what else belongs to none of them: names of sections, the footer."""

    items: Sequence[DigestItem]
    intro: str
    rest: str


def mail_digest(mail: MailParts, cues: MailCues) -> MailDigest | None:
    """Return the items of a mail; None if it is not clearly a digest.

    It is one if at least `LEAST_ITEMS` headlines that are set alike have a text of `LEAST_WORDS` words each and a link that is theirs
    alone, and if these items hold most of the text. Links inside sentences are not those of items.
    """
    for blocks in (blocks_of_html(mail.html) if mail.html else [], blocks_of_text(mail.plain) if mail.plain else []):
        marks = Counter(block.mark for block in blocks if block.mark)
        digests = (_digest(blocks, mark, cues) for mark in sorted(marks, key=lambda mark: (-marks[mark], mark)))
        if found := next((digest for digest in digests if digest is not None), None):
            return found
    return None


def _digest(blocks: Sequence[MailBlock], mark: str, cues: MailCues) -> MailDigest | None:
    """Return the digest whose headlines have a mark."""
    headlines = [number for number, block in enumerate(blocks) if block.mark == mark and not _is_footer(block, cues)]
    if len(headlines) < LEAST_ITEMS:
        return None
    footer = next((number for number in range(headlines[-1] + 2, len(blocks)) if _is_footer(blocks[number], cues)), len(blocks))
    starts, items, rest = frozenset(headlines), list[DigestItem](), list[str]()
    item: DigestItem | None = None
    for number, block in enumerate(blocks[headlines[0] : footer], headlines[0]):
        if number in starts and not _is_more(block, item):
            item = DigestItem(block.text, _article(block.link))
            items.append(item)
        elif item is None or _is_section(block, mark):
            item = None
            rest.append(block.text)
        elif block.link:
            item.link = item.link or _article(block.link)
        else:
            item.texts.append(block.text)
    whole = [item for item in items if item.link and _words(item.body) >= LEAST_WORDS]
    rest += [text for item in items if item not in whole for text in (item.title, *item.texts)]
    _cut_last(whole, rest)
    intro = [block.text for block in blocks[: headlines[0]]]
    if not _is_digest(whole, [*intro, *rest]):
        return None
    return MailDigest(whole, "\n\n".join(intro), "\n\n".join([*rest, *(block.text for block in blocks[footer:])]))


def _is_digest(items: Sequence[DigestItem], rest: Sequence[str]) -> bool:
    if not LEAST_ITEMS <= len(items) <= MAX_ITEMS:
        return False
    if len({item.link for item in items}) < len(items) or len({item.title for item in items}) < len(items):
        return False
    inside = sum(_words(f"{item.title} {item.body}") for item in items)
    outside = sum(map(_words, rest))
    return inside >= LEAST_SHARE * (inside + outside)


def _cut_last(items: Sequence[DigestItem], rest: list[str]) -> None:
    """Take the paragraphs from the last item that are more than the others have: below the items is a farewell without a headline."""
    if len(items) >= LEAST_ITEMS:
        most = max(1, int(median(len(item.texts) for item in items[:-1])))
        rest += items[-1].texts[most:]
        del items[-1].texts[most:]


def _is_more(block: MailBlock, item: DigestItem | None) -> bool:
    """Return whether a link leads on from an item and begins no other one: "Read the full story"."""
    return block.mark == "link" and item is not None and bool(block.link) and _article(block.link) == item.link


def _is_section(block: MailBlock, mark: str) -> bool:
    """Return whether a block is a heading above those of the items."""
    return block.mark.startswith("h") and mark.startswith("h") and block.mark < mark


def _is_footer(block: MailBlock, cues: MailCues) -> bool:
    low = block.text.lower()
    return any(cue in low for cue in cues.footers) and not any(cue in low for cue in cues.online_links)


def _article(link: str) -> str:
    """Return a link if it may be that of an article: one with a path, as front pages have none."""
    canonical = canonical_link(link) if link else None
    return link if canonical and canonical.partition("://")[2].strip("/").count("/") else ""


def _words(text: str) -> int:
    return len(text.split())
