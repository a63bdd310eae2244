"""What is kept of documents between builds: it is the same when it comes back, and nothing strange is taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import msgspec
import pytest

from folders import titled
from newsgraph.core.errors import UnwritableError
from newsgraph.core.model import Severity
from newsgraph.executor import InProcessExecutor, ProcessExecutor
from newsgraph.executor.protocol import Part, Result
from newsgraph.extraction_cache import DocumentFacts, ExtractionSettings, extract_cached, extract_in_process, key_of, open_store
from newsgraph.extraction_cache.cache_entries import CacheEntry, decode, encode, read_entries, write_entries
from newsgraph.extraction_cache.cache_key import CODE
from newsgraph.extraction_cache.document_facts import read_documents
from newsgraph.extraction_cache.partitions import Partition, partition_documents, partition_number, relatives
from newsgraph.ingest import Document, find_documents
from source_tree import PACKAGE, imports, sources

RULES = ExtractionSettings("rules")
SEEDS = Path(__file__).parents[2] / "seeds"


def found(*inputs: Path) -> list[Document]:
    """List the documents of folders."""
    return find_documents(inputs)[0]


def names(count: int) -> list[Document]:
    """Make documents that are only names."""
    return [Document(Path(f"{number}.md"), f"{number}.md") for number in range(count)]


def kept(
    folder: Path, documents: Sequence[Document], manner: ExtractionSettings = RULES, *, fresh: bool = False
) -> tuple[list[DocumentFacts], int]:
    """Read documents through a folder: what they gave, by source, and how many were read."""
    facts, read = extract_cached(open_store(folder, manner, key_of(manner), fresh=fresh), documents, InProcessExecutor())
    return sorted(facts, key=lambda one: one.source), read


@pytest.fixture
def few_a_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("newsgraph.extraction_cache.partitions"), "SIZE", 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a few documents."""
    return titled(tmp_path / "in", a="Sanofi buys Owkin", b="Nokia sues Nvidia", c="Toyota said it grew", d="Owkin hires", e="Nokia grows")


def test_what_was_read_comes_back_as_it_was() -> None:
    facts = read_documents(found(SEEDS), RULES)

    assert [decode(encode(one)) for one in facts] == facts
    assert facts[0].readings[0].facts.mentions


def test_the_second_time_nothing_is_read(tmp_path: Path, folder: Path) -> None:
    first, read = kept(tmp_path / "facts", found(folder))

    assert read == 5
    assert kept(tmp_path / "facts", found(folder)) == (first, 0)
    assert first == list(extract_in_process(found(folder), RULES))


def test_what_comes_back_holds_a_name_once_however_many_articles_have_it(tmp_path: Path, folder: Path) -> None:
    kept(tmp_path / "facts", found(folder))
    facts, _ = kept(tmp_path / "facts", found(folder))
    mentions = [mention for one in facts for reading in one.readings for mention in reading.facts.mentions]

    for field in ("name", "text", "rule"):
        values = [getattr(mention, field) for mention in mentions]
        assert len(values) > len(set(values)) == len({id(value) for value in values})


@pytest.mark.usefixtures("few_a_bucket")
def test_only_what_changed_is_read(tmp_path: Path, folder: Path) -> None:
    kept(tmp_path / "facts", found(folder))
    titled(folder, a="Sanofi sells Owkin", f="Nvidia grows")
    (folder / "b.json").unlink()

    facts, read = kept(tmp_path / "facts", found(folder))

    assert read == 2
    assert facts == list(extract_in_process(found(folder), RULES))


@pytest.mark.usefixtures("few_a_bucket")
def test_a_document_that_goes_away_leaves_no_trace(tmp_path: Path, folder: Path) -> None:
    kept(tmp_path / "facts", found(folder))
    (folder / "b.json").unlink()
    kept(tmp_path / "facts", found(folder))
    assert [path for path in (tmp_path / "facts").iterdir() if b"Nvidia" in path.read_bytes()] == []


def test_no_documents_leave_no_files(tmp_path: Path, folder: Path) -> None:
    kept(tmp_path / "facts", found(folder))
    kept(tmp_path / "facts", [])
    assert list((tmp_path / "facts").iterdir()) == []


