"""Train the encoder of marked sentences: python training/reader/fit_marked_reader.py NET.pt OUT.pt --heads SENTENCES.pt --shared FOLDER [--more FILE ...] [--core FILE].

Begins with the encoder of a reader and the heads that `fit_sentence_heads.py` trained for it, and learns from the same sentences, each as it
is and with other names. Two processes read a batch each. Prints how well pairs and companies of kept texts are read, with the annotated
names, and writes the running mean of the weights.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import torch
from documents import Document, read_all
from examples import Maker
from fit_reader import RunningMean, first_of_all, share_gradients
from fit_sentence_heads import count, loss_of_logits, shown
from marked_examples import Marked, batches, collate, marked_in, marked_of, pieces_of
from marked_model import MarkedReader
from measure_reader import load_net
from reader_model import vocabulary
from sentence_examples import read_core, sentences_of, with_core_label
from torch import Tensor, distributed, multiprocessing
from vary import vary

from names import NameMaker  # isort: skip - found beside the tagger, whose folder `reader_model` adds
from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract.models.wordpiece import WordPieces

ROOT = Path(__file__).parents[2]
PROCESSES = 2
BATCH = 1_400  # pieces
UNTOLD = 0.5  # share of the sentences that tell nothing that an epoch shows
HEADS = 5  # how much faster heads and marks learn than the encoder
Lay = Callable[[Sequence[Marked], random.Random], dict[str, Tensor]]


def main() -> None:
    """Read the texts, train and write the net."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("net", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--heads", type=Path, required=True, help="what fit_sentence_heads.py wrote")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with articles/ and training/")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="further files of annotated texts")
    parser.add_argument("--core", type=Path, help="CORE's train.json")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--minutes", type=float, default=66.0)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29518")
    multiprocessing.spawn(_train, args=(options,), nprocs=PROCESSES)


def _train(rank: int, options: argparse.Namespace) -> None:
    """Do the work of one process; all have the same sentences, weights and chance, and each reads batches of its own."""
    distributed.init_process_group("gloo", rank=rank, world_size=PROCESSES)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    pieces = WordPieces(vocabulary()[0])
    edges, mask = (pieces.begin, pieces.end), vocabulary()[0].index("[UNK]")
    learned, varied, aside = _read(options, Maker(load_lexicon(), pieces))
    net = MarkedReader(load_net(options.net).encoder)
    net.heads.load_state_dict(torch.load(options.heads))
    net.encoder.word.weight.requires_grad_(requires_grad=False)  # all encoders share these
    mean = fit(net, (learned, varied), options, lambda batch, chance: collate(batch, edges, chance, mask))
    with mean.in_place():
        net.eval()
        if not rank:
            torch.save(net.state_dict(), options.out)
            for name, some in (
                ("CORE", [one for one in aside if not one.sentence.news]),
                ("texts", [one for one in aside if one.sentence.news]),
            ):
                print(name, figures(net, some, edges), flush=True)
    distributed.barrier()


def _read(options: argparse.Namespace, maker: Maker) -> tuple[list[Marked], list[Marked], list[Marked]]:
    """Return the sentences to learn from, the same with other names, and those that are kept aside."""
    chance, names = random.Random(options.seed), NameMaker(ROOT / "src/newsgraph/data")
    learned, varied, aside = list[Marked](), list[Marked](), list[Marked]()
    for document in read_all(options.shared, options.more):
        if document.simple:
            continue
        (aside if document.part == "kept" else learned).extend(marked_of(maker, document))
        if document.part != "kept":
            varied += marked_of(maker, vary(document, names, chance))
    for document, label in read_core(options.core) if options.core else ():
        of_core = list(_core(maker, document, label))
        if document.part == "kept":
            aside += of_core
        else:
            learned += of_core
            varied += of_core
    return learned, varied, aside


def _core(maker: Maker, document: Document, label: list[int]) -> Iterable[Marked]:
    for example in maker.examples(document):
        for one in sentences_of(example, document):
            if len(one.mentions) == 2:  # noqa: PLR2004 - both names were found
                yield from marked_in(with_core_label(one, label), pieces_of(example, one))


def fit(net: MarkedReader, sets: Sequence[list[Marked]], options: argparse.Namespace, lay: Lay) -> RunningMean:
    """Train in place, the sets by turns; returns the running mean of the weights."""
    rank, chance, own = distributed.get_rank(), random.Random(options.seed), random.Random(options.seed + distributed.get_rank())
    torch.manual_seed(options.seed + rank)  # what is dropped out
    encoder = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [*net.heads.parameters(), *net.mark.parameters()]
    optimizer = torch.optim.AdamW([{"params": encoder}, {"params": heads}], lr=options.rate, weight_decay=0.01)
    mean, start, epoch, step, progress = RunningMean(net), time.monotonic(), 0, 0, 0.0
    net.train()
    while progress < 1:
        examples = [one for one in sets[epoch % len(sets)] if one.told or not one.sentence.news or chance.random() < UNTOLD]
        made = batches(examples, BATCH, chance)
        total = 0.0
        for batch in made[rank : len(made) - len(made) % PROCESSES : PROCESSES]:
            progress = first_of_all((time.monotonic() - start) / (60 * options.minutes))
            if progress >= 1:
                break
            factor = min(1.0, progress / 0.03) * (1 - progress)
            for group, faster in zip(optimizer.param_groups, (1, HEADS), strict=True):
                group["lr"] = options.rate * faster * factor
            loss = _loss(net, batch, lay(batch, own))
            optimizer.zero_grad()
            loss.backward()
            share_gradients(net)
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            step += 1
            mean.add(step)
            total += float(loss.detach())
        epoch += 1
        if not rank:
            print(f"epoch {epoch}, {step} steps, {time.monotonic() - start:.0f} s: {PROCESSES * total / max(len(made), 1):.4f}", flush=True)
    return mean


def _loss(net: MarkedReader, batch: Sequence[Marked], laid: dict[str, Tensor]) -> Tensor:
    pairs, ones = net(laid)
    goals = [(told, one.sentence.news) for one in batch for *_, told in one.pairs]
    return loss_of_logits(pairs, ones[laid["asked"]], goals, [one.part for one in batch])


def figures(net: MarkedReader, examples: Sequence[Marked], edges: tuple[int, int]) -> str:
    """Return precision, recall and F1 of pairs and of parts, from several probabilities on; what is read from both sides has the mean."""
    counts = {(what, least): [0, 0, 0] for what in ("pairs", "parts") for least in (0.3, 0.5, 0.7)}
    read: dict[tuple[int, int, int], tuple[list[int] | None, list[Tensor]]] = {}
    with torch.no_grad():
        for batch in batches(examples, 3 * BATCH, random.Random(0)):
            laid = collate(batch, edges)
            logits, ones = net(laid)
            rows = iter(logits.softmax(-1)[:, 1:])
            for one, row in zip(batch, ones[laid["asked"]].sigmoid().tolist(), strict=True):
                count(counts, "parts", row, one.part)
                for i, j, told in one.pairs:
                    read.setdefault((id(one.sentence), i, j), (told, []))[1].append(next(rows))
    for told, both in read.values():
        count(counts, "pairs", torch.stack(both).mean(0).tolist(), told)
    return shown(counts)


if __name__ == "__main__":
    main()
