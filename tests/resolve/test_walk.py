"""The walk through the rooms of `resolve`: in one direction, and without returning to rooms that were left.

Calls are recorded while articles are resolved. A room is a folder of `resolve` or a module on its top level.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Facts, Kind, Mention, Money, Naming, Post, Provider, Total
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import Decision, EventReference, NamedThing, Verb
from newsgraph.decisions.stable_iris import KeptIris
from newsgraph.extraction_cache import ExtractionSettings
from newsgraph.extraction_cache.document_facts import read_documents
from newsgraph.ingest import find_documents
from newsgraph.resolve import ExtractedArticle, UserDecisions, resolve
from readings import BASE, THRESHOLD, article, mention, report, told
from source_tree import PACKAGE, ROOT, imports, sources

# Rooms from the bottom to the top: a room may call and import those before it.
ORDER = (
    "ranking_memo", "union_find", "member_owners", "iri_assignment", "copies", "article_nodes", "decided_people", "corroboration", "companies", "entity_nodes", "mention_lookup",
    "declared_nodes", "lasting_relations", "events", "stories", "tables", "resolution",
)  # fmt: skip
# One starts what it is given, the other remembers what it is given: they are seen through.
SEEN_THROUGH = frozenset({"deferred_task", "build_memory"})

# Two rooms are entered a second time: copies and stories are searched for in the background, and their results are collected later.
WALK = [
    "article_nodes", "decided_people", "copies", "companies", "entity_nodes", "mention_lookup", "declared_nodes", "copies", "corroboration",
    "lasting_relations", "events",
    "stories", "tables", "stories", "tables",
]  # fmt: skip
MOST = 2  # times that a room may be entered

WIRE = "Acme is buying the bolt maker Bolt for a sum that neither side wished to name, the two told reporters in Lyon on Thursday morning."


# --- recording


@dataclass
class Recorder:
    """A profiler that records which rooms `resolution` enters, without repetitions, and which room calls which."""

    entered: list[str] = field(default_factory=list)
    calls: dict[tuple[str, str], str] = field(default_factory=dict)  # caller and callee -> a function that is called

    def __call__(self, called: FrameType, event: str, _argument: object) -> None:
        """Record a call, or the resumption of a generator."""
        callee = _room(called) if event == "call" else ""
        if not callee:
            return
        calling = called.f_back
        while calling is not None and not _room(calling):
            calling = calling.f_back
        caller = _room(calling) if calling is not None else ""
        if caller in {"", callee}:
            return
        self.calls.setdefault((caller, callee), called.f_code.co_name)
        if caller == "resolution" and self.entered[-1:] != [callee]:
            self.entered.append(callee)


def _room(called: FrameType) -> str:
    return _room_of(str(called.f_globals.get("__name__", "")), called.f_code.co_filename)


@cache
def _room_of(module: str, file: str) -> str:
    """Return the room of a function; none for other packages, generated methods of data classes, and the dispatcher."""
    inside = module.startswith("newsgraph.resolve.") and file != "<string>"
    name = module.removeprefix("newsgraph.resolve.").partition(".")[0] if inside else ""
    return "" if name in SEEN_THROUGH else name


def recorded(work: Callable[[], object]) -> Recorder:
    """Run some work and return what was recorded."""
    recorder, former = Recorder(), sys.getprofile()
    sys.setprofile(recorder)
    try:
        work()
    finally:
        sys.setprofile(former)
    return recorder


def upward(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the pairs of caller and callee that do not lead downward."""
    return [f"{caller} -> {callee}" for caller, callee in pairs if ORDER.index(callee) >= ORDER.index(caller)]


# --- corpora


def seed() -> list[ExtractedArticle]:
    documents = find_documents([ROOT / "seeds"])[0]
    return [reading for facts in read_documents(documents, ExtractionSettings("rules")) for reading in facts.readings]


def made() -> list[ExtractedArticle]:
    """Make articles that use every room: a copy and its correction, disputed amounts, a deal, a short form, posts, a provider that is a company."""
    parts = [report("investment", "Acme", "Bolt", 6e6), report("partnership", "Acme", "Bolt", 4e6)]
    whole = Total(("Acme", "Bolt"), Money(1e7, "USD"), 0, 10, "hand", 0.8)
    people = article("p", "Jane Roe of Acme and the High Court test a Rocket", days=2)
    facts = Facts(
        (
            mention(people.text, "Acme"),
            mention(people.text, "Jane Roe", kind=Kind.PERSON),
            mention(people.text, "High Court", kind=Kind.ORGANISATION),
            mention(people.text, "Rocket", kind=Kind.PRODUCT, detail="Acme"),
            Mention(Kind.MONEY, "5000000 USD", 0, 4, "Jane", "hand", 0.9),
        ),
        (report("lawsuit", "Acme", "High Court"),),
        posts=(Post("Jane Roe", "chief", "Acme", 0, 16, "hand", 0.8),),
    )
    return [
        told(article("a", "Acme buys Bolt", WIRE, topics=("AI in health", "AI")), "Acme", "Bolt", reports=[report("acquisition", "Acme", "Bolt", 5e6)]),
        told(article("b", "CORRECTED-Acme buys Bolt", WIRE, days=0.1), "Acme", "Bolt", reports=[report("acquisition", "Acme", "Bolt", 7e6)]),
        told(article("c", "Acme and Bolt in two-part deal", days=1, related=("a",)), "Acme", "Bolt", reports=parts, totals=[whole]),
        told(article("d", "Zorvex Air grows in Chile", days=3), "Zorvex Air", namings=[Naming("ZXA", "Zorvex Air", "short_form")]),
        told(article("e", "ZXA shrinks in Peru", days=4), "ZXA", reports=[report("layoff", "ZXA", None)]),
        told(article("f", "Acme Inc. hires for Bolt", days=5), "Acme Inc.", "Bolt", reports=[report("expansion", "Acme Inc.", None)]),
        told(article("g", "Nasdaq falls", days=6, provider=Provider("Nasdaq", "nasdaq.com")), "Nasdaq"),
        ExtractedArticle(people, facts),
    ]  # fmt: skip


