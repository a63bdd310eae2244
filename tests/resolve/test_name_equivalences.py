"""Short names that an article itself uses for a company, and the units that take theirs in."""

from __future__ import annotations

import pytest

from company_units import company, lexicon, node, other, unit
from newsgraph.core.lexicon import CompanyEntry
from newsgraph.core.model import Kind, Mention, Naming
from newsgraph.decisions.decision import Decision, Decisions, NamedThing, Verb
from newsgraph.resolve.companies.article_context import NameEquivalence, absorb_short_forms, absorbing_group, name_equivalences
from newsgraph.resolve.companies.company_clusters import ClusterMerge
from newsgraph.resolve.companies.link_constraints import LinkConstraints
from newsgraph.resolve.companies.mention_groups import GroupId, MentionGroup

# --- what an article shows


def shown(text: str, *mentions: Mention, namings: tuple[Naming, ...] = ()) -> list[str]:
    """Return what an article shows: `short = full by rule "words" at a-b (note)`."""
    found = name_equivalences(node("a", *mentions, text=text, namings=namings))
    return [
        f"{one.short} = {one.full} by {one.merge.rule} {one.merge.name!r} at {one.merge.start}-{one.merge.end} ({one.merge.note})"
        for one in found
        if one.merge.article == "art/a"
    ]


def placed(text: str, *names: str) -> list[Mention]:
    """Find every place of some names in a text, the longest at a place first."""
    found: list[Mention] = []
    for at in range(len(text)):
        name = next((name for name in sorted(names, key=len, reverse=True) if text.startswith(name, at)), None)
        if name and not any(one.start <= at < one.end for one in found):
            found.append(company(name, start=at))
    return found


def by_form(text: str, *names: str) -> list[str]:
    """Return the pairs that the forms of names show."""
    return [" = ".join(line.split(" by ")[0].split(" = ")) for line in shown(text, *placed(text, *names))]


def test_what_an_article_says_outright_is_taken_but_for_former_names() -> None:
    namings = (Naming("NVTB", "Norvale Trade Bank Ltd", "acronym_in_brackets", 5, 9), Naming("Old", "New", "former_name", 1, 4))

    assert shown("A text", namings=namings) == [
        "nvtb = norvaletradebank by acronym_in_brackets 'NVTB' at 5-9 (short for Norvale Trade Bank Ltd)"
    ]


def test_a_mention_that_carries_a_longer_name_shows_it_once() -> None:
    mentions = [
        company("Zorvex Air", "ZXA", 4), company("Zorvex Air", "ZXA", 9), company("Zorvex Air", start=20), company("Zorvex Air", "Zorvex Air Ltd", 30),
        company("Listed", "LSD", 40, known="Listed"), company("Bolt Works", "Bolt", 50), other(Kind.PERSON, "Ann", "Bob"),
    ]  # fmt: skip

    assert shown("A text", *mentions)[:2] == [
        "zxa = zorvexair by short_form 'ZXA' at 4-7 (short for Zorvex Air)",
        "bolt = boltworks by short_form 'Bolt' at 50-54 (short for Bolt Works)",
    ]
    assert len(shown("A text", *mentions)) == 2


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Zorvex Energy grows. Zorvex left.", ("Zorvex Energy", "Zorvex"), ["zorvex = zorvexenergy"]),
        ("Norvale Trade Bank grows. Norvale Trade left.", ("Norvale Trade Bank", "Norvale Trade"), ["norvaletrade = norvaletradebank"]),
        ("ZORVEX Energy grows. Zorvex left.", ("ZORVEX Energy", "Zorvex"), ["zorvex = zorvexenergy"]),
        (
            "Mediterranean Shipping Carrier grows. MSC left.",
            ("Mediterranean Shipping Carrier", "MSC"),
            ["msc = mediterraneanshippingcarrier"],
        ),
        ("Mediterranean Shipping Carrier grows. MS left.", ("Mediterranean Shipping Carrier", "MS"), ["ms = mediterraneanshippingcarrier"]),
        ("Mediterranean of Shipping grows. MS left.", ("Mediterranean of Shipping", "MS"), ["ms = mediterraneanofshipping"]),
        ("A B C D E F Works grows. ABCDEF left.", ("A B C D E F Works", "ABCDEF"), ["abcdef = abcdefworks"]),
        # too short, too long, not in capitals, other letters, not the beginning
        ("Mediterranean Shipping grows. M left.", ("Mediterranean Shipping", "M"), []),
        ("A B C D E F G Works grows. ABCDEFG left.", ("A B C D E F G Works", "ABCDEFG"), []),
        ("Mediterranean Shipping grows. Ms left.", ("Mediterranean Shipping", "Ms"), []),
        ("Mediterranean Shipping grows. MX left.", ("Mediterranean Shipping", "MX"), []),
        ("Mediterranean Shipping grows. SH left.", ("Mediterranean Shipping", "SH"), []),
        ("Zorvex Energy grows. Energy left.", ("Zorvex Energy", "Energy"), []),
        ("Zorvex Energy grows. MS DOS left.", ("Zorvex Energy", "MS DOS"), []),
        # one sentence that names both, or two full names that fit
        ("Zorvex sells Zorvex Energy. Zorvex left.", ("Zorvex Energy", "Zorvex"), []),
        ("Zorvex Energy is not Zorvex.", ("Zorvex Energy", "Zorvex"), []),
        ("Zorvex Air grows. Zorvex Sea sinks. Zorvex left.", ("Zorvex Air", "Zorvex Sea", "Zorvex"), []),
        ("Zorvex grows. Zorvex left.", ("Zorvex",), []),
        ("Zorvex grows. Bolt left.", ("Zorvex", "Bolt"), []),
        (
            "Zorvex Air grows. Bolt Works sinks. Zorvex left. BW left.",
            ("Zorvex Air", "Bolt Works", "Zorvex", "BW"),
            ["bw = boltworks", "zorvex = zorvexair"],
        ),
    ],
)
def test_forms_show_a_short_name_where_one_full_name_of_another_sentence_fits(
    text: str, names: tuple[str, ...], expected: list[str]
) -> None:
    assert by_form(text, *names) == expected


