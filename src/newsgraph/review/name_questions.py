"""Questions about companies: names that were not merged, names that were merged for a weak reason, and names that may not be companies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Decision, NamedThing, Verb
from newsgraph.provenance.company_descriptions import CompanyWords, DescribedName, Span
from newsgraph.review.review_question import ReviewQuestion, doubts
from newsgraph.review.touched import Touched

_IN = re.compile(r"(.+) \(in (\S+)\)", re.DOTALL)
_SURE, _FEW = 0.9, 2  # a company with less confidence, or with so few mentions by a weak rule, is worth a question


def questions_about_doubts(graph: GraphTables, words: CompanyWords, touched: Touched) -> Iterator[ReviewQuestion]:
    """Ask about names that were not merged though something speaks for it, and about companies of one name."""
    for one, other, rule, note, articles in graph["doubts"].select("one", "other", "rule", "note", "articles").iter_rows():
        second, second_company = _side(other, words, None)
        first, first_company = _side(one, words, second_company)
        if first_company is not None and first_company == second_company:
            continue
        if first == second or (rule == "homonym" and not (first.article and second.article)):
            continue
        doubt = doubts().get(("doubt", rule)) or doubts()["doubt", ""]
        mentions = [
            words.mentions_of(iri, name.key[0]) or words.mentions_of(iri) if iri else []
            for name, iri in ((first, first_company), (second, second_company))
        ]
        sides = zip(mentions, (first_company, second_company), strict=True)
        reach = min((touched.by_company(iri or "", _articles(of_side)) for of_side, iri in sides if of_side), default=articles)
        ask = f"Are {first} and {second} one company?"
        spans = _alternating(*mentions)
        yield _pair_question("doubt", ask, (first, second), reach * doubt.weight, rule, _joined(doubt.says, note), spans)


def _side(text: str, words: CompanyWords, not_this: str | None) -> tuple[NamedThing, str | None]:
    """Return a name of table `doubts` as decisions refer to it, and its company; `not_this` is the company on the other side."""
    match = _IN.fullmatch(text)
    name, article = (match[1], match[2]) if match and match[2] in words.addresses else (text, "")
    key = name_key(name)
    shared = words.shared.get(key, {})
    if article:
        company = next((iri for iri, articles in shared.items() if article in articles), None)
        return NamedThing(name, words.addresses[article]), company
    if not shared:
        return NamedThing(name), next(iter(words.holders.get(key, ())), None)
    # a name without an article is the company that most articles mean by it
    by_frequency = sorted(shared, key=lambda iri: (-len(shared[iri]), iri))
    company = next((iri for iri in by_frequency if iri != not_this), None)
    return (words.reference(company, name), company) if company else (NamedThing(name), None)


def questions_about_merges(graph: GraphTables, words: CompanyWords, touched: Touched) -> Iterator[ReviewQuestion]:
    """Ask about names that were merged into a company for a weak reason, if some articles use them without its other name."""
    for entity, name, rule, article, start, end, note in (
        graph["merges"].select("entity", "name", "rule", "article", "start", "end", "note").iter_rows()
    ):
        doubt = doubts().get(("merge", rule))
        if doubt is None or entity not in words.names:
            continue
        other = _partner(entity, name, rule, note or "", words)
        if not other:
            continue
        with_other = words.mentions_of(entity, name_key(other))
        other_articles = {mention.span[0] for mention in with_other}
        alone = [mention for mention in words.mentions_of(entity, name_key(name)) if mention.span[0] not in other_articles]
        if not alone:
            continue
        shown = [(article, start, end)] if end else []
        spans = tuple(dict.fromkeys([*shown, *_alternating(alone, with_other)]))
        companies = (words.reference(entity, name), words.reference(entity, other))
        ask = f"{companies[0]} was merged with {companies[1]}. Are they one company?"
        yield _pair_question(
            "merge", ask, companies, touched.by_company(entity, _articles(alone)) * doubt.weight, rule, _joined(doubt.says, note), spans
        )


def _partner(entity: str, name: str, rule: str, note: str, words: CompanyWords) -> str:
    """Return the name with which a name was merged: the one in the note, else the most similar, else the most frequent."""
    key = name_key(name)
    others = [text for text in words.spellings(entity) if name_key(text) != key]
    full = note.removeprefix("short for ")
    if rule == "short_form" and full != note and name_key(full) != key:
        return full
    if not others or rule == "ticker":
        return next(iter(others), "")
    return max(others, key=lambda text: SequenceMatcher(None, key, name_key(text), autojunk=False).ratio())


def questions_about_companies(graph: GraphTables, words: CompanyWords, touched: Touched) -> Iterator[ReviewQuestion]:
    """Ask whether a name that was found by a weak rule is a company; to say yes needs no decision."""
    for iri, rule, confidence in graph["companies"].select("iri", "rule", "confidence").iter_rows():
        mentions = words.mentions_of(iri)
        weak = doubts().get(("company", re.sub(r"_\d+$", "", rule or "")))
        doubt = max(1 - (confidence or 0.0), weak.weight if weak and len(mentions) <= _FEW else 0.0)
        if not mentions or doubt <= 1 - _SURE:
            continue
        company = words.reference(iri)
        by_name = words.mentions_of(iri, company.key[0]) or mentions
        if company.article and len({mention.span[0] for mention in by_name}) > 1:
            continue  # a name with an article is rejected in that article alone
        reject, person = Decision(Verb.NOT_A_COMPANY, (company,)), Decision(Verb.PERSON, (company,))
        note = f"confidence {confidence:.2f}" + (f"; {weak.says}" if weak else "")
        impact = round(touched.by_company(iri, _articles(by_name)) * doubt, 4)
        ask = f"Is {company} a company?"
        yield ReviewQuestion("company", ask, None, reject, impact, rule or "", note, (person,), spans=_first(by_name))


def _pair_question(
    kind: str, ask: str, companies: tuple[NamedThing, NamedThing], impact: float, rule: str, note: str, spans: tuple[Span, ...]
) -> ReviewQuestion:
    both = tuple(sorted(companies))
    return ReviewQuestion(
        kind, ask, Decision(Verb.SAME, both), Decision(Verb.DIFFERENT, both), round(impact, 4), rule, note, spans=spans,
    )  # fmt: skip


def _articles(mentions: list[DescribedName]) -> set[str]:
    return {mention.span[0] for mention in mentions}


def _joined(*parts: str | None) -> str:
    return "; ".join(filter(None, parts))


def _first(mentions: list[DescribedName]) -> tuple[Span, ...]:
    """Return the first mention in each article."""
    by_article: dict[str, Span] = {}
    for mention in mentions:
        by_article.setdefault(mention.span[0], mention.span)
    return tuple(by_article.values())


def _alternating(one: list[DescribedName], other: list[DescribedName]) -> tuple[Span, ...]:
    """Return the first mentions of two names in turn, beginning with the first name."""
    first, second = _first(one), _first(other)
    longest = max(len(first), len(second))
    turns = (span for at in range(longest) for side in (first, second) for span in side[at : at + 1])
    return tuple(dict.fromkeys(turns))
