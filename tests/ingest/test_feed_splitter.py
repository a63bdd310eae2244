"""Large and packed feeds: cut into pieces, read as the whole is, up to where they break."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.graph_tables import GraphTables
from newsgraph.ingest import Document, feed_splitter, find_documents, gzip_feed, parse_document, read_document, split_feeds
from newsgraph.ingest.document_parser import DocumentReading, read_file
from newsgraph.ingest.feed_splitter import cap_problems
from newsgraph.ingest.raw_record import SourceFile
from newsgraph.pipeline.graph_build import BuildOptions, build, build_counted

SMALL = 200


def lines(count: int, first: int = 0) -> str:
    rows = (
        {"title": f"Zorvex buys unit {n} of Acme Corp", "webUrl": f"https://a.example/{n}", "excerpt": "é" * (n % 50)}
        for n in range(first, first + count)
    )
    return "".join(f"{json.dumps(row, ensure_ascii=n % 2 == 0)}\n" for n, row in enumerate(rows))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small feeds be large ones."""
    monkeypatch.setattr(feed_splitter, "WHOLE", SMALL)
    monkeypatch.setattr(feed_splitter, "PIECE", SMALL)
    monkeypatch.setattr(feed_splitter, "_CHUNK", 64)
    monkeypatch.setattr(gzip_feed, "_CHUNK", 16)


def written(folder: Path, data: bytes, name: str = "feed.jsonl") -> Document:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return find_documents([folder])[0][0]


def rows(graph: GraphTables, *without: str) -> dict[str, list[dict[str, object]]]:
    return {name: graph[name].to_dicts() for name in graph.tables if name not in without}


def broken(count: int) -> bytes:
    return "".join(f"{lines(1, n)}{{broken {n}\n\n" for n in range(count)).encode()


@pytest.mark.parametrize("data", [lines(40).encode(), lines(40).encode().rstrip(b"\n"), broken(30), b"\xef\xbb\xbf" + lines(20).encode()])
def test_a_feed_in_pieces_gives_the_graph_of_the_whole(data: bytes, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    written(tmp_path / "news", data)
    whole = build_counted([tmp_path / "news"], BuildOptions(extractor="rules"))
    request.getfixturevalue("small")

    pieces = build_counted([tmp_path / "news"], BuildOptions(extractor="rules"))

    assert pieces.documents > whole.documents == 1
    assert rows(pieces.tables) == rows(whole.tables)


@pytest.mark.usefixtures("small")
def test_two_workers_read_one_feed_as_one_does(tmp_path: Path) -> None:
    written(tmp_path / "news", lines(60).encode())

    one, two = (build([tmp_path / "news"], BuildOptions(extractor="rules", workers=workers)) for workers in (1, 2))

    assert rows(one) == rows(two)


@pytest.mark.usefixtures("small")
def test_a_packed_feed_gives_the_graph_of_the_feed(tmp_path: Path) -> None:
    written(tmp_path / "plain", broken(30))
    written(tmp_path / "packed", gzip.compress(broken(12)) + gzip.compress(broken(30)[len(broken(12)) :]), "feed.jsonl.gz")

    plain, packed = (build([tmp_path / name], BuildOptions(extractor="rules")) for name in ("plain", "packed"))

    told = [{**row, "source": "feed.jsonl"} for row in packed["problems"].to_dicts()]
    assert told == plain["problems"].to_dicts()
    assert rows(packed, "problems", "sources", "article_sources").keys() == rows(plain, "problems", "sources", "article_sources").keys()
    assert packed["articles"]["title"].to_list() == plain["articles"]["title"].to_list()
    assert packed["events"].to_dicts() == plain["events"].to_dicts()


@pytest.mark.usefixtures("small")
def test_a_feed_that_grew_is_read_from_its_last_piece_on(tmp_path: Path) -> None:
    options = BuildOptions(extractor="rules", cache=tmp_path / "cache")
    written(tmp_path / "news", lines(40).encode())
    build([tmp_path / "news"], options)
    written(tmp_path / "news", lines(43).encode())

    again = build_counted([tmp_path / "news"], options)

    assert 0 < again.read < again.documents / 4
    assert rows(again.tables) == rows(build([tmp_path / "news"], BuildOptions(extractor="rules")))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "data", [lines(9).encode("utf-16"), lines(9).replace("\n", "\r").encode(), lines(40).encode("latin-1"), lines(40).encode() + b"\0\n"]
)
def test_a_feed_that_is_not_plain_is_read_as_a_whole(data: bytes, tmp_path: Path) -> None:
    document = written(tmp_path, data)

    assert split_feeds([document], tmp_path).documents == (document,)


