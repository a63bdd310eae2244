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
_MODELS = "Pro|One|Max|X|2|3|4|Air|Mini|Cloud|Copilot|AI|Studio|Suite|Go|Plus|GT|S|X1|9|Ultra|Platform|Edge|OS".split("|")
_ENDS_OF_PLACES = (
    "burg ville stad pur ton ford berg grad abad heim borg wick ham field minster os ia stan ora una ari ovo ice nitz dorf by".split()
)
_BEFORE_PLACES = "San|Port|New|Saint|Lake|Fort|North|South|El|Las|Bad|Mount".split("|")


class NameMaker:
    """Draws names from the lists of newsgraph's data folder and invents others."""

    def __init__(self, data: Path) -> None:
        """Read the lists of `data`."""
        self._companies = [row["name"] for row in _table(data / "companies.csv")]
        self._organisations = [row["name"] for row in _table(data / "organizations.csv")]
        self._places = [row["name"] for row in _table(data / "places.csv") if row["kind"] in {"city", "country"}]
        self._given = _lines(data / "first_names.txt")
        self._words = [word.capitalize() for word in _lines(data / "words.txt") if len(word) in range(4, 9)]

    def swap(self, fields: Sequence[Sequence[Part]], chance: random.Random) -> tuple[tuple[Part, ...], ...]:
        """Give other names to companies, and to some people, places and organisations, the same name everywhere in the text."""
        marked = {part for parts in fields for part in parts if part[1]}
        new: dict[Part, str] = {}
        for surface, label in sorted(marked, key=lambda part: (-len(part[0]), part)):
            longer = next((old for old in new if old[1] == label and old[0].split()[0] == surface.split()[0]), None)
            new[surface, label] = self._shortened(surface, longer[0], new[longer]) if longer else self._other(surface, label, chance)
        return tuple(tuple((new.get((text, label), text), label) for text, label in parts) for parts in fields)

    def one(self, surface: str, label: str, chance: random.Random) -> str:
        """Give another name for one thing; some people, places, organisations and products keep theirs."""
        return self._other(surface, label, chance)

    def _shortened(self, surface: str, long: str, new: str) -> str:
        words = new.split()
        left = max(1, len(words) - (len(long.split()) - len(surface.split())))
        return " ".join(words[:left])

    def _other(self, surface: str, label: str, chance: random.Random) -> str:
        if label == "COMPANY":
            form = _FORMS.search(surface)
            return self.company(chance) + (form[0] if form else "")
        draw = {"PERSON": self._person, "PLACE": self._other_place, "ORG": self._organisation, "PRODUCT": self._product}.get(label)
        return draw(surface, chance) if draw else surface

    def _person(self, surface: str, chance: random.Random) -> str:
        if " " in surface:
            return f"{chance.choice(self._given)} {self._surname(chance)}"
        return self._surname(chance) if surface.istitle() else surface

    def _other_place(self, surface: str, chance: random.Random) -> str:
        if not surface.istitle() or _happens(0.5, chance):  # countries and cities mostly stay
            return surface
        return chance.choice(self._places) if _happens(0.6, chance) else self._place(chance)

    def _organisation(self, surface: str, chance: random.Random) -> str:
        if surface.isupper():
            return _letters(chance) if _happens(0.4, chance) else surface
        return chance.choice(self._organisations) if " " in surface and _happens(0.3, chance) else surface

    def _product(self, surface: str, chance: random.Random) -> str:
        if _happens(0.5, chance):
            return surface
        name = self._coined(chance) if _happens(0.5, chance) else chance.choice(self._words)
        tails = (f" {chance.choice(_MODELS)}", f" {chance.choice(self._words)}", "")
        return name + chance.choices(tails, (5, 3, 12))[0]

    def _place(self, chance: random.Random) -> str:
        name = chance.choice(_BEGINS) + chance.choice(_MIDDLES) + chance.choice(_ENDS_OF_PLACES)
        return f"{chance.choice(_BEFORE_PLACES)} {name}" if _happens(0.15, chance) else name

    def company(self, chance: random.Random) -> str:
        """Draw or invent a company name; the shares of the kinds were chosen by eye."""
        word, word_2, tail = chance.choice(self._words), chance.choice(self._words), chance.choice(_TAILS)
        kinds = {
            chance.choice(self._companies): 40, self._coined(chance): 18, f"{self._coined(chance)} {tail}": 14, f"{word} {tail}": 12,
            f"{self._surname(chance)} {chance.choice(('&', 'and'))} {self._surname(chance)}": 4, _letters(chance): 3, f"{word}{word_2}": 4,
            f"{chance.choice(self._places)} {tail}": 2, f"{word}{chance.choice(('ly', 'ify', '.ai', '.io', 'HQ'))}": 3,
        }  # fmt: skip
        return chance.choices(list(kinds), list(kinds.values()))[0]

    def _coined(self, chance: random.Random) -> str:
        middle = "".join(chance.choice(_MIDDLES) for _ in range(chance.choice((0, 1, 1))))
        return chance.choice(_BEGINS) + middle + chance.choice(_ENDS)

    def _surname(self, chance: random.Random) -> str:
        return (
            chance.choice(_BEGINS)
            + chance.choice(_MIDDLES)
            + chance.choice(("son", "man", "ez", "ov", "ski", "berg", "well", "ini", "sen", "ard", "kar", "to", "ley", "ton"))
        )


def _happens(share: float, chance: random.Random) -> bool:
    return chance.random() < share


def _letters(chance: random.Random) -> str:
    return "".join(chance.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(chance.choice((3, 3, 4))))


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
