"""Measure a trained net: python training/reader/measure_reader.py NET.pt|FOLDER|FOUND.jsonl --shared FOLDER [--more FILE ...] [--part dev|kept] [--names given|own|tagger] [--out FOUND.jsonl].

Reads with the product's own code around the net's float encoder, and scores with `score.py` of the shared folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from documents import Document, read_articles
from examples import token_spans, tokens_of
from reader_model import Reader, vocabulary

from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract.models.tagger import load_tagger
from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.reader import loading
from newsgraph.extract.reader.encoder import Array, bit_columns
from newsgraph.extract.reader.group_names import group_names
from newsgraph.extract.reader.heads import Heads
from newsgraph.extract.reader.reader import EventReader, Reading, Settings
from newsgraph.extract.reader.windows import Candidate
from newsgraph.extract.text.article_text import ArticleText, read_text

ROOT = Path(__file__).parents[2]
SURE = 0.7
GROUPS = ("whole", "real whole", "pages", "short")
WHOLE = {"deals", "law", "business", "technology"}


class TorchEncoder:
    """The float encoder, as the product's code asks for it."""

    def __init__(self, net: Reader) -> None:
        """Store the net."""
        self.net = net

    def encode(self, pieces: Sequence[int], shapes: Sequence[int], traits: Sequence[int]) -> tuple[Array, Array, Array]:
        """Return states, probabilities of tags and of phrase tags of each piece."""
        with torch.no_grad():
            given = torch.tensor([pieces]), torch.tensor([shapes]), torch.from_numpy(bit_columns(traits))[None], torch.ones(1, len(pieces))
            states, tags, phrases = self.net.encoder(*given)
        return states[0].numpy(), tags[0].softmax(-1).numpy(), phrases[0].softmax(-1).numpy()


def group_of(document: Document) -> str:
    """Tell which kind of text a document is, for figures: invented whole articles, real ones, general pages, real short texts."""
    if document.file in WHOLE:
        return "whole"
    return "real whole" if document.id.startswith("bbc") else "pages" if document.id.startswith("page") else "short"


def load_net(*paths: Path) -> Reader:
    """Read a net that `fit_reader.py` wrote; of several that went on from each other, the mean of their weights."""
    saved = [torch.load(path) for path in paths]
    state = {name: sum(one["state"][name] / len(saved) for one in saved) for name in saved[0]["state"]}
    net = Reader(state["encoder.word.weight"].shape[0], saved[0]["layers"])
    net.load_state_dict(state)
    net.eval()
    return net


def head_weights(net: Reader) -> dict[str, np.ndarray[Any, Any]]:
    """Give the weights of the heads by name."""
    return {name: value.detach().numpy() for name, value in net.heads.state_dict().items()}


def open_reader(path: Path, settings: Settings) -> EventReader:
    """Open an exported folder, or put a float net into the product's code."""
    if path.is_dir():
        return loading.open_reader(path).using(settings)
    net = load_net(path)
    return EventReader(TorchEncoder(net), Heads(head_weights(net)), WordPieces(vocabulary()[0]), settings, load_lexicon())


def read_settings(path: Path | None) -> Settings:
    """Read settings that `tune_reader.py` wrote."""
    return loading.settings_of(json.loads(path.read_text(encoding="utf-8")) if path else {})


def given_candidates(document: Document, text: ArticleText) -> list[Candidate]:
    """Give the annotated names as candidates."""
    spans = token_spans(text)
    made = []
    for entity in document.entities:
        mentions = tuple(one for s in entity.spans if (one := tokens_of(spans, s)))
        if mentions:
            made.append(Candidate(entity.name, entity.kind, mentions))
    return made


def found_of(document: Document, reading: Reading) -> dict[str, Any]:
    """Write a reading in the form of the annotations."""
    text = document.text
    events = []
    for event in reading.events:
        roles: dict[str, list[str]] = defaultdict(list)
        for role, name, _ in ((one.role, one.name, one.kind) for one in event.roles):
            roles[role].append(name)
        events.append({
            "type": event.type, "roles": dict(roles), "status": event.status, "background": event.background, "when": event.when, "percent": event.percent, "count": event.count,
            "part": event.part, "amounts": [{"value": a.value, "currency": a.currency, "of": a.of} for a in event.amounts],
            "evidence": [text[b:e] for b, e in event.evidence], "probability": event.probability,
        })  # fmt: skip
    return {"id": document.id, "entities": [{"name": one.name, "kind": one.kind} for one in reading.candidates], "events": events}


