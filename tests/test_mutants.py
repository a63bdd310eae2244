"""The script that tries mutants, on a package of one module: what it catches, what survives, and what is counted out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MODULE = '''
"""Docstrings have no mutants."""


def is_small(number):
    """Return whether a number has one digit; what lies at the limit is not tested."""
    return number < 10


def rest(number):
    """Return what is left when threes are taken away; without the one line that does it there is no end."""
    while number >= 3:
        number -= 3
    return number


def untested(number):
    """Return something that no test asks for."""
    return number + 1
'''
TESTS = """
from tiny.sizes.limits import is_small, rest


def test_small():
    assert is_small(0)
    assert not is_small(50)


def test_rest():
    assert [rest(number) for number in range(5)] == [0, 1, 2, 0, 1]


def test_that_fails_anyhow():
    assert False
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        "src/tiny/__init__.py": "", "src/tiny/sizes/__init__.py": "", "src/tiny/sizes/limits.py": MODULE, "tests/sizes/test_limits.py": TESTS,
        "equivalent.csv": 'module,function,change,reason\nsizes/limits.py,untested,any + 1 -> any - 1,"nobody asks, whatever the name"\n',
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "mutants.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def tiny(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(
        "sizes", "--tree", str(tree), "--package", "tiny", "--equivalent", str(tree / "equivalent.csv"), "--sample", "99", *arguments
    )


def test_a_mutant_is_caught_and_one_that_no_test_looks_at_survives(tree: Path) -> None:
    told = tiny(tree, "--patience", "0.5", "--json", str(tree / "results.json"), "--least", "95")

    assert told.returncode == 1, told.stderr
    rows = json.loads((tree / "results.json").read_text())["mutants"]
    outcomes = {name: {row["outcome"] for row in rows if row["function"] == name} for name in ("is_small", "rest", "untested")}
    assert outcomes["rest"] == {"caught"}
    assert "survived" in outcomes["is_small"]
    assert "caught" not in outcomes["untested"]
    assert all(row["by"].startswith("tests/sizes/test_limits.py::") for row in rows if row["outcome"] == "caught")
    assert any(row["by"].endswith("does not end") for row in rows)
    assert "test_that_fails_anyhow" in told.stderr
    assert "all of sizes" in told.stdout
    assert (tree / "src/tiny/sizes/limits.py").read_text() == MODULE

    again = tiny(tree, "--again", str(tree / "results.json"), "--list")
    assert again.returncode == 0


def test_the_same_mutants_are_taken_whatever_local_variables_are_called(tree: Path) -> None:
    before = tiny(tree, "--list", "--seed", "3").stdout.splitlines()
    (tree / "src/tiny/sizes/limits.py").write_text(MODULE.replace("number", "figure"), encoding="utf-8")
    after = tiny(tree, "--list", "--seed", "3").stdout.splitlines()

    assert len(before) > 6
    assert [line.replace("number", "figure") for line in before] == after
    assert not any("Docstrings" in line or "has one digit" in line for line in before)
    assert tiny(tree, "--list", "--seed", "4").stdout.splitlines() != after


def test_a_mutant_is_counted_out_for_a_reason_only(tree: Path) -> None:
    lines = [line for seed in range(8) for line in tiny(tree, "--list", "--seed", str(seed)).stdout.splitlines() if "number - 1" in line]
    assert lines
    assert all(line.endswith("(equivalent)") for line in lines)

    (tree / "equivalent.csv").write_text("module,function,change,reason\nsizes/limits.py,untested,any + 1 -> any - 1,\n", encoding="utf-8")
    assert "no reason is given" in tiny(tree, "--list").stderr
