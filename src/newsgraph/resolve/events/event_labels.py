"""The label of an event: "Sanofi invests $180M in Owkin", "Planned: acquisition of Lyft's self-driving unit by Toyota for $550M".

A label says what is known of an event and nothing else: its part, person, product, number and, unless the event was announced or is
completed, its status. The wordings are those of `data/event_labels.csv`: of the templates of a type the first is used whose slots all have
values; a piece in square brackets is left out if one of its slots is empty.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files

from newsgraph.core.model import EventAmount, Status
from newsgraph.core.profit_measures import leading_measure
from newsgraph.core.share_words import is_share, share_of
from newsgraph.core.vocabulary import EVENT_TYPES, FACT_STATUSES

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_STEPS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_PREFIXES = {Status.PLANNED: "Planned", Status.RUMOURED: "Rumour", Status.DENIED: "Denied", Status.ENDED: "Ended"}
_SLOT, _PIECE = re.compile(r"\{(\w+)\}"), re.compile(r"\[([^\]]*)\]")
_EXCHANGE = re.compile(
    r"\b(?:exchange|market|(?:main|bulletin )?board|segment|wall street|nasdaq|nyse|euronext|aim|bourse|b[öoø]rse?|bolsa|six|bse|nse|asx|tsxv?|tse|"
    r"lse|jse|b3|otc\w*|sgx|hkex|catalist|star|chinext|xetra|first north)\b",
    re.IGNORECASE,
)
# A stretch of time that takes an article.
_SPAN = re.compile(r"(?=.*\b(?:quarter|half|year|months|weeks)\b)(?!(?:this|last|next|past|the|an?|every|each|its|their|our)\b)[a-z]")
_MOST_NAMES = 4  # in one role; the rest is counted
_REVISED = re.compile(r"\b(?:outlook|forecasts?|guidance|guide|targets?|expectations|view)\b")
_RANGE = re.compile(r"\d.* to .*\d")
_SEVERAL = re.compile(
    r"(?:several|some|two|three|four|five|six|seven|eight|nine|ten|\d+|a (?:few|number|dozen)|half|part|parts)\b(?! ?%| per ?cent| stake)",
    re.IGNORECASE,
)
_SEVERAL_POSTS = re.compile(
    r"\b(?:heads|chiefs|directors|executives|members|officers|partners|managers|presidents|editors|leaders|chairs|chairmen|executors|deputies)\b",
    re.IGNORECASE,
)
_SUSPENDED, _PRICE_TARGET = " suspended", "price target"
_ACTS = {"investigation": "investigates", "warning": "warns"}
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent|percent|pct?)", re.IGNORECASE)
_SUBJECT = re.compile(r"\{(\w+)\} (\w+?)((?<=ch)es|(?<=go)es|s)\b")  # with the verb after it


@cache
def _templates() -> Mapping[tuple[str, str], Sequence[str]]:
    text = (files("newsgraph") / "data" / "event_labels.csv").read_text(encoding="utf-8")
    templates: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        templates[row["type"], row["form"]].append(row["template"])
    return templates


def event_label(
    type_name: str, roles: Sequence[tuple[str, str]], amount: EventAmount | None = None, status: Status = Status.ANNOUNCED,
    part: str | None = None, percent: float | None = None, count: int | None = None,
) -> str:  # fmt: skip
    """Return the label of an event; `roles` are pairs of a role (a key of `vocabulary.ROLES`) and a name.

    >>> event_label("investment", [("investor", "Sanofi"), ("target", "Owkin")])
    'Sanofi invests in Owkin'
    >>> event_label("acquisition", [("acquirer", "Apple"), ("target", "Nissan")], status=Status.ENDED)
    'Ended: acquisition of Nissan by Apple'
    """
    slots = _slots(type_name, roles, amount, part, percent, count)
    several = {role for role, _ in roles if len({name for other, name in roles if other == role}) > 1}
    fact = status.value in FACT_STATUSES
    forms = ("says", "noun") if fact else ("noun", "says")
    templates = (_for_several(template, several) for form in forms for template in _templates()[type_name, form])
    label = next((text for template in templates if (text := _filled(template, slots))), "")
    label = label or EVENT_TYPES[type_name].label
    if part and is_share(part) and label.startswith(slots["thing"]):
        label = label[:1].upper() + label[1:]  # "Two-thirds of Bolt sold"
    return label if fact else f"{_PREFIXES[status]}: {label}"


def _for_several(template: str, several: Collection[str]) -> str:
    """Return a template whose verb fits its subject, which has several names if its role is one of `several`."""
    subject = _SUBJECT.match(template)
    if subject is None or subject[1] not in several:
        return template
    verb = "are" if subject[2] + subject[3] == "is" else subject[2]
    return f"{{{subject[1]}}} {verb}{template[subject.end() :]}"


def _slots(
    type_name: str, roles: Sequence[tuple[str, str]], amount: EventAmount | None, part: str | None, percent: float | None, count: int | None
) -> dict[str, str]:
    by_role: dict[str, list[str]] = defaultdict(list)
    for role, name in roles:
        by_role[role].append(name)
    slots = {role: _listed(names) for role, names in by_role.items()}
    slots["investors"] = _listed([*by_role["lead"], *by_role["investor"]])
    slots["parties"] = _listed(list(dict.fromkeys((*by_role["payer"], *by_role["payee"], *by_role["party"]))))
    if part and (share := _SHARE.fullmatch(part)) and type_name == "acquisition":
        part, percent = None, percent if percent is not None else float(share[1])  # "67.7%" of a company
    if type_name == "closure" and count is None:
        part = part or slots.get("effect")  # what is shut changes no hands, so it is no part of the event
    slots["part"] = part or ""
    slots["percent"] = f"{percent:g}%" if percent is not None else ""
    number = f"{count:,}" if count is not None else ""
    slots["count"] = slots["effect"] if number and slots.get("effect", "").endswith(f" {number}") else number  # "up to 1,200"
    slots["thing"], slots["owner"] = _thing(slots, part)
    slots["venue"] = f"{'on' if _EXCHANGE.search(slots.get('venue', '')) else 'in'} {slots['venue']}" if slots.get("venue") else ""
    slots["period"] = _period(slots.get("period", ""))
    if re.search(rf"\b{re.escape(slots.get('place', ''))}\b", slots["part"], re.IGNORECASE):
        slots["place"] = ""  # "closes its Aba brewery in Aba"
    if type_name == "merger" and len(by_role["party"]) == 1:
        slots["party"] += " and others"
    if position := slots.get("position"):
        slots["new_position"] = position if _SEVERAL_POSTS.search(position) else f"a new {position}"
    effect = slots.get("effect", "")
    if slots["period"] and slots["period"] in effect:
        slots["period"] = ""  # "2025 outlook raised for 2025"
    if amount is not None:
        text = money_text(amount.money.amount, amount.money.currency, whole=amount.of == "per_share")
        slots["money"] = f"{text} per share" if amount.of == "per_share" else text
        slots["fine"] = text if "fine" in {amount.of, effect} else ""
        slots["figure"] = _figure(amount.of, effect, text)
        if type_name == "rating":
            slots["money"] = text
    return slots | _effect_slots(type_name, effect, slots.get("money", ""))


def _effect_slots(type_name: str, effect: str, money: str) -> dict[str, str]:
    """Return what an effect fills in the labels of a type, with the sum that belongs to it."""
    if type_name == "guidance":
        return {"revised": effect if _REVISED.search(effect) else "", "ranged": effect if _RANGE.search(effect) else ""}
    if type_name == "regulatory_action":
        return {"acts": _ACTS.get(effect, ""), "step": f"{_indefinite(effect)}{effect}" if effect else ""}
    if type_name == "rating":
        return {"verdict": _with_target(effect, money)}
    if type_name == "dividend":
        kind = effect.removesuffix(_SUSPENDED)
        return {"payment": _of_sum(effect, money), "payout": _of_sum(kind, money)}
    return {}


def _with_target(verdict: str, money: str) -> str:
    """Return a rating with the price that a share is to reach, or with the sum that is told beside it."""
    if not (money and verdict):
        return verdict or money
    joint = "to" if verdict.endswith((f"{_PRICE_TARGET} raised", f"{_PRICE_TARGET} cut")) else "of"
    return f"{verdict} {joint} {money}" if _PRICE_TARGET in verdict else f"{verdict} ({money})"


def _of_sum(payment: str, money: str) -> str:
    """Return a payment to shareholders with its sum: "dividend of 22 cents", "dividend raised ($0.24 per share)"."""
    if not (payment and money) or re.search(r"\d", payment):
        return payment
    return (
        f"{payment} ({money})"
        if " " in payment and payment.endswith(("raised", "cut", "doubled", "suspended"))
        else f"{payment} of {money}"
    )


def _indefinite(words: str) -> str:
    """Return the article before a step of a regulator; "charges" has none."""
    return "" if words.endswith("s") else "an " if words[:1] in "aeiou" else "a "


def _thing(slots: Mapping[str, str], part: str | None) -> tuple[str, str]:
    """Return what is bought or spun off, and who sells it if that is not in the words already."""
    target, seller, percent = slots.get("target", ""), slots.get("seller", ""), slots["percent"]
    owner = slots.get("unit") or (target if not seller or not part else "")
    if part and target and is_share(part):
        return share_of(f"{percent} {part}" if percent and not re.search(r"\d", part) and "stake" in part else part, target), seller
    if percent and not part and not owner:
        owner, seller = seller, ""
    if part and not owner and _SEVERAL.match(part):
        return part, seller  # "two gardens", not "Acme's two gardens": it may have more
    if part and not owner:
        return (f"{seller}'s {part}" if seller else part), ""
    if part and part.casefold() != owner.casefold() and owner.casefold() not in part.casefold():
        return f"{owner}'s {part}", seller
    thing = part or owner
    return (f"{percent} of {thing}" if percent and thing else thing), seller


def _period(words: str) -> str:
    """Return a period as it is said behind "for": "the third quarter" of "Third-quarter", "Q3 2024", "last year"."""
    words = re.sub(r"(?<=[a-z])-(?=(?:quarter|half|year|months?)\b)", " ", words, flags=re.IGNORECASE)
    if re.match(r"(?:first|second|third|fourth|final|full|half|last|next|this|fiscal|financial|nine|six|three)\b", words, re.IGNORECASE):
        words = words[:1].lower() + re.sub(r"\b(?:Quarter|Half|Year|Months?|Weeks?)\b", lambda word: word[0].lower(), words[1:])
    return f"the {words}" if _SPAN.match(words) else words


def _listed(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) > _MOST_NAMES:
        names = [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1} others"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _figure(kind: str, effect: str, text: str) -> str:
    """Return a figure of a result with its sum; an effect has the measure of a profit: "an operating profit of $5M"."""
    if kind not in {"profit", "loss", "revenue"}:
        return ""
    measure = (leading_measure(effect) if kind == "profit" else "") or kind
    article = "an " if measure[0] in "aou" else "a "
    return f"{article if measure.endswith(('profit', 'loss')) else ''}{measure} of {text}"


def _filled(template: str, slots: Mapping[str, str]) -> str:
    """Return a template with its slots filled, empty if one of them has no value."""
    whole = _PIECE.sub(lambda piece: piece[1] if all(slots.get(slot) for slot in _SLOT.findall(piece[1])) else "", template)
    return _SLOT.sub(lambda slot: slots[slot[1]], whole) if all(slots.get(slot) for slot in _SLOT.findall(whole)) else ""


def money_text(amount: float, currency: str, *, whole: bool = False) -> str:
    """Format money as headlines do: $180M, €1.2B, 300M SEK; with `whole` without a letter for its size: ₹1,150."""
    size, letter = (1.0, "") if whole else next(((size, letter) for size, letter in _STEPS if amount >= size), (1.0, ""))
    exact = f"{amount:,.2f}" if round(amount, 2) == amount else f"{amount:,.6g}"
    number = exact.removesuffix(".00") if whole else f"{amount / size:.4g}{letter}"
    return f"{_SYMBOLS[currency]}{number}" if currency in _SYMBOLS else f"{number} {currency}"
