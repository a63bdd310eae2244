"""More than 500 hostile files of all forms in one build: nothing ends it, nothing is unnamed, nothing outside is read, no address is asked."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import newsgraph
from hostile_inputs import hostile_files
from newsgraph.ingest.dialects.registry import DIALECTS
from newsgraph.ingest.document_finder import printable
from rounds import NIGHTLY

for library in ("docx", "pyarrow", "pypdf", "striprtf", "trafilatura", "warcio"):
    pytest.importorskip(library, reason="install newsgraph[arrow,html,documents]")

NAME = "Quixolant"  # of a company in files that no build may bring in
FORM_COUNT = 500

# Runs the command and says which files it opened outside of the folders named in WATCHED_ALLOWED, and which addresses and programs it asked.
_WATCHED = """
import json, mimetypes, os, sys, zoneinfo
allowed = [*json.loads(os.environ["WATCHED_ALLOWED"]), sys.prefix, sys.base_prefix, *filter(None, sys.path), *zoneinfo.TZPATH, "/proc", "/sys", "/dev"]
allowed = tuple({os.path.realpath(place).rstrip("/") + "/" for place in allowed})
known = {*mimetypes.knownfiles, "/etc/localtime"}
asking = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request", "ftplib.connect", "smtplib.connect",
          "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "webbrowser.open"}
seen = {"outside": [], "asked": []}
def watch(event, arguments):
    if event in {"open", "sqlite3.connect", "os.listdir", "os.scandir"} and isinstance(arguments[0], (str, bytes, os.PathLike)):
        name = os.fsdecode(arguments[0])
        if name.startswith("file:"):
            name = name[5:].partition("?")[0]
        if name not in known and name != ":memory:" and not (os.path.realpath(name) + "/").startswith(allowed):
            seen["outside"].append(name)
    elif event in asking:
        seen["asked"].append(f"{event} {arguments!r:.200}")
sys.addaudithook(watch)
from newsgraph.cli.app import main
try:
    main(sys.argv[1:])
finally:
    watched = {name: sorted(set(values)) for name, values in seen.items()}
    with open(os.environ["WATCHED_RESULT"], "w") as file:
        json.dump(watched, file)
"""


class Built(NamedTuple):
    """A build of hostile files: its folder, the names of the files, what it printed, and what it opened and asked."""

    home: Path
    names: list[str]
    code: int
    printed: str
    watched: dict[str, list[str]]
    asked: int  # connections to the address that documents name


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, list[int]]]:
    """Listen at an address, and count who asks it."""
    asked = [0]
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    server.accept()[0].close()
                except OSError:
                    return
                asked[0] += 1

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, address: tuple[str, list[int]]) -> Built:
    """Build the files in a process whose opened files and connections are watched."""
    home = tmp_path_factory.mktemp("hostile-inputs")
    names = fill(home, address[0])
    code, printed = run(home, "out", workers=1)
    return Built(home, names, code, printed, json.loads((home / "watched.json").read_text()), address[1][0])


def fill(home: Path, address: str) -> list[str]:
    """Write the files, links and pipes into `in`, and what no build may read beside it; returns their names."""
    folder, outside = home / "in", home / "outside"
    for place in (folder, outside / "deep", home / "tmp"):
        place.mkdir(parents=True)
    for path in (outside / "secret.md", outside / "deep" / "a.md", home / "secret.md"):
        path.write_text(f"# {NAME} buys Bolt\n\n{NAME} said so.\n", encoding="utf-8")
    for name, data in hostile_files(str(outside / "secret.md"), address).items():
        (folder / name).write_bytes(data)
    links = {
        "link-out.md": outside / "secret.md", "link-folder": outside / "deep", "link-up": home, "link-system.txt": Path("/etc/passwd"), "link-gone.md": home / "gone.md",
        "link-device.json": Path("/dev/zero"), "link-memory.txt": Path("/proc/self/environ"), "link-back": folder, "link-self.md": folder / "link-self.md",
    }  # fmt: skip
    for name, target in links.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.md")
    os.mkfifo(folder / "pipe")
    (folder / "locked.md").write_text("# Halden grows")
    (folder / "locked.md").chmod(0)
    (folder / "locked").mkdir()
    (folder / "locked" / "a.md").write_text("# Halden grows")
    (folder / "locked").chmod(0)
    (folder / ("n" * 250 + ".md")).write_text("# Halden grows")
    return sorted(path.name for path in folder.iterdir())


def run(home: Path, output: str, workers: int) -> tuple[int, str]:
    """Build the folder and return the exit code and what was printed."""
    command = ["build", str(home / "in"), "-o", str(home / output), "--extractor", "none", "-f", "turtle", "-v", "--workers", str(workers)]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "TMPDIR": str(home / "tmp"), "WATCHED_RESULT": str(home / "watched.json"),
        "WATCHED_ALLOWED": json.dumps([str(home / name) for name in ("in", output, f"{output}.newsgraph", "tmp")]),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, *command], cwd=home / "tmp", capture_output=True, check=False, env=environment, timeout=500
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def test_there_are_files_of_all_forms(built: Built) -> None:
    report = json.loads((built.home / "out" / "report.json").read_text(encoding="utf-8"))
    assert len(built.names) > FORM_COUNT
    assert {dialect.name for dialect in DIALECTS} <= {row["dialect"] for row in report["dialects"]}


def test_the_build_ends_and_says_that_something_was_lost(built: Built) -> None:
    assert built.code == 1, built.printed[-3_000:]
    assert "Traceback" not in built.printed
    assert [line for line in built.printed.split("\n") if not line.isprintable()] == []


def test_every_file_is_in_the_account(built: Built) -> None:
    report = json.loads((built.home / "out" / "report.json").read_text(encoding="utf-8"))
    accounted = {row["file"].partition("/")[0] for part in ("files", "passed_over") for row in report[part]}
    assert sorted({printable(name) for name in built.names} - accounted) == []


def test_a_file_without_an_article_has_a_problem(built: Built) -> None:
    report = json.loads((built.home / "out" / "report.json").read_text(encoding="utf-8"))
    assert [row["file"] for row in report["files"] if not row["articles"] and "problems" not in row] == []


def test_nothing_outside_of_the_inputs_is_read(built: Built) -> None:
    assert built.watched["outside"] == []
    graph = newsgraph.load(built.home / "out")
    assert NAME not in built.printed
    for name, table in graph.tables.tables.items():
        assert NAME not in json.dumps(table.to_dicts(), default=str), name


def test_no_address_is_asked_and_no_program_started(built: Built) -> None:
    assert built.watched["asked"] == []
    assert built.asked == 0


def test_nothing_is_written_but_the_output(built: Built) -> None:
    assert {path.name for path in built.home.iterdir()} - {"out.newsgraph"} == {"in", "outside", "out", "secret.md", "tmp", "watched.json"}
    assert list((built.home / "tmp").iterdir()) == []


@pytest.mark.skipif(not NIGHTLY, reason="one build by day")
def test_two_workers_build_the_same(built: Built) -> None:
    assert run(built.home, "again", workers=2)[0] == 1
    for name in ("graph.ttl", "report.json"):
        assert (built.home / "again" / name).read_bytes() == (built.home / "out" / name).read_bytes()
