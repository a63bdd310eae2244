"""Measure each event rule on annotated texts: how often it fires and how often it is right; and set confidences by that.

Usage, from the project's root: python training/measure_rules.py [--out output/training] [--extractor rules]

Reads the open three quarters of the marked texts below `training/texts`. A report is right where the text has an event of its type with
its parties, near where it has one with its parties and another type. Writes `rules.csv`, a line a rule, and `event_rules.yaml` as it is
shipped but for confidences: a rule that fired at least 5 times gets its share of right reports, drawn towards the share of all rules
and rounded to a twentieth; a rarer one keeps what was set by hand. No chance is in it.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Report, Status
from newsgraph.extract import open_extractor
from newsgraph.score import read_texts, text_held_out
from newsgraph.score.event_pairs import EventPair, pairs_of, party_names
from newsgraph.score.marked_texts import article_of

ROOT = Path(__file__).parents[1]
TEXTS, RULES = ROOT / "training" / "texts", ROOT / "src" / "newsgraph" / "data" / "event_rules.yaml"
VERDICTS = ("right", "near", "wrong")
LEAST = 5  # a rule that fired less often keeps its confidence
DRAWN = 10  # reports that the share of all rules counts for in a rule's own
STEP = 20  # confidences are twentieths
_CONFIDENCE = re.compile(r"(\{id: (\w+),.*?\bconfidence: )([\d.]+)")


@dataclass(frozen=True, slots=True)
class Count:
    """How many reports of a rule were right, near and wrong."""

    right: int
    near: int
    wrong: int

    @property
    def all(self) -> int:
        """All reports."""
        return self.right + self.near + self.wrong


def main() -> None:
    """Measure, print a line a rule and how far confidences are from those shipped, and write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "training")
    parser.add_argument("--extractor", default="rules")
    options = parser.parse_args()
    paths = sorted(options.texts.glob("**/marked/*.jsonl"), key=lambda path: path.name)
    counts = count_reports([record for path in paths for record in read_texts(path) if not text_held_out(record)], options.extractor)
    shipped = RULES.read_text(encoding="utf-8")
    before, after = read_confidences(shipped), fit_confidences(counts)
    rows = [
        (rule, count.right, count.near, count.wrong, f"{count.right / count.all:.2f}", before[rule], after.get(rule, before[rule]))
        for rule, count in counts.items()
    ]
    head = ("rule", "right", "near", "wrong", "share", "shipped", "fitted")
    for row in (head, *rows):
        print("{:<24} {:>5} {:>4} {:>5} {:>5} {:>7} {:>6}".format(*row))
    print(difference(before, after))
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / "rules.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((head, *rows))
    (options.out / "event_rules.yaml").write_text(with_confidences(shipped, after), encoding="utf-8")


def count_reports(records: list[dict[str, Any]], extractor: str) -> dict[str, Count]:
    """Count the reports of each rule that the texts bear out, by the rule's name; denied and rumoured events are not counted."""
    found = open_extractor(extractor).read([article_of(record) for record in records], load_lexicon())
    units = {rule["id"] for rule in yaml.safe_load(RULES.read_text(encoding="utf-8"))["rules"] if rule.get("part")}
    verdicts: Counter[tuple[str, str]] = Counter()
    for record, facts in zip(records, found, strict=True):
        forms = _forms(record)
        for report in facts.reports:
            if report.status not in {Status.DENIED, Status.RUMOURED, Status.ENDED}:
                verdicts[report.rule, _verdict(report, record, forms, of_a_unit=report.rule in units)] += 1
    rules = sorted({rule for rule, _ in verdicts})
    return {rule: Count(*(verdicts[rule, verdict] for verdict in VERDICTS)) for rule in rules}


def fit_confidences(counts: Mapping[str, Count]) -> dict[str, float]:
    """Set the confidence of each rule that fired often enough."""
    share = sum(count.right for count in counts.values()) / sum(count.all for count in counts.values())
    return {
        rule: round((count.right + DRAWN * share) / (count.all + DRAWN) * STEP) / STEP
        for rule, count in counts.items()
        if count.all >= LEAST
    }


def read_confidences(rules: str) -> dict[str, float]:
    """Read the confidence of each rule from the text of `event_rules.yaml`."""
    return {match[2]: float(match[3]) for match in _CONFIDENCE.finditer(rules)}


def with_confidences(rules: str, confidences: Mapping[str, float]) -> str:
    """Return the text of `event_rules.yaml` with other confidences and everything else as it is."""
    return _CONFIDENCE.sub(lambda match: f"{match[1]}{confidences.get(match[2], match[3])}", rules)


def difference(before: Mapping[str, float], after: Mapping[str, float]) -> str:
    """Describe how far fitted confidences are from those shipped."""
    apart = [abs(value - before[rule]) for rule, value in after.items()]
    return (
        f"{len(after)} of {len(before)} rules fired {LEAST} times or more: "
        f"{_within(apart, 0)} get what is shipped, {_within(apart, 0.05)} at most 0.05 more or less, {_within(apart, 0.1)} at most 0.1; "
        f"mean difference {sum(apart) / max(1, len(apart)):.3f}"
    )


def _within(apart: Iterable[float], limit: float) -> int:
    return sum(value <= limit + 1e-9 for value in apart)


def _forms(record: dict[str, Any]) -> dict[str, str]:
    """Return the canonical key of every form of the record's companies and organisations."""
    return {
        name_key(form): name_key(entity["name"])
        for entity in (*record["companies"], *record["organizations"])
        for form in (entity["name"], *entity["surfaces"])
    }


def _verdict(report: Report, record: dict[str, Any], forms: dict[str, str], *, of_a_unit: bool) -> str:
    verdicts = [_verdict_of_pair(pair, record, forms, of_a_unit=of_a_unit) for pair in pairs_of(report.type, party_names(report))]
    return min(verdicts, key=VERDICTS.index, default="wrong")


def _verdict_of_pair(pair: EventPair, record: dict[str, Any], forms: dict[str, str], *, of_a_unit: bool) -> str:
    sides = [forms.get(name_key(str(side)), name_key(str(side))) if side else None for side in (pair.subject, pair.object)]
    verdict = "wrong"
    for event in record["events"]:
        gold = [side and forms.get(name_key(side), name_key(side)) for side in (event["subject"], event["object"])]
        # Where a unit without a name of its own is sold, some sets annotate its owner as the object, others none.
        if of_a_unit and gold[1] is None:
            gold[1] = sides[1]
        if set(gold) - {None} == set(sides) - {None}:
            if event["type"] == pair.type and (sides == gold or pair.type in {"partnership", "merger"}):
                return "right"
            verdict = "near"
    return verdict


if __name__ == "__main__":
    main()
