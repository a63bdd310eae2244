"""Other names for a marked text: listed and invented companies, people, places and organisations, one for one."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from pathlib import Path

Part = tuple[str, str]
_FORMS = re.compile(
    r",? (?:Inc\.?|Corp\.?|Corporation|Ltd\.?|Limited|plc|PLC|AG|SE|GmbH|LLC|Co\.?|N\.V\.|NV|S\.A\.|SA|SpA|AB|ASA|Oyj|Pvt\.? Ltd\.?|Holdings?|Group)$"
)
_BEGINS = (
    "Al Am An Ar As At Au Av Ax Ba Be Bo Bra Bri Ca Ce Chi Cla Co Cre Cu Da De Di Do Dra Du Ec El Em En Er Es Eu Ev Fa Fe Fi Flo Fo Ga Ge Gla Go "
    "Gra Ha He Hi Ho Hy In Ir Is Ja Jo Ka Ke Ki Ko Kry La Le Li Lo Lu Ma Me Mi Mo My Na Ne Ni No Nu Ob Ol Om On Or Os Pa Pe Pi Po Pri Qua Ra Re "
    "Ri Ro Ru Sa Se Shi Si So Spa Sta Su Ta Te Ti To Tra Tru Ul Um Un Va Ve Vi Vo Wa We Wi Xa Xe Ya Yo Za Ze Zi Zo"
).split()
_MIDDLES = "ba bel bi bri ca ce cla co da del di do fa fi ga gen gi go la le len li lo lu ma me mi mo na ne ni no nu pa pe po ra ren ri ro sa se si so ta te ten ti to tra va ve vi vo x za".split()
_ENDS = "bio ca cor da dex dia dyn era ex ia ic id ify il io is ium ix la len lis lo lux ly max med mo na net nex nia no nova on ora os ova pay phi ra ric ris ron rra scan sys ta tech tel ti tis to tra tron us va vex via via vo ware x xa yx zen zo".split()
_TAILS = (
    "AI Air Airlines Analytics Aerospace Bank Bio Biosciences Biotech Brands Brewing Broadcasting Capital Chemicals Cloud Communications Construction "
    "Consulting Copper Credit Cyber Data Diagnostics Digital Dynamics Electric Electronics Energy Engineering Entertainment Equity Farms Finance "
    "Financial Foods Games Gas Genomics Global Gold Health Healthcare Holdings Hotels Industries Insurance Interactive International Investments "
    "Labs Leisure Lines Logistics Lithium Markets Materials Media Medical Metals Microsystems Mining Mobile Mobility Motors Networks Oil Packaging "
    "Partners Payments Petroleum Pharma Pharmaceuticals Power Properties Railways Research Resources Retail Robotics Security Semiconductor Software "
    "Solar Solutions Space Steel Studios Surgical Systems Tech Technologies Telecom Textiles Therapeutics Trading Trust Utilities Ventures Wind Works"
).split()


class NameMaker:
    """Draws names from the lists of newsgraph's data folder and invents others."""

    def __init__(self, data: Path) -> None:
        """Read the lists of `data`."""
        self._companies = [row["name"] for row in _table(data / "companies.csv")]
        self._organisations = [row["name"] for row in _table(data / "organizations.csv")]
        self._places = [row["name"] for row in _table(data / "places.csv") if row["kind"] in {"city", "country"}]
        self._given = _lines(data / "first_names.txt")
        self._words = [word.capitalize() for word in _lines(data / "words.txt") if 4 <= len(word) <= 8]  # noqa: PLR2004 - as brands are

    def swap(self, fields: Sequence[Sequence[Part]], chance: random.Random) -> tuple[tuple[Part, ...], ...]:
        """Give other names to companies, and to some people, places and organisations, the same name everywhere in the text."""
        marked = {part for parts in fields for part in parts if part[1]}
        new: dict[Part, str] = {}
        for surface, label in sorted(marked, key=lambda part: (-len(part[0]), part)):
            longer = next((old for old in new if old[1] == label and old[0].split()[0] == surface.split()[0]), None)
            new[surface, label] = self._shortened(surface, longer[0], new[longer]) if longer else self._other(surface, label, chance)
        return tuple(tuple((new.get((text, label), text), label) for text, label in parts) for parts in fields)

    def _shortened(self, surface: str, long: str, new: str) -> str:
        words = new.split()
        left = max(1, len(words) - (len(long.split()) - len(surface.split())))
        return " ".join(words[:left])

    def _other(self, surface: str, label: str, chance: random.Random) -> str:
        if label == "COMPANY":
            form = _FORMS.search(surface)
            return self.company(chance) + (form[0] if form else "")
        if label == "PERSON" and " " in surface:
            return f"{chance.choice(self._given)} {self._surname(chance)}"
        if label == "PERSON" and surface.istitle():
            return self._surname(chance)
        if label == "PLACE" and chance.random() < 0.4 and surface.istitle():  # noqa: PLR2004 - countries and their adjectives mostly stay
            return chance.choice(self._places)
        if label == "ORG" and chance.random() < 0.3 and " " in surface:  # noqa: PLR2004
            return chance.choice(self._organisations)
        return surface

    def company(self, chance: random.Random) -> str:
        """Draw or invent a company name."""
        kind = chance.random()
        if kind < 0.40:  # noqa: PLR2004 - shares of kinds of names, chosen by eye
            return chance.choice(self._companies)
        if kind < 0.58:  # noqa: PLR2004
            return self._coined(chance)
        if kind < 0.72:  # noqa: PLR2004
            return f"{self._coined(chance)} {chance.choice(_TAILS)}"
        if kind < 0.84:  # noqa: PLR2004
            return f"{chance.choice(self._words)} {chance.choice(_TAILS)}"
        if kind < 0.88:  # noqa: PLR2004
            return f"{self._surname(chance)} {chance.choice(('&', 'and'))} {self._surname(chance)}"
        if kind < 0.91:  # noqa: PLR2004
            return "".join(chance.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(chance.choice((3, 3, 4))))
        if kind < 0.95:  # noqa: PLR2004
            return f"{chance.choice(self._words)}{chance.choice(self._words)}"
        if kind < 0.97:  # noqa: PLR2004
            return f"{chance.choice(self._places)} {chance.choice(_TAILS)}"
        return f"{chance.choice(self._words)}{chance.choice(('ly', 'ify', '.ai', '.io', 'HQ'))}"

    def _coined(self, chance: random.Random) -> str:
        middle = "".join(chance.choice(_MIDDLES) for _ in range(chance.choice((0, 1, 1))))
        return chance.choice(_BEGINS) + middle + chance.choice(_ENDS)

    def _surname(self, chance: random.Random) -> str:
        return chance.choice(_BEGINS) + chance.choice(_MIDDLES) + chance.choice(("son", "man", "ez", "ov", "ski", "berg", "well", "ini", "sen", "ard", "kar", "to", "ley", "ton"))


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
