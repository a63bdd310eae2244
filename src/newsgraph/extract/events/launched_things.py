"""The words for what is launched: a product with all of its name, a feature of one, or a thing without a name."""

from __future__ import annotations

import re
from dataclasses import replace

from newsgraph.core.model import RoleFiller
from newsgraph.extract.events.report_evidence import ReportEvidence, check_pattern
from newsgraph.extract.events.tidy_words import tidy_words

FUNCTION = r"(?:for|to|of|in|on|at|by|with|from|and|or|as|that|which|who|is|are|was|were|will|would|has|have|had|after|before|over|under|into|its|their|the|an?|said|says|it|he|she|they|while|but|when|where|up|down|off|out|than|worth|amid|about|also|this|last|next|today)\b"
"""Words that end a phrase, a regular expression."""

_ENDS = re.compile(
    r"(?:\s+(?:that|which|who|as|after|over|because|due|by|from|this|next|last|amid|aimed|designed|offering|powered|based|on|at|in|will|is|are|was|has|"
    r"to (?:help|enable|improve|make|let|allow|find|fix|give|boost|build|compete|take|software)|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?![\w-])|[,;:(–—|]|\.(?:\s|$)|\s-\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_BEHIND_QUOTATION = re.compile(r"[.,;!?]?[”\"](?!\w).*$", re.DOTALL)  # "Competency Categories.” by"
_MOST_WORDS = 9  # of a thing that is launched
_TITLE_CASE = 0.6  # share of words with a capital from which on capitals say nothing


def launched_product(filler: RoleFiller, evidence: ReportEvidence) -> RoleFiller | None:
    """Return what is launched: a product, the feature of it of which the words speak, or its name with the words that go on with it."""
    if filler.kind is None:
        if " " in filler.name or not (filler.name.islower() or "-" in filler.name):
            return replace(filler, name=_whole_phrase(filler.name, evidence))
        return replace(
            filler,
            name=thing_launched(evidence, filler.name) or continued(filler.name, evidence) or thing_launched(evidence) or filler.name,
        )
    places = evidence.places({filler.name})
    if not places:
        return filler
    parts = [_of_feature(evidence, place) for place in places]
    if all(part is not None for part in parts):
        words = next((part for part in parts if part), "")
        return RoleFiller("product", words, None) if words else None
    if _is_title_case(evidence.words):
        more = re.match(rf"(?:\s[A-Z][\w-]*){{0,2}}?\s(?:{check_pattern('more_of_name').pattern})(?!\w)", evidence.words[places[0][1] :])
    else:
        more = re.match(
            rf"(?:\s\([A-Z]{{2,6}}\))?(?:(?:[ -](?:[A-Z][\w-]*|{check_pattern('more_of_name').pattern}))(?![\w])){{1,4}}|-\d\w+",
            evidence.words[places[0][1] :],
        )
    if more and more.group().strip("- "):
        return RoleFiller("product", evidence.words[places[0][0] : places[0][1]] + more.group(), None)
    return filler


def _whole_phrase(words: str, evidence: ReportEvidence) -> str:
    """Return the words for a product without what follows it, and with what it is a set of: "a powerful set of tools", not "powerful set"."""
    kept = tidy_words(_BEHIND_QUOTATION.sub("", words))
    kept = re.sub(rf"\s(?:{check_pattern('behind_product').pattern})$", "", kept)
    group = re.search(rf"(?<![\w-]){re.escape(kept)} of (?=\w)", evidence.words)
    if group is None or re.search(rf"(?<![\w-])(?:{check_pattern('group_of_products').pattern})$", kept, re.IGNORECASE) is None:
        return kept or words
    return tidy_words(group.group() + _first_words(_ENDS.sub("", evidence.words[group.end() :])))


def _first_words(words: str) -> str:
    """Return the first words of a long phrase, without what is no longer whole behind the last "and"."""
    each = words.split()
    if len(each) <= _MOST_WORDS:
        return words
    kept = each[:_MOST_WORDS]
    return " ".join(kept[: len(kept) - kept[::-1].index("and") - 1] if "and" in kept[1:] else kept)


def _of_feature(evidence: ReportEvidence, place: tuple[int, int]) -> str | None:
    """Return the words for a feature of a product that is mentioned at a place, empty without them; None if the product itself is meant."""
    before = evidence.words[: place[0]]
    if not re.search(rf"(?<![\w-])(?:{check_pattern('into_product').pattern})\s(?:[A-Z][\w]*(?:['’]s)?\s)?$", before):
        return None
    verbs = list(check_pattern("launched").finditer(before))
    if not verbs or re.fullmatch(
        rf"\s*(?:{check_pattern('of_a_launch').pattern})\s*(?:[A-Z]\w*\s)?", before[verbs[-1].end() :], re.IGNORECASE
    ):
        return None if verbs else ""
    thing = evidence.words[verbs[-1].end() : place[1]]
    if len(thing.split()) > _MOST_WORDS:
        thing = _ENDS.sub("", thing)
    thing = tidy_words(re.sub(rf"^\s*(?:{check_pattern('of_a_launch').pattern})\s", "", thing, flags=re.IGNORECASE))
    return thing if 0 < len(thing.split()) <= _MOST_WORDS else ""


def thing_launched(evidence: ReportEvidence, word: str = "") -> str:
    """Return the words behind the verb of a launch, which must have a word in them if one is given; empty if there are none."""
    for verb in check_pattern("launched").finditer(evidence.words):
        behind = evidence.words[verb.end() : verb.end() + 120]
        behind = re.sub(rf"^\s*(?:{check_pattern('of_a_launch').pattern})\s", " ", behind, flags=re.IGNORECASE)
        if not re.match(r"\s+[\w\"“'‘]", behind) or re.match(
            r"\s+(?:that|today|on|in|at|by|for|to|it|as|and|with|from)\b", behind, re.IGNORECASE
        ):
            continue
        thing = _whole_phrase(tidy_words(_first_words(_ENDS.sub("", behind.strip()))), evidence)
        if len(thing.split()) > 1 and (not word or re.search(rf"\b{re.escape(word)}\b", thing)):
            return thing
    return ""


def _is_title_case(words: str) -> bool:
    names = [word for word in words.split() if word[:1].isalpha()]
    return bool(names) and sum(word[:1].isupper() for word in names) >= _TITLE_CASE * len(names)


def continued(word: str, evidence: ReportEvidence) -> str:
    """Return a word with the words that go on with it, empty if none do: "subsea" of "subsea cables for the wind farm" is an adjective."""
    match = re.search(rf"(?<![\w-]){re.escape(word)}((?: (?!(?i:{FUNCTION}))[A-Za-z][a-z-]+){{1,2}})", evidence.words)
    return f"{word}{match[1]}" if match else ""
