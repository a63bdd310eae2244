"""Decisions that are taken back: every IRI that was ever published leads to its own thing, whatever the builds in between decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from test_stable_iris import kept_of, resolved, same, things

from folders import titled
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.redirects import redirects
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import NO_DECISIONS, Decision, NamedThing, Verb
from newsgraph.decisions.stable_iris import NO_IRIS
from newsgraph.export.iris_file import write_iris
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.resolve import ExtractedArticle
from readings import BASE, article, link_of, report, told
from rounds import rounds

NAMES = ("Zorvex", "Dunmore", "Quillbar", "Halverne")
PAIRS = [tuple(NamedThing(name) for name in pair) for pair in (NAMES[:2], NAMES[1:3], NAMES[2:], (NAMES[0], NAMES[3]))]
DAY = date(2024, 5, 1)
TEXTS = [
    ("a", ("Zorvex",)), ("b", ("Zorvex", "Dunmore")), ("c", ("Dunmore",)), ("d", ("Dunmore", "Quillbar")), ("e", ("Quillbar",)),
    ("f", ("Halverne",)), ("g", ("Halverne", "Zorvex")), ("h", ("Zorvex",)),
]  # fmt: skip


def texts() -> list[ExtractedArticle]:
    """Name each company in a few articles; two in one article have a deal."""
    made = []
    for number, (key, names) in enumerate(TEXTS):
        deals = [report("investment", names[0], names[1], 5e6, day=DAY)] if len(names) > 1 else []
        made.append(told(article(key, f"{' and '.join(names)} grow {number}", days=9 * number), *names, reports=deals))
    return made


def apart(first: str, second: str) -> Decision:
    """Decide that two articles on Zorvex mean two companies."""
    return Decision(Verb.DIFFERENT, tuple(NamedThing("Zorvex", link_of(key)) for key in (first, second)))


CHOICES = [
    *(Decision(Verb.SAME, pair) for pair in PAIRS), apart("a", "h"), apart("a", "b"),
    Decision(Verb.RENAME, (NamedThing("Dunmore"),), name="Dunmore Holdings"), Decision(Verb.NOT_A_COMPANY, (NamedThing("Halverne"),)),
]  # fmt: skip


def homes(graph: GraphTables) -> Mapping[str, str]:
    """Return where each IRI leads that the graph knows: to itself, or to the one that replaces it."""
    now = [iri for name in ("companies", "events", "stories") for iri in graph[name]["iri"]]
    return {iri: iri for iri in now} | redirects(graph)


def all_things(graph: GraphTables) -> dict[str, frozenset[object]]:
    """Return what each IRI stands for: mentions of a company, reports of an event (each article has one at most), articles of a story."""
    reported: dict[str, set[object]] = defaultdict(set)
    for event, source in graph["reports"].select("event", "article").iter_rows():
        reported[event].add(source)
    return things(graph, "company") | things(graph, "story") | {event: frozenset(sources) for event, sources in reported.items()}


MOST = 4  # decisions at a time
TIMES = st.lists(st.lists(st.sampled_from(CHOICES), max_size=3, unique=True), min_size=1, max_size=4)


def built(times: Sequence[Sequence[Decision]]) -> list[GraphTables]:
    """Build again and again, each time with other decisions and the IRIs of the build before."""
    graphs: list[GraphTables] = []
    for decisions in times:
        kept = kept_of(graphs[-1]) if graphs else NO_IRIS
        graphs.append(resolved(texts(), kept, combine_decisions(decisions) if decisions else NO_DECISIONS))
    return graphs


def led_astray(graphs: Sequence[GraphTables]) -> list[str]:
    """Return the IRIs of any of some builds that lead to nothing in the last one, or to less of what they named first than another thing has.

    Stories none of whose articles is in a story any more are left out: they are gone, while companies and events only change hands.
    """
    first: dict[str, frozenset[object]] = {}
    for graph in graphs:
        first = all_things(graph) | first
    lead, now = homes(graphs[-1]), all_things(graphs[-1])
    shares = {iri: {other: len(parts & there) for other, there in now.items()} for iri, parts in first.items()}
    gone = {iri for iri, held in shares.items() if "/story/" in iri and not any(held.values())}
    return [iri for iri, held in sorted(shares.items()) if iri not in gone and not 0 < held.get(lead.get(iri, ""), 0) == max(held.values())]


def led_to_others(graphs: Sequence[GraphTables]) -> list[str]:
    """Return the IRIs of companies of any of some builds that the last one leads to a company with nothing of what they ever named.

    An IRI that leads nowhere is none of them: a decision in force may say that what it names is no company.
    """
    named: dict[str, frozenset[object]] = defaultdict(frozenset)
    for graph in graphs[:-1]:
        for iri, parts in things(graph, "company").items():
            named[iri] |= parts
    now = things(graphs[-1], "company")
    return sorted(iri for iri, home in homes(graphs[-1]).items() if iri in named and not named[iri] & now.get(home, frozenset()))


@given(TIMES)
@settings(max_examples=rounds(10, 40))
def test_if_all_decisions_are_taken_back_every_thing_has_its_first_iri_again(times: Sequence[Sequence[Decision]]) -> None:
    graphs = built([[], *times, []])

    assert led_astray(graphs) == []
    assert all_things(graphs[-1]) == all_things(graphs[0])


@given(TIMES)
@settings(max_examples=rounds(10, 40))
def test_decisions_of_a_first_build_can_be_taken_back_too(times: Sequence[Sequence[Decision]]) -> None:
    assert led_astray(built([*times, []])) == []


@given(st.permutations(CHOICES), st.integers(1, MOST), st.permutations(range(MOST)))
@settings(max_examples=rounds(5, 500))
def test_decisions_that_are_taken_back_one_by_one_in_any_order_lose_no_iri(
    order: Sequence[Decision], count: int, back: Sequence[int]
) -> None:
    made = [order[:number] for number in range(count + 1)]
    left = [[order[number] for number in back[gone:] if number < count] for gone in range(1, MOST + 1)]
    graphs = built([*made, *left])

    assert [led_to_others(graphs[:number]) for number in range(2, len(graphs))] == [[]] * (len(graphs) - 2)
    assert led_astray(graphs) == []
    assert all_things(graphs[-1]) == all_things(graphs[0])


@given(TIMES)
@settings(max_examples=rounds(10, 20))
def test_a_build_with_its_own_iris_and_decisions_changes_nothing(times: Sequence[Sequence[Decision]]) -> None:
    *_, before, after = built([*times, times[-1]])

    assert [name for name in same(before, after) if name != "replaced"] == []
    assert redirects(before) == redirects(after)


def test_a_name_that_was_no_company_and_is_joined_then_settles_at_once() -> None:
    first = [Decision(Verb.SAME, PAIRS[0]), Decision(Verb.NOT_A_COMPANY, (NamedThing("Halverne"),))]
    then = [Decision(Verb.SAME, PAIRS[2])]
    *_, before, after = built([first, then, then])

    assert [name for name in same(before, after) if name != "replaced"] == []


def test_two_companies_that_were_one_for_a_time_have_their_iris_again() -> None:
    one = Decision(Verb.SAME, PAIRS[0])

    plain, joined, apart_again = built([[], [one], []])

    assert redirects(joined) == {f"{BASE}company/dunmore": f"{BASE}company/zorvex"}
    assert redirects(apart_again) == {}
    assert same(plain, apart_again) == []


def test_a_company_that_was_never_alone_gets_the_iri_that_led_to_it() -> None:
    joined, parted = built([[Decision(Verb.SAME, PAIRS[0])], []])

    assert f"{BASE}company/dunmore" in redirects(joined)
    assert dict(parted["companies"].select("name", "iri").iter_rows())["Dunmore"] == f"{BASE}company/dunmore"


def test_a_listed_name_that_was_apart_for_a_time_leads_to_the_company_again(tmp_path: Path) -> None:
    folder = titled(tmp_path / "news", a="Facebook acquires Habana Labs for $2 billion", b="Meta grows again")
    decisions = folder / "decisions.yaml"
    graphs: list[GraphTables] = []
    for text in ("[]\n", "- different: [Meta, Facebook]\n", "[]\n"):
        decisions.write_text(text, encoding="utf-8")
        iris = write_iris(graphs[-1], tmp_path)[0] if graphs else None
        graphs.append(build([folder], BuildOptions(base=BASE, extractor="rules", iris=iris)))

    together, parted, again = ({iri.rpartition("/")[2] for iri in graph["companies"]["iri"]} for graph in graphs)
    assert (together, parted) == ({"meta", "habana-labs"}, {"meta", "facebook", "habana-labs"})
    assert again == together
    assert redirects(graphs[-1])[f"{BASE}company/facebook"] == f"{BASE}company/meta"
