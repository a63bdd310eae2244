"""Questions about generated news, with the sentences that answer them, from what the generator knows to be true."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

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
_TRIES = 4  # wordings
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
    """Make questions about events; no other event has the type and a party that the question names."""
    chance = random.Random(seed)
    stories: dict[int, list[Told]] = defaultdict(list)
    for article in told:
        stories[article.truth.story].append(article)
    events = {story: articles[0].truth.events[0] for story, articles in stories.items() if articles[0].truth.events}
    uses = Counter((kind, party) for kind, *parties, _ in events.values() for party in filter(None, parties))
    names = {name for article in told for _, name in article.truth.companies}
    starts = Counter(name.partition(" ")[0] for name in names)
    questions: list[GeneratedQuestion] = []
    for story in chance.sample(sorted(events), len(events)):
        tries = (_question(events[story], stories[story], uses, starts, chance) for _ in range(_TRIES))
        questions += islice((question for found in tries for question in found), 1)
        if len(questions) == count:
            break
    return questions


def _question(
    event: tuple[str, str, str | None, str], articles: Sequence[Told], uses: Counter[tuple[str, str]], starts: Counter[str], chance: random.Random
) -> Iterator[GeneratedQuestion]:  # fmt: skip
    """Ask about one event, if only this one is meant and a sentence of its articles answers."""
    kind, subject, target, amount = event
    plot = next(number for number, of_plot in enumerate(PLOT_EVENTS) if of_plot and of_plot[0] == kind)
    first = (PLOT_EVENTS[plot] or ("", "a", None))[1]
    parties = {first: subject, "b" if first == "a" else "a": target or ""}
    wording, is_money = chance.choice(_WORDINGS[kind])
    asked = set(re.findall(r"\{(\w)\}", wording))
    # a first word that several companies share names none of them
    names = {
        key: chance.choice((name, first_word if starts[first_word := name.partition(" ")[0]] == 1 else name))
        for key, name in parties.items()
    }
    titles, sentences = PLOTS[plot]
    needed = asked | ({"m"} if is_money else {"a", "b"} if target else {"a"})
    templates = [template for template in (*titles, sentences[0]) if all(f"{{{key}}}" in template for key in needed)]
    short = {key: re.escape(name.partition(" ")[0]) for key, name in parties.items()} | {"m": re.escape(amount)}
    patterns = tuple(_pattern(template, short) for template in templates)
    question = GeneratedQuestion(wording.format(**names), frozenset(article.url for article in articles), patterns)
    texts = [text for article in articles for text in (article.title, *re.split(r"(?<=\.) (?=[A-Z])", article.excerpt))]
    is_one = any(uses[kind, parties[key]] == 1 for key in asked)
    if is_one and any(pattern.fullmatch(text) for pattern in patterns for text in texts):
        yield question


def _pattern(template: str, short: dict[str, str]) -> re.Pattern[str]:
    """Compile a template of a sentence: names in any of their forms, other places with anything."""

    def filled(match: re.Match[str]) -> str:
        return rf"{short[match[1]]}[\w .]*" if match[1] in "ab" else short.get(match[1], ".*")

    return re.compile(r"(?:CORRECTED-)?" + _PLACEHOLDER.sub(filled, re.escape(template)), re.IGNORECASE)
