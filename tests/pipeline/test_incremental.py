"""A build into the folder of an earlier one is, byte for byte, a build from nothing, after any sequence of edits."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_inputs import NAMES
from newsgraph.core.errors import InputError
from newsgraph.pipeline.build_options import BuildOptions
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.verification import verify
from newsgraph.storage import file_states
from newsgraph.storage.folder_lock import HIDDEN
from rounds import NIGHTLY

FORMATS = ("turtle", "parquet", "explorer", "html")
VERBS = ["buys", "sues", "invests $5 million in", "names a new chief at", "opens a plant with"]
TAILS = ["in Paris", "after weeks of talks", "despite a strike", "for $3 billion", "as rivals wait"]
FIRST = datetime(2024, 5, 1, 6, tzinfo=UTC)


def story(number: int, turn: int) -> dict[str, object]:
    """Make a document that shares its story with others, in other words at each turn."""
    draw = Random(number * 97 + turn)  # noqa: S311 - the same documents at each run
    one, other = NAMES[number % 4], NAMES[(number // 4 + 1) % 6]
    verb, tail = VERBS[number % 5], draw.choice(TAILS)
    published = FIRST + timedelta(days=number % 9, hours=draw.randrange(20))
    related = [
        {"title": f"{one} {verb} {other} {draw.choice(TAILS)}", "webUrl": f"https://www.out{(number + at) % 4}.example/r/{number}-{at}",
         "publishedDateTime": (published + timedelta(hours=at)).isoformat(), "excerpt": f"{one} and {other} agreed {tail}."}
        for at in range(turn % 3)
    ]  # fmt: skip
    return {
        "title": f"{one} {verb} {other} {tail}", "excerpt": f"The deal of {one} with {other}, told {tail}, was news on Tuesday.",
        "publishedDateTime": published.isoformat(), "webUrl": f"https://www.out{number % 4}.example/{number}",
        "provider": {"name": f"Outlet {number % 4}", "domain": f"out{number % 4}.example"}, "topics": ["AI"][: number % 2], "related": related,
    }  # fmt: skip


WIRE = "{one} is buying {other} for a sum that neither side wished to name, the two told reporters in Lyon on Thursday morning after talks."


def reprint(folder: Path, number: int, turn: int) -> None:
    """Write a document with a text that others have too, or nearly."""
    text = WIRE.format(one=NAMES[turn % 2], other=NAMES[2 + turn % 3])
    document = story(number, 0) | {
        "title": f"A deal, told by outlet {number % 4}",
        "excerpt": text if turn % 2 else text.replace("sum", "price"),
    }
    path_of(folder, number).parent.mkdir(parents=True, exist_ok=True)
    path_of(folder, number).write_text(json.dumps(document), encoding="utf-8")


def path_of(folder: Path, number: int) -> Path:
    return folder / f"sub{number % 3}" / f"d{number:02}.json"


def put(folder: Path, number: int, turn: int) -> None:
    """Write a document, new or over one that is there."""
    path_of(folder, number).parent.mkdir(parents=True, exist_ok=True)
    path_of(folder, number).write_text(json.dumps(story(number, turn)), encoding="utf-8")


def move(folder: Path, number: int, turn: int) -> None:
    """Rename a document, perhaps to where another one is."""
    target = path_of(folder, (number + turn) % 40)
    target.parent.mkdir(parents=True, exist_ok=True)
    if path_of(folder, number).is_file():
        path_of(folder, number).replace(target)


def remove(folder: Path, number: int, _turn: int) -> None:
    path_of(folder, number).unlink(missing_ok=True)


def decide(folder: Path, number: int, turn: int) -> None:
    """Change what people decided."""
    one, other = f"https://www.out{number % 4}.example/{number}", f"https://www.out{turn % 4}.example/{turn}"
    choices: list[dict[str, object]] = [
        {"same": [NAMES[number % 6], NAMES[(number + 1) % 6]]}, {"not_a_company": NAMES[number % 6]}, {"same": [one, other]},
        {"different": [one, other]},
    ]  # fmt: skip
    decision: dict[str, object] = {**choices[turn % 4], "who": "me", "when": "2024-05-01", "why": "for a test"}
    (folder / "decisions.yaml").write_text(json.dumps([decision] if number % 4 else []), encoding="utf-8")


def ignore(folder: Path, number: int, _turn: int) -> None:
    """Change which names are not companies."""
    (folder / "ignore.txt").write_text(f"{NAMES[number % 6]}\n" if number % 3 else "Nobody\n", encoding="utf-8")


Step = Callable[[Path, int, int], None]
STEPS: list[Step] = [put, put, put, reprint, reprint, move, remove, decide, ignore]
SCRIPTS = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 39), st.integers(0, 5)), min_size=1, max_size=5)


def content(output: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(output.rglob("*")) if path.is_file()]
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in paths if not path.relative_to(output).parts[0].startswith(".")
    }


def build(folder: Path, output: Path, iris: Path | None, *, workers: int = 1, fresh: bool = False) -> dict[str, bytes]:
    build_into(output, [folder], BuildOptions(extractor="rules", iris=iris, new_iris=iris is None, workers=workers, fresh=fresh), FORMATS)
    return content(output)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def damage(output: Path, at: int) -> None:
    """Damage one of the files that a build keeps for the next one: cut it, change a byte, or remove it."""
    kept = sorted(path for path in (output / HIDDEN).rglob("*") if path.suffix in {".memo", ".index", ".msgpack", ".npz"})
    path = kept[at % len(kept)]
    content = bytearray(path.read_bytes())
    if content:  # not damaged so before
        content[at * 31 % len(content)] ^= 1
    path.write_bytes([bytes(content), bytes(content[: len(content) // 2]), b""][at % 3])


def test_a_folder_of_news_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Nokia buys Alcatel\n---\n")

    with pytest.raises(InputError, match="is one of the inputs"):
        build_into(tmp_path, [tmp_path], BuildOptions(extractor="rules"), FORMATS)
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@settings(max_examples=200 if NIGHTLY else 12)
@given(scripts=st.lists(SCRIPTS, min_size=1, max_size=3), kept=st.booleans(), known=st.booleans())
def test_any_edits_lead_to_the_bytes_of_a_build_from_nothing(
    scripts: list[list[tuple[Step, int, int]]], *, kept: bool, known: bool
) -> None:
    """`kept` keeps the IRIs of the first build; `known` trusts sizes and times at once, as after two seconds."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_states, "SETTLING", -(10**18) if known else 10**18)
        folder, output = Path(name) / "in", Path(name) / "out"
        for number in range(0, 40, 2):
            put(folder, number, 0)
        build(folder, output, None)
        iris = Path(name) / "kept.csv"
        iris.write_bytes((output / "iris.csv").read_bytes())
        for script in scripts:
            for step, number, turn in script:
                step(folder, number, turn)
            again = build(folder, output, iris if kept else None)
        whole = build(folder, Path(name) / "other", iris if kept else None)

        assert differing(again, whole) == []


