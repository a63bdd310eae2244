"""How many faults the tests of a room find: small changes of its modules (mutants), each tried with the tests of that room alone.

Usage: python benchmarks/mutants.py [ROOM OR MODULE ...] [--sample 12] [--seed 1] [--workers 2] [--json FILE] [--again FILE] [--least 85]

A room is a folder below `src/newsgraph`, its tests are those below `tests/` in the folder of its first part. Mutants are a sample that
stays the same for one seed and one source, see `mutant_edits.py` for what they are. Each is put into a copy of the tree in a
temporary folder; the quickest tests run first, and the first that fails catches it. A test that does not end catches it too.
Mutants that change nothing that could be seen are counted out by `mutants_equivalent.csv`, each for a reason.
`--list` prints the mutants and runs nothing. `--again FILE` takes over from a `--json` file what was caught and tries the rest.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mutant_places import Equivalent, Mutant, mutants_of, read_equivalents, sample
from mutant_runs import CAUGHT, SURVIVED, Room, RunError, Tried, try_mutants, watch_tests

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("extract/events", "resolve/companies", "resolve/events", "extraction_cache", "storage")
EQUIVALENT = Path(__file__).with_name("mutants_equivalent.csv")
EQUAL = "equivalent"


def main() -> int:
    """Try the mutants of each room and print a table."""
    options = _options()
    equivalents = read_equivalents(options.equivalent)
    chosen = {room: _chosen(room, options) for room in options.rooms}
    if options.list:
        for mutant in (mutant for mutants in chosen.values() for mutant in mutants):
            print(_line(mutant), "(equivalent)" if _reason(mutant, equivalents) else "")
        return 0
    results, waiting = _sorted_out(chosen, equivalents, _earlier(options.again) if options.again else {})
    with TemporaryDirectory(prefix="mutants-") as folder:
        tests_of = {room: tuple(options.tests or [f"tests/{room.partition('/')[0]}"]) for room in waiting}
        for tests in dict.fromkeys(tests_of[room] for room, mutants in waiting.items() if mutants):
            tested = Room(options.package, tests, options.patience)
            notes = watch_tests(options.tree, tested, Path(folder))
            for test in notes.failing:
                _say(f"left out, as it fails without a mutant: {test}")
            for room in (room for room in waiting if tests_of[room] == tests):
                for tried in try_mutants(waiting[room], tested, notes, options.workers):
                    results[room].append(tried)
                    _say(f"{tried.outcome}: {_line(tried.mutant)}{f'  by {tried.by}' if tried.by else ''} ({tried.seconds:.0f} s)")
                    _write(options, results)
    print("\n".join(_table(results)))
    _write(options, results)
    return int(any(_share(tried) < options.least for tried in results.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", default=ROOMS, help="folders or modules below the package")
    parser.add_argument("--sample", type=int, default=12, help="mutants of each module at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write all results to this file")
    parser.add_argument("--again", type=Path, help="try only what was not caught in this file")
    parser.add_argument("--least", type=float, default=0, help="end with an error where a room is below this percentage")
    parser.add_argument("--tests", nargs="+", help="folders or files of tests in place of those of the room")
    parser.add_argument("--patience", type=float, default=10, help="seconds of the processor in which a quick test must end")
    parser.add_argument("--list", action="store_true", help="print the mutants and run nothing")
    parser.add_argument("--tree", type=Path, default=ROOT, help="the project")
    parser.add_argument("--package", default="newsgraph")
    parser.add_argument("--equivalent", type=Path, default=EQUIVALENT, help="the list of mutants that are counted out")
    return parser.parse_args()


def _chosen(room: str, options: argparse.Namespace) -> list[Mutant]:
    """Take the sample of each module of a room, or of one module."""
    package = options.tree / "src" / options.package
    place = package / room
    paths = [place] if place.is_file() else sorted(place.glob("*.py"))
    if not paths:
        sys.exit(f"{room} is no room and no module below {package}")
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        found += sample(mutants_of(path.relative_to(package).as_posix(), text), text, options.sample, options.seed)
    return found


def _reason(mutant: Mutant, equivalents: Iterable[Equivalent]) -> str:
    return next((one.reason for one in equivalents if one.is_meant(mutant)), "")


def _earlier(path: Path) -> dict[str, dict[str, Any]]:
    rows = json.loads(path.read_text(encoding="utf-8"))["mutants"]
    return {row["id"]: row for row in rows if row["outcome"] == CAUGHT}


def _sorted_out(
    chosen: dict[str, list[Mutant]], equivalents: Sequence[Equivalent], earlier: dict[str, dict[str, Any]]
) -> tuple[dict[str, list[Tried]], dict[str, list[Mutant]]]:
    """Part what is known of mutants beforehand from those that are to be tried."""
    known: dict[str, list[Tried]] = {room: [] for room in chosen}
    waiting: dict[str, list[Mutant]] = {room: [] for room in chosen}
    for room, mutant in ((room, mutant) for room, mutants in chosen.items() for mutant in mutants):
        before = earlier.get(mutant.id)
        if reason := _reason(mutant, equivalents):
            known[room].append(Tried(mutant, EQUAL, reason, 0))
        elif before and before["change"] == mutant.change:
            known[room].append(Tried(mutant, CAUGHT, before["by"], before["seconds"]))
        else:
            waiting[room].append(mutant)
    return known, waiting


def _line(mutant: Mutant) -> str:
    return f"{mutant.module}:{mutant.line} {mutant.function}: {mutant.change}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _counts(tried: Sequence[Tried]) -> tuple[int, int]:
    """Count the mutants that count and those that were caught."""
    counted = [one for one in tried if one.outcome != EQUAL]
    return len(counted), sum(one.outcome == CAUGHT for one in counted)


def _share(tried: Sequence[Tried]) -> float:
    """Return the percentage of mutants that was caught; all where there are none."""
    counted, caught = _counts(tried)
    return 100 * caught / counted if counted else 100.0


def _by_module(tried: Sequence[Tried]) -> dict[str, list[Tried]]:
    found: dict[str, list[Tried]] = {}
    for one in sorted(tried, key=lambda one: (one.mutant.module, one.mutant.place)):
        found.setdefault(one.mutant.module, []).append(one)
    return found


def _table(results: dict[str, list[Tried]]) -> Iterable[str]:
    yield f"{'module':52} mutants  caught  share"
    for room, tried in results.items():
        for name, group in (*_by_module(tried).items(), (f"all of {room}", tried)):
            counted, caught = _counts(group)
            yield f"{name:52} {counted:7} {caught:7} {_share(group):5.0f}%"
    for heading, outcome in (("survivors", SURVIVED), ("counted out", EQUAL)):
        lines = [
            f"  {_line(one.mutant)}{f'  ({one.by})' if one.by else ''}"
            for tried in results.values()
            for group in _by_module(tried).values()
            for one in group
            if one.outcome == outcome
        ]
        yield from [f"\n{heading}:", *lines] if lines else []


def _write(options: argparse.Namespace, results: dict[str, list[Tried]]) -> None:
    if options.json is None:
        return
    rows = [
        {
            "id": one.mutant.id, "module": one.mutant.module, "line": one.mutant.line, "function": one.mutant.function,
            "change": one.mutant.change, "outcome": one.outcome, "by": one.by, "seconds": round(one.seconds, 1),
        }
        for tried in results.values() for group in _by_module(tried).values() for one in group
    ]  # fmt: skip
    shares = {room: round(_share(tried), 1) for room, tried in results.items()}
    told = {"sample": options.sample, "seed": options.seed, "rooms": shares, "mutants": rows}
    options.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except RunError as error:
        sys.exit(str(error))
