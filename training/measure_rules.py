"""Measure each event rule on annotated texts: how often it fires and how often it is right.

Usage: python training/measure_rules.py [--shared ../shared] [--extractor rules]

Reads the open three quarters of the marked texts. A report is right where the text has an event of its type with its parties,
near where it has one with its parties and another type. The shares are what `confidence` in `event_rules.yaml` is set by.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Report, Status
from newsgraph.extract import open_extractor
from newsgraph.score import read_texts, text_kept_aside
from newsgraph.score.marked_texts import article_of


def main() -> None:
    """Print one line a rule, the rarest right first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--extractor", default="rules")
    options = parser.parse_args()
    records = [
        one for path in sorted((options.shared / "training").glob("*.jsonl")) for one in read_texts(path) if not text_kept_aside(one)
    ]
    found = open_extractor(options.extractor).read([article_of(record) for record in records], load_lexicon())
    counts: Counter[tuple[str, str, str]] = Counter()
    for record, facts in zip(records, found, strict=True):
        forms = _forms(record)
        for report in facts.reports:
            if report.status not in {Status.DENIED, Status.RUMOURED}:
                counts[report.type, report.rule, _verdict(report, record, forms)] += 1
    rules = {(type_name, rule) for type_name, rule, _ in counts}
    print(f"{'type':<18} {'rule':<24} right near wrong share")
    for type_name, rule in sorted(rules):
        right, near, wrong = (counts[type_name, rule, verdict] for verdict in ("right", "near", "wrong"))
        print(f"{type_name:<18} {rule:<24} {right:>5} {near:>4} {wrong:>5} {right / (right + near + wrong):5.2f}")


def _forms(record: dict[str, Any]) -> dict[str, str]:
    """Give the canonical key of every form of the record's companies and organisations."""
    return {
        name_key(form): name_key(entity["name"])
        for entity in (*record["companies"], *record["organizations"])
        for form in (entity["name"], *entity["surfaces"])
    }


def _verdict(report: Report, record: dict[str, Any], forms: dict[str, str]) -> str:
    sides = [side and forms.get(name_key(side), name_key(side)) for side in (report.subject, report.object)]
    near = "wrong"
    for event in record["events"]:
        gold = [side and forms.get(name_key(side), name_key(side)) for side in (event["subject"], event["object"])]
        if set(gold) - {None} == set(sides) - {None}:
            if event["type"] == report.type and (sides == gold or report.type in {"partnership", "merger"}):
                return "right"
            near = "near"
    return near


if __name__ == "__main__":
    main()
