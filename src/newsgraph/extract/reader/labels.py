"""What the reader tells: types of events, roles of their parties, and fields; the order of each list is part of the trained model."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

KINDS = ("company", "organisation", "person", "product", "place")
"""The kinds of candidates for a role."""

AGENTS = frozenset({"company", "organisation"})
"""Kinds of which one is in each pair that is looked at."""

ROLES = {
    "acquisition": ("acquirer", "target", "seller"),
    "merger": ("party",),
    "investment": ("investor", "target"),
    "funding_round": ("company", "lead", "investor"),
    "ipo": ("company", "venue"),
    "partnership": ("party",),
    "contract": ("supplier", "customer", "product"),
    "lawsuit": ("plaintiff", "defendant", "court"),
    "settlement": ("party", "payer", "payee"),
    "regulatory_action": ("authority", "company"),
    "approval": ("authority", "company", "product"),
    "appointment": ("company", "person"),
    "departure": ("company", "person"),
    "layoff": ("company", "place"),
    "expansion": ("company", "place"),
    "closure": ("company", "place"),
    "product_launch": ("company", "product"),
    "recall": ("company", "product"),
    "breach": ("company", "attacker"),
    "bankruptcy": ("company", "court"),
    "financial_result": ("company",),
    "guidance": ("company",),
    "rating": ("rater", "company"),
    "dividend": ("company",),
    "spin_off": ("company", "unit"),
    "award": ("receiver", "giver"),
    "other": ("party",),
}
"""The roles that a named candidate may have in an event of each type."""

TYPES = tuple(ROLES)
STATUSES = ("announced", "completed", "planned", "rumoured", "denied", "ended")
AMOUNTS_OF = ("price", "stake", "total", "debt", "valuation", "round", "fine", "damages", "contract", "revenue", "profit", "loss", "cost", "per_share", "other")  # fmt: skip
PHRASES = ("position", "period", "product", "part")
"""Fields that hold words of the text instead of a name."""

PHRASES_OF = {
    "appointment": ("position",),
    "departure": ("position",),
    "financial_result": ("period",),
    "guidance": ("period",),
    "contract": ("product",),
    "approval": ("product",),
    "product_launch": ("product",),
    "recall": ("product",),
    "acquisition": ("part",),
    "closure": ("part",),
}
PHRASE_TAGS = ("O", *(f"{part}-{phrase}" for phrase in PHRASES for part in "BI"))
VALUES = ("money", "when", "percent", "count")
"""Kinds of values of which an event may have one, beside phrases."""


class RolePart(NamedTuple):
    """One role in events of one type."""

    type: str
    role: str


class Link(NamedTuple):
    """Roles of two candidates in one event, the first named candidate's role first."""

    type: str
    first: str
    second: str


PARTS = tuple(RolePart(kind, role) for kind, roles in ROLES.items() for role in roles)


def _links() -> tuple[Link, ...]:
    links: list[Link] = []
    for kind, roles in ROLES.items():
        for one, other in combinations(roles, 2):
            links += [Link(kind, one, other), Link(kind, other, one)]
        links += [Link(kind, role, role) for role in roles]
    return tuple(links)


LINKS = _links()
PART_AT = {part: at for at, part in enumerate(PARTS)}
LINK_AT = {link: at for at, link in enumerate(LINKS)}


def may_pair(one: str, other: str) -> bool:
    """Return whether a pair of candidates of two kinds is looked at."""
    return one in AGENTS or other in AGENTS
