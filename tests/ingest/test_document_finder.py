"""Which files of the inputs are documents, and how they are named."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from newsgraph.core.errors import InputError
from newsgraph.core.model import Severity
from newsgraph.ingest import Document, FoundDocuments, find_documents, read_document


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\ntitle: A title\n---\n", encoding="utf-8")
    return folder


def sources(*inputs: Path) -> list[str]:
    return [document.source for document in find_documents(inputs)[0]]


def test_documents_are_named_by_their_path_below_the_input_and_sorted(tmp_path: Path) -> None:
    fill(tmp_path, "b.md", "a/z.txt", "a/b/c.yaml")

    assert sources(tmp_path) == ["a/b/c.yaml", "a/z.txt", "b.md"]


def test_every_kind_of_document_is_found_whatever_the_case_of_its_extension(tmp_path: Path) -> None:
    names = ["a.md", "b.markdown", "c.TXT", "d.yaml", "e.yml", "f.json", "g.JsonL"]
    fill(tmp_path, *names, "h.png", "j.md.bak")

    assert sources(tmp_path) == names


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", ".b.md", ".git/c.md", "d/.e/f.md")

    assert sources(tmp_path) == ["a.md"]


def test_files_of_settings_are_never_documents(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "decisions.yaml", "companies.csv", "ignore.txt", "iris.csv", "below/ignore.txt")

    assert sources(tmp_path) == ["a.md"]


@pytest.mark.parametrize("mark", [".newsgraph/lock", "tables/manifest.json"])
def test_the_output_of_a_build_is_no_news(mark: str, tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "output/graph.html", f"output/{mark}")

    found = find_documents([tmp_path])

    assert [document.source for document in found.documents] == ["a.md"]
    assert [(one.source, one.what) for one in found.passed_over] == [("output/", "is the output of a build")]
    with pytest.raises(InputError, match="output: is the output of a build"):
        find_documents([tmp_path / "output"])


def test_an_export_of_a_graph_is_no_news(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "exported/csv/articles.csv", "other/export.json")
    (tmp_path / "exported" / "export.json").write_text('{\n  "newsgraph": "1.0",\n  "formats": ["csv"]\n}\n', "utf-8")

    found = find_documents([tmp_path])

    assert [document.source for document in found.documents] == ["a.md", "other/export.json"]
    assert [(one.source, one.what) for one in found.passed_over] == [("exported/", "is the output of a build")]


@pytest.mark.parametrize("denied", ["stat", "open"])
def test_a_folder_that_cannot_be_entered_is_a_problem_and_stops_nothing(
    denied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may enter every folder, so that the refusal is acted here."""
    fill(tmp_path, "a.md", "locked/b.md", "locked/export.json")
    real: Callable[..., object] = Path.exists if denied == "stat" else Path.open

    def refuse(path: Path, *arguments: object, **more: object) -> object:
        if path.parent.name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *arguments, **more)

    def refuse_listing(path: Path) -> object:
        if path.name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listing(path)

    listing = Path.iterdir
    monkeypatch.setattr(Path, "exists" if denied == "stat" else "open", refuse)
    monkeypatch.setattr(Path, "iterdir", refuse_listing)
    found = find_documents([tmp_path])

    assert [document.source for document in found.documents] == ["a.md"]
    assert [problem.source for problem in found.problems] == ["locked"]


def test_a_single_file_is_named_by_its_own_name(tmp_path: Path) -> None:
    fill(tmp_path, "deep/a.md")

    assert sources(tmp_path / "deep" / "a.md") == ["a.md"]


def test_equal_names_below_two_inputs_get_the_names_of_their_inputs(tmp_path: Path) -> None:
    fill(tmp_path, "one/a.md", "one/only.md", "two/a.md")

    assert sources(tmp_path / "one", tmp_path / "two") == ["one/a.md", "only.md", "two/a.md"]


