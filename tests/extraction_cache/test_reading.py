"""Documents read: in which pieces, how much of long ones, under which key, and what they share when they come back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from folders import titled
from newsgraph.core.errors import InputError
from newsgraph.core.model import Article, Facts, Kind, Mention, Provider, Report, RoleFiller
from newsgraph.executor import InProcessExecutor
from newsgraph.executor.protocol import Part, Result
from newsgraph.extraction_cache import DocumentFacts, ExtractionSettings, extract_cached, extract_in_process, key_of, lexicon_of, open_store
from newsgraph.extraction_cache.document_facts import read_documents
from newsgraph.extraction_cache.interning import Interner
from newsgraph.ingest import Document, DocumentReading, find_documents
from newsgraph.ingest.document_finder import FeedPiece
from newsgraph.resolve import ExtractedArticle, pack_signature, text_signatures

RULES = ExtractionSettings("rules")
DOCUMENT_FACTS = import_module("newsgraph.extraction_cache.document_facts")
TEXT_PROBLEMS = import_module("newsgraph.extraction_cache.text_problems")
CACHED_EXTRACTION = import_module("newsgraph.extraction_cache.cached_extraction")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return titled(tmp_path / "in", a="Sanofi buys Owkin", b="Nokia sues Nvidia", c="Toyota said it grew")


def found(*folders: Path) -> list[Document]:
    return find_documents(folders)[0]


# --- reading


def test_documents_are_read_in_their_order_but_for_those_that_are_known(folder: Path) -> None:
    asked: list[tuple[str, str]] = []

    def known(source: str, sha256: str) -> bool:
        asked.append((source, sha256))
        return source == "b.json"

    a, b, c = found(folder)
    read = read_documents([c, b, a], RULES, known)

    assert [one.source for one in read] == ["c.json", "a.json"]
    assert [one.readings[0].article.title for one in read] == ["Toyota said it grew", "Sanofi buys Owkin"]
    assert [source for source, _ in asked] == ["c.json", "b.json", "a.json"]
    assert [asked[0][1], asked[2][1]] == [one.sha256 for one in read]
    assert all(len(sha256) == 64 for _, sha256 in asked)


def test_where_nothing_is_to_be_read_nothing_is_loaded(folder: Path) -> None:
    nobody = ExtractionSettings("no such extractor")
    assert read_documents(found(folder), nobody, lambda *_: True) == []
    assert read_documents([], nobody) == []
    with pytest.raises(InputError):
        read_documents(found(folder), nobody)


def test_every_article_has_its_own_facts_and_signature(tmp_path: Path) -> None:
    rows = [{"title": title, "webUrl": f"https://news.example/{at}"} for at, title in enumerate(["Sanofi buys Owkin", "Nokia sues Nvidia"])]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "b.json").write_text(json.dumps({"title": "Toyota said it grew", "webUrl": "https://news.example/b"}))
    feed, single = read_documents(found(tmp_path), RULES)

    assert [len(feed.readings), len(single.readings)] == [2, 1]
    for reading in (*feed.readings, *single.readings):
        assert {mention.name for mention in reading.facts.mentions if mention.kind is Kind.COMPANY} <= set(reading.article.title.split())
        assert reading.facts.mentions
        assert reading.signature == pack_signature(text_signatures([reading.article])[0])


def test_a_document_with_a_problem_tells_it(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    (facts,) = read_documents(found(tmp_path), RULES)

    assert facts.readings == ()
    assert facts.problems


TITLE, EXCERPT, BODY = "T" * 10, "E" * 10, "B" * 30


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (1000, (TITLE, EXCERPT, BODY)),
        (52, (TITLE, EXCERPT, BODY)),  # title, excerpt and body are two line ends apart
        (51, (TITLE, EXCERPT, BODY)),
        (50, (TITLE, EXCERPT, BODY)),
        (49, (TITLE, EXCERPT, BODY[:29])),
        (20, (TITLE, EXCERPT, "")),
        (19, (TITLE, EXCERPT[:9], "")),
        (10, (TITLE, "", "")),
        (4, (TITLE[:4], "", "")),
    ],
)
def test_of_a_long_article_the_beginning_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, expected: tuple[str, str, str]
) -> None:
    seen: list[Article] = []

    class Reader:
        version = "1"

        def read(self, articles: Sequence[Article], _lexicon: object) -> Iterator[Facts]:
            seen.extend(articles)
            return iter([Facts() for _ in articles])

    record = Article("k", None, TITLE, EXCERPT, "a.json", "main", body=BODY)
    monkeypatch.setattr(TEXT_PROBLEMS, "ARTICLE_CHARACTERS", most)
    monkeypatch.setattr(DOCUMENT_FACTS, "parse_content", lambda *_: DocumentReading((record,)))
    monkeypatch.setattr(DOCUMENT_FACTS, "open_extractor", lambda *_: Reader())
    (tmp_path / "a.json").write_text("{}")
    (facts,) = read_documents(found(tmp_path), RULES)

    assert [(one.title, one.excerpt, one.body) for one in seen] == [expected]
    assert facts.readings[0].article == record  # the whole text is kept
    assert [problem.field for problem in facts.problems] == (["text"] if most < len(record.text) else [])
    assert all(f"has 52 characters, of which the first {most}" in problem.what for problem in facts.problems)


# --- in pieces


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many documents are read at a time, and read none."""
    sizes: list[int] = []

    def read(documents: Sequence[Document], _manner: ExtractionSettings) -> list[DocumentFacts]:
        sizes.append(len(documents))
        return [DocumentFacts(one.name, "") for one in documents]

    monkeypatch.setattr(CACHED_EXTRACTION, "read_documents", read)
    return sizes


