"""IRIs of a former build are kept: what stays the same thing keeps its name, and no name goes to another thing."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folders import titled
from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables, frame, make_tables
from newsgraph.core.iris import digest
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Description, Kind, Naming, Report, RoleFiller
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import NO_DECISIONS, Decision, Decisions, NamedThing, Verb
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris, read_iris
from newsgraph.export.iris_file import write_iris
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.resolve import ExtractedArticle, UserDecisions, resolve
from newsgraph.resolve.iri_assignment import assign_iris
from newsgraph.resolve.member_owners import NodePart
from readings import BASE, THRESHOLD, article, mention, report, short, told
from rounds import rounds

LEXICON = load_lexicon()
NAMES = ("Zorvex", "Dunmore", "Quillbar", "Zorvex Air", "Zor", "Zor+", "Zor 2")
KINDS = ("company", "event", "story")
HEAD = "kind,iri,member,replaced_by\n"


def resolved(readings: Sequence[ExtractedArticle], kept: KeptIris = NO_IRIS, decisions: Decisions = NO_DECISIONS) -> GraphTables:
    rows = resolve(readings, LEXICON, BASE, THRESHOLD, UserDecisions(decisions, kept))
    return make_tables({name: frame(name, table) for name, table in rows})


def kept_of(graph: GraphTables) -> KeptIris:
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_iris(graph, Path(folder))
        return read_iris(path, BASE)


def things(graph: GraphTables, kind: str) -> dict[str, frozenset[object]]:
    """Return what each IRI of a kind stands for: mentions of a company, reports of an event, articles of a story.

    An article may be in no story.
    """
    table, column, parts = {
        "company": ("mentions", "company", ("article", "start", "end")),
        "event": ("reports", "event", ("article", "type", "subject", "object", "amount", "date")),
        "story": ("articles", "story", ("iri",)),
    }[kind]
    found: dict[str, set[object]] = {}
    for iri, *rest in graph[table].drop_nulls(column).select(column, *parts).iter_rows():
        found.setdefault(iri, set()).add(tuple(rest))
    return {iri: frozenset(members) for iri, members in found.items()}


def grown(before: GraphTables, after: GraphTables, kind: str) -> dict[str, str]:
    """Lead each old IRI to the new one of the thing that holds all of it and nothing of any other old thing."""
    old, new = things(before, kind), things(after, kind)
    homes = {}
    for iri, members in old.items():
        for other, held in new.items():
            if members <= held and not any(one & held for name, one in old.items() if name != iri):
                homes[iri] = other
    return homes


def same(one: GraphTables, other: GraphTables) -> list[str]:
    """Name the tables that differ."""
    return [name for name in SCHEMAS if not one[name].equals(other[name])]


@st.composite
def readings(draw: st.DrawFn, prefix: str = "a", least: int = 1) -> list[ExtractedArticle]:
    """Make a few articles that name one or two companies and may tell of a deal between them."""
    made = []
    for number in range(draw(st.integers(least, 5))):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
        text = article(f"{prefix}{number}", f"{' and '.join(names)} deal", days=draw(st.integers(0, 40)))
        amounts = draw(st.lists(st.sampled_from([None, 5e6, 9e8]), max_size=2)) if len(names) > 1 else []
        day = date(2024, 5, 1) + timedelta(days=draw(st.integers(0, 40)))
        made.append(told(text, *names, reports=[report("investment", names[0], names[1], amount, day=day) for amount in amounts]))
    return made


@given(readings())
@settings(max_examples=rounds(15, 100))
def test_a_build_with_its_own_iris_changes_nothing(records: list[ExtractedArticle]) -> None:
    graph = resolved(records)

    assert same(graph, resolved(records, kept_of(graph))) == []


@given(readings(), readings("b"))
@settings(max_examples=rounds(30, 300))
def test_more_documents_leave_what_stays_the_same_its_iri(records: list[ExtractedArticle], more: list[ExtractedArticle]) -> None:
    before = resolved(records)
    after = resolved([*records, *more], kept_of(before))

    moved = {kind: {old: new for old, new in grown(before, after, kind).items() if old != new} for kind in KINDS}
    assert moved == {kind: {} for kind in KINDS}


@given(readings(least=2), readings("b"))
@settings(max_examples=rounds(30, 300))
def test_an_iri_is_never_given_to_something_else(records: list[ExtractedArticle], more: list[ExtractedArticle]) -> None:
    first = resolved(records)
    gap = resolved(records[:1], kept_of(first))
    later = resolved([*records[:1], *more], kept_of(gap))

    for kind in KINDS:
        old, new = things(first, kind), things(later, kind)
        taken = {iri for iri in set(old) & set(new) if kind != "company" and not old[iri] & new[iri]}
        assert taken == set()
    names = dict(first["companies"].select("iri", "name").iter_rows())
    assert [row for row in later["companies"].select("iri", "name").iter_rows() if names.get(row[0], row[1]) != row[1]] == []


@given(readings(least=2))
@settings(max_examples=rounds(15, 100))
def test_what_comes_back_gets_the_iri_that_it_had(records: list[ExtractedArticle]) -> None:
    first = resolved(records)
    gap = resolved(records[:1], kept_of(first))

    assert same(first, resolved(records, kept_of(gap))) == []


@given(readings(), st.permutations(range(5)))
@settings(max_examples=rounds(15, 100))
def test_the_order_of_the_documents_does_not_matter(records: list[ExtractedArticle], order: list[int]) -> None:
    kept = kept_of(resolved(records[:2]))
    turned = [records[at] for at in order if at < len(records)]

    assert same(resolved(records, kept), resolved(turned, kept)) == []


# --- joined and parted by decision

MERGED = [told(article("a", "Zorvex grows"), "Zorvex"), told(article("b", "Zorvex falls", days=9), "Zorvex"),
          told(article("c", "Dunmore grows", days=20), "Dunmore")]  # fmt: skip
SAME = combine_decisions([Decision(Verb.SAME, (NamedThing("Dunmore"), NamedThing("Zorvex")))])


def test_a_merge_by_decision_leaves_the_smaller_iri_to_be_followed() -> None:
    graph = resolved(MERGED, kept_of(resolved(MERGED)), SAME)

    assert graph["companies"]["iri"].to_list() == [f"{BASE}company/zorvex"]
    assert graph["replaced"].rows() == [(f"{BASE}company/dunmore", f"{BASE}company/zorvex", "company", "merged")]


@given(readings(least=2))
@settings(max_examples=rounds(15, 100))
def test_a_decision_taken_back_gives_the_former_graph(records: list[ExtractedArticle]) -> None:
    former = resolved(records)
    kept = kept_of(former)
    resolved(records, kept, SAME)

    assert same(former, resolved(records, kept)) == []


def test_an_iri_that_was_replaced_is_so_in_later_builds_too() -> None:
    merged = resolved(MERGED, kept_of(resolved(MERGED)), SAME)

    assert resolved(MERGED, kept_of(merged), SAME)["replaced"].select("old", "new").rows() == merged["replaced"].select("old", "new").rows()


def test_an_iri_that_was_replaced_outlives_a_time_without_what_it_leads_to() -> None:
    merged = resolved(MERGED, kept_of(resolved(MERGED)), SAME)
    without = resolved([told(article("z", "Quillbar grows"), "Quillbar")], kept_of(merged))

    assert resolved(MERGED, kept_of(without), SAME)["replaced"].filter(kind="company").select("old", "new").rows() == [
        (f"{BASE}company/dunmore", f"{BASE}company/zorvex")
    ]


def test_of_a_company_that_is_parted_the_larger_part_keeps_the_iri() -> None:
    former = resolved(MERGED, NO_IRIS, SAME)
    parted = dict(resolved(MERGED, kept_of(former))["companies"].select("name", "iri").iter_rows())

    assert parted["Zorvex"] == former["companies"]["iri"].item()
    assert parted["Dunmore"] != parted["Zorvex"]


def placed(name: str, words: str, country: str, days: float) -> ExtractedArticle:
    """Name a company and say which country it is of."""
    text = article(name, f"{words} grows", days=days)
    made = told(text, words)
    return ExtractedArticle(
        text,
        replace(made.facts, descriptions=(Description(words, "country", country, 0, 3), Description(words, "sector", f"s{country}", 0, 3))),
    )


@pytest.mark.parametrize("version", ["0.1.0", "now"])
def test_many_articles_on_a_new_namesake_take_no_iri_away(version: str) -> None:
    words = "Zorvex"
    ticker = mention(f"{words} grows", words, kind=Kind.TICKER, detail=words)
    old = placed("a", words, "FR", 0)
    old = ExtractedArticle(old.article, replace(old.facts, mentions=(*old.facts.mentions, replace(ticker, name="ZFR"))))
    new = [placed(f"n{number}", words, "US", 1) for number in range(4)]
    new = [ExtractedArticle(one.article, replace(one.facts, mentions=(*one.facts.mentions, replace(ticker, name="ZUS")))) for one in new]
    before = resolved([old])
    kept = kept_of(before)
    if version == "0.1.0":
        of_articles = kept.members["article"]
        kept = KeptIris({"company": kept.members["company"], "story": {f"{BASE}story/a": names for names in of_articles.values()}})

    after = resolved([old, *new], kept)

    holders = dict(after["mentions"].select("article", "company").iter_rows())
    assert len(set(holders.values())) == 2
    assert holders[before["articles"]["iri"].item()] == before["companies"]["iri"].item()


def test_two_events_of_one_article_keep_their_iris_when_an_earlier_article_tells_the_second() -> None:
    pair = ("Zorvex", "Dunmore")
    both = told(
        article("a", "Zorvex and Dunmore deal", days=5), *pair, reports=[report("investment", *pair, amount) for amount in (5e6, 9e8)]
    )
    earlier = told(article("b", "Zorvex and Dunmore deal again"), *pair, reports=[report("investment", *pair, 9e8)])
    before = resolved([both])

    after = resolved([both, earlier], kept_of(before))

    assert dict(after["events"].select("amount", "iri").iter_rows()) == dict(before["events"].select("amount", "iri").iter_rows())


def test_a_former_name_that_joins_two_companies_leads_the_smaller_to_the_larger() -> None:
    naming = Naming("Dunmore", "Zorvex", "former_name")
    before = resolved(MERGED)

    after = resolved([*MERGED, told(article("d", "Zorvex, once Dunmore", days=21), "Zorvex", "Dunmore", namings=[naming])], kept_of(before))

    assert after["replaced"].filter(kind="company").select("old", "new").rows() == [(f"{BASE}company/dunmore", f"{BASE}company/zorvex")]


def test_a_chain_of_replaced_iris_leads_to_its_end() -> None:
    a, b, c = (f"{BASE}company/{name}" for name in "abc")
    kept = KeptIris({"company": {c: ("c",)}}, {a: ("company", b), b: ("company", c)})

    named = assign_iris("company", [f"{BASE}company/new"], kept, [[NodePart("c@1", "c")]])

    assert [(one.old, one.new) for one in named.replaced] == [(a, c), (b, c)]


# --- over folders


def graph_of_folder(folder: Path, iris: Path | None = None, decisions: Path | None = None) -> GraphTables:
    return build([folder], BuildOptions(base=BASE, extractor="rules", iris=iris, decisions=decisions))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return titled(
        tmp_path / "news", a="Sanofi invests $180 million in Owkin", b="Intel acquires Habana Labs for $2 billion", c="Nvidia grows"
    )


def test_a_folder_built_with_its_own_iris_gives_the_same_tables(folder: Path, tmp_path: Path) -> None:
    graph = graph_of_folder(folder)
    (iris,) = write_iris(graph, tmp_path)

    assert graph["events"].height == 2
    assert same(graph, graph_of_folder(folder, iris)) == []


def test_a_document_more_in_a_folder_changes_no_iri(folder: Path, tmp_path: Path) -> None:
    before = graph_of_folder(folder)
    (iris,) = write_iris(before, tmp_path)
    titled(folder, d="Sanofi invests $180 million in Owkin, an AI firm", e="Owkin partners with Nvidia")

    after = graph_of_folder(folder, iris)

    assert {kind: [one for one in grown(before, after, kind).items() if one[0] != one[1]] for kind in KINDS} == {kind: [] for kind in KINDS}


def test_a_decision_taken_out_of_a_folder_gives_the_former_tables(folder: Path, tmp_path: Path) -> None:
    before = graph_of_folder(folder)
    (iris,) = write_iris(before, tmp_path)
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text("- same: [Intel, Nvidia]\n", encoding="utf-8")

    merged = graph_of_folder(folder, iris, decisions)

    assert [short(old) for old in merged["replaced"].filter(kind="company")["old"]] in (["intel"], ["nvidia"])
    assert same(before, graph_of_folder(folder, iris)) == []


# --- the file


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "lacks columns of a file of IRIs"),
        ("kind,iri,member\n", "lacks columns of a file of IRIs"),
        (HEAD + "company,https://other.example/company/a,a,\n", "line 2: 'https://other.example/company/a' is not an IRI with this base"),
        (HEAD + f"company,{BASE},a,\n", "is not an IRI with this base"),
        (HEAD + f"company,{BASE}company/a,,https://other.example/b\n", "is not an IRI with this base"),
        (HEAD + f"company,{BASE}company/a\x07,a,\n", "contains characters that are not allowed in an IRI"),
        (HEAD + f"company,{BASE}company/a b,a,\n", "contains characters that are not allowed in an IRI"),
        (HEAD + f"company,{BASE}company/\u202ea,a,\n", "contains characters that are not allowed in an IRI"),
        (HEAD + f"person,{BASE}company/a,a,\n", "has an unknown kind, or no IRI"),
        (HEAD + "company,,a,\n", "has an unknown kind, or no IRI"),
        (HEAD + f"company,{BASE}a,,{BASE}a\n", "is replaced in a circle"),
        (HEAD + f"company,{BASE}a,,{BASE}b\ncompany,{BASE}b,,{BASE}c\ncompany,{BASE}c,,{BASE}b\n", "is replaced in a circle"),
        (HEAD + f"company,{BASE}a,,{BASE}b\ncompany,{BASE}a,,{BASE}c\n", "is replaced by two others"),
        (HEAD + f'company,"{BASE}a,a,\n', "is not valid CSV"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_kept_is_refused_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "iris.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as raised:
        read_iris(path, BASE)

    assert problem in str(raised.value)
    assert "\n" not in str(raised.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "iris.csv"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InputError, match="is not valid CSV"):
        read_iris(path, BASE)


@pytest.mark.parametrize(
    "text",
    [
        "iri,more,kind,replaced_by,member\n{a},x,company,,zorvex\n\n{b},x, company ,{a}\n",
        "kind,iri,member,replaced_by,more\ncompany,{a},zorvex\ncompany,{b},,{a},x,y,z\n",
        "\ufeffkind,iri,member,replaced_by\ncompany,{a},zorvex,\ncompany,{a},zorvex,\ncompany,{b} ,, {a}\n",
    ],
)
def test_columns_may_have_another_order_and_rows_be_short_or_long(tmp_path: Path, text: str) -> None:
    path = tmp_path / "iris.csv"
    path.write_text(text.format(a=f"{BASE}company/a", b=f"{BASE}company/b"), encoding="utf-8")

    assert read_iris(path, BASE) == KeptIris(
        {"company": {f"{BASE}company/a": ("zorvex",)}}, {f"{BASE}company/b": ("company", f"{BASE}company/a")}
    )


@given(st.lists(st.text("ab,\"\n \t\u00e9\U0001f600'", max_size=4), max_size=5))
def test_members_are_written_as_csv_and_read_as_they_were(names: list[str]) -> None:
    members = {(f"{BASE}company/{at}", name) for at, name in enumerate(names)}
    rows = sorted(("company", iri, name, "") for iri, name in members)
    graph = make_tables({"members": frame("members", [{"kind": kind, "iri": iri, "member": name} for kind, iri, name, _ in rows])})
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_iris(graph, Path(folder))
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\n").writerows([HEAD.strip().split(","), *rows])

        assert path.read_bytes() == written.getvalue().encode()
        kept = read_iris(path, BASE).members.get("company", {})
        assert {(iri, name) for iri, of in kept.items() for name in of or ("",)} == members


def test_an_iri_that_is_used_up_is_given_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "iris.csv"
    path.write_text(HEAD + f"company,{BASE}company/zorvex,,\n", encoding="utf-8")

    graph = resolved(MERGED[:1], read_iris(path, BASE))

    assert [short(iri) for iri in graph["companies"]["iri"]] == ["zorvex-2"]
    assert (f"{BASE}company/zorvex", "") in graph["members"].filter(kind="company").select("iri", "member").rows()


@given(readings())
def test_a_file_of_kept_iris_says_what_was_written(records: list[ExtractedArticle]) -> None:
    graph = resolved(records)
    kept = kept_of(graph)
    written = {(kind, iri, member) for kind, named in kept.members.items() for iri, members in named.items() for member in members}

    assert written == set(graph["members"].select("kind", "iri", "member").iter_rows())


def test_a_folder_copied_elsewhere_keeps_its_iris(folder: Path, tmp_path: Path) -> None:
    (iris,) = write_iris(graph_of_folder(folder), tmp_path)
    shutil.copytree(folder, tmp_path / "elsewhere")

    assert same(graph_of_folder(folder, iris), graph_of_folder(tmp_path / "elsewhere", iris)) == []


def test_a_file_of_0_1_0_names_events_by_their_pairs_and_they_keep_their_iris(tmp_path: Path) -> None:
    sale = Report("acquisition", (RoleFiller("acquirer", "Zorvex"), RoleFiller("seller", "Dunmore")), 0, 10, "hand", 0.8, part="mills")
    three = Report("partnership", tuple(RoleFiller("party", name) for name in ("Zorvex", "Dunmore", "Quillbar")), 0, 10, "hand", 0.8)
    named = Report("appointment", (RoleFiller("company", "Quillbar"), RoleFiller("person", "Ines Falk", Kind.PERSON)), 0, 10, "hand", 0.8)
    records = [
        told(article("a", "Zorvex buys the mills of Dunmore"), "Zorvex", "Dunmore", reports=[sale]),
        told(article("b", "Zorvex, Dunmore and Quillbar work together"), "Zorvex", "Dunmore", "Quillbar", reports=[three]),
        told(article("c", "Quillbar appoints Ines Falk"), "Quillbar", reports=[named]),
    ]
    records[2] = replace(records[2], facts=replace(records[2].facts, mentions=(
        *records[2].facts.mentions, mention(records[2].article.text, "Ines Falk", kind=Kind.PERSON),
    )))  # fmt: skip
    key = {name: short(iri) for name, iri in zip("abc", (f"{BASE}article/{digest(one.article.key)}" for one in records), strict=True)}
    old = {
        f"event,{BASE}event/sale,acquisition|{key['a']}|dunmore|zorvex,",
        f"event,{BASE}event/first,partnership|{key['b']}|dunmore|zorvex,",
        f"event,{BASE}event/second,partnership|{key['b']}|quillbar|zorvex,",
        f"event,{BASE}event/named,appointment|{key['c']}|quillbar,",
    }
    (tmp_path / "iris.csv").write_text(HEAD + "\n".join(sorted(old)) + "\n", encoding="utf-8")
    graph = resolved(records, read_iris(tmp_path / "iris.csv", BASE))

    assert dict(graph["events"].select("type", "iri").iter_rows()) == {
        "acquisition": f"{BASE}event/sale", "partnership": f"{BASE}event/first", "appointment": f"{BASE}event/named",
    }  # fmt: skip
    assert graph["replaced"].filter(kind="event").select("old", "new").rows() == [(f"{BASE}event/second", f"{BASE}event/first")]
