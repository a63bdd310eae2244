"""News as they mix: forms of company names, stories over several documents, reprints with small changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from invented import FORMS, OUTLETS, PEOPLE, PLACES, PLOTS, drawn_pair, events_of
from told import Told, Truth

_MANY_OUTLETS = (*OUTLETS, *(f"{place} {kind}" for place in PLACES for kind in ("Herald", "Mercury", "Observer", "Echo", "Star", "Sun")))
_DOCUMENTS = ((1, 2, 3), (60, 25, 15))  # documents a story, and how many of a hundred stories have so many
# Copies an article has, and how many of a thousand articles have so many: about 15 % of all articles are copies.
_COPIES = ((0, 1, 2, 4, 12), (911, 50, 25, 10, 3))
_ASIDES = ("{a}'s shares rose in {p}.", "Nobody in {p} had asked about {b}'s plans.", "{n} spoke of {a}'s long wait.")
_WHO = ("a clerk", "one reader", "the mayor", "a former manager", "an analyst", "a neighbour", "the union", "a teacher", "one customer")
_DID = ("doubts", "welcomed", "compared", "missed", "described", "recalled", "questioned", "measured", "ignored", "praised", "explained")
_WHAT = ("the new timetable", "an older plan", "the long silence", "a narrow margin", "the second draft", "some early figures", "the harbour road",
         "a quiet winter", "the empty office", "the first samples", "a broken promise", "the usual noise")  # fmt: skip
_WHEN = (
    "before lunch",
    "in a short note",
    "for the third time",
    "without a word on costs",
    "late at night",
    "over coffee",
    "by letter",
    "in passing",
)
_CAPITALS = 0.08  # share of headlines in capitals
_OTHER_HEADLINES = ("What to know about {a} now", "{b}: the story so far", "The morning brief: {a} and {b}")


@dataclass(frozen=True, slots=True)
class _Story:
    """What all tellings of a story share."""

    number: int
    plot: int
    one: str
    other: str
    words: dict[str, str]

    def fill(self, template: str, forms: tuple[str, ...], chance: random.Random) -> tuple[str, dict[str, str]]:
        """Fill a template with company names in one of some forms; give the text and the full name of each form."""
        used = {
            key: (_form(name, chance.choice(forms)), name) for key, name in (("a", self.one), ("b", self.other)) if f"{{{key}}}" in template
        }
        return template.format(**self.words | {key: form for key, (form, _) in used.items()}), dict(used.values())


def mixed_documents(names: list[str], chance: random.Random) -> Iterator[list[Told]]:
    """Make documents without end, each as the articles that it holds; the first is the main one."""
    numbers = count(1)
    for number in count():
        plot = chance.choice(range(len(PLOTS)))
        one, other = drawn_pair(names, chance)
        words = {"m": f"${chance.randint(2, 900)} million", "p": chance.choice(PLACES), "n": chance.choice(PEOPLE), "f": ""}
        story = _Story(number, plot, one, other, words)
        start = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=60 * number)
        before: list[Told] = []
        for _ in range(chance.choices(*_DOCUMENTS)[0]):
            told = _document(story, start, numbers, chance)
            yield told + before[:1]  # a later document lists an article of an earlier one again
            before, start = told, start + timedelta(hours=chance.randint(3, 30))


def _document(story: _Story, start: datetime, numbers: Iterator[int], chance: random.Random) -> list[Told]:
    told: list[Told] = []
    outlets = iter(chance.sample(_MANY_OUTLETS, len(_MANY_OUTLETS)))
    for _ in range(chance.randint(2, 5)):
        original = _telling(story, start + timedelta(minutes=11 * len(told)), next(outlets), next(numbers), chance)
        told.append(original)
        for _ in range(chance.choices(*_COPIES)[0]):
            told.append(_copy(original, story, start + timedelta(minutes=11 * len(told)), next(outlets, OUTLETS[0]), next(numbers), chance))
    return told


def _telling(story: _Story, published: datetime, outlet: str, number: int, chance: random.Random) -> Told:
    """Tell a story in an outlet's own words."""
    titles, sentences = PLOTS[story.plot]
    title, companies = story.fill(chance.choice(titles), ("name", "name", "short"), chance)
    if chance.random() < _CAPITALS:
        title, companies = title.upper(), {name.upper(): full for name, full in companies.items()}
    lead, told = story.fill(sentences[0], ("name", "legal"), chance)
    rest = [story.fill(text, ("name", "short"), chance) for text in (chance.choice(sentences[1:]), chance.choice(_ASIDES))]
    own = [f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)} {chance.choice(_WHEN)}.".capitalize() for _ in range(5)]
    for _, used in ((lead, told), *rest):
        companies = companies | used
    excerpt = " ".join([lead, *chance.sample([text for text, _ in rest] + own, len(rest) + len(own))])
    truth = Truth(story.number, None, tuple(sorted(companies.items())), events_of(story.plot, story.one, story.other, story.words["m"]))
    return Told(title, excerpt, published, outlet, number, truth)


def _copy(original: Told, story: _Story, published: datetime, outlet: str, number: int, chance: random.Random) -> Told:
    """Print an article again: as it is, cut, under another headline, in capitals, with a credit, or corrected by its own outlet."""
    title, excerpt = original.title, original.excerpt
    companies = dict(original.truth.companies)
    change = chance.choice(("none", "cut", "headline", "capitals", "credit", "corrected"))
    if change == "cut":
        excerpt = excerpt[: excerpt.rindex(". ") + 1]
    elif change == "headline":
        title, used = story.fill(chance.choice(_OTHER_HEADLINES), ("name",), chance)
        companies |= used
    elif change == "capitals":
        title = title.upper()
        companies |= {name.upper(): full for name, full in companies.items()}
    elif change == "credit":
        excerpt += f" (Reporting by {chance.choice(PEOPLE)})"
    elif change == "corrected":
        title, outlet = f"CORRECTED-{title}", original.outlet
    text = f"{title}\n{excerpt}"
    named = tuple(sorted((name, full) for name, full in companies.items() if name in text))
    return replace(
        original, title=title, excerpt=excerpt, published=published, outlet=outlet, number=number,
        truth=replace(original.truth, copy_of=original.url, companies=named),
    )  # fmt: skip


def _form(name: str, form: str) -> str:
    if form == "legal":
        return name + FORMS[2:][len(name) % len(FORMS[2:])]  # a company has one legal form
    return name.partition(" ")[0] if form == "short" else name
