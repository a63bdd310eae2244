"""Articles and company names made by hand, for tests of which names are one company."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import CompanyEntry, Lexicon, Phrase, load_lexicon, phrase_key
from newsgraph.core.model import Article, Description, Facts, Kind, Mention, Naming
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.mention_groups import CompanyProfile, MentionGroup


def lexicon(*entries: CompanyEntry) -> Lexicon:
    """Take the shipped lists with some companies more, and the forms that they have."""
    shipped = load_lexicon()
    forms = {phrase_key(form): Phrase(Kind.COMPANY, entry.name, form) for entry in entries for form in (entry.name, *entry.aliases)}
    return replace(
        shipped, companies={**shipped.companies, **{entry.name: entry for entry in entries}}, phrases={**shipped.phrases, **forms}
    )


def company(name: str, text: str = "", start: int = 0, *, known: str = "", confidence: float = 0.9, rule: str = "hand") -> Mention:
    """Make a mention of a company, by default by its name."""
    text = text or name
    return Mention(Kind.COMPANY, name, start, start + len(text), text, rule, confidence, known)


def other(kind: Kind, name: str, detail: str = "") -> Mention:
    """Make a mention of something else."""
    return Mention(kind, name, 0, 1, name, "hand", 0.9, detail=detail)


def is_a(name: str, kind: str, value: str) -> Description:
    """Let an article say what a company is."""
    return Description(name, kind, value, 0, 1)


def node(
    name: str, *mentions: Mention, days: int = 0, text: str = "", namings: Sequence[Naming] = (), descriptions: Sequence[Description] = (),
    url: str | None = None, key: str = "",
) -> ArticleNode:  # fmt: skip
    """Make an article `art/NAME`, published some days after day one."""
    published = datetime(2024, 5, 1, 8, tzinfo=UTC) + timedelta(days=days)
    record = Article(key or f"https://news.example/{name}", url, text or name, "", "a.json", "main", published=published)
    facts = Facts(mentions, namings=tuple(namings), descriptions=tuple(descriptions))
    return ArticleNode(f"art/{name}", ExtractedArticle(record, facts), (record,), published, None, (), (), (), ())


def profile(**words: str) -> CompanyProfile:
    """Make a profile; what is parted by blanks is several."""
    return CompanyProfile(**{name: frozenset(text.split()) for name, text in words.items()})


def unit(article: str, name: str, *mentions: Mention, days: int = 0, listed_as: Iterable[str] = (), **words: str) -> MentionGroup:
    """Make what an article says of a name; `words` are those of its profile."""
    return MentionGroup(
        node(article, days=days), name_key(name), mentions or (company(name),), profile(**words), frozenset(listed_as)
    )  # fmt: skip
