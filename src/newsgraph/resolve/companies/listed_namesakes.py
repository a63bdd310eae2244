"""Listed companies of one name in different countries: what an article says of the country tells which of them it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Facts, Kind, Mention


def mentions_by_country(facts: Facts, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Return the mentions of an article, those of a listed company as the namesake whose country the article states.

    "Merck" is Merck KGaA in an article about "the Darmstadt drugmaker Merck". If the country fits the company that was found, or fits
    none or several of its namesakes, nothing is changed.
    """
    other = _other_entries(facts, lexicon)
    if not other:
        return facts.mentions
    return tuple(
        replace(mention, name=meant, known=meant) if mention.kind is Kind.COMPANY and (meant := other.get(mention.known)) else mention
        for mention in facts.mentions
    )


def _other_entries(facts: Facts, lexicon: Lexicon) -> Mapping[str, str]:
    """Return the listed companies that an article does not mean, each with the namesake that it means."""
    known = {mention.known for mention in facts.mentions if mention.known and name_key(mention.known) in lexicon.namesakes}
    if not known:
        return {}
    stated: dict[str, set[str]] = defaultdict(set)
    for description in facts.descriptions:
        if description.kind == "country":
            stated[name_key(description.name)].add(description.value[:2])
    meant = {}
    for name in sorted(known):
        countries = stated.get(name_key(name), set())
        fitting = [entry for entry in lexicon.namesakes[name_key(name)] if lexicon.companies[entry].country in countries]
        if len(fitting) == 1 and fitting[0] not in known:
            meant[name] = fitting[0]
    return meant
