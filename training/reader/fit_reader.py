"""Train the reader: python training/reader/fit_reader.py OUT.pt --shared FOLDER [--more FILE ...] [--layers 6] [--epochs 10] [--final].

Writes the last weights, and to OUT.mean.pt their running mean, which is what is shipped. Learns from `train` texts, with `--final` from
`dev` texts too; texts that are kept aside are never read. Chance comes from one seed. With `--processes 2` two processes of one thread each
read a batch each and learn from both.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch
from documents import Document, read_all
from examples import IGNORED, Example, Maker
from losses import window_losses
from reader_model import Reader, new_reader, vocabulary
from torch import Tensor, distributed, multiprocessing, nn
from torch.nn import functional
from vary import vary

from names import NameMaker  # isort: skip - found beside the tagger, whose folder `reader_model` adds
from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract.models.word_traits import TRAITS
from newsgraph.extract.models.wordpiece import WordPieces

ROOT = Path(__file__).parents[2]
EMPTY = 200  # pieces from which on a window without events is shown in two of five epochs only
LISTED = 0b11111
LAST = 500  # steps that the running mean of the weights is of
HEADS = 7  # how much faster the heads learn than the encoder
WEIGHTS = {
    "tags": 1.0, "phrase_tags": 0.5, "parts": 0.5, "alone": 0.5, "links": 1.0, "glance": 0.15, "status": 0.3, "background": 0.3, "sentence": 0.2,
    "money": 0.5, "when": 0.4, "percent": 0.3, "count": 0.2, "position": 0.1, "period": 0.1, "product": 0.15, "part": 0.2,
}  # fmt: skip


def main() -> None:
    """Train one reader and write it."""
    options = _options()
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29517")
    multiprocessing.spawn(_train, args=(options,), nprocs=options.processes)


def _train(rank: int, options: argparse.Namespace) -> None:
    """Do the work of one process; all have the same texts, weights and chance, and each reads batches of its own."""
    distributed.init_process_group("gloo", rank=rank, world_size=options.processes)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    documents = [one for one in read_all(options.shared, options.more) if one.part == "train" or (options.final and one.part == "dev")]
    if options.limit:
        documents = documents[:: max(1, len(documents) // options.limit)]
    print(
        f"{len(documents)} texts: " + ", ".join(f"{file} {count}" for file, count in Counter(one.file for one in documents).items()),
        flush=True,
    )
    net = new_reader(options.layers)
    if options.warm:
        state = torch.load(options.warm)["state"]
        net.load_state_dict({name: value for name, value in state.items() if name in net.state_dict()}, strict=False)  # or its first layers
    fit(net, documents, options, chance)


def fit(net: Reader, documents: Sequence[Document], options: argparse.Namespace, chance: random.Random) -> None:
    """Train in place; simple texts are shown in one of `every` epochs only."""
    maker, names = Maker(load_lexicon(), WordPieces(vocabulary()[0])), NameMaker(ROOT / "src/newsgraph/data")
    optimizer = _optimizer(net, options)
    start, net_step = time.monotonic(), 0
    progress = 0.0
    rank, processes = distributed.get_rank(), distributed.get_world_size()
    own = random.Random(options.seed + rank)
    torch.manual_seed(options.seed + rank)  # what is dropped out
    mean = RunningMean(net)
    net.train()
    for epoch in range(options.epochs):
        shown = [one for number, one in enumerate(documents) if not one.simple or (number + epoch) % options.every == 0]
        varied = [vary(one, names, chance) for one in shown]
        windows = [example for one in varied for example in maker.examples(one)]
        windows = [one for one in windows if one.told or one.simple or len(one.window.pieces) < EMPTY or chance.random() < 0.4]  # noqa: PLR2004
        batches = list(_batches(windows, options.batch, chance))
        batches = batches[rank : len(batches) - len(batches) % processes : processes]
        totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for number, batch in enumerate(batches):
            progress = (epoch + number / len(batches)) / options.epochs
            if options.minutes:
                progress = first_of_all(max(progress, (time.monotonic() - start) / (60 * options.minutes)))
            if progress >= 1:
                break
            factor = min(1.0, progress / (0.02 if options.warm else 0.08)) * max(0.0, 1 - progress)
            for group, share in zip(optimizer.param_groups, (1, HEADS), strict=True):
                group["lr"] = options.rate * share * factor
            sums = batch_losses(net, batch, own)
            loss = sum((WEIGHTS[name] * total / max(count, 1.0) for name, (total, count) in sums.items()), start=torch.zeros(()))
            optimizer.zero_grad()
            loss.backward()
            share_gradients(net)
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            net_step += 1
            mean.add(net_step)
            if net_step % 40 == 0 and not rank:
                print(f"step {net_step} of {len(batches)} an epoch, {time.process_time():.0f} s", flush=True)
            for name, (total, count) in sums.items():
                totals[name][0] += float(total.detach())
                totals[name][1] += count
        if not rank:
            print(
                f"epoch {epoch + 1}, {net_step} steps, {time.monotonic() - start:.0f} s: "
                + ", ".join(f"{k} {a / max(b, 1):.3f}" for k, (a, b) in totals.items()),
                flush=True,
            )
            save(net, options.out)
            with mean.in_place():
                save(net, options.out.with_suffix(".mean.pt"))
        if progress >= 1:
            break
    net.eval()


def first_of_all(value: float) -> float:
    """Give the first process's value to all, so that all end at the same step."""
    shared = torch.tensor(value, dtype=torch.float64)
    distributed.broadcast(shared, 0)
    return float(shared)


