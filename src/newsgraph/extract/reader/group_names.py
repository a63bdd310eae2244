"""From tagged names to candidates: the names of one person, company or other thing in one text are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.reader.windows import Candidate
from newsgraph.extract.text.article_text import ArticleText

_KIND = {"COMPANY": "company", "ORG": "organisation", "PERSON": "person", "PLACE": "place", "PRODUCT": "product"}
_LEGAL = re.compile(
    r"[,.]?\s+(?:inc|incorporated|corp|corporation|co|company|ltd|limited|plc|llc|llp|lp|ag|se|sa|nv|bv|gmbh|ab|asa|oyj|oy|spa|kk|pte|pty|kgaa|holdings?|group)\.?$",
    re.IGNORECASE,
)
_LONGEST_ACRONYM = 6


def fold(name: str) -> str:
    """Fold a name: without case, legal form, possessive and marks."""
    name = re.sub(r"^the\s+", "", re.sub(r"['’]s?$", "", name.strip()), flags=re.IGNORECASE)
    last = None
    while last != name:
        last, name = name, _LEGAL.sub("", name)
    return re.sub(r"[^\w&+]+", " ", name.casefold()).strip()


def group_names(text: ArticleText, spans: Sequence[TaggedSpan]) -> list[Candidate]:
    """Return the candidates of a text, in the order of their first mentions."""
    words = {span: text.words(span.first, span.last) for span in spans}
    label = _labels(spans, words)
    members: dict[tuple[str, str], list[TaggedSpan]] = defaultdict(list)
    for span in spans:
        key = fold(words[span])
        if key:
            members[label[key], key].append(span)
    stands_for = _people(members) | _short_forms(members, words)
    joined: dict[tuple[str, str], list[TaggedSpan]] = defaultdict(list)
    for one, found in members.items():
        seen = {one}
        while one in stands_for and stands_for[one] not in seen:
            one = stands_for[one]  # noqa: PLW2901 - follows the chain of short forms
            seen.add(one)
        joined[one] += found
    candidates = []
    for (kind, _), found in joined.items():
        found.sort(key=lambda span: span.first)
        best = min(found, key=lambda span: (-len(words[span]), span.first))
        candidates.append(Candidate(words[best], _KIND[kind], tuple((span.first, span.last) for span in found)))
    return sorted(candidates, key=lambda one: one.mentions[0])


def _labels(spans: Sequence[TaggedSpan], words: dict[TaggedSpan, str]) -> dict[str, str]:
    """Give each folded name the label that its mentions have most."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        votes[fold(words[span])][span.label] += round(1000 * span.chance)  # type: ignore[assignment,unused-ignore]
    return {key: max(sorted(found), key=found.__getitem__) for key, found in votes.items()}


def _people(members: dict[tuple[str, str], list[TaggedSpan]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Let a surname or first name stand for the person who has it, also where the tags call a surname a company."""
    full = [key for label, key in members if label == "PERSON" and " " in key]
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for label, key in members:
        if " " in key or label not in {"PERSON", "COMPANY", "ORG"}:
            continue
        owners = [name for name in full if key == name.split()[-1]] or [name for name in full if label == "PERSON" and key in name.split()]
        if owners:
            found[label, key] = ("PERSON", owners[0])
    return found


def _short_forms(members: dict[tuple[str, str], list[TaggedSpan]], words: dict[TaggedSpan, str]) -> dict[tuple[str, str], tuple[str, str]]:
    """Let a company's or organisation's short form or acronym stand for the one name that begins with it or has its initials."""
    agents = [one for one in members if one[0] in {"COMPANY", "ORG"}]
    initials: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in agents:
        for span in members[one]:
            parts = [part for part in re.split(r"[\s-]+", words[span]) if part[:1].isupper()]
            if len(parts) > 1:
                initials["".join(part[0] for part in parts).casefold()].add(one)
    found = {}
    for one in agents:
        longer = [other for other in agents if other != one and other[1].startswith(f"{one[1]} ")]
        if not longer and one[1].isalpha() and len(one[1]) <= _LONGEST_ACRONYM and any(words[span].isupper() for span in members[one]):
            longer = sorted(initials.get(one[1], set()) - {one})
        shortest = [other for other in longer if not any(other[1].startswith(f"{third[1]} ") for third in longer if third != other)]
        if len(shortest) == 1:
            found[one] = shortest[0]
    return found
