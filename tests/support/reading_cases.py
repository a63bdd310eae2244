"""Readable cases of what is read out of a text: `cases/companies.md`, `events.md`, `money.md`, `dates.md`.

A case is a `##` title, a `>` headline, perhaps a second `>` excerpt, perhaps `= YYYY-MM-DD`, the day of the article, perhaps
`* EXTRACTOR`, and `-` lines that say what must be found. Other lines are for the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Facts, Kind, Mention
from newsgraph.extract import ACCEPTED, open_extractor
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.text.article_text import ArticleText

CASES = Path(__file__).parents[1] / "cases"


@dataclass
class Case:
    """One case; `texts` are headline and excerpt."""

    title: str
    texts: list[str] = field(default_factory=list)
    day: date | None = None
    expected: list[str] = field(default_factory=list)
    extractor: str = "rules"

    def article(self) -> Article:
        """Make the article that the case speaks of."""
        excerpt = self.texts[1] if len(self.texts) > 1 else ""
        return article(self.texts[0], excerpt, self.day)

    def __str__(self) -> str:
        """Name the case in a test report."""
        return self.title


def article(title: str, excerpt: str = "", day: date | None = None, body: str = "") -> Article:
    """Make an article, published at noon of a day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
    return Article("https://news.example/a", "https://news.example/a", title, excerpt, "a.txt", "main", body=body, published=noon)


def read_cases(name: str) -> list[Case]:
    """Read a case file; a case without a headline or without an expectation is a mistake in the file."""
    cases: list[Case] = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            cases.append(Case(line[3:]))
        elif line.startswith("> "):
            cases[-1].texts.append(line[2:])
        elif line.startswith("= "):
            cases[-1].day = date.fromisoformat(line[2:])
        elif line.startswith("* "):
            cases[-1].extractor = line[2:]
        elif line.startswith("- "):
            cases[-1].expected.append(line[2:])
    incomplete = [case.title for case in cases if not case.texts or not case.expected]
    assert incomplete == [], f"cases of {name} that lack a headline or an expectation"
    assert len({case.title for case in cases}) == len(cases), f"two cases of {name} have one title"
    return cases


def facts_of(case: Case) -> Facts:
    """Read the case's article with its extractor and the shipped lists."""
    (facts,) = open_extractor(case.extractor).read([case.article()], load_lexicon())
    return facts


def mentions(facts: Facts, kind: Kind) -> list[Mention]:
    """Give the mentions of a kind that stand by themselves."""
    return [mention for mention in facts.mentions if mention.kind is kind and mention.confidence >= ACCEPTED]


def founds(text: ArticleText, names: Iterable[str], confidence: float = 0.9) -> list[CompanySpan]:
    """Take every place of some names in a text for a company."""
    found = []
    for at in range(len(text.tokens)):
        for name in names:
            size = len(name.split())
            if text.tokens[at : at + size] == name.split():
                found.append(CompanySpan(at, at + size, name, "", "hand", confidence))
    return found