def share_gradients(net: nn.Module) -> None:
    """Give each process the mean of all gradients."""
    if distributed.get_world_size() == 1:
        return
    learned = [p for p in net.parameters() if p.requires_grad]
    flat = torch.cat([torch.zeros(p.numel()) if p.grad is None else p.grad.flatten() for p in learned])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    for weight, gradient in zip(learned, flat.split([p.numel() for p in learned]), strict=True):
        weight.grad = gradient.view_as(weight)


class RunningMean:
    """The running mean of the weights over about the last `LAST` steps, which reads better than the last weights."""

    def __init__(self, net: nn.Module) -> None:
        """Begin with the present weights of a net; those that are frozen stay out of it."""
        self._learned = [p for p in net.parameters() if p.requires_grad]
        self._mean = [p.detach().clone() for p in self._learned]

    def add(self, step: int) -> None:
        """Take the present weights into the mean; `step` counts from 1."""
        for mean, weight in zip(self._mean, self._learned, strict=True):
            mean.lerp_(weight.detach(), max(1 / LAST, 1 / step))

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Put the mean into the net while the context lasts."""
        kept = [p.detach().clone() for p in self._learned]
        _put(self._mean, self._learned)
        try:
            yield
        finally:
            _put(kept, self._learned)


def _put(values: Sequence[Tensor], weights: Sequence[Tensor]) -> None:
    with torch.no_grad():
        for weight, value in zip(weights, values, strict=True):
            weight.copy_(value)


def save(net: Reader, path: Path) -> None:
    """Write the weights of a net."""
    torch.save({"layers": len(net.encoder.layers), "state": {name: value.clone() for name, value in net.state_dict().items()}}, path)


def _optimizer(net: Reader, options: argparse.Namespace) -> torch.optim.AdamW:
    """Freeze what stays as it is, and make the optimizer of the rest."""
    net.encoder.word.weight.requires_grad_(False)  # noqa: FBT003 - torch's own signature
    inner = [*net.encoder.layers.parameters(), *net.encoder.norm.parameters(), net.encoder.place.weight]
    for layer in net.encoder.layers[: options.frozen]:
        layer.requires_grad_(False)  # noqa: FBT003 - torch's own signature
    if options.frozen:
        for part in (net.encoder.norm, net.encoder.place, net.encoder.shape_in, net.encoder.trait_in, net.encoder.mark):
            part.requires_grad_(False)  # noqa: FBT003 - torch's own signature
    inner = [p for p in inner if p.requires_grad]
    known = {id(p) for p in inner}
    rest = [p for p in net.parameters() if p.requires_grad and id(p) not in known]
    return torch.optim.AdamW(
        [{"params": inner, "lr": options.rate}, {"params": rest, "lr": options.rate * HEADS}], weight_decay=0.01, fused=True
    )


def batch_losses(net: Reader, batch: Sequence[Example], chance: random.Random | None = None) -> dict[str, tuple[Tensor, float]]:
    """Give sums of losses over a batch of windows, and their counts."""
    pieces, shapes, traits, mask = tensors(batch, chance)
    states, tags, phrase_tags = net.encoder(pieces, shapes, traits, mask)
    length = pieces.shape[1]
    goal, phrase_goal = torch.full((len(batch), length), IGNORED), torch.full((len(batch), length), IGNORED)
    for row, one in enumerate(batch):
        goal[row, one.firsts] = torch.tensor(one.tags)
        if one.phrase_tags is not None:
            phrase_goal[row, one.firsts] = torch.tensor(one.phrase_tags)
    sums = {
        "tags": (functional.cross_entropy(tags.float().flatten(0, 1), goal.flatten(), ignore_index=IGNORED, label_smoothing=0.02, reduction="sum"), float((goal >= 0).sum())),
        "phrase_tags": (functional.cross_entropy(phrase_tags.float().flatten(0, 1), phrase_goal.flatten(), ignore_index=IGNORED, reduction="sum"), float((phrase_goal >= 0).sum())),
    }  # fmt: skip
    for row, one in enumerate(batch):
        for name, (total, count) in window_losses(net.heads, states[row, : len(one.window.pieces)], one).items():
            before = sums.get(name, (torch.zeros(()), 0.0))
            sums[name] = before[0] + total, before[1] + count
    return sums


def tensors(batch: Sequence[Example], chance: random.Random | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give pieces, shapes, traits and mask of a batch, padded; with `chance`, list traits are hidden now and then."""
    length = max(len(one.window.pieces) for one in batch)
    pieces, shapes = torch.zeros(len(batch), length, dtype=torch.long), torch.zeros(len(batch), length, dtype=torch.long)
    traits, mask = torch.zeros(len(batch), length, len(TRAITS)), torch.zeros(len(batch), length)
    for row, one in enumerate(batch):
        size = len(one.window.pieces)
        hidden = LISTED if chance is not None and chance.random() < 0.35 else 0  # noqa: PLR2004
        pieces[row, :size], mask[row, :size], shapes[row, :size] = torch.tensor(one.window.pieces), 1.0, torch.tensor(one.shapes)
        traits[row, :size] = ((torch.tensor([bits & ~hidden for bits in one.traits])[:, None] >> torch.arange(len(TRAITS))) & 1).float()
    return pieces, shapes, traits, mask


def _batches(examples: list[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Cut examples into batches of like length and about `size` pieces, in random order."""
    keyed = sorted(examples, key=lambda one: len(one.window.pieces) + chance.random() * 16)
    batches: list[list[Example]] = [[]]
    for one in keyed:
        if batches[-1] and (len(batches[-1]) + 1) * len(one.window.pieces) > size:
            batches.append([])
        batches[-1].append(one)
    chance.shuffle(batches)
    yield from batches


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with articles/ and training/")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="further files of annotated texts")
    parser.add_argument("--layers", type=int, default=6, choices=(3, 4, 5, 6))
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=1300, help="word pieces")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=20240115)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--warm", type=Path, help="go on from the weights of this net")
    parser.add_argument("--frozen", type=int, default=0, help="layers from the bottom up that stay as they are")
    parser.add_argument("--every", type=int, default=2, help="simple texts are shown in one of so many epochs")
    parser.add_argument("--minutes", type=float, default=0.0, help="end after so many, whatever was learned: two runs then differ")
    parser.add_argument("--processes", type=int, default=1, help="so many at once, of one thread each; a step is then so many batches")
    parser.add_argument("--final", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
