"""Word lists that the evidence for companies and the tokenization use, from `data/context_words.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from newsgraph.extract.text.word_lists import read_word_lists


@dataclass(frozen=True, eq=False)
class _PlainLists:
    """The lists that are used as written, in lower case, but for `never`, forms that alone name no company, and `exchanges`."""

    executives: frozenset[str]
    of_words: frozenset[str]
    deal_words: frozenset[str]
    org_words: frozenset[str]
    calendar: frozenset[str]
    small: frozenset[str]
    never: frozenset[str]
    links: frozenset[str]
    deal_links: frozenset[str]
    auxiliaries: frozenset[str]
    articles: frozenset[str]
    honorifics: frozenset[str]
    ties: frozenset[str]
    hyphen_tails: frozenset[str]
    hyphen_heads: frozenset[str]
    domains: frozenset[str]
    dotted_forms: frozenset[str]
    exchanges: frozenset[str]


@dataclass(frozen=True, eq=False)
class _FileLists(_PlainLists):
    """The lists of the file; verbs in their base form."""

    deal_verbs: frozenset[str]
    say_verbs: frozenset[str]
    other_verbs: frozenset[str]
    irregular: frozenset[str]


@dataclass(frozen=True, eq=False)
class ContextWords(_PlainLists):
    """All lists; verbs in all their forms. `verbs` includes those of the other two lists."""

    deal_verbs: frozenset[str]
    say_verbs: frozenset[str]
    verbs: frozenset[str]


@cache
def load_context_words() -> ContextWords:
    """Read the word lists and inflect the verbs. Raises InputError if the file is damaged."""
    lists = read_word_lists("context_words.yaml", _FileLists)
    deal, say = _inflected(lists.deal_verbs), _inflected(lists.say_verbs)
    verbs = deal | say | _inflected(lists.other_verbs) | lists.irregular
    plain = {field.name: getattr(lists, field.name) for field in fields(_PlainLists)}
    return ContextWords(deal_verbs=deal, say_verbs=say, verbs=verbs, **plain)


def _inflected(verbs: frozenset[str]) -> frozenset[str]:
    """Return the base forms with their third person, past and -ing forms, by the regular rules of spelling."""
    forms: set[str] = set()
    for verb in verbs:
        stem = verb.removesuffix("e")
        if verb.endswith("y") and verb[-2] not in "aeiou":
            forms |= {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
            continue
        forms |= {verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), stem + "ed", stem + "ing"}
        if verb[-1] not in "aeiouwxyh" and verb[-2] in "aeiou" and verb[-3:-2] not in tuple("aeiou"):
            forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return frozenset(forms)
