"""What the README, the pages in docs/ and examples/README.md show is what newsgraph does: their commands and Python run and print it.

Blocks marked `console` hold commands after `$ `, and below each what it prints; a line `...` stands for any lines. A server, whose command
ends with `&`, runs until the end of its page, at a free port. Each page
runs by itself in a copy of what a fresh clone holds, so no command can depend on a file that is not in the repository. What a page
says to save as a file is saved first.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from newsgraph.cli.app import main

ROOT = Path(__file__).parent.parent
NAMES = ("README.md", *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")), "examples/README.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in NAMES}
README = TEXTS["README.md"]
PAGES = "\n".join(TEXTS.values())
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RUN = ("newsgraph ", "python -m newsgraph", "cat ", "ls ", "curl ")
# Pages to look things up in, or with figures alone.
REFERENCE = {f"docs/{name}.md" for name in ("api", "architecture", "data", "glossary", "limits", "quality")}
# What of a clone no shown command reads, left out to copy less.
UNREAD = ("src", "tests", "viewer", "benchmarks", "training/reader", "training/tagger", "training/texts/labels", "training/texts/marked")
PORT = 8000  # of the servers that pages show
# What a page needs beside the library, by the name of its import.
EXTRAS = {"docs/language-models.md": "mcp"}
LONGEST = 300  # seconds that one command may take
# They fetch, install or run this very suite.
SKIPPED = ("pip install", "python3 -m venv", ".venv/bin/", "git clone", "cd ", ".ci/run", "python benchmarks/", "jupyter")


SAVED = re.compile(r"Save this as `([^`]+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


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


def can_run(command: Command) -> bool:
    """Tell whether a command is to be run here: a source archive has no texts for training."""
    return starts(command, RUN) and ("training/" not in command.text or (ROOT / "training").exists())


def missing(shown: tuple[str, ...], printed: str) -> list[str]:
    """List the lines that are shown but not printed, in this order."""
    lines = iter([line.rstrip() for line in printed.split("\n")])
    return [line for line in shown if line not in {"...", ""} and line not in lines]


def clone(target: Path) -> None:
    """Copy what a fresh clone holds; where git does not know the files, as in a source archive, the folders that commands use."""
    if not (ROOT / ".git").exists():
        for name in ("seeds", "examples"):
            shutil.copytree(ROOT / name, target / name)
        return
    patterns = [".", *(f":!{name}" for name in UNREAD)]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True, timeout=LONGEST
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


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


def test_the_readme_is_short_and_shows_an_article_of_ones_own() -> None:
    assert len(README.encode()) <= 9 * 1024
    assert [path for path, _ in SAVED.findall(README)] == ["my-news/deal.md"]


def test_every_command_is_one_that_this_test_runs_or_skips_by_rule() -> None:
    assert [command.text for command in commands(PAGES) if not starts(command, RUN + SKIPPED)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_page_shows_runs_in_a_fresh_clone(name: str, tmp_path: Path, environment: dict[str, str]) -> None:
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name], reason="install requirements-dev.txt")
    clone(tmp_path)
    page = TEXTS[name].replace(f"127.0.0.1:{PORT}", f"127.0.0.1:{(port := free_port())}").replace(f"--port {PORT}", f"--port {port}")
    for path, content in SAVED.findall(page):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    problems = []
    with ExitStack() as servers:
        for command in filter(can_run, commands(page)):
            if command.text.endswith(" &"):
                problems += missing(command.shown, servers.enter_context(started(command.text.removesuffix(" &"), tmp_path, environment)))
                continue
            result = run(["bash", "-c", command.text], tmp_path, environment)
            if result.returncode:
                problems.append(f"{command.text}: {result.stdout}{result.stderr}")
            problems += [f"{command.text}: prints no {line!r}" for line in missing(command.shown, result.stdout + result.stderr)]
        code = "\n".join(blocks(page, "python"))
        if code:
            problems.append(run([sys.executable, "-c", code], tmp_path, environment).stderr)
    assert "\n".join(filter(None, problems)) == ""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def started(command: str, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Start a server, wait for the line that says where it listens, yield this line, and end the server with the block."""
    environment = environment | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(["bash", "-c", f"exec {command}"], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline()
        finally:
            process.terminate()


def run(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and wait for its end, at most `LONGEST` seconds."""
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST)


def test_pages_show_commands_and_python() -> None:
    assert "import newsgraph" in "\n".join(blocks(PAGES, "python"))
    assert [name for name in NAMES if not list(commands(TEXTS[name])) and name not in REFERENCE] == []


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