@pytest.mark.parametrize(("before", "after"), [(1, 4), (4, 1), (2, 1)])
def test_another_number_of_buckets_costs_no_reading(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, before: int, after: int
) -> None:
    monkeypatch.setattr(import_module("newsgraph.extraction_cache.partitions"), "SIZE", before)
    first, _ = kept(tmp_path / "facts", found(folder))
    monkeypatch.setattr(import_module("newsgraph.extraction_cache.partitions"), "SIZE", after)

    assert kept(tmp_path / "facts", found(folder)) == (first, 0)
    assert sorted(path.name for path in (tmp_path / "facts").iterdir()) == sorted(
        bucket.name for bucket in partition_documents(found(folder))
    )


def test_a_bucket_that_did_not_change_is_not_written(tmp_path: Path, folder: Path) -> None:
    kept(tmp_path / "facts", found(folder))
    (file,) = (tmp_path / "facts").iterdir()
    before = file.stat().st_mtime_ns, file.stat().st_ino
    kept(tmp_path / "facts", found(folder))
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_fresh_reads_everything(tmp_path: Path, folder: Path) -> None:
    first, _ = kept(tmp_path / "facts", found(folder))
    assert kept(tmp_path / "facts", found(folder), fresh=True) == (first, 5)


@pytest.mark.parametrize(
    "manner", [ExtractionSettings("rules", 0.7), ExtractionSettings("tagger"), ExtractionSettings("rules", ignore=Path("ignore.txt"))]
)
def test_another_manner_of_reading_takes_nothing_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path, manner: ExtractionSettings
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ignore.txt").write_text("Nokia\n")
    kept(tmp_path / "facts", found(folder))
    assert kept(tmp_path / "facts", found(folder), manner) == (list(extract_in_process(found(folder), manner)), 5)


def test_the_key_is_made_of_all_code_that_reads() -> None:
    package = sources()
    edges: dict[str, set[str]] = {}
    for one in imports(package):
        if one.ours and (not one.typing_only or one.module == "ingest.__init__"):  # which loads what it names when that is first used
            edges.setdefault(one.module, set()).add(one.target if one.target in package else f"{one.target}.__init__")
    reached, waiting = set[str](), ["extraction_cache.document_facts", "resolve.article_nodes"]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            # of resolution, only text signatures are computed while reading; executors read nothing
            left = ("executor.",) if module.startswith("resolve.") else ("resolve.", "executor.")
            waiting += [target for target in edges.get(module, ()) if not target.startswith(left)]

    assert {"core.lexicon", "extract.article_reader", "ingest.document_parser"} <= reached
    digested = {path.relative_to(PACKAGE).as_posix() for pattern in CODE for path in PACKAGE.glob(pattern)}
    assert [module for module in sorted(reached) if f"{module.replace('.', '/')}.py" not in digested] == []


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda _: b"", lambda data: data.replace(b"Sanofi", b"Sanifo"), lambda _: b"\n"])
def test_a_damaged_file_is_read_anew(tmp_path: Path, folder: Path, spoil: Callable[[bytes], bytes]) -> None:
    first, _ = kept(tmp_path / "facts", found(folder))
    (file,) = (tmp_path / "facts").iterdir()
    file.write_bytes(spoil(file.read_bytes()))

    assert kept(tmp_path / "facts", found(folder)) == (first, 5)


def test_a_file_whose_entries_hold_something_else_is_read_anew(tmp_path: Path, folder: Path) -> None:
    first, _ = kept(tmp_path / "facts", found(folder))
    (file,) = (tmp_path / "facts").iterdir()
    key = key_of(RULES)
    write_entries(file, key, [msgspec.structs.replace(entry, body=b"\x93\x01\x02\x03") for entry in read_entries(file, key)])

    assert kept(tmp_path / "facts", found(folder))[0] == first


def test_a_folder_or_a_link_in_the_place_of_a_file_is_no_error_to_begin_with(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "1-0.msgpack").symlink_to(tmp_path / "nowhere")
    assert kept(tmp_path / "facts", found(folder))[1] == 5
    assert not (tmp_path / "nowhere").exists()


def test_what_a_killed_build_left_half_written_goes(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "1-0.msgpack.partial-1").write_bytes(b"half")
    kept(tmp_path / "facts", found(folder))
    assert [path.name for path in (tmp_path / "facts").iterdir()] == ["1-0.msgpack"]


