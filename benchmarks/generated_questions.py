"""Questions about generated news, with the sentences that answer them, from what the generator knows to be true."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invented import PLOT_EVENTS, PLOTS
from told import Told

# Wordings of questions by type of event; {a} and {b} are the parties of its plot. `money` asks for the amount, else for the other party
# or what was done. Each is asked with words of its own, most of which the texts do not have.
_WORDINGS: dict[str, tuple[tuple[str, bool], ...]] = {
    "acquisition": (
        ("Who is buying {b}?", False), ("What is the price of {b} for {a}?", True), ("Which company does {a} take over?", False),
        ("How much will {a} pay for {b}?", True),
    ),
    "investment": (
        ("Who put money into {b}?", False), ("How much did {b} get from {a}?", True), ("Which firm has {a} backed?", False),
    ),
    "partnership": (
        ("With whom does {a} work together?", False), ("What do {a} and {b} plan together?", False), ("Who is the partner of {b}?", False),
    ),
    "product_launch": (("What has {a} brought to market?", False), ("Which new product does {a} have?", False)),
    "funding_round": (
        ("How much money did {b} raise?", True), ("Who led the financing of {b}?", False), ("Whose round did {a} lead?", False),
    ),
    "lawsuit": (
        ("Who has taken {b} to court?", False), ("Against whom does {a} claim patents?", False), ("Why are {a} and {b} before a judge?", False),
    ),
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\\\{(\w)\\\}")


@dataclass(frozen=True, slots=True)
class GeneratedQuestion:
    """A question; a sentence answers it if it is in an article with one of the addresses, and one of the patterns matches the whole of it."""

    text: str
    urls: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def is_answered_by(self, url: str, sentence: str) -> bool:
        """Return whether a sentence of an article answers the question."""
        return url in self.urls and any(pattern.fullmatch(sentence) for pattern in self.patterns)


def generated_questions(told: Sequence[Told], count: int, seed: int = 1) -> list[GeneratedQuestion]:
    """Make questions about events of which no other event has the type and the party that is asked for."""
    chance = random.Random(seed)
    stories: dict[int, list[Told]] = defaultdict(list)
    for article in told:
        stories[article.truth.story].append(article)
    events = {story: articles[0].truth.events[0] for story, articles in stories.items() if articles[0].truth.events}
    uses: dict[tuple[str, str], int] = defaultdict(int)
    for kind, subject, target, _ in events.values():
        for party in filter(None, (subject, target)):
            uses[kind, party] += 1
    questions = []
    for story in chance.sample(sorted(events), len(events)):
        kind, subject, target, amount = events[story]
        if all(uses[kind, party] == 1 for party in filter(None, (subject, target))):
            questions += list(_question(kind, subject, target, amount, stories[story], chance))
        if len(questions) == count:
            break
    return questions


def _question(
    kind: str, subject: str, target: str | None, amount: str, articles: Sequence[Told], chance: random.Random
) -> Iterator[GeneratedQuestion]:
    """Ask about one event, if a sentence of its articles answers."""
    plot = next(number for number, event in enumerate(PLOT_EVENTS) if event and event[0] == kind)
    first = (PLOT_EVENTS[plot] or ("", "a", None))[1]
    parties = {first: subject, "b" if first == "a" else "a": target or ""}
    wording, is_money = chance.choice(_WORDINGS[kind])
    names = {key: chance.choice((name, name.partition(" ")[0])) for key, name in parties.items()}
    titles, sentences = PLOTS[plot]
    asked = set(re.findall(r"\{(\w)\}", wording)) | ({"m"} if is_money else {"a", "b"} if target else {"a"})
    templates = [template for template in (*titles, sentences[0]) if all(f"{{{key}}}" in template for key in asked)]
    short = {key: re.escape(name.partition(" ")[0]) for key, name in parties.items()} | {"m": re.escape(amount)}
    patterns = tuple(_pattern(template, short) for template in templates)
    urls = frozenset(article.url for article in articles)
    question = GeneratedQuestion(wording.format(**names), urls, patterns)
    texts = [text for article in articles for text in (article.title, *re.split(r"(?<=\.) (?=[A-Z])", article.excerpt))]
    if any(pattern.fullmatch(text) for pattern in patterns for text in texts):
        yield question


def _pattern(template: str, short: dict[str, str]) -> re.Pattern[str]:
    """Compile a template of a sentence: names in any of their forms, other places with anything."""

    def filled(match: re.Match[str]) -> str:
        return rf"{short[match[1]]}[\w .]*" if match[1] in "ab" else short.get(match[1], ".*")

    return re.compile(r"(?:CORRECTED-)?" + _PLACEHOLDER.sub(filled, re.escape(template)), re.IGNORECASE)