def scorer(shared: Path) -> ModuleType:
    """Load `score.py` of the shared folder."""
    spec = importlib.util.spec_from_file_location("score_articles", shared / "articles" / "score.py")
    assert spec is not None  # noqa: S101
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_rows(paths: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Read annotations as they are, by id."""
    return {row["id"]: row for path in paths for row in map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").splitlines()))}


def show(score: ModuleType, name: str, gold: Sequence[dict[str, Any]], found: dict[str, dict[str, Any]], *, fields: bool = True) -> None:
    """Print figures of some texts on a line or two."""
    results = [score.count(row, found.get(row["id"], {})) for row in gold]
    line = []
    for key in ("companies", "people", "events typed", "events strict", "links"):
        p, r, f, *_ = score.prf([one[0][key] for one in results])
        line.append(f"{key} {p:.3f}/{r:.3f}/{f:.3f}")
    print(f"{name} ({len(gold)}): " + "  ".join(line))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _, one, _ in results:
        for key, (x, n) in one.items():
            sums[key][0] += x
            sums[key][1] += n
    if fields:
        pairs = [pair for row in gold for pair in _sureness(score, row, found.get(row["id"], {}))]
        if pairs:
            error = error_of([chance for chance, _ in pairs], [right for _, right in pairs])
            sure = [right for chance, right in pairs if chance >= SURE]
            print(
                f"   calibration error {error:.3f} over {len(pairs)} events; of {len(sure)} with {SURE} or more {sum(sure)} are right in type and parties"
            )
        print("   fields: " + ", ".join(f"{k} {x}/{n}={x / max(1, n):.2f}" for k, (x, n) in sorted(sums.items())))


def _sureness(score: ModuleType, gold: dict[str, Any], found: dict[str, Any]) -> list[tuple[float, bool]]:
    """Give the probability of each found event, and whether a gold event has its type and parties."""
    names = score.Names(gold)
    known = {score.key(one["name"]) for one in gold["entities"] if one["kind"] in {"company", "organisation"}}
    left = [(event["type"], score.parties(event, names, known)) for event in gold["events"]]
    pairs = []
    for event in sorted(found.get("events", ()), key=lambda one: -one["probability"]):
        one = event["type"], score.parties(event, names, known)
        pairs.append((event["probability"], one in left))
        if one in left:
            left.remove(one)
    return pairs


def error_of(chances: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Give the expected calibration error over bins of equal width."""
    total, error = len(chances), 0.0
    at = np.minimum((np.array(chances) * bins).astype(int), bins - 1)
    for number in range(bins):
        chosen = at == number
        if chosen.any():
            error += chosen.sum() / total * abs(np.array(chances)[chosen].mean() - np.array(right, dtype=float)[chosen].mean())
    return float(error)


def read_part(reader: EventReader, documents: Sequence[Document], names: str) -> dict[str, dict[str, Any]]:
    """Read documents with names of one kind: annotated ones (`given`), the model's `own`, or those of the shipped `tagger`."""
    lexicon = load_lexicon()
    tagger = load_tagger() if names == "tagger" else None
    found = {}
    for document in documents:
        text = read_text(document.article, lexicon.phrases)
        candidates = given_candidates(document, text) if names == "given" else None
        if tagger is not None:
            candidates = group_names(text, [span for span in tagger.tag([text], lexicon)[0].spans(text) if span.chance >= 0.5])  # noqa: PLR2004
        found[document.id] = found_of(document, reader.read(text, document.published, candidates))
    return found


def main() -> None:
    """Print figures of one part."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("net", type=Path)
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--more", type=Path, nargs="*", default=[])
    options.add_argument("--part", default="dev")
    options.add_argument("--names", default="given", choices=("given", "own", "tagger"))
    options.add_argument("--out", type=Path)
    options.add_argument("--settings", type=Path)
    a = options.parse_args()
    torch.set_num_threads(1)
    paths = [*sorted((a.shared / "articles").glob("*.jsonl")), *a.more]
    documents = [one for path in paths for one in read_articles(path) if one.part == a.part]
    gold = gold_rows(paths)
    if a.net.suffix == ".jsonl":
        found = gold_rows([a.net])
    else:
        start = time.process_time()
        found = read_part(open_reader(a.net, read_settings(a.settings)), documents, a.names)
        print(f"{len(documents)} texts, {time.process_time() - start:.1f} s", file=sys.stderr)
    score = scorer(a.shared)
    for name in GROUPS:
        show(score, name, [gold[one.id] for one in documents if group_of(one) == name], found)
    if a.out:
        a.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found.values()), encoding="utf-8")


if __name__ == "__main__":
    main()