def test_what_forms_show_is_placed_at_the_first_short_mention() -> None:
    text = "Zorvex Energy grows. Zorvex left. Zorvex came."

    assert shown(text, *placed(text, "Zorvex Energy", "Zorvex")) == [
        "zorvex = zorvexenergy by same_article 'Zorvex' at 21-27 (short for Zorvex Energy)"
    ]


# --- what is taken in

FULL, SHORT = ("art/a", "zorvexair"), ("art/a", "zxa")
ENTRIES = (CompanyEntry("ZXA"), CompanyEntry("Zorvex Air"))


def is_short(short: str, full: str) -> NameEquivalence:
    return NameEquivalence(short, full, ClusterMerge(short.upper(), "hand", "art/a"))


def taken(
    units: list[MentionGroup], *said: NameEquivalence, entries: tuple[CompanyEntry, ...] = (), apart: tuple[str, ...] = ()
) -> tuple[dict[GroupId, int], dict[GroupId, GroupId], dict[GroupId, list[str]]]:
    """Return the units that are left with how many mentions each has, what moved where, and why."""
    decisions = Decisions((Decision(Verb.DIFFERENT, tuple(map(NamedThing, apart))),) if apart else ())
    known = lexicon(*entries)
    left, moved, merges = absorb_short_forms(units, {"art/a": said}, known, LinkConstraints([], known, decisions))
    assert [one.group_id for one in left] == sorted(one.group_id for one in left)
    return {one.group_id: len(one.mentions) for one in left}, moved, {place: [one.name for one in why] for place, why in merges.items()}


def units(*names: str) -> list[MentionGroup]:
    return [unit("a", name) for name in names]


def test_a_full_name_takes_its_short_form_in() -> None:
    assert taken(units("ZXA", "Zorvex Air", "Bolt"), is_short("zxa", "zorvexair")) == (
        {("art/a", "bolt"): 1, FULL: 2}, {SHORT: FULL}, {FULL: ["ZXA"]},
    )  # fmt: skip


def test_only_units_of_the_article_take_in() -> None:
    assert taken([unit("b", "ZXA"), unit("a", "Zorvex Air")], is_short("zxa", "zorvexair"))[1] == {}
    assert taken([unit("a", "ZXA"), unit("b", "Zorvex Air")], is_short("zxa", "zorvexair"))[1] == {}
    assert taken(units("ZXA"), is_short("zxa", "zorvexair"))[1] == {}
    assert taken(units("ZXA"), is_short("zxa", "zxa")) == ({SHORT: 1}, {}, {})


def test_a_short_form_of_a_short_form_ends_with_the_full_name() -> None:
    left, moved, merges = taken(units("ZX", "ZXA", "Zorvex Air"), is_short("zx", "zxa"), is_short("zxa", "zorvexair"))
    assert left == {FULL: 3}
    assert moved == {("art/a", "zx"): FULL, SHORT: FULL}
    assert merges == {SHORT: ["ZX"], FULL: ["ZXA"]}

    left, moved, _ = taken(units("ZX", "ZXA", "Zorvex Air"), is_short("zxa", "zorvexair"), is_short("zx", "zxa"))
    assert (left, moved) == ({FULL: 3}, {("art/a", "zx"): FULL, SHORT: FULL})
    assert taken(units("ZXA", "Zorvex Air"), is_short("zxa", "zorvexair"), is_short("zorvexair", "zxa"))[0] == {FULL: 2}


def test_names_that_people_told_apart_are_not_taken_in() -> None:
    assert taken(units("ZXA", "Zorvex Air"), is_short("zxa", "zorvexair"), apart=("ZXA", "Zorvex Air"))[1] == {}
    assert taken(units("ZXA", "Zorvex Air"), is_short("zxa", "zorvexair"), apart=("ZXA", "Bolt"))[1] == {SHORT: FULL}


def test_a_listed_name_is_taken_in_by_its_own_entry_only() -> None:
    said = is_short("zxa", "zorvexair")
    assert taken(units("ZXA", "Zorvex Air"), said, entries=ENTRIES[:1])[1] == {}
    assert taken(units("ZXA", "Zorvex Air"), said, entries=ENTRIES)[1] == {}
    assert taken(units("ZXA", "Zorvex Air"), said, entries=ENTRIES[1:])[1] == {SHORT: FULL}
    same = [unit("a", name, company(name, known="Zorvex Air")) for name in ("ZXA", "Zorvex Air")]
    assert taken(same, said, entries=ENTRIES)[1] == {SHORT: FULL}


def test_a_place_that_did_not_move_is_its_own_end() -> None:
    assert absorbing_group({}, FULL) == FULL
    assert absorbing_group({SHORT: FULL, ("art/a", "zx"): SHORT}, ("art/a", "zx")) == FULL