def light(count: int) -> list[Document]:
    return [Document(Path(f"{number}.md"), f"{number}.md") for number in range(count)]


def heavy(weight: int) -> Document:
    return Document(Path("feed.jsonl"), "feed.jsonl", FeedPiece(0, 8000 * (weight - 1), 0))


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([], []),
        (light(1), [1]),
        (light(250), [250]),
        (light(251), [250, 1]),
        (light(501), [250, 250, 1]),
        ([heavy(250), *light(1)], [1, 1]),
        ([heavy(249), *light(2)], [2, 1]),
        ([heavy(900), *light(1), heavy(900), heavy(2)], [1, 1, 1, 1]),
        ([*light(1), heavy(250), *light(1)], [1, 1, 1]),
        ([*light(1), heavy(249), *light(1)], [2, 1]),
        ([*light(200), heavy(100), *light(151)], [200, 151, 1]),
    ],
)
def test_documents_are_read_in_pieces_of_250(batches: list[int], documents: list[Document], expected: list[int]) -> None:
    read = list(extract_in_process(documents, RULES))

    assert batches == expected
    assert [one.source for one in read] == [one.name for one in documents]


def test_progress_counts_all_documents_read_so_far(batches: list[int]) -> None:
    steps: list[tuple[str, int, int | None]] = []
    list(extract_in_process(light(501), RULES, lambda *step: steps.append(step)))

    assert steps == [("reading documents", done, 501) for done in (250, 500, 501)]
    assert batches == [250, 250, 1]


class Breaking:
    """An executor that goes to another folder, and whose worker dies of some documents."""

    def __init__(self, place: Path, *guilty: str) -> None:
        """Take the folder and the documents."""
        self._place, self._guilty = place, set(guilty)

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """Run the parts there, the last one first."""
        here = Path.cwd()
        for part in reversed(parts):
            inside = {part.name} if isinstance(part, Document) else {one.name for one in part.documents} - part.left_out  # type: ignore[attr-defined]
            os.chdir(self._place)
            try:
                result = None if inside & self._guilty else function(part)
            finally:
                os.chdir(here)
            yield part, result


def test_progress_of_what_is_kept_counts_documents_whoever_reads_them(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("newsgraph.extraction_cache.partitions"), "SIZE", 1)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    documents = [replace(one, path=one.path.relative_to(tmp_path)) for one in found(folder)]
    steps: list[tuple[str, int, int | None]] = []
    store = open_store(Path("facts"), RULES, key_of(RULES))
    facts, read = extract_cached(store, documents, Breaking(tmp_path / "elsewhere", "b.json"), lambda *step: steps.append(step))

    assert read == 3
    assert {one.source: [reading.article.title for reading in one.readings] for one in facts} == {
        "a.json": ["Sanofi buys Owkin"], "b.json": [], "c.json": ["Toyota said it grew"],
    }  # fmt: skip
    assert [step[1] for step in steps] == sorted({step[1] for step in steps})
    assert steps[-1] == ("reading documents", 3, 3)
    assert {(what, of) for what, _, of in steps} == {("reading documents", 3)}