def test_equal_names_below_inputs_of_one_name_are_numbered(tmp_path: Path) -> None:
    fill(tmp_path, "x/news/a.md", "y/news/a.md")

    assert sources(tmp_path / "x" / "news", tmp_path / "y" / "news") == ["news-2/a.md", "news/a.md"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    fill(tmp_path, "a.md")

    assert sources(tmp_path, tmp_path, tmp_path / "a.md") == ["a.md"]


def test_a_loop_of_links_ends_and_a_linked_folder_is_visited_once(tmp_path: Path) -> None:
    fill(tmp_path, "real/a.md")
    (tmp_path / "real" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "another-way").symlink_to(tmp_path / "real", target_is_directory=True)

    assert sources(tmp_path) == ["real/a.md"]


def test_a_link_that_leads_back_is_told_once_and_costs_no_document(tmp_path: Path) -> None:
    fill(tmp_path, "real/a.md")
    (tmp_path / "real" / "loop").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "another-way").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")

    problems = find_documents([tmp_path, tmp_path])[1]

    assert [(problem.source, problem.what, problem.severity) for problem in problems] == [
        ("itself", "links back to itself; it was skipped", Severity.FIELD),
        ("real/loop", "links back to real; it was skipped", Severity.FIELD),
    ]


def test_a_link_that_leads_out_of_the_inputs_is_told_and_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, "outside/a.md", "input/b.md")
    (tmp_path / "input" / "more").symlink_to(tmp_path / "outside", target_is_directory=True)
    (tmp_path / "input" / "secret").symlink_to(tmp_path / "outside" / "a.md")

    found = find_documents([tmp_path / "input"])

    assert [document.source for document in found.documents] == ["b.md"]
    assert [(problem.source, problem.what, problem.severity) for problem in found.problems] == [
        (name, "is a link that leads out of the inputs; it was not read", Severity.DOCUMENT) for name in ("more", "secret")
    ]


def test_a_link_to_another_input_or_into_a_hidden_folder_is_followed(tmp_path: Path) -> None:
    fill(tmp_path, "outside/a.md", "input/b.md", "input/.kept/c.md")
    (tmp_path / "input" / "more").symlink_to(tmp_path / "outside", target_is_directory=True)
    (tmp_path / "input" / "c.md").symlink_to(tmp_path / "input" / ".kept" / "c.md")
    (tmp_path / "by-link").symlink_to(tmp_path / "input", target_is_directory=True)

    assert sources(tmp_path / "by-link") == ["b.md", "c.md"]
    assert sources(tmp_path / "input", tmp_path / "outside") == ["b.md", "c.md", "more/a.md"]


def test_a_link_that_leads_nowhere_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "gone.md")

    documents, problems, *_ = find_documents([tmp_path])

    assert documents == []
    assert [(problem.source, problem.severity) for problem in problems] == [("a.md", Severity.DOCUMENT)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_document_and_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")

    documents, (problem,), *_ = find_documents([tmp_path])

    assert documents == []
    assert (problem.source, problem.what, problem.severity) == ("a.md", "is not a regular file, so it was not read", Severity.DOCUMENT)


def test_a_folder_that_cannot_be_read_is_a_problem_and_the_rest_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.md", "locked/b.md")
    listed = Path.iterdir

    def refuse(folder: Path) -> object:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    documents, problems, *_ = find_documents([tmp_path])

    assert [document.source for document in documents] == ["a.md"]
    assert [problem.line() for problem in problems] == [
        "locked: document: cannot be read: permission denied. Grant read access to it, or remove it"
    ]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    articles, (problem,), sha256 = read_document(Document(tmp_path / "gone.md", "gone.md"))

    assert (articles, sha256) == ((), "")
    assert problem.severity is Severity.DOCUMENT
    assert "no such file" in problem.what


def test_a_name_with_a_line_break_stays_on_one_line_of_a_report(tmp_path: Path) -> None:
    fill(tmp_path, "a\nb.md")

    assert sources(tmp_path) == ["a\ufffdb.md"]


def test_an_input_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        find_documents([tmp_path / "gone"])


def test_an_input_of_another_kind_is_an_error_that_names_the_kinds(tmp_path: Path) -> None:
    fill(tmp_path, "a.png")

    with pytest.raises(InputError, match=r"\.markdown"):
        find_documents([tmp_path / "a.png"])


def test_an_empty_folder_has_no_documents_and_no_problems(tmp_path: Path) -> None:
    assert find_documents([tmp_path]) == FoundDocuments([], [], [], [])
