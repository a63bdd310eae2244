"""Values of entries in a file of decisions: texts, numbers, and the check for unknown fields. Errors name the line and the field."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from newsgraph.core.errors import InputError
from newsgraph.ingest.encoding import is_visible
from newsgraph.ingest.problem_notes import quote_value
from newsgraph.ingest.yaml_tree import Tree

NONE = "none"
"""The word for a field that shall have no value."""

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d[\d_]*)(?:\.\d+)?(?:[eE]\+?\d{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
# Control characters that are no white space, halves of surrogate pairs and non-characters: in YAML they can be written as escapes.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def refuse_unknown(tree: Mapping[str, Tree], known: Collection[str], where: str, hint: str) -> None:
    """Refuse unknown fields: a misspelled one would otherwise be ignored."""
    unknown = sorted(set(tree) - set(known))
    if unknown:
        raise InputError(where, f"has the unknown field {quote_value(unknown[0])}", hint)


def text_of(tree: Tree, where: str) -> str:
    """Return a text with single blanks, empty if nothing of it can be seen. Raises InputError for a list, a mapping and control characters."""
    if isinstance(tree, list | Mapping):
        raise InputError(where, "contains a list, not a text", "Write one text.")
    unfit = _UNFIT.search(tree or "")
    if unfit:
        raise InputError(where, f"contains the control character {unfit[0]!a}", "Remove it.")
    return folded(tree or "")


def folded(text: str) -> str:
    """Return a text as it is kept: control characters and white space as single blanks, empty if nothing of it can be seen."""
    text = " ".join(_UNFIT.sub(" ", text).split())
    return text if is_visible(text) else ""


def number_of(tree: Tree, where: str) -> float | None:
    """Return an amount of money, None if there is none. Raises InputError for anything else."""
    text = text_of(tree, where)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise InputError(where, f"{quote_value(text)} is not a number", "Write it in full units: 180000000.")
    number = float(text.replace("_", "").replace(",", ""))
    if not 0 < number < 1e18:  # noqa: PLR2004 - more money than there is
        raise InputError(where, f"{quote_value(text)} is not an amount of money", "Write it in full units: 180000000.")
    return number


def money_of(entry: Mapping[str, Tree], where: str) -> tuple[float, str]:
    """Return the amount and the currency of an entry. Raises InputError if one is missing."""
    amount, currency = number_of(entry.get("amount"), f"{where}: amount"), text_of(entry.get("currency"), f"{where}: currency")
    if amount is None or not _CURRENCY.fullmatch(currency):
        raise InputError(where, "has no amount with currency", "Write it like this: amount: 180000000, currency: USD.")
    return amount, currency