def test_a_document_that_cannot_be_read_is_tried_again(tmp_path: Path, folder: Path) -> None:
    gone = [Document(folder / "a.json", "a.json"), Document(folder / "z.json", "z.json")]
    facts, _ = kept(tmp_path / "facts", gone)
    assert "cannot be read" in facts[1].problems[0].what
    titled(folder, z="Nokia grows")
    assert kept(tmp_path / "facts", gone)[1] == 1


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "facts").write_text("")
    with pytest.raises(UnwritableError, match="cannot be written"):
        kept(tmp_path / "facts", found(folder))


def test_progress_ends_with_all_documents(tmp_path: Path, folder: Path) -> None:
    steps: list[tuple[str, int, int | None]] = []
    extract_cached(
        open_store(tmp_path / "facts", RULES, key_of(RULES)), found(folder), InProcessExecutor(), lambda *step: steps.append(step)
    )
    assert steps[-1] == ("reading documents", 5, 5)


# --- buckets


def test_documents_are_shared_out_over_a_power_of_two_of_buckets() -> None:
    buckets = partition_documents(names(1000))
    assert {bucket.of for bucket in buckets} == {4}
    assert sorted(one.source for bucket in buckets for one in bucket.documents) == sorted(one.source for one in names(1000))


def test_a_few_documents_are_one_bucket() -> None:
    assert [len(bucket.documents) for bucket in partition_documents(names(250))] == [250]


def test_a_feed_counts_by_its_size(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_bytes(b" " * 3_000_000)
    assert partition_documents([Document(tmp_path / "feed.jsonl", "feed.jsonl")])[0].of == 2


@pytest.mark.parametrize("of", [1, 2, 4, 8, 16])
def test_the_files_of_another_layout_that_may_hold_a_document_are_known(of: int) -> None:
    for source in (f"{number}.md" for number in range(40)):
        bucket = Partition(partition_number(source, 4), 4, ())
        holds = Partition(partition_number(source, of), of, ())
        assert holds.name in list(relatives(bucket, [of]))


def test_two_workers_fill_the_same_files(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("newsgraph.extraction_cache.partitions"), "SIZE", 2)
    extract_cached(open_store(tmp_path / "one", RULES, key_of(RULES)), found(folder), InProcessExecutor())
    extract_cached(open_store(tmp_path / "two", RULES, key_of(RULES)), found(folder), ProcessExecutor(2))
    one, two = ({path.name: entries_in(path) for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def entries_in(path: Path) -> list[CacheEntry]:
    """Return the entries of a file without the states of their documents, of which nothing is known in the first seconds."""
    return [msgspec.structs.replace(entry, state=()) for entry in read_entries(path, key_of(RULES))]


class Frail:
    """An executor whose worker dies by some documents, or by any bucket of several."""

    def __init__(self, *guilty: str, alone: bool = True) -> None:
        """Take the documents that kill; where it is not by them `alone`, they kill in a bucket only."""
        self._guilty = set(guilty)
        self._alone = alone

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """Give up the parts that hold what kills."""
        for part in parts:
            inside = {one.source for one in part.documents} - part.left_out if isinstance(part, Partition) else set[str]()
            if isinstance(part, Document) and self._alone:
                inside = {part.source}
            yield part, None if inside & self._guilty else function(part)


def test_a_document_that_kills_what_reads_it_is_left_out_and_told(tmp_path: Path, folder: Path) -> None:
    facts, _ = extract_cached(open_store(tmp_path / "facts", RULES, key_of(RULES)), found(folder), Frail("b.json", "d.json"))
    problems = [problem for one in facts for problem in one.problems]
    assert [(one.source, one.severity) for one in sorted(problems)] == [("b.json", Severity.DOCUMENT), ("d.json", Severity.DOCUMENT)]
    assert "crashed the process that read it 3 times" in problems[0].line()


def test_where_no_document_kills_by_itself_its_whole_bucket_is_left_out(tmp_path: Path, folder: Path) -> None:
    facts, _ = extract_cached(open_store(tmp_path / "facts", RULES, key_of(RULES)), found(folder), Frail("b.json", alone=False))
    assert [len(one.problems) for one in facts] == [1] * 5


def test_a_document_that_was_left_out_is_tried_again_by_the_next_build(tmp_path: Path, folder: Path) -> None:
    extract_cached(open_store(tmp_path / "facts", RULES, key_of(RULES)), found(folder), Frail("b.json"))
    assert kept(tmp_path / "facts", found(folder)) == (list(extract_in_process(found(folder), RULES)), 1)
