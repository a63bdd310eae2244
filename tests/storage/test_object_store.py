"""Inputs and outputs on object storage: the same graph as from a folder, clear errors, and no secrets in them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_inputs import differing
from newsgraph.api import load
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError, MissingExtraError
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.storage.object_store import address_of, local_copy, shown_address, upload
from output_files import files

fsspec = pytest.importorskip("fsspec")

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def memory() -> Iterator[object]:
    """Give an empty file system in memory that holds the seeds."""
    system = fsspec.filesystem("memory")
    for path in SEEDS.iterdir():
        system.pipe_file(f"/bucket/news/{path.name}", path.read_bytes())
    yield system
    system.rm("/", recursive=True)


def test_an_address_is_told_from_a_path(tmp_path: Path) -> None:
    assert [address_of(Path(name)) for name in ("s3://bucket/news", "memory://x", "file:///a/b")] == [
        "s3://bucket/news",
        "memory://x",
        "file:///a/b",
    ]
    assert [address_of(name) for name in ("seeds/", "/a/b", "C:/news", tmp_path)] == [None] * 4


@pytest.mark.usefixtures("memory")
def test_a_build_between_addresses_writes_what_a_build_of_folders_writes(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "news")
    options = BuildOptions(extractor="rules")
    build_into(tmp_path / "out", [tmp_path / "news"], options, ["turtle"])

    made = build_into(Path("memory://bucket/graph"), [Path("memory://bucket/news")], options, ["turtle"])

    with local_copy(Path("memory://bucket/graph"), lambda _: True) as copy:
        assert differing(files(copy), files(tmp_path / "out")) == []
    assert len(made.files) == len(files(tmp_path / "out"))


@pytest.mark.usefixtures("memory")
def test_the_command_line_takes_addresses_and_asks_there() -> None:
    built = CliRunner().invoke(main, ["build", "memory://bucket/news", "-o", "memory://bucket/graph", "--extractor", "rules"])
    asked = CliRunner().invoke(
        main, ["query", "memory://bucket/graph", "SELECT (COUNT(?a) AS ?n) WHERE { ?a a schema:NewsArticle }", "--output-format", "csv"]
    )

    assert (built.exit_code, built.stderr) == (0, "")
    assert load("memory://bucket/graph").articles.height == 8
    assert (asked.exit_code, asked.stdout) == (0, "n\n8\n")


def test_a_file_address_is_a_place_too(tmp_path: Path) -> None:
    build_into(Path(f"file://{tmp_path}/out"), [Path(f"file://{SEEDS}")], BuildOptions(extractor="rules"), ["turtle"])

    assert load(tmp_path / "out").articles.height == 8


def test_files_of_the_graph_are_put_up_after_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("graph.ttl", "iris.csv", "tables/a.parquet", ".newsgraph/build.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    put: list[str] = []
    system = fsspec.filesystem("memory")
    monkeypatch.setattr(type(system), "put_file", lambda _, local, target: put.append(f"{target} {Path(local).name}"))

    upload(tmp_path, "memory://bucket/out")

    assert put == ["/bucket/out/iris.csv iris.csv", "/bucket/out/tables/a.parquet a.parquet", "/bucket/out/graph.ttl graph.ttl"]


def test_an_empty_place_is_told() -> None:
    with pytest.raises(InputError, match=r"memory://nowhere/news: is empty\."):
        build([Path("memory://nowhere/news")], BuildOptions(extractor="rules"))


def test_an_unknown_kind_of_address_is_told() -> None:
    with pytest.raises(InputError, match=r"nonsense://a/b: cannot be read \(ValueError\)"):
        build([Path("nonsense://a/b")], BuildOptions(extractor="rules"))


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)

    with pytest.raises(
        MissingExtraError, match=r"s3://bucket/news: needs the package s3fs\. Install it with: pip install 'newsgraph\[s3\]'"
    ):
        build([Path("s3://bucket/news")], BuildOptions(extractor="rules"))


def test_fsspec_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)

    with pytest.raises(MissingExtraError, match=r"needs the package fsspec"):
        build([Path("memory://bucket/news")], BuildOptions(extractor="rules"))


def test_secrets_of_an_address_are_not_shown() -> None:
    assert shown_address("s3://key:secret@bucket/news?token=x") == "s3://bucket/news"
    with pytest.raises(InputError) as told:
        build([Path("nonsense://key:secret@bucket/news")], BuildOptions(extractor="rules"))
    assert "secret" not in str(told.value)


# --- addresses, copies and uploads by themselves


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("s3:/bucket/news", "s3://bucket/news"),  # as a path has it
        ("file:/a/b", "file:///a/b"),
        ("file:///a/b", "file:///a/b"),
        ("abc+d.e-f0://x", "abc+d.e-f0://x"),
        ("memory:///x", "memory://x"),
        ("S3://bucket", None),
        ("3s://bucket", None),
        ("s3:bucket", None),
        ("news/s3://bucket", None),
    ],
)
def test_what_an_address_looks_like(place: str, address: str | None) -> None:
    assert address_of(place) == address


def test_a_path_that_is_there_is_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert address_of("memory:/news") == "memory://news"
    Path("memory:/news").mkdir(parents=True)
    assert address_of("memory:/news") is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("s3://bucket/news", "s3://bucket/news"),
        ("s3://me@bucket/a@b", "s3://bucket/a@b"),
        ("https://host/a?token=x?y", "https://host/a"),
    ],
)
def test_an_address_is_shown_without_what_gives_access(address: str, shown: str) -> None:
    assert shown_address(address) == shown


def test_a_folder_of_this_machine_is_its_own_copy(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    with local_copy(tmp_path, lambda _: False) as copy:
        assert copy == tmp_path
    assert (tmp_path / "a.json").exists()


def put(**contents: str) -> None:
    """Put files into the file system in memory; `__` stands for a slash, `_` for a dot."""
    for name, text in contents.items():
        fsspec.filesystem("memory").pipe_file("/" + name.replace("__", "/").replace("_", "."), text.encode())


@pytest.mark.usefixtures("memory")
def test_a_copy_holds_the_files_that_are_wanted_and_no_hidden_ones() -> None:
    put(
        bucket__in__a_json="a", bucket__in__sub__b_json="b", bucket__in__c_txt="c", bucket__in___hidden__d_json="d", bucket__in___e_json="e"
    )
    asked: list[str] = []

    def wanted(name: str) -> bool:
        asked.append(name)
        return name.endswith(".json")

    with local_copy(Path("memory://bucket/in"), wanted) as copy:
        assert copy.name == "in"
        assert files(copy) == {"a.json": b"a", "sub/b.json": b"b"}
    assert not copy.exists()
    assert sorted(asked) == ["a.json", "b.json", "c.txt"]


@pytest.mark.usefixtures("memory")
def test_a_single_file_is_copied_by_its_name_whatever_is_wanted() -> None:
    put(bucket__in__a_json="a")
    with local_copy(Path("memory://bucket/in/a.json"), lambda _: False) as copy:
        assert (copy.name, copy.read_bytes()) == ("a.json", b"a")


@pytest.mark.usefixtures("memory")
def test_a_folder_is_put_up_whole_but_for_what_is_hidden(tmp_path: Path) -> None:
    for name in ("a.csv", "tables/b.csv", "tables/.c.csv", ".newsgraph/d.json", "graph.nt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    upload(tmp_path, "memory://bucket/out/")
    system = fsspec.filesystem("memory")

    assert sorted(system.find("/bucket/out")) == ["/bucket/out/a.csv", "/bucket/out/graph.nt", "/bucket/out/tables/b.csv"]
    assert system.cat_file("/bucket/out/tables/b.csv") == b"tables/b.csv"


def test_what_a_store_raises_is_told_by_its_kind_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("a")

    def refuse(*_: object, **__: object) -> None:
        message = "token=secret"
        raise PermissionError(message)

    monkeypatch.setattr(fsspec, "url_to_fs", refuse)
    with pytest.raises(InputError, match=r"memory://x: cannot be read \(PermissionError\)") as told, local_copy(Path("memory://x"), bool):
        pass
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__
    with pytest.raises(InputError, match=r"memory://x: cannot be written to \(PermissionError\)"):
        upload(tmp_path, "memory://x")


@pytest.mark.parametrize(("scheme", "package"), [("s3", "s3fs"), ("s3a", "s3fs"), ("gs", "that fsspec needs for gs://")])
def test_the_package_of_a_kind_of_address_is_named(monkeypatch: pytest.MonkeyPatch, scheme: str, package: str) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError

    monkeypatch.setattr(fsspec, "url_to_fs", missing)
    with pytest.raises(MissingExtraError, match=f"needs the package {package}"), local_copy(Path(f"{scheme}://x"), bool):
        pass


def test_a_stand_in_for_s3_is_read_and_gets_what_a_folder_gets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SEEDS, tmp_path / "news")
    options = BuildOptions(extractor="rules")
    build_into(tmp_path / "graph", [tmp_path / "news"], options, ["turtle"])
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        for name, value in {
            "ENDPOINT_URL": f"http://{host}:{port}",
            "ACCESS_KEY_ID": "a",
            "SECRET_ACCESS_KEY": "b",
            "DEFAULT_REGION": "us-east-1",
        }.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        system = fsspec.filesystem("s3")
        system.mkdir("bucket")
        system.put(str(SEEDS), "bucket/news", recursive=True)

        build_into(Path("s3://bucket/graph"), [Path("s3://bucket/news")], options, ["turtle"])

        with local_copy(Path("s3://bucket/graph"), lambda _: True) as copy:
            assert differing(files(copy), files(tmp_path / "graph")) == []
        assert load("s3://bucket/graph").articles.height == 8
    finally:
        server.stop()
