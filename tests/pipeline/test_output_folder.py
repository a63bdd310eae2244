"""The folder `output/` of a clone: its README is in git, what is built is not, and neither disturbs the other."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from folders import titled
from newsgraph.cli.app import main
from newsgraph.export import DEFAULT_FORMATS, FILES, FORMAT_FILES

README = ROOT / "output" / "README.md"


def run(*arguments: str | Path) -> tuple[int, str]:
    """Run a command in this process and return its exit code and what it prints."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_builds_leave_the_readme_as_it_is_and_it_does_not_disturb_them(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "README.md").write_bytes(README.read_bytes())
    titled(tmp_path / "in", a="Sanofi buys Owkin for $5 million", b="Nokia sues Nvidia")
    build = ("build", tmp_path / "in", "-o", output, "--extractor", "rules", "-q")
    assert run(*build, "--format", "turtle,csv") == (0, "")
    assert (output / "csv" / "nodes.csv").is_file()
    titled(tmp_path / "in", c="Toyota said it grew")
    assert run(*build, "--format", "turtle", "--fresh") == (0, "")
    assert "Toyota" in (output / "csv" / "nodes.csv").read_text("utf-8")
    assert run("verify", output, "-q") == (0, "")
    assert (output / "README.md").read_bytes() == README.read_bytes()


def test_no_format_writes_a_readme() -> None:
    assert [name for name in FILES if name.endswith(".md")] == []


def test_the_readme_names_the_files_of_a_build_without_options() -> None:
    text = README.read_text(encoding="utf-8")
    # network.html is about to be written on request only, so the page does not promise it
    made = [name.partition("/")[0] for made in ("iris", *DEFAULT_FORMATS) for name in FORMAT_FILES[made] if name != "network.html"]
    assert [name for name in made if f"`{name}" not in text] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no git checkout")
def test_git_holds_the_readme_and_ignores_what_is_built() -> None:
    def ignored(name: str) -> bool:
        return subprocess.run(["git", "check-ignore", "-q", "--no-index", name], cwd=ROOT, check=False).returncode == 0

    assert not ignored("output/README.md")
    assert all(ignored(f"output/{name}") for name in ("graph.ttl", "tables/events.parquet", ".newsgraph/build.json"))
