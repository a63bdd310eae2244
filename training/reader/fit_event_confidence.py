"""Fit how sure events are (`src/newsgraph/data/event_confidence.csv`).

Usage, from the project's root: python training/reader/fit_event_confidence.py FILE ... [--out FOLDER]

Each FILE holds annotated articles. Of those whose ids have a SHA-256 with rest 0 by 5, which neither the rules nor the reader were made for,
one half (the quotient is even) is read here; the other half is for measuring. For each voice (the reader alone, a rule alone, both) the
share of right events is fitted as a rising curve of the confidence that the voice states (pool adjacent violators). An event is right
if its type and one party in the same role are annotated, as `newsgraph score --articles` counts `typed`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from newsgraph.extract.events import combined_reports
from newsgraph.pipeline.article_readings import read_articles
from newsgraph.score import whole_article
from newsgraph.score.article_comparison import right_events

ROOT = Path(__file__).parents[2]
VOICES = {combined_reports.BOTH: 30.0, combined_reports.READ: 20.0, combined_reports.RULE: 10.0}
SMALLEST = 25  # events in a step of a curve
Point = tuple[float, float]


def main() -> None:
    """Read the texts, fit the curves and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "training")
    options = parser.parse_args()
    # the voice is told by a number added to the confidence that it states
    combined_reports.true_confidence = lambda voice, stated: VOICES[voice] + stated
    stated: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for path in options.files:
        for confidence, right in _events(path):
            voice = next(name for name, base in VOICES.items() if confidence >= base)
            stated[voice].append((confidence - VOICES[voice], right))
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / "event_confidence.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("voice", "stated", "right"))
        for voice in sorted(stated):
            curve = rising_curve(stated[voice])
            print(voice, len(stated[voice]), curve)
            writer.writerows((voice, f"{x:.3f}", f"{y:.3f}") for x, y in curve)


def _events(path: Path) -> list[tuple[float, bool]]:
    """Return the stated confidence of each event found in the half that may be read, and whether it is right."""
    gold = [record for line in path.read_text(encoding="utf-8").splitlines() if _is_read((record := json.loads(line))["id"])]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "texts.jsonl"
        place.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in gold), encoding="utf-8")
        found = {article["id"]: article for article in read_articles([place], "reader", event_threshold=0.0)}
    events = []
    for record in gold:
        article = found.get(record["id"], record | {"entities": [], "events": []})
        right = right_events(whole_article(record), whole_article(article | {"body": "", "title": ""}))
        events += [(float(event["confidence"]), number in right) for number, event in enumerate(article["events"])]
    return events


def _is_read(name: str) -> bool:
    number = int(hashlib.sha256(name.encode()).hexdigest(), 16)
    return number % 5 == 0 and number // 5 % 2 == 0


def rising_curve(pairs: Sequence[tuple[float, bool]]) -> list[Point]:
    """Fit a rising curve: points of a stated confidence and the share of right events, at most one for every `SMALLEST` events.

    >>> rising_curve([(0.2, False)] * 25 + [(0.8, True)] * 25)
    [(0.2, 0.019), (0.8, 0.981)]
    """
    ordered = sorted(pairs)
    groups = [ordered[at : at + SMALLEST] for at in range(0, len(ordered), SMALLEST)]
    if len(groups) > 1 and len(groups[-1]) < SMALLEST:
        groups[-2:] = [groups[-2] + groups[-1]]
    steps: list[list[float]] = []  # stated, right, events
    for group in groups:
        steps.append([sum(x for x, _ in group), sum(right for _, right in group) + 0.5, len(group) + 1])
        while len(steps) > 1 and steps[-2][1] / steps[-2][2] >= steps[-1][1] / steps[-1][2]:
            last = steps.pop()
            steps[-1] = [a + b for a, b in zip(steps[-1], last, strict=True)]
    return [(round(x / max(n - 1, 1), 3), round(right / n, 3)) for x, right, n in steps]


if __name__ == "__main__":
    main()
