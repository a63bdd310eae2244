"""What the README and the pages in docs/ show is what newsgraph does: their commands and Python run, and print what stands there.

Blocks marked `console` hold commands after `$ `, and below each what it prints; a line `...` stands for any lines. They run
in a folder that holds `seeds/` and, as a reader's own files, `news/`, `gold.jsonl`, `companies.csv` and `ignore.txt`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from newsgraph.cli.app import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = "\n".join([README, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RUN = ("newsgraph ", "python -m newsgraph", "cat ", "ls ")
# They fetch, install or run this very suite.
SKIPPED = ("pip install", "python3 -m venv", ".venv/bin/", "git clone", "cd ", ".ci/run", "python benchmarks/", "jupyter")


@dataclass(frozen=True)
class Command:
    """A command of the README and the lines shown below it."""

    text: str
    shown: tuple[str, ...]


def blocks(text: str, language: str) -> list[str]:
    """Give the fenced blocks of one language."""
    return [body for name, body in FENCE.findall(text) if name == language]


def commands(text: str) -> Iterator[Command]:
    """Read the commands of all console blocks."""
    for block in blocks(text, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.replace("\\\n", " ").rstrip("\n").split("\n")
            yield Command(command, tuple(line.rstrip() for line in shown))


def starts(command: Command, words: tuple[str, ...]) -> bool:
    """Tell whether a command begins with one of some words."""
    return command.text.startswith(words)


def missing(shown: tuple[str, ...], printed: str) -> list[str]:
    """List the lines that are shown but not printed, in this order."""
    lines = iter([line.rstrip() for line in printed.split("\n")])
    return [line for line in shown if line not in {"...", ""} and line not in lines]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folder of a reader."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "seeds", folder / "news")
    seed = next((ROOT / "seeds").iterdir())
    gold = {
        "doc": seed.name,
        "part": "main",
        "title": "",
        "excerpt": "",
        "companies": [{"name": "Owkin", "surfaces": ["Owkin"]}],
        "events": [],
    }
    (folder / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    (folder / "companies.csv").write_text("name,aliases,ticker\nSanofi,,SNY\n", encoding="utf-8")
    (folder / "ignore.txt").write_text("Drugmaker\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """Make an environment in which this Python's own commands come first."""
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "120",
        "PYTHONWARNINGS": "error",
    }


def test_the_readme_shows_the_two_commands_of_a_new_user() -> None:
    shown = [command.text for command in commands(README)]
    assert any(text.startswith("python3 -m venv") and text.endswith("newsgraph build seeds/") for text in shown)
    assert any(text.startswith("python3 -m venv") and text.endswith("pytest") for text in shown)


def test_every_command_is_one_that_this_test_runs_or_skips_by_rule() -> None:
    assert [command.text for command in commands(PAGES) if not starts(command, RUN + SKIPPED)] == []


def test_every_command_runs_and_prints_what_is_shown(folder: Path, environment: dict[str, str]) -> None:
    problems = []
    for command in commands(PAGES):
        if starts(command, RUN):
            result = subprocess.run(["bash", "-c", command.text], cwd=folder, env=environment, capture_output=True, text=True, check=False)
            if result.returncode:
                problems.append(f"{command.text}: {result.stdout}{result.stderr}")
            problems += [f"{command.text}: prints no {line!r}" for line in missing(command.shown, result.stdout + result.stderr)]
    assert problems == []


def test_the_python_that_is_shown_runs(folder: Path, environment: dict[str, str]) -> None:
    code = "\n".join(blocks(PAGES, "python"))
    assert "import newsgraph" in code
    result = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def options() -> list[str]:
    """List what the command line takes: `build`, `build --output` ..."""
    assert isinstance(main, click.Group)
    words = []
    for name, command in main.commands.items():
        words.append(f"newsgraph {name}")
        words += [max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)]
    return sorted({*words, *(max(p.opts, key=len) for p in main.params if isinstance(p, click.Option))})


@pytest.mark.parametrize("word", options())
def test_every_command_and_option_is_described(word: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", PAGES)


def test_the_check_of_the_project_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").split("\n")
    lines = [line for line in script if ".venv" in line]
    shown = [command.text for command in commands(README)]
    assert lines
    assert [line for line in lines if line not in shown] == []


# --- the reading of a README itself


def test_a_command_keeps_what_is_shown_below_it() -> None:
    text = "```console\n$ newsgraph a \\\n  b\none\n...\n$ newsgraph c\n```\n"
    assert list(commands(text)) == [Command("newsgraph a    b", ("one", "...")), Command("newsgraph c", ())]


def test_a_shown_line_that_is_not_printed_is_missed() -> None:
    assert missing(("one", "...", "three", "two"), "one\ntwo\nthree\n") == ["two"]
