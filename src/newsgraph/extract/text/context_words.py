"""Word lists that the evidence for companies looks for, read once from `data/context_words.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, eq=False)
class ContextWords:
    """Folded word sets by what they tell; `never` holds exact forms that name no company by themselves."""

    deal_verbs: frozenset[str]
    say_verbs: frozenset[str]
    verbs: frozenset[str]
    executives: frozenset[str]
    of_words: frozenset[str]
    deal_words: frozenset[str]
    org_words: frozenset[str]
    calendar: frozenset[str]
    small: frozenset[str]
    never: frozenset[str]


@cache
def load_context_words() -> ContextWords:
    """Read the word lists and make the forms of the verbs."""
    text = (files("newsgraph") / "data" / "context_words.yaml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = {name: words.split() for name, words in yaml.safe_load(text).items()}
    deal = _forms(lists["deal_verbs"])
    say = _forms(lists["say_verbs"])
    verbs = deal | say | _forms(lists["other_verbs"]) | frozenset(lists["irregular"])
    rest = {name: frozenset(lists[name]) for name in ("executives", "of_words", "deal_words", "org_words", "calendar", "small", "never")}
    return ContextWords(deal_verbs=deal, say_verbs=say, verbs=verbs, **rest)


def _forms(verbs: list[str]) -> frozenset[str]:
    """Give the third person, past and -ing forms beside each base form, by the regular rules of spelling."""
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
