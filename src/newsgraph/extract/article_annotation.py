"""What was read in one article, in the form of annotated articles: entities with their spellings, and events with roles.

The form is that of `training/texts/articles`, so that a reading can be scored against what people annotated, field by field.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from newsgraph.core.acceptance import is_accepted
from newsgraph.core.article_roles import Weight
from newsgraph.core.company_names import name_key, strip_legal_form
from newsgraph.core.model import ACCEPTED, ACCEPTED_EVENT, Article, Facts, Kind, Mention, Report
from newsgraph.core.vocabulary import ROLES
from newsgraph.core.wrapped_lines import unwrapped

_KINDS = (Kind.COMPANY, Kind.ORGANISATION, Kind.PERSON, Kind.PRODUCT, Kind.PLACE, Kind.OUTLET)
_WEIGHTED = frozenset({Kind.COMPANY, Kind.ORGANISATION, Kind.OUTLET})


def annotation_of(article: Article, facts: Facts, least: float = ACCEPTED, least_event: float = ACCEPTED_EVENT) -> dict[str, Any]:
    """Return an article with its entities and events as a JSON object.

    Companies with a confidence below `least` and events that are not accepted at `least_event` are left out.

    News outlets that the text credits are companies with the weight `source`, as people annotate them; the graph has no node for them.
    Offsets are code points of `text`, which is title, excerpt and body as `model.Article.text` joins them.
    """
    accepted = [mention for mention in facts.mentions if mention.kind in _KINDS and _confident(mention, least)]
    same = {name_key(naming.name): name_key(naming.same_as) for naming in facts.namings}
    names = _canonical_names(accepted, same, article.text)
    reports = [
        report
        for report in facts.reports
        if is_accepted(report, least_event) and all(filler.kind is None or filler.name in names for filler in report.roles)
    ]
    own = _own_fields(article)
    return {
        "id": str(own.get("id") or article.key),
        "title": article.title,
        "published": article.published.date().isoformat() if article.published else None,
        "outlet": article.provider.name if article.provider else own.get("outlet"),
        "text": article.text,
        "entities": list(_entities(article, accepted, names)),
        "events": [_event(article, report, names) for report in reports],
        **_passages(facts),
    }


def _passages(facts: Facts) -> dict[str, Any]:
    """Return the passages that are no news of the article, under `passages`, if there are any."""
    passages = [{"start": passage.start, "end": passage.end, "kind": str(passage.kind)} for passage in facts.passages]
    return {"passages": passages} if passages else {}


def _confident(mention: Mention, least: float) -> bool:
    return mention.kind is not Kind.COMPANY or mention.confidence >= least


def _own_fields(article: Article) -> dict[str, Any]:
    """Return the fields of the record that only annotated articles have, such as `id` and `outlet`."""
    extra = json.loads(article.extra) if article.extra else {}
    return extra if isinstance(extra, dict) else {}


def _canonical_names(mentions: list[Mention], same: dict[str, str], text: str) -> dict[str, str]:
    """Map the names of mentions to one name for each thing: the fullest one that the article itself uses.

    A list may know a newer or longer name than the article ("X Corp" for "Twitter", "Securities and Exchange Commission" for "SEC"): it
    joins mentions and is not what the article says.
    """
    groups: dict[tuple[Kind, str], list[Mention]] = defaultdict(list)
    keys: dict[str, tuple[Kind, str]] = {}
    for mention in mentions:
        own = name_key(mention.known or mention.name)
        key = mention.kind, same.get(own, own)
        keys.setdefault(mention.name, key)
        groups[key].append(mention)
    chosen = {key: _fullest(group, text) for key, group in groups.items()}
    return {name: chosen[key] for name, key in keys.items()}


def _fullest(group: list[Mention], text: str) -> str:
    """Return the longest name of one thing in an article's text, of equally long ones the first."""
    names = [strip_legal_form(mention.text) if mention.known or mention.name not in text else mention.name for mention in group]
    return max(names, key=len)


def _entities(article: Article, mentions: list[Mention], names: dict[str, str]) -> Iterator[dict[str, Any]]:
    groups: dict[tuple[Kind, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.kind, names[mention.name]].append(mention)
    for (kind, name), group in groups.items():
        entity: dict[str, Any] = {
            "name": name,
            "kind": Kind.COMPANY.value if kind is Kind.OUTLET else kind.value,
            "surfaces": list(dict.fromkeys(article.text[mention.start : mention.end] for mention in group)),
            "spans": [[mention.start, mention.end] for mention in group],
        }
        if kind in _WEIGHTED:
            order = list(Weight)
            unknown = Weight.SOURCE if kind is Kind.OUTLET else Weight.PASSING
            entity["weight"] = min((mention.weight or unknown for mention in group), key=order.index).value
        yield entity | {"confidence": max(mention.confidence for mention in group)}


def _event(article: Article, report: Report, names: dict[str, str]) -> dict[str, Any]:
    roles: dict[str, list[str]] = {}
    for filler in report.roles:
        name = names[filler.name] if filler.kind else filler.name
        if name not in roles.setdefault(filler.role, []):
            roles[filler.role].append(name)
    return {
        "type": report.type,
        "roles": {
            role: values if len(values) > 1 else values[0]
            for role, values in sorted(roles.items(), key=lambda item: list(ROLES).index(item[0]))
        },
        "status": report.status.value,
        "when": report.when or None,
        "background": report.background,
        "amounts": [{"value": amount.money.amount, "currency": amount.money.currency, "of": amount.of} for amount in report.amounts],
        "percent": report.percent,
        "count": report.count,
        "part": report.part,
        "evidence": [_longest_paragraph(article.text, report.start, report.end)],
        "span": [report.start, report.end],
        "rule": report.rule,
        "confidence": report.confidence,
    }


def _longest_paragraph(text: str, start: int, end: int) -> str:
    """Return the longest part of a span that lies in one paragraph, with the line ends in it as the article has them."""
    at, parts = start, []
    for part in unwrapped(text)[start:end].split("\n"):
        parts.append(text[at : at + len(part)].strip())
        at += len(part) + 1
    return max(parts, key=len)
