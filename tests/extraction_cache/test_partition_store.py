"""The folder of what was read: which files are taken for ours, which documents are read again, and who fills and reads it back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from folders import titled
from newsgraph.core.errors import InputError, UnwritableError
from newsgraph.core.model import Problem, Severity
from newsgraph.extraction_cache import DocumentFacts, ExtractionSettings, key_of, open_store
from newsgraph.extraction_cache.cache_entries import CacheEntry, InvalidEntryError, decode, encode, read_entries, write_entries
from newsgraph.extraction_cache.document_facts import read_documents
from newsgraph.extraction_cache.partition_store import FilledPartition, PartitionStore, fill_partition, load_partition, remove_stale
from newsgraph.extraction_cache.partitions import Partition, file_name, partition_documents, partition_number, relatives, weight
from newsgraph.ingest import Document, DocumentContent, fetch
from newsgraph.ingest.document_finder import FeedPiece
from newsgraph.storage import file_states

RULES = ExtractionSettings("rules")
KEY = key_of(RULES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return titled(tmp_path / "in", a="Sanofi buys Owkin", b="Nokia sues Nvidia", c="Toyota said it grew")


def documents(folder: Path, *names: str) -> tuple[Document, ...]:
    return tuple(Document(folder / f"{name}.json", f"{name}.json") for name in names)


def store(folder: Path, *layouts: int, key: str = KEY, fresh: bool = False) -> PartitionStore:
    folder.mkdir(exist_ok=True)
    return PartitionStore(folder, RULES, key, layouts, fresh)


def titles(found: Sequence[DocumentFacts]) -> list[str]:
    return [reading.article.title for one in found for reading in one.readings]


# --- what lies in the folder


def test_only_our_files_tell_how_many_there_were(tmp_path: Path) -> None:
    ours = ["1-0.msgpack", "4-3.msgpack", "8-1.msgpack.partial-77", "16-03.msgpack", "67108864-1.msgpack"]
    others = [
        "0-0.msgpack", "3-0.msgpack", "6-1.msgpack", "134217728-1.msgpack", "2-1.msgpack.bak", "x2-1.msgpack", "2-1.partial-1", "32-x.msgpack",
        "notes.txt",
    ]  # fmt: skip
    for name in (*ours, *others):
        (tmp_path / name).write_bytes(b"")
    opened = open_store(tmp_path, RULES, KEY)

    assert opened.layouts == (1, 4, 8, 16, 67108864)
    assert (opened.folder, opened.settings, opened.key, opened.fresh) == (tmp_path, RULES, KEY, False)
    assert open_store(tmp_path, RULES, KEY, fresh=True).fresh


def test_the_folder_is_made_and_known_from_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_store(Path("deep/facts"), RULES, KEY).folder == tmp_path / "deep" / "facts"
    assert open_store(Path("deep/facts"), RULES, KEY).folder.is_dir()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableError, match="file"):
        open_store(tmp_path / "file", RULES, KEY)
    with pytest.raises(UnwritableError, match="file/facts"):
        open_store(tmp_path / "file" / "facts", RULES, KEY)


def test_files_of_ours_that_nobody_wants_go_and_others_stay(tmp_path: Path) -> None:
    wanted = Partition(1, 4, ())
    for name in (
        wanted.name,
        "4-2.msgpack",
        "8-1.msgpack",
        "4-1.msgpack.partial-7",
        "names.memo.partial-12",
        "names.memo",
        "notes.txt",
        "4-2.msgpack.bak",
    ):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "2-1.msgpack").mkdir()  # cannot be removed as a file is
    remove_stale(store(tmp_path), [wanted])

    assert sorted(path.name for path in tmp_path.iterdir()) == ["2-1.msgpack", "4-1.msgpack", "4-2.msgpack.bak", "names.memo", "notes.txt"]


# --- filling and reading back


def test_a_partition_is_filled_in_the_order_of_its_documents(tmp_path: Path, folder: Path) -> None:
    partition = Partition(0, 1, documents(folder, "b", "a"))
    shelf = store(tmp_path / "facts")

    assert fill_partition(partition, shelf) == FilledPartition(2, 2)
    assert titles(load_partition(partition, shelf)) == ["Nokia sues Nvidia", "Sanofi buys Owkin"]
    assert fill_partition(partition, shelf) == FilledPartition(2, 0)

    turned = Partition(0, 1, documents(folder, "a", "c", "b"))
    assert fill_partition(turned, shelf) == FilledPartition(3, 1)
    assert titles(load_partition(turned, shelf)) == ["Sanofi buys Owkin", "Toyota said it grew", "Nokia sues Nvidia"]


def test_a_document_that_changed_is_read_and_one_that_did_not_is_not(tmp_path: Path, folder: Path) -> None:
    partition, shelf = Partition(0, 1, documents(folder, "a", "b")), store(tmp_path / "facts")
    fill_partition(partition, shelf)
    titled(folder, b="Nokia sues Toyota")

    assert fill_partition(partition, shelf) == FilledPartition(2, 1)
    assert titles(load_partition(partition, shelf)) == ["Sanofi buys Owkin", "Nokia sues Toyota"]
    assert fill_partition(partition, replace(shelf, fresh=True)) == FilledPartition(2, 2)


def test_what_lies_in_its_own_file_comes_before_what_former_ones_hold(tmp_path: Path, folder: Path) -> None:
    partition, shelf = Partition(0, 1, documents(folder, "a")), store(tmp_path / "facts", 1, 2)
    fill_partition(partition, shelf)
    (now,) = read_entries(shelf.folder / partition.name, KEY)
    old = CacheEntry(now.source, "0" * 64, now.body)
    for number in (0, 1):
        write_entries(shelf.folder / file_name(number, 2), KEY, [old])

    assert fill_partition(partition, shelf) == FilledPartition(1, 0)


def test_an_entry_of_a_document_that_could_not_be_read_is_not_taken_over(tmp_path: Path, folder: Path) -> None:
    gone = Partition(0, 1, documents(folder, "a", "z"))
    shelf = store(tmp_path / "facts")

    assert fill_partition(gone, shelf) == FilledPartition(2, 2)
    assert fill_partition(gone, shelf) == FilledPartition(2, 1)


def test_another_file_in_the_place_of_a_partitions_is_read_anew(tmp_path: Path, folder: Path) -> None:
    shelf = store(tmp_path / "facts")
    one, other = Partition(0, 2, documents(folder, "a")), Partition(1, 2, documents(folder, "b", "c"))
    for partition in (one, other):
        fill_partition(partition, shelf)
    (shelf.folder / one.name).write_bytes((shelf.folder / other.name).read_bytes())

    assert titles(load_partition(one, shelf)) == ["Sanofi buys Owkin"]
    (shelf.folder / one.name).unlink()
    assert titles(load_partition(one, shelf)) == ["Sanofi buys Owkin"]


def test_what_is_read_back_is_not_read_again(tmp_path: Path, folder: Path) -> None:
    partition, shelf = Partition(0, 1, documents(folder, "a", "b")), store(tmp_path / "facts")
    fill_partition(partition, shelf)
    titled(folder, a="Another title")

    assert titles(load_partition(partition, shelf)) == ["Sanofi buys Owkin", "Nokia sues Nvidia"]


def test_a_worker_that_would_read_otherwise_ends_the_build(tmp_path: Path, folder: Path) -> None:
    partition, shelf = Partition(0, 1, documents(folder, "a")), store(tmp_path / "facts", key="of another version")
    with pytest.raises(InputError, match="the lists have changed since the build began"):
        fill_partition(partition, shelf)
    with pytest.raises(InputError, match="the same versions everywhere"):
        load_partition(partition, shelf)
    assert fill_partition(Partition(0, 1, ()), shelf) == FilledPartition(0, 0)


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (Document(Path("z.json"), "z.json"), "document"),
        (Document(Path("z.jsonl"), "z.jsonl", FeedPiece(0, 10, 0)), "lines from 1 on"),
        (Document(Path("z.jsonl"), "z.jsonl", FeedPiece(10, 10, 7)), "lines from 8 on"),
    ],
)
def test_a_document_that_broke_its_process_is_not_read_but_told(tmp_path: Path, folder: Path, document: Document, field: str) -> None:
    partition = Partition(0, 1, (*documents(folder, "a"), document), frozenset({document.name}))
    shelf = store(tmp_path / "facts")

    assert fill_partition(partition, shelf) == FilledPartition(2, 2)
    read, broken = load_partition(partition, shelf)
    assert titles([read]) == ["Sanofi buys Owkin"]
    (problem,) = broken.problems
    assert (broken.source, broken.sha256, broken.readings) == (document.name, "", ())
    assert (problem.source, problem.field, problem.severity) == (document.source, field, Severity.DOCUMENT)


# --- entries


def test_an_entry_is_what_was_read(folder: Path) -> None:
    (facts,) = read_documents(documents(folder, "a"), RULES)
    broken = DocumentFacts("z.json", "", problems=(Problem("z.json", "document", "is gone", "Find it", Severity.DOCUMENT),))

    assert (encode(facts).source, encode(facts).sha256) == (facts.source, facts.sha256)
    assert [decode(encode(one)) for one in (facts, broken)] == [facts, broken]


NO_TEXT = b"\xa1\xff"  # one byte that is no UTF-8, where a text is to be


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x93\x01\x02\x03", b"\x92\x01\x02", b"\x92\x90\x91\x95" + NO_TEXT * 5])
def test_an_entry_of_something_else_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidEntryError, match=r"."):
        decode(CacheEntry("a", "b", body))


def test_a_file_gives_its_entries_under_its_key_only(tmp_path: Path) -> None:
    entries = [CacheEntry("a.json", "1" * 64, b"one"), CacheEntry("b.json", "2" * 64, b"two\n")]
    write_entries(tmp_path / "1-0.msgpack", KEY, iter(entries))

    assert read_entries(tmp_path / "1-0.msgpack", KEY) == entries
    assert read_entries(tmp_path / "1-0.msgpack", KEY[:-1]) == []
    assert read_entries(tmp_path / "2-0.msgpack", KEY) == []
    assert read_entries(tmp_path, KEY) == []
    assert [path.name for path in tmp_path.iterdir()] == ["1-0.msgpack"]


@pytest.mark.parametrize("payload", [b"\x91\x05", b"", b"\xc1", b"\x91\x93" + NO_TEXT * 2 + b"\xc4\x00"])
def test_a_file_that_holds_no_entries_gives_none(tmp_path: Path, payload: bytes) -> None:
    path = tmp_path / "1-0.msgpack"
    path.write_bytes(f"newsgraph-facts {KEY} {hashlib.sha256(payload).hexdigest()}\n".encode() + payload)
    assert read_entries(path, KEY) == []
    write_entries(path, KEY, [])
    assert path.read_bytes().startswith(f"newsgraph-facts {KEY} ".encode())


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "1-0.msgpack"
    write_entries(path, KEY, [CacheEntry("a.json", "1", b"old")])

    def refuse(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UnwritableError, match="No space left on device") as told:
        write_entries(path, KEY, [CacheEntry("a.json", "1", b"new")])
    assert str(told.value).startswith(f"{tmp_path}:")
    assert [entry.body for entry in read_entries(path, KEY)] == [b"old"]
    assert [one.name for one in tmp_path.iterdir()] == ["1-0.msgpack"]


def test_a_link_in_the_place_of_a_half_written_file_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.extraction_cache.cache_entries.os.getpid", lambda: 7)
    (tmp_path / "mine").write_text("precious")
    (tmp_path / "1-0.msgpack.partial-7").symlink_to(tmp_path / "mine")
    write_entries(tmp_path / "1-0.msgpack", KEY, [])

    assert (tmp_path / "mine").read_text() == "precious"
    assert not (tmp_path / "1-0.msgpack.partial-7").is_symlink()


# --- partitions


def many(count: int) -> list[Document]:
    return [Document(Path(f"{number}.md"), f"{number}.md") for number in range(count)]


@pytest.mark.parametrize(("count", "of"), [(1, 1), (250, 1), (251, 2), (500, 2), (501, 4), (1000, 4), (1001, 8)])
def test_there_are_as_many_partitions_as_hold_250_documents_each(count: int, of: int) -> None:
    partitions = partition_documents(many(count))

    assert {one.of for one in partitions} == {of}
    assert [one.number for one in partitions] == list(range(of))
    assert all(partition_number(document.name, of) == one.number for one in partitions for document in one.documents)
    assert all(list(one.documents) == sorted(one.documents, key=many(count).index) for one in partitions)


def test_no_documents_have_no_partitions() -> None:
    assert partition_documents([]) == []
    assert [one.number for one in partition_documents([Document(Path("a"), "a", FeedPiece(0, 8000 * 1000, 0))])] == [
        partition_number("a#0", 8)
    ]


def test_a_number_stays_when_partitions_are_cut_in_two() -> None:
    for document in many(50):
        assert partition_number(document.name, 1) == 0
        assert partition_number(document.name, 8) & 3 == partition_number(document.name, 4)
    assert {partition_number(document.name, 4) for document in many(50)} == {0, 1, 2, 3}


def test_names_of_files_sort_by_number() -> None:
    assert [file_name(0, 1), file_name(3, 8), file_name(3, 16), file_name(15, 16)] == [
        "1-0.msgpack", "8-3.msgpack", "16-03.msgpack", "16-15.msgpack",
    ]  # fmt: skip
    assert Partition(3, 16, ()).name == "16-03.msgpack"


def test_relatives_are_the_files_of_all_layouts_that_may_hold_its_documents() -> None:
    assert list(relatives(Partition(1, 4, ()), [16, 1, 4, 2, 8])) == [
        "1-0.msgpack", "2-1.msgpack", "4-1.msgpack", "8-1.msgpack", "8-5.msgpack",
        "16-01.msgpack", "16-05.msgpack", "16-09.msgpack", "16-13.msgpack",
    ]  # fmt: skip


def test_a_feed_weighs_by_its_size_and_any_other_document_as_one(tmp_path: Path) -> None:
    for name, size in {"a.jsonl": 7999, "b.jsonl": 8000, "c.JSONL": 16_000, "d.json": 80_000}.items():
        (tmp_path / name).write_bytes(b" " * size)
    assert [weight(Document(tmp_path / name, name)) for name in ("a.jsonl", "b.jsonl", "c.JSONL", "d.json", "gone.jsonl")] == [
        1,
        2,
        3,
        1,
        1,
    ]
    assert [weight(Document(tmp_path / "b.jsonl", "b.jsonl", FeedPiece(0, size, 0))) for size in (0, 7999, 8000, 24_000)] == [1, 1, 2, 4]


def test_a_file_that_is_as_it_was_is_not_opened_and_every_other_one_is(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_states, "SETTLING", -(10**18))
    shelf, partition = store(tmp_path / "facts"), Partition(0, 1, documents(folder, "a", "b", "c"))
    opened: list[str] = []

    def fetched(document: Document) -> DocumentContent:
        opened.append(document.name)
        return fetch(document)

    def filled(**options: bool) -> tuple[int, list[str]]:
        opened.clear()
        return fill_partition(partition, replace(shelf, **options)).read, list(opened)  # type: ignore[arg-type]

    monkeypatch.setattr(import_module("newsgraph.extraction_cache.document_facts"), "fetch", fetched)
    assert filled() == (3, ["a.json", "b.json", "c.json"])
    assert filled() == (0, [])
    (folder / "b.json").write_bytes((folder / "b.json").read_bytes().replace(b"Nokia", b"Nikoa"))
    os.utime(folder / "c.json")
    assert filled() == (1, ["b.json", "c.json"])
    assert filled() == (0, [])
    assert filled(fresh=True) == (3, ["a.json", "b.json", "c.json"])
    monkeypatch.setattr(file_states, "SETTLING", 10**18)
    assert filled() == (0, ["a.json", "b.json", "c.json"])