def decided() -> UserDecisions:
    """Return decisions and kept IRIs, so that nodes are looked up by them."""
    decisions = [
        Decision(Verb.SAME, (NamedThing("Zorvex Air"), NamedThing("Nasdaq"))),
        Decision(Verb.DIFFERENT, (NamedThing("Acme"), NamedThing("Bolt"))),
        Decision(Verb.RENAME, (NamedThing("Bolt"),), name="Bolt Works"),
        Decision(Verb.RIGHT_AMOUNT, event=EventReference("acquisition", ("Acme", "Bolt")), amount=6e6, currency="USD"),
    ]
    kept = {"company": {f"{BASE}company/old": ("acme",), f"{BASE}company/older": ("acme",)}, "story": {f"{BASE}story/old": ("x",)}}
    return UserDecisions(combine_decisions(decisions), KeptIris(kept))


def resolved(readings: Sequence[ExtractedArticle], user_decisions: UserDecisions) -> GraphTables:
    rows = resolve(readings, load_lexicon(), BASE, THRESHOLD, user_decisions)
    return make_tables({name: frame(name, table) for name, table in rows})


@pytest.fixture(scope="module", params=["seed", "made", "made, with decisions"])
def walk(request: pytest.FixtureRequest) -> Recorder:
    readings = seed() if request.param == "seed" else made()
    user_decisions = decided() if "decisions" in request.param else UserDecisions()
    return recorded(lambda: resolved(readings, user_decisions))


# --- the walk


def test_the_made_corpus_uses_every_room() -> None:
    graph = resolved(made(), decided())

    names = ("copies", "corrections", "ledger", "event_parts", "posts", "products", "stories", "merges", "replaced", "decisions")
    assert [name for name in names if graph[name].is_empty()] == []
    assert graph["providers"]["company"].drop_nulls().len() == 1
    assert set(graph["decisions"]["outcome"]) == {"applied"}


def test_the_rooms_are_entered_in_this_order(walk: Recorder) -> None:
    assert walk.entered == WALK


def test_no_room_is_entered_more_often_than_twice(walk: Recorder) -> None:
    assert [name for name, count in Counter(walk.entered).items() if count > MOST] == []


def test_rooms_call_each_other_only_downward(walk: Recorder) -> None:
    assert upward(list(walk.calls)) == []


def test_rooms_import_each_other_only_downward() -> None:
    pairs = {pair for pair in _imports() if pair[0] != pair[1]}

    assert ("tables", "companies") in pairs
    assert upward(sorted(pairs)) == []


def _imports() -> Iterator[tuple[str, str]]:
    for one in imports(sources()):
        importing, imported = (name.removeprefix("resolve.").partition(".")[0] for name in (one.module, one.target))
        inside = one.module.startswith("resolve.") and one.target.startswith("resolve.")
        if inside and importing != "__init__" and SEEN_THROUGH.isdisjoint({importing, imported}):
            yield importing, imported


def test_every_room_has_its_place_in_the_order() -> None:
    paths = [path for path in (PACKAGE / "resolve").iterdir() if path.stem not in {"__init__", "__pycache__"}]

    assert {path.stem for path in paths} == {*ORDER, *SEEN_THROUGH}
    assert all(path.is_dir() or path.suffix == ".py" for path in paths)


# --- and the recorder sees what it is to see


def planted(room: str, code: str) -> Callable[..., object]:
    """Return the function `run` of some code, as if a module of a room had it."""
    names: dict[str, object] = {"__name__": f"newsgraph.resolve.{room}"}
    exec(compile(code, str(Path(room)), "exec"), names)  # noqa: S102 - the test's own code
    run = names["run"]
    assert callable(run)
    return run


def test_a_return_to_a_room_that_was_left_is_seen() -> None:
    rooms = [planted(f"{name}.planted", "def run(): pass") for name in ("companies", "events")]
    resolution = planted("resolution", "def run(rooms):\n    for room in rooms * 3:\n        room()")

    assert recorded(lambda: resolution(rooms)).entered == ["companies", "events"] * 3


@pytest.mark.parametrize(
    ("low", "high"),
    [
        pytest.param("def run(high): high()", "def run(): pass", id="a function that is passed down"),
        pytest.param("def run(high): return list(high())", "def run(): yield 1", id="a generator that is passed down"),
        pytest.param("def run(high): return sorted([2, 1], key=high)", "def run(value): return value", id="a key of a sort"),
    ],
)
def test_a_call_upward_is_seen(low: str, high: str) -> None:
    function = planted("tables.planted", high)
    lower = planted("companies.planted", low)

    assert upward(list(recorded(lambda: lower(function)).calls)) == ["companies -> tables"]


def test_what_the_dispatcher_starts_is_entered_by_its_caller() -> None:
    start = planted("deferred_task", "def run(task): return task()")
    task = planted("copies.planted", "def run(): pass")
    resolution = planted("resolution", "def run(start, task): start(task)")

    recorder = recorded(lambda: resolution(start, task))

    assert recorder.entered == ["copies"]
    assert all(ORDER.index(callee) < ORDER.index(caller) for caller, callee in recorder.calls)