@settings(max_examples=100 if NIGHTLY else 6)
@given(scripts=st.lists(SCRIPTS, min_size=1, max_size=2), damages=st.lists(st.integers(0, 60), max_size=3), own=st.booleans())
def test_damage_of_kept_files_changes_no_byte(scripts: list[list[tuple[Step, int, int]]], damages: list[int], *, own: bool) -> None:
    """With `own`, the folder keeps its IRIs, as builds do unless they are asked for new ones."""
    with tempfile.TemporaryDirectory() as name:
        folder, output, iris = Path(name) / "in", Path(name) / "out", Path(name) / "kept.csv"
        for number in range(0, 40, 2):
            (reprint if number % 3 else put)(folder, number, number % 5)
        build(folder, output, None)
        for script in scripts:
            for step, number, turn in script:
                step(folder, number, turn)
            for at in damages:
                damage(output, at)
            iris.write_bytes((output / "iris.csv").read_bytes())
            build_into(output, [folder], BuildOptions(extractor="rules", new_iris=not own), FORMATS)
        whole = build(folder, Path(name) / "other", iris if own else None)

        assert differing(content(output), whole) == []


def test_a_build_that_takes_over_from_an_earlier_one_is_verified(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    for number in range(30):
        put(folder, number, 1)
    build(folder, output, None)
    put(folder, 7, 2)
    remove(folder, 8, 0)
    build(folder, output, None)

    assert verify(output).unequal == ()
    again = content(output)
    assert build(folder, output, None, fresh=True) == again


def test_several_processes_take_over_what_one_has_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (("pipeline.graph_build", "MANY"), ("rdf.statement_file", "MANY")):
        monkeypatch.setattr(import_module(f"newsgraph.{module}"), name, 1)
    folder = tmp_path / "in"
    for number in range(30):
        put(folder, number, 1)
    build(folder, tmp_path / "out", None)
    for turn, workers in ((2, 2), (3, 1), (4, 2)):
        put(folder, 7, turn)
        put(folder, 40 + turn, turn)
        assert build(folder, tmp_path / "out", None, workers=workers) == build(folder, tmp_path / f"whole-{turn}", None)
