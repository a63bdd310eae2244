"""Questions about companies: names that were not joined, names that were joined for a weak reason, names that may be none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Decision, NamedThing, Verb
from newsgraph.review.company_descriptions import CompanyWords, DescribedName
from newsgraph.review.review_question import ReviewQuestion, Span, doubts

_IN = re.compile(r"(.+) \(in (\S+)\)", re.DOTALL)
_SURE, _FEW = 0.9, 2  # a company less sure than this, or told no oftener, is worth a question


def of_doubts(graph: GraphTables, words: CompanyWords) -> Iterator[ReviewQuestion]:
    """Ask about names that were not joined though something speaks for it, and about companies of one name."""
    for one, other, rule, note, articles in graph["doubts"].select("one", "other", "rule", "note", "articles").iter_rows():
        second = _side(other, words, None)
        first = _side(one, words, second[1])
        if first[1] is not None and first[1] == second[1]:
            continue
        companies = (first[0], second[0])
        if companies[0] == companies[1] or (rule == "homonym" and not all(named.article for named in companies)):
            continue
        doubt = doubts().get(("doubt", rule)) or doubts()["doubt", ""]
        told = [words.told(iri, named.key[0]) or words.told(iri) if iri else [] for named, iri in (first, second)]
        touched = min((len(found) for found in told if found), default=articles)
        spans = _alternating(*told)
        ask = f"Are {companies[0]} and {companies[1]} one company?"
        yield _pair("doubt", ask, companies, touched * doubt.weight, rule, _joined(doubt.says, note), spans)


def _side(text: str, words: CompanyWords, not_this: str | None) -> tuple[NamedThing, str | None]:
    """Give a name of table `doubts` as decisions name it, and its company; `not_this` is the one that it was told apart from."""
    match = _IN.fullmatch(text)
    name, article = (match[1], match[2]) if match and match[2] in words.addresses else (text, "")
    key = name_key(name)
    shared = words.split.get(key, {})
    if article:
        company = next((iri for iri, articles in shared.items() if article in articles), None)
        return NamedThing(name, words.addresses[article]), company
    if not shared:
        return NamedThing(name), next(iter(words.holders.get(key, ())), None)
    # a bare name is the company that most articles mean by it
    rest = sorted(shared, key=lambda iri: (-len(shared[iri]), iri))
    company = next((iri for iri in rest if iri != not_this), None)
    return (words.named(company, name), company) if company else (NamedThing(name), None)


def of_merges(graph: GraphTables, words: CompanyWords) -> Iterator[ReviewQuestion]:
    """Ask about names that were taken for a company for a weak reason, where they stand without its other name."""
    for entity, name, rule, article, start, end, note in (
        graph["merges"].select("entity", "name", "rule", "article", "start", "end", "note").iter_rows()
    ):
        doubt = doubts().get(("merge", rule))
        if doubt is None or entity not in words.names:
            continue
        key = name_key(name)
        other = _partner(entity, name, rule, note or "", words)
        if not other:
            continue
        named = {told.span[0] for told in words.told(entity, name_key(other))}
        alone = [told for told in words.told(entity, key) if told.span[0] not in named]
        if not alone:
            continue
        shown = [(article, start, end)] if end else []
        spans = tuple(dict.fromkeys([*shown, *_alternating(alone, words.told(entity, name_key(other)))]))
        companies = (words.named(entity, name), words.named(entity, other))
        ask = f"{companies[0]} was taken for {companies[1]}. Are they one company?"
        yield _pair("merge", ask, companies, len(alone) * doubt.weight, rule, _joined(doubt.says, note), spans)


def _partner(entity: str, name: str, rule: str, note: str, words: CompanyWords) -> str:
    """Find the name that a name was joined to: the one that the rule tells, else the likest, else the most told."""
    key = name_key(name)
    others = [text for text in words.spellings(entity) if name_key(text) != key]
    full = note.removeprefix("short for ")
    if rule == "short_form" and full != note and name_key(full) != key:
        return full
    if not others or rule == "ticker":
        return next(iter(others), "")
    return max(others, key=lambda text: SequenceMatcher(None, key, name_key(text), autojunk=False).ratio())


def of_companies(graph: GraphTables, words: CompanyWords) -> Iterator[ReviewQuestion]:
    """Ask whether what was found by weak signs is a company; to say that it is needs no decision."""
    for iri, rule, confidence in graph["companies"].select("iri", "rule", "confidence").iter_rows():
        told = words.told(iri)
        weak = doubts().get(("company", re.sub(r"_\d+$", "", rule or "")))
        doubt = max(1 - (confidence or 0.0), weak.weight if weak and len(told) <= _FEW else 0.0)
        if not told or doubt <= 1 - _SURE:
            continue
        named = words.named(iri)
        mine = words.told(iri, named.key[0]) or told
        if named.article and len({one.span[0] for one in mine}) > 1:
            continue  # a name with an article is refused in that article alone
        reject = Decision(Verb.NOT_A_COMPANY, (named,))
        note = f"confidence {confidence:.2f}" + (f"; {weak.says}" if weak else "")
        yield ReviewQuestion(
            "company", f"Is {named} a company?", None, reject, round(len(mine) * doubt, 4), rule or "", note, spans=_first(mine)
        )


def _pair(
    kind: str, ask: str, companies: tuple[NamedThing, NamedThing], impact: float, rule: str, note: str, spans: tuple[Span, ...]
) -> ReviewQuestion:
    both = tuple(sorted(companies))
    return ReviewQuestion(
        kind, ask, Decision(Verb.SAME, both), Decision(Verb.DIFFERENT, both), round(impact, 4), rule, note, spans=spans,
    )  # fmt: skip


def _joined(*parts: str | None) -> str:
    return "; ".join(filter(None, parts))


def _first(told: list[DescribedName]) -> tuple[Span, ...]:
    """Give the first mention of each article."""
    by_article: dict[str, Span] = {}
    for one in told:
        by_article.setdefault(one.span[0], one.span)
    return tuple(by_article.values())


def _alternating(one: list[DescribedName], other: list[DescribedName]) -> tuple[Span, ...]:
    """Give the first mentions of two names by turns, the rarer name's first."""
    first, second = _first(one), _first(other)
    longest = max(len(first), len(second))
    turns = (span for at in range(longest) for side in (first, second) for span in side[at : at + 1])
    return tuple(dict.fromkeys(turns))
