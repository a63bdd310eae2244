"""Invented companies, people, outlets and plots: what generated news are made of."""

from __future__ import annotations

import random

_HEADS = (
    "Al",
    "Bor",
    "Cor",
    "Dal",
    "Els",
    "Fen",
    "Gal",
    "Hel",
    "Ister",
    "Jor",
    "Kel",
    "Lum",
    "Mar",
    "Nor",
    "Os",
    "Pel",
    "Quor",
    "Ral",
    "Sel",
    "Tar",
)
_MIDDLES = ("a", "de", "i", "lo", "mi", "no", "ra", "sta", "te", "vi", "zo", "ven")
_ENDS = ("x", "dyne", "gen", "lis", "mark", "nova", "quant", "ra", "sys", "tek", "via", "worth")
_TAILS = ("", "", "", " Robotics", " Therapeutics", " Systems", " Energy", " AI", " Labs", " Semiconductor", " Motors", " Bank")
FORMS = ("", "", " Inc.", " Corp.", " plc", " SA", " GmbH", " Ltd.")
OUTLETS = (
    "Daily Ledger",
    "Harbour Wire",
    "Tech Meridian",
    "Market Lantern",
    "Northern Post",
    "Chip Courier",
    "Capital Gazette",
    "The Beacon",
)
TOPICS = ("AI", "AI in Healthcare", "AI in Finance", "Robotics", "Self-Driving Cars", "Computer Vision", "Chips")
PLACES = ("Paris", "Berlin", "Boston", "Tokyo", "Toronto", "Singapore", "Oslo", "Madrid")
PEOPLE = ("Anna Keller", "Marc Dubois", "Priya Nair", "Tom Ashby", "Lucia Marín", "Kenji Sato")

# Two titles and three sentences an event type; {a} and {b} are companies, {m} an amount.
PLOTS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("{a} acquires {b} for {m}", "{a} snaps up {b}"),
     ("{a} said on Thursday it would acquire {b} for {m} in cash.", "The deal gives {a} the sensors of {b}.", "{b} was founded in {p}.")),
    (("{a} invests {m} in {b}", "{b} gets {m} from {a}"),
     ("{a} is investing {m} in {b}, the {p}-based group said.", "{b} will use the money to hire.", "{n}, who leads {b}, welcomed {a}.")),
    (("{a} and {b} partner on machine learning", "{a} teams up with {b}"),
     ("{a}{f} and {b} announced a partnership to build models together.", "Work starts in {p}.", "{n} of {b} called it a first step.")),
    (("{a} launches new vision chip", "{a} unveils chip to rival {b}"),
     ("{a} launched a chip for cameras in {p}.", "It competes with products of {b}.", "Prices were not given, {n} said.")),
    (("{b} raises {m} in Series B led by {a}", "{b} closes {m} round"),
     ("{b}{f} has raised {m} in a Series B round led by {a}.", "The start-up from {p} makes software for banks.", "{n} joins its board.")),
    (("{a} sues {b} over patents", "{b} faces lawsuit from {a}"),
     ("{a} filed a lawsuit against {b} in {p}, claiming patents on speech models.", "{b} did not comment.", "{n} will hear the case.")),
    (("Why machine learning still needs people", "What experts in {p} expect of the year"),
     ("Researchers in {p} asked a thousand readers what they expect.", "{n} thinks that little will change.", "A study found that 40% use it daily.")),
)  # fmt: skip

# What each plot tells: type, subject and object as `vocabulary.EVENT_TYPES` has them; "a" and "b" are those of the texts.
PLOT_EVENTS: tuple[tuple[str, str, str | None] | None, ...] = (
    ("acquisition", "a", "b"),
    ("investment", "a", "b"),
    ("partnership", "a", "b"),
    ("product_launch", "a", None),
    ("funding_round", "b", "a"),
    ("lawsuit", "a", "b"),
    None,
)


def company_names(count: int, chance: random.Random) -> list[str]:
    """Invent names that differ."""
    names: dict[str, None] = {}
    while len(names) < count:
        middle = "".join(chance.choices(_MIDDLES, k=chance.randint(1, 2)))
        names[chance.choice(_HEADS) + middle + chance.choice(_ENDS) + chance.choice(_TAILS)] = None
    return list(names)


def drawn_pair(names: list[str], chance: random.Random) -> tuple[str, str]:
    """Draw two companies. The square of an even draw: some names come often, most seldom."""
    first = int(len(names) * chance.random() ** 2)
    second = int((len(names) - 1) * chance.random() ** 2)
    return names[first], names[second + (second >= first)]


def events_of(plot: int, one: str, other: str, amount: str) -> tuple[tuple[str, str, str | None, str], ...]:
    """Give what a plot tells of two companies: type, subject, object, and the amount where its texts name one."""
    event = PLOT_EVENTS[plot]
    if event is None:
        return ()
    kind, subject, target = event
    parties = {"a": one, "b": other}
    told = any("{m}" in text for texts in PLOTS[plot] for text in texts)
    return ((kind, parties[subject], parties[target] if target else None, amount if told else ""),)