@given(st.lists(st.sampled_from([b"{}", b"", b"ab", b"\r", b"\xc3\xa9" * 90, b"x" * 250]), max_size=30), st.booleans())
def test_pieces_are_whole_lines_one_after_the_other(parts: list[bytes], end: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    data = b"\n".join(parts) + b"\n" * end
    scan = feed_splitter._Scan("feed.jsonl")  # noqa: SLF001 - the piece of work that all else stands on
    stream = io.BytesIO(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed_splitter, "PIECE", 100)
        while chunk := stream.read(37):
            scan.take(chunk)
        scan.end()

    assert b"".join(data[one.start : one.start + one.size] for one in scan.pieces) == data
    assert all(data[: one.start].count(b"\n") == one.line for one in scan.pieces)
    assert all(data[one.start - 1 : one.start] in {b"", b"\n"} for one in scan.pieces)


def test_lines_of_a_piece_are_numbered_as_in_the_feed() -> None:
    reading = read_file(SourceFile("feed.jsonl", b'{"title": "A"}\n{\n', 1_000_000))
    problems = reading.problems

    assert [article.part for article in reading.articles] == ["item[1000000]"]
    assert [problem.field for problem in problems] == ["line 1000002"]
    assert "line 1000002, column" in problems[0].what


def test_a_blank_piece_is_no_problem() -> None:
    assert read_file(SourceFile("feed.jsonl", b"\n \n", 7)) == DocumentReading(dialect="JSON Lines")


def test_problems_of_pieces_are_no_more_than_those_of_a_whole() -> None:
    data = b"{\n" * 1500
    whole = list(parse_document(data, "feed.jsonl")[1])
    pieces = [problem for at in range(0, 1500, 500) for problem in read_file(SourceFile("feed.jsonl", data[:1000], at)).problems]

    assert cap_problems(pieces) == whole


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("cut", "what"), [(-20, "breaks off"), (40, "breaks off")])
def test_what_stands_before_a_break_is_read(cut: int, what: str, tmp_path: Path) -> None:
    written(tmp_path / "news", gzip.compress(lines(300).encode())[:cut], "feed.jsonl.gz")

    graph = build([tmp_path / "news"], BuildOptions(extractor="rules"))

    told = graph["problems"].to_dicts()
    assert [row["what"] for row in told] == [f"{what}; the lines before that place were read"]
    assert (graph["articles"].height > 250) is (cut < 0)


@pytest.mark.usefixtures("small")
def test_what_stands_before_damage_is_read(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(lines(400).encode()) + gzip.compress(lines(400, 400).encode()))
    place = len(gzip.compress(lines(400).encode())) + 3
    packed[place : place + 8] = b"\xff" * 8
    written(tmp_path / "news", bytes(packed), "feed.jsonl.gz")

    graph = build([tmp_path / "news"], BuildOptions(extractor="rules"))

    assert graph["articles"].height >= 390
    assert "is damaged" in graph["problems"]["what"][0]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("count", [12, 2000])
def test_of_a_feed_with_a_wrong_check_sum_every_line_is_read(count: int, tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(lines(count).encode()))
    packed[-8] ^= 255
    document = written(tmp_path / "news", bytes(packed), "feed.jsonl.gz")

    with (tmp_path / "spooled").open("wb") as file:
        told = gzip_feed.unpack(document, file)

    assert [problem.what for problem in told.problems] == ["is damaged; the lines before that place were read"]
    assert (tmp_path / "spooled").read_bytes() == lines(count).encode()


def test_a_bomb_is_given_up_in_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzip_feed, "MAX_UNPACKED", 30_000_000)
    monkeypatch.setattr(gzip_feed, "MAX_LINE", 1_000_000)
    document = written(tmp_path / "news", gzip.compress(lines(1).encode() + b" " * 60_000_000, 1), "feed.jsonl.gz")
    target = tmp_path / "spooled"

    tracemalloc.start()
    with target.open("wb") as file:
        told = gzip_feed.unpack(document, file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [problem.what for problem in told.problems] == ["unpacks to far more than a feed; the lines before that place were read"]
    assert target.read_bytes() == lines(1).encode()
    assert peak < 10_000_000


def test_a_line_beyond_all_measure_is_left_out_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzip_feed, "MAX_LINE", 1000)
    monkeypatch.setattr(gzip_feed, "_STEP", 500)
    monkeypatch.setattr(feed_splitter, "_CHUNK", 500)
    long = json.dumps({"title": "long " * 1000}).encode() + b"\n"
    written(tmp_path / "news", gzip.compress(lines(3).encode() + long + lines(2, 3).encode()), "feed.jsonl.gz")

    graph = build([tmp_path / "news"], BuildOptions(extractor="rules"))

    assert graph["articles"].height == 5
    assert graph["problems"]["field"].to_list() == ["line 4"]


def test_a_packed_feed_is_read_by_itself_too(tmp_path: Path) -> None:
    document = written(tmp_path, gzip.compress(lines(5).encode()), "feed.jsonl.gz")

    articles, problems, _ = read_document(document)

    assert [article.part for article in articles] == [f"item[{number}]" for number in range(5)]
    assert problems == ()


def test_an_empty_packed_feed_is_told(tmp_path: Path) -> None:
    written(tmp_path / "news", b"", "feed.jsonl.gz")

    assert build([tmp_path / "news"], BuildOptions(extractor="rules"))["problems"].height == 1


def test_spooled_feeds_are_gone_in_the_end(tmp_path: Path) -> None:
    written(tmp_path / "news", gzip.compress(lines(5).encode()), "feed.jsonl.gz")
    (tmp_path / "cache" / "spool-left").mkdir(parents=True)

    build([tmp_path / "news"], BuildOptions(extractor="rules", cache=tmp_path / "cache"))

    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == ["copies.memo", "facts", "stories.memo"]
