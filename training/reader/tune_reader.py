"""Choose limits and fit probabilities: python training/reader/tune_reader.py NET.pt|FOLDER OUT.json --shared FOLDER [--more FILE ...] [--aside].

Reads the `dev` part, or with `--aside`, for a net that has learned from `dev` too, the half of the texts kept aside that
`fit_event_confidence.py` reads; the other half is for measuring.
Limits are those with the best mean of the F1 of events with one right party and of events with all parties right, own names given. Curves
turn the model's numbers into shares of events that are right in type, parties and roles. Limits that are best here are too high for the
whole program, where `event_confidence.onnx` and the threshold decide afterwards: `--limits` keeps those that were chosen there.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from documents import Document, read_articles
from measure_reader import ROOT, error_of, given_candidates, open_reader

from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract.reader.group_links import Grouped, Limits
from newsgraph.extract.reader.group_names import fold
from newsgraph.extract.reader.reader import Look, Settings
from newsgraph.extract.text.article_text import read_text

from article_parts import to_fit_on  # isort: skip - found beside this folder, which `documents` adds

_PARTIES = {"acquirer", "target", "seller", "party", "investor", "lead", "company", "supplier", "customer", "plaintiff", "defendant", "payer", "payee", "authority", "rater", "receiver", "giver"}  # fmt: skip
Parties = frozenset[tuple[str, str]]
Gold = list[tuple[str, Parties]]


def gold_of(document: Document) -> Gold:
    """Give the annotated events as type and parties."""
    agents = {"company", "organisation"}
    return [
        (event.type, frozenset(("investor" if role == "lead" else role, key_of(document, document.entities[at].name)) for role, who in event.roles.items() if role in _PARTIES for at in who if document.entities[at].kind in agents))
        for event in document.events
    ]  # fmt: skip


def key_of(document: Document, name: str) -> str:
    """Give the folded canonical name of a name in a document."""
    text = document.text
    for entity in document.entities:
        if fold(name) in {fold(entity.name), *(fold(text[b:e]) for b, e in entity.spans)}:
            return fold(entity.name)
    return fold(name)


def parties_of(document: Document, look: Look, group: Grouped) -> Parties:
    """Give the parties of a found event."""
    return frozenset(
        ("investor" if role == "lead" else role, key_of(document, look.candidates[at].name))
        for at, role in group.places
        if role in _PARTIES
    )


def matches(gold: Gold, found: Sequence[tuple[str, Parties]]) -> tuple[list[bool], list[bool]]:
    """Tell of each found event whether a gold event of its type shares a party, and whether one has the same parties."""
    left, left_exact = list(gold), list(gold)
    near, exact = [], []
    for one in found:
        hit = next((g for g in left_exact if g == one), None)
        exact.append(hit is not None)
        if hit is not None:
            left_exact.remove(hit)
        shared = max((g for g in left if g[0] == one[0] and (g[1] & one[1] or not g[1])), key=lambda g: len(g[1] & one[1]), default=None)
        near.append(shared is not None)
        if shared is not None:
            left.remove(shared)
    return near, exact


def f1(hits: int, found: int, gold: int) -> float:
    """Give F1 of counts."""
    return 2 * hits / max(1, found + gold)


def monotone(chances: Sequence[float], right: Sequence[bool], least: int = 12) -> tuple[list[float], list[float]]:
    """Fit shares that rise with the numbers: pool neighbours that fall, then keep blocks of at least `least` events."""
    blocks: list[list[float]] = []
    for chance, hit in sorted(zip(chances, right, strict=True)):
        blocks.append([chance, float(hit), 1.0])
        while len(blocks) > 1 and (blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2] or blocks[-2][2] < least):
            last = blocks.pop()
            blocks[-1] = [
                (blocks[-1][0] * blocks[-1][2] + last[0] * last[2]) / (blocks[-1][2] + last[2]),
                blocks[-1][1] + last[1],
                blocks[-1][2] + last[2],
            ]
    return [round(b[0], 3) for b in blocks], [round((b[1] + 0.5) / (b[2] + 1), 3) for b in blocks]


def main() -> None:
    """Choose, fit and write settings."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("net", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--more", type=Path, nargs="*", default=[])
    options.add_argument("--aside", action="store_true", help="fit on half of the texts that are kept aside")
    options.add_argument("--limits", type=float, nargs=4, help="keep these (link, join, alone, part), and fit only the curves")
    options.add_argument("--given", action="store_true", help="with annotated names")
    a = options.parse_args()
    torch.set_num_threads(1)
    lexicon = load_lexicon()
    documents = [
        one
        for path in [*sorted((a.shared / "articles").glob("*.jsonl")), *a.more]
        for one in read_articles(path)
        if (to_fit_on(one.id) if a.aside else one.part == "dev")
    ]
    reader = open_reader(a.net, Settings(Limits(), {}, {}))
    looks = []
    for document in documents:
        text = read_text(document.article, lexicon.phrases)
        looks.append((document, gold_of(document), reader.look(text, given_candidates(document, text) if a.given else None)))
    grid = itertools.product((0.25, 0.35, 0.45, 0.55), (0.1, 0.25), (0.25, 0.35, 0.45, 0.6), (0.5, 0.65, 1.1))
    scored = sorted(((_score(looks, Limits(*numbers)), numbers) for numbers in ([a.limits] if a.limits else grid)), reverse=True)
    for score, numbers in scored[:6]:
        print(f"{score[0]:.4f} near {score[1]:.3f} exact {score[2]:.3f}", numbers)
    limits = Limits(*scored[0][1])
    rows: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for document, gold, look in looks:
        groups = [group for group, _ in look.table.group(limits)]
        _, exact = matches(gold, [(one.type, parties_of(document, look, one)) for one in groups])
        for one, hit in zip(groups, exact, strict=True):
            rows[one.how].append((one.chance, hit))
    curves = {how: monotone([c for c, _ in found], [hit for _, hit in found]) for how, found in rows.items() if len(found) > 20}  # noqa: PLR2004 - fewer tell nothing
    before, after, hits = [], [], []
    for how, found in rows.items():
        for chance, hit in found:
            before.append(chance)
            after.append(float(np.interp(chance, *curves[how])) if how in curves else chance)
            hits.append(hit)
    print(f"calibration error {error_of(before, hits):.3f} -> {error_of(after, hits):.3f} (fitted on the same {len(hits)} events)")
    a.out.write_text(json.dumps({"limits": limits, "curves": curves}, indent=1) + "\n", encoding="utf-8")


def _score(looks: Sequence[tuple[Document, Gold, Look]], limits: Limits) -> tuple[float, float, float]:
    near = exact = found = gold_count = 0
    for document, gold, look in looks:
        events = [(group.type, parties_of(document, look, group)) for group, _ in look.table.group(limits)]
        one, other = matches(gold, events)
        near, exact, found, gold_count = near + sum(one), exact + sum(other), found + len(events), gold_count + len(gold)
    return (
        round((f1(near, found, gold_count) + f1(exact, found, gold_count)) / 2, 4),
        f1(near, found, gold_count),
        f1(exact, found, gold_count),
    )


if __name__ == "__main__":
    main()
