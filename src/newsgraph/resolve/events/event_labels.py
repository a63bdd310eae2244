"""The label of an event: "Sanofi invests $180M in Owkin"."""

from __future__ import annotations

from collections.abc import Sequence

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_STEPS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))

# {s} subject, {o} object, {m} " <money>" or an empty text; the second form is for events without an object.
_FORMS: dict[str, tuple[str, str]] = {
    "investment": ("{s} invests{m} in {o}", "{s} invests{m}"),
    "acquisition": ("{s} acquires {o}{for_m}", "{s} makes an acquisition{for_m}"),
    "merger": ("{s} and {o} merge{for_m}", "{s} merges{for_m}"),
    "partnership": ("{s} and {o}:{m} partnership", "{s}:{m} partnership"),
    "deal": ("{s} and {o}:{m} deal", "{s}:{m} deal"),
    "funding_round": ("{s} raises{m} from {o}", "{s} raises{m_or_money}"),
    "ipo": ("{s} goes public on {o}{for_m}", "{s} goes public{for_m}"),
    "product_launch": ("{s} launches a product with {o}", "{s} launches a product"),
    "lawsuit": ("{s} sues {o}{for_m}", "{s} in a lawsuit{for_m}"),
    "appointment": ("{s} makes an appointment with {o}", "{s} makes an appointment"),
    "contract": ("{s} wins a{m} contract from {o}", "{s} wins a{m} contract"),
    "expansion": ("{s} expands with {o}", "{s} expands{for_m}"),
    "financial_result": ("{s} reports results with {o}", "{s} reports results"),
    "layoff": ("{s} cuts jobs with {o}", "{s} cuts jobs"),
    "approval": ("{s} gets approval from {o}", "{s} gets approval"),
    "award": ("{s} gets an award from {o}", "{s} gets an award"),
}


def event_label(type_name: str, subject: str | None, others: Sequence[str], amount: float | None, currency: str | None) -> str:
    """Return the label of an event: what happened between whom, and for how much."""
    money = f" {money_text(amount, currency)}" if amount and currency else ""
    with_object, without = _FORMS[type_name]
    form = with_object if subject and others else without
    names = " and ".join(others)
    return form.format(s=subject or names or "Unnamed", o=names, m=money, for_m=money and f" for{money}", m_or_money=money or " money")


def money_text(amount: float, currency: str) -> str:
    """Format money as headlines do: $180M, €1.2B, 300M SEK."""
    size, letter = next(((size, letter) for size, letter in _STEPS if amount >= size), (1.0, ""))
    number = f"{amount / size:.4g}{letter}"
    return f"{_SYMBOLS[currency]}{number}" if currency in _SYMBOLS else f"{number} {currency}"
