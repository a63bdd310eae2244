"""Train the heads that read one sentence at a time: python training/reader/fit_sentence_heads.py NET.pt OUT.pt --shared FOLDER [--more FILE ...] [--core FILE].

The encoder stays as it is. Learns from all texts but those that are kept aside, and from CORE's train part but for a fifth; prints how well
pairs and names of kept texts are read, with the annotated names.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from documents import Document, read_all
from examples import Maker
from fit_reader import tensors
from measure_reader import load_net
from reader_model import Reader, vocabulary
from sentence_examples import Sentence, collate, read_core, sentences_of, with_core_label
from sentence_model import SentenceHeads
from torch import Tensor
from torch.nn import functional

from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.reader.labels import LINKS

ROOT = Path(__file__).parents[2]
NONE_WEIGHT, MAYBE = 0.5, 0.6  # of pairs of which nothing is told; of a relation that lasts, in news, which nobody annotated
ONES = 4.0  # weight of single names
CORE_TIMES = 2  # an epoch shows a sentence of CORE so often
BATCH = 48  # sentences
SMOOTH = 0.05


def main() -> None:
    """Read the texts, train the heads and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("net", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with articles/ and training/")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="further files of annotated texts")
    parser.add_argument("--core", type=Path, help="CORE's train.json")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--kept", type=Path, help="keep the read sentences in this file, or take them from it")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.kept and options.kept.is_file():
        learned, aside = torch.load(options.kept, weights_only=False)
    else:
        learned, aside = _read(options)
        if options.kept:
            torch.save((learned, aside), options.kept)
    print(f"{len(learned)} sentences to learn from, {len(aside)} kept aside", flush=True)
    heads = fit(learned, options)
    for name, some in (("CORE", [one for one in aside if not one.news]), ("texts", [one for one in aside if one.news])):
        print(name, figures(heads, some), flush=True)
    torch.save(heads.state_dict(), options.out)


def _read(options: argparse.Namespace) -> tuple[list[Sentence], list[Sentence]]:
    maker, net = Maker(load_lexicon(), WordPieces(vocabulary()[0])), load_net(options.net)
    learned: list[Sentence] = []
    aside: list[Sentence] = []
    for document in read_all(options.shared, options.more):
        if not document.simple:
            (aside if document.part == "kept" else learned).extend(_sentences(net, maker, document))
    for document, label in read_core(options.core) if options.core else ():
        for one in _sentences(net, maker, document):
            if len(one.spans) == 2:  # noqa: PLR2004 - both names were found
                (aside if document.part == "kept" else learned).append(with_core_label(one, label))
    return learned, aside


def _sentences(net: Reader, maker: Maker, document: Document) -> Iterator[Sentence]:
    for example in maker.examples(document):
        with torch.no_grad():
            states, *_ = net.encoder(*tensors([example]))
        for one in sentences_of(example, document):
            begin, end = one.place
            yield replace(one, states=states[0, begin:end].half().clone())


def fit(sentences: Sequence[Sentence], options: argparse.Namespace) -> SentenceHeads:
    """Train heads on sentences."""
    torch.manual_seed(options.seed)
    chance, start = random.Random(options.seed), time.monotonic()
    heads = SentenceHeads()
    optimizer = torch.optim.AdamW(heads.parameters(), lr=options.rate, weight_decay=0.02)
    step, steps = 0, 0
    for epoch in range(options.epochs):
        shown = [one for one in sentences for _ in range(1 if one.news else CORE_TIMES)]
        shown.sort(key=lambda one: len(one.states) + chance.random() * 10)
        batches = [shown[at : at + BATCH] for at in range(0, len(shown), BATCH)]
        chance.shuffle(batches)
        steps = options.epochs * len(batches)
        total = 0.0
        for batch in batches:
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = options.rate * min(1.0, step / 100) * (1 - step / (steps + 1))
            loss = loss_of(heads, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(heads.parameters(), 1.0)
            optimizer.step()
            total += float(loss.detach())
        print(f"epoch {epoch + 1}, {time.monotonic() - start:.0f} s: {total / len(batches):.4f}", flush=True)
    heads.eval()
    return heads


def loss_of(heads: SentenceHeads, batch: Sequence[Sentence]) -> Tensor:
    """Give the mean loss of pairs and of single names."""
    pairs, ones = heads(collate(batch))
    return loss_of_logits(
        pairs, ones, [(told, one.news) for one in batch for *_, told in one.pairs], [t for one in batch for t in one.parts]
    )


def loss_of_logits(
    pairs: Tensor, ones: Tensor, goals: Sequence[tuple[list[int] | None, bool]], parts: Sequence[list[int] | None]
) -> Tensor:
    """Give the mean loss of pairs and of single names; `goals` are what is told of each pair, and whether that is news."""
    known = [at for at, (told, _) in enumerate(goals) if told is not None]
    loss = torch.zeros(())
    if known:
        goal = torch.zeros(len(known), pairs.shape[1])
        weight = torch.ones(len(known))
        open_ = torch.zeros(len(known), dtype=torch.bool)
        for row, at in enumerate(known):
            told, news = goals[at]
            for number in told or []:
                goal[row, 1 + number] = 1 / len(told or [])
            if not told:
                goal[row, 0], weight[row], open_[row] = 1.0, NONE_WEIGHT, news
        logs = pairs[known].log_softmax(-1)
        smooth = (1 - SMOOTH) * goal + SMOOTH / pairs.shape[1]
        plain = -(smooth * logs).sum(1)
        chances = logs.exp()
        maybe = -(chances[:, 0] + MAYBE * chances[:, 1 + len(LINKS) :].sum(1)).clamp(min=1e-6).log()
        loss = loss + (torch.where(open_, maybe, plain) * weight).sum() / weight.sum()
    known = [at for at, told in enumerate(parts) if told is not None]
    if known:
        goal = torch.zeros(len(known), ones.shape[1])
        for row, at in enumerate(known):
            goal[row, parts[at] or []] = 1
        loss = loss + ONES * functional.binary_cross_entropy_with_logits(ones[known], goal, reduction="sum") / (len(known) * 8)
    return loss


def figures(heads: SentenceHeads, sentences: Sequence[Sentence]) -> str:
    """Return precision, recall and F1 of pairs and of parts, from several probabilities on."""
    counts = {(what, least): [0, 0, 0] for what in ("pairs", "parts") for least in (0.3, 0.5, 0.7)}
    with torch.no_grad():
        for at in range(0, len(sentences), BATCH):
            batch = sentences[at : at + BATCH]
            pairs, ones = heads(collate(batch))
            for row, told in zip(pairs.softmax(-1)[:, 1:].tolist(), (told for one in batch for *_, told in one.pairs), strict=True):
                count(counts, "pairs", row, told)
            for row, told in zip(ones.sigmoid().tolist(), (told for one in batch for told in one.parts), strict=True):
                count(counts, "parts", row, told)
    return shown(counts)


def shown(counts: dict[tuple[str, float], list[int]]) -> str:
    """Return precision, recall and F1 in words, of the numbers of right, found and true ones."""
    return ", ".join(
        f"{what} from {least}: {right / max(found, 1):.2f}/{right / max(gold, 1):.2f}/{2 * right / max(found + gold, 1):.3f}"
        for (what, least), (right, found, gold) in counts.items()
    )


def count(counts: dict[tuple[str, float], list[int]], what: str, row: list[float], told: list[int] | None) -> None:
    """Add what a row of probabilities finds to the counts of `what`: right, found, true; nothing where that is not known."""
    if told is None:
        return
    for (name, least), numbers in counts.items():
        if name == what:
            found = {at for at, chance in enumerate(row) if chance >= least}
            numbers[0] += len(found & set(told))
            numbers[1] += len(found)
            numbers[2] += len(told)


if __name__ == "__main__":
    main()