def problems(facts: Iterable[DocumentFacts]) -> dict[str, bool]:
    """Return for each document whether it was left out."""
    return {one.source: bool(one.problems) for one in facts}


class Deadly(Exception):  # noqa: N818 - stands for the end of a process
    """A worker that dies."""


class Mortal:
    """An executor whose worker dies of an error, as a process does."""

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """Run the parts; what dies gives nothing."""
        for part in parts:
            try:
                result: Result | None = function(part)
            except Deadly:
                result = None
            yield part, result


def deadly(monkeypatch: pytest.MonkeyPatch, *alone: str, together: str = "") -> list[list[str]]:
    """Let some documents kill who reads them, and one who reads it with others; note what is read."""
    noted: list[list[str]] = []
    real = read_documents

    def read(documents: Sequence[Document], *more: Any) -> list[DocumentFacts]:  # noqa: ANN401 - whatever there is
        names = [one.name for one in documents]
        if set(alone) & set(names) or (together in names and len(names) > 1):
            raise Deadly
        noted.append(names)
        return real(documents, *more)

    for module in (CACHED_EXTRACTION, import_module("newsgraph.extraction_cache.partition_store")):
        monkeypatch.setattr(module, "read_documents", read)
    return noted


def test_which_document_kills_is_found_by_reading_each_alone(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = deadly(monkeypatch, "b.json")
    facts, _ = extract_cached(open_store(tmp_path / "facts", RULES, key_of(RULES)), found(folder), Mortal())

    assert problems(facts) == {"a.json": False, "b.json": True, "c.json": False}
    assert read == [["a.json"], ["c.json"], ["a.json", "c.json"]]


def test_a_document_that_was_found_to_kill_stays_left_out(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deadly(monkeypatch, "b.json", together="c.json")
    facts, _ = extract_cached(open_store(tmp_path / "facts", RULES, key_of(RULES)), found(folder), Mortal())

    assert problems(facts) == {"a.json": True, "b.json": True, "c.json": True}


def test_a_document_that_kills_is_not_read_again_where_its_file_goes_meanwhile(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly(monkeypatch, "b.json")
    facts, _ = extract_cached(open_store(tmp_path / "facts", RULES, key_of(RULES)), found(folder), Mortal())
    for path in (tmp_path / "facts").iterdir():
        path.unlink()

    assert problems(facts) == {"a.json": False, "c.json": False, "b.json": True}


def test_only_what_is_new_counts_as_read(tmp_path: Path, folder: Path) -> None:
    def run() -> int:
        return extract_cached(open_store(tmp_path / "facts", RULES, key_of(RULES)), found(folder), InProcessExecutor())[1]

    assert [run(), run()] == [3, 0]
    titled(folder, d="Owkin hires", e="Nokia grows")
    assert run() == 2


# --- keys


def lists(tmp_path: Path, companies: str | None, ignore: str | None) -> ExtractionSettings:
    paths: dict[str, Path | None] = {"companies": None, "ignore": None}
    for name, content in {"companies": companies, "ignore": ignore}.items():
        if content is not None:
            paths[name] = tmp_path / f"{name}-{content}"
            if content != "gone":
                (tmp_path / f"{name}-{content}").write_text(content)
    return ExtractionSettings("rules", companies=paths["companies"], ignore=paths["ignore"])


def test_a_digest_of_the_lists_changes_with_each_of_them(tmp_path: Path) -> None:
    cases = [(None, None), ("x", None), (None, "x"), ("x", "x"), ("y", "x"), ("x", "y"), ("xx", None)]
    digests = [lists(tmp_path, *case).lists() for case in cases]

    assert len(set(digests)) == len(cases)
    assert lists(tmp_path, "gone", None).lists() == digests[0]
    assert all(len(digest) == 64 for digest in digests)
    (tmp_path / "companies-x").write_text("other")
    assert ExtractionSettings("rules", companies=tmp_path / "companies-x").lists() not in digests


def test_the_key_changes_with_everything_that_facts_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("newsgraph.extraction_cache.cache_key")
    keys = [
        RULES.key("1", "1"), RULES.key("2", "1"), RULES.key("1", "2"), ExtractionSettings("names").key("1", "1"),
        ExtractionSettings("rules", 0.25).key("1", "1"),
    ]  # fmt: skip
    for name, value in {"FORMAT": 99, "ARTICLE_CHARACTERS": 99, "CODE": ("core/*.py",), "LIBRARIES": ("polars",)}.items():
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            keys.append(RULES.key("1", "1"))
    for package in ("newsgraph", "msgspec", "numpy", "onnxruntime", "pyyaml"):
        with monkeypatch.context() as patch:
            patch.setattr(module, "version_of", lambda name, package=package: "99" if name == package else "1")
            keys.append(RULES.key("1", "1"))
    for version in ((3, 99, 0), (4, 11, 0)):
        with monkeypatch.context() as patch:
            patch.setattr("newsgraph.extraction_cache.cache_key.sys.version_info", version)
            keys.append(RULES.key("1", "1"))

    assert len(set(keys)) == len(keys)
    assert all(len(key) == 64 for key in keys)
    assert RULES.key("1", "1") == keys[0]
    assert ExtractionSettings("ules").key("1r", "1") != ExtractionSettings("rules").key("1", "1")


def test_the_key_as_things_are_changes_with_the_lists_of_the_user(tmp_path: Path) -> None:
    ignoring = lists(tmp_path, None, "Nokia")

    assert key_of(RULES) == key_of(ExtractionSettings("rules"))
    assert len({key_of(RULES), key_of(ignoring), key_of(replace(RULES, threshold=0.25))}) == 3
    assert lexicon_of(RULES).version != lexicon_of(ignoring).version
    (tmp_path / "ignore-Nokia").write_text("Nvidia")
    assert lexicon_of(ignoring).version not in {lexicon_of(RULES).version, ""}


# --- strings that are held once


def fresh(text: str) -> str:
    """Make a string that is no other's."""
    return "".join(list(text))


def reading(number: int, *, known: str = "Sanofi SA", url: str = "") -> ExtractedArticle:
    """Make an article as it is decoded: none of its strings is another's."""
    key = fresh(f"https://news.example/{number}")
    article = Article(
        key,
        fresh(url or key),
        fresh("Title"),
        "",
        fresh("feed.jsonl"),
        fresh("item[1]"),
        provider=Provider(fresh("News"), fresh("news.example")),
    )
    mention = Mention(Kind.COMPANY, fresh("Sanofi"), 0, 6, fresh("SANOFI"), fresh("listed"), 0.9, fresh(known), fresh(""))
    roles = tuple(RoleFiller(fresh("party"), fresh(name)) for name in ("Sanofi", "Owkin"))
    report = Report(fresh("merger"), roles, 0, 6, fresh("they_merge"), 0.8, when=fresh("2024-05-01"), when_source=fresh("text"))
    return ExtractedArticle(article, Facts((mention,), (report,), extractor=fresh("rules 1")))


def strings(one: ExtractedArticle) -> dict[str, Any]:
    article, mention, report = one.article, one.facts.mentions[0], one.facts.reports[0]
    return {
        "source": article.source, "part": article.part, "provider": article.provider, "extractor": one.facts.extractor,
        "name": mention.name, "text": mention.text, "rule": mention.rule, "known": mention.known,
        "type": report.type, "rule of report": report.rule, "source of time": report.when_source,
        "first": report.roles[0].name, "second": report.roles[1].name, "role": report.roles[0].role,
    }  # fmt: skip


def test_articles_share_the_strings_that_they_have_in_common() -> None:
    first, second = reading(1), reading(2)
    before = [astuple(one) for one in (first, second)]
    interner = Interner()
    for one in (first, second):
        interner.intern(one)

    assert [name for name, value in strings(first).items() if value is not strings(second)[name]] == []
    assert first.facts.mentions[0].name is first.facts.reports[0].roles[0].name
    assert all(one.article.url is one.article.key for one in (first, second))
    assert [astuple(one) for one in (first, second)] == before


def test_strings_that_differ_or_are_not_there_stay_as_they_are() -> None:
    first, second = reading(1), reading(2, known="", url="https://news.example/other")
    bare = ExtractedArticle(
        replace(second.article, provider=None),
        replace(second.facts, reports=(replace(second.facts.reports[0], roles=()),)),
    )
    before = astuple(bare)
    interner = Interner()
    for one in (first, bare):
        interner.intern(one)

    assert astuple(bare) == before
    assert bare.article.url == "https://news.example/other"
    assert bare.facts.mentions[0].known == ""
    assert (bare.article.provider, bare.facts.reports[0].roles) == (None, ())
