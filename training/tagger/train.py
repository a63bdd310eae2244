"""Train the tagger on marked texts and measure it on the quarter that it never sees.

Usage, from the project's root: python training/tagger/train.py OUT.pt [--epochs 8] [--layers 6] [--threads 2] [--without FILE ...]
[--half 0|1] [--limit 64] [--no-shapes] [--no-traits]

Chance comes from one seed. The same texts, lists, versions and threads train the same weights, to the last bit; another number of
threads adds floats up in another order.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from data import IGNORED, TAGS, Example, Marked, example_of, read_marked, recased, vary
from measure import Figures, measure
from model import Net, new_net, vocabulary
from names import NameMaker
from torch import Tensor
from torch.nn import functional

from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.extract.models.word_traits import SHAPES, TRAITS
from newsgraph.extract.models.wordpiece import WordPieces

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "training" / "texts"
LISTED = 0b11111  # traits that name lists give: hidden at times, so that the tagger learns to do without
RATES = {"encoder": 2e-4, "rest": 2e-3}


def main() -> None:
    """Train one net, write it, and print its figures on the texts kept aside."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)  # noqa: FBT003 - torch's own signature
    torch.manual_seed(options.seed)
    lexicon, pieces = load_lexicon(), WordPieces(vocabulary()[0])
    texts = read_all(options.texts)
    shown = [text for text in texts if not text.aside and text.file not in options.without]
    if options.half is not None:
        shown = [text for text in shown if text.line % 2 != options.half]
    shown = shown[: options.limit]
    print(
        "texts to learn from: " + ", ".join(f"{file} {count}" for file, count in Counter(text.file for text in shown).items()), flush=True
    )
    net = new_net(options.layers, 0 if options.no_shapes else SHAPES, 0 if options.no_traits else len(TRAITS), len(TAGS))
    fit(net, shown, lexicon, pieces, options)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(
        {"layers": options.layers, "shapes": not options.no_shapes, "traits": not options.no_traits, "state": net.state_dict()}, options.out
    )
    show(net, [text for text in texts if text.aside][: options.limit], lexicon, pieces)


def read_all(folder: Path) -> list[Marked]:
    """Read the marked texts below a folder, file by file in the order of their names, and those beside this script.

    Of the texts beside this script none is kept aside.
    """
    own = [replace(text, aside=False) for text in read_marked(Path(__file__).with_name("texts.jsonl"))]
    paths = sorted(folder.glob("**/marked/*.jsonl"), key=lambda path: path.name)
    return [*(text for path in paths for text in read_marked(path)), *own]


def fit(net: Net, texts: Sequence[Marked], lexicon: Lexicon, pieces: WordPieces, options: argparse.Namespace) -> None:
    """Train in place: AdamW, the rate up for a tenth of the steps and then down; word embeddings stay as they are."""
    chance = random.Random(options.seed)
    names = NameMaker(ROOT / "src/newsgraph/data")
    net.word.weight.requires_grad_(False)  # noqa: FBT003 - torch's own signature
    inner = [p for p in (*net.layers.parameters(), *net.norm.parameters(), net.place.weight) if p.requires_grad]
    known = {id(p) for p in inner}
    rest = [p for p in net.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": inner, "lr": RATES["encoder"]}, {"params": rest, "lr": RATES["rest"]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = options.epochs * math.ceil(len(texts) / options.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1.0, step / (0.1 * steps)) * max(0.0, 1 - step / steps))
    for epoch in range(options.epochs):
        start, total = time.monotonic(), 0.0
        net.train()
        varied = [text if epoch == options.epochs - 1 and chance.random() < 0.3 else vary(text, names, chance) for text in texts]  # noqa: PLR2004
        batches = list(_batches([example_of(text, lexicon, pieces) for text in varied], options.batch, chance))
        for batch in batches:
            *inputs, tags = tensors(batch, chance)
            logits = net(*inputs)
            loss = functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=IGNORED, label_smoothing=0.03)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.4f}, {time.monotonic() - start:.0f} s", flush=True)
    net.eval()


def tensors(batch: Sequence[Example], chance: random.Random | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Give pieces, shapes, traits, mask and tags of a batch, padded; with `chance`, list traits are hidden now and then."""
    length = max(len(one.pieces) for one in batch)
    pieces, shapes = torch.zeros(len(batch), length, dtype=torch.long), torch.zeros(len(batch), length, dtype=torch.long)
    traits, mask = torch.zeros(len(batch), length, len(TRAITS)), torch.zeros(len(batch), length)
    tags = torch.full((len(batch), length), IGNORED)
    for row, one in enumerate(batch):
        size = len(one.pieces)
        hidden = LISTED if chance is not None and chance.random() < 0.35 else 0  # noqa: PLR2004
        word_traits = [trait & ~hidden for trait in one.traits]
        pieces[row, :size], mask[row, :size] = torch.tensor(one.pieces), 1.0
        shapes[row, :size] = torch.tensor([one.shapes[word] if word >= 0 else 0 for word in one.words])
        bits = torch.tensor([word_traits[word] if word >= 0 else 0 for word in one.words])
        traits[row, :size] = ((bits[:, None] >> torch.arange(len(TRAITS))) & 1).float()
        for first, tag in zip(one.firsts, one.tags, strict=True):
            tags[row, first] = tag
    return pieces, shapes, traits, mask, tags


def predict(net: Net, examples: Sequence[Example]) -> list[list[list[float]]]:
    """Give each word's probability of each tag, for each example."""
    found: list[list[list[float]]] = [[] for _ in examples]
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].pieces))
    with torch.no_grad():
        for begin in range(0, len(order), 32):
            rows = order[begin : begin + 32]
            *inputs, _ = tensors([examples[at] for at in rows])
            chances = net(*inputs).softmax(-1)
            for row, at in enumerate(rows):
                found[at] = chances[row, torch.tensor(examples[at].firsts)].tolist()
    return found


def show(net: Net, texts: Sequence[Marked], lexicon: Lexicon, pieces: WordPieces) -> None:
    """Print word and company figures: a line a file, all texts, and all with every word in Title Case and in ALL CAPS."""
    net.eval()
    chosen = {file: [text for text in texts if text.file == file] for file in sorted({text.file for text in texts})}
    chosen |= {"all": list(texts)} | {f"all, {how}": [recased(text, how) for text in texts] for how in ("title", "caps")}
    for name, some in chosen.items():
        examples = [example_of(text, lexicon, pieces) for text in some]
        print(line_of(name, measure(some, examples, predict(net, examples), lexicon)), flush=True)


def line_of(name: str, figures: Figures) -> str:
    """Write figures on a line."""
    return f"{name:<18} {len(figures.texts):>4}  " + "  ".join(
        f"{what} {p:.3f} {r:.3f} {f:.3f}" for what, (p, r, f) in figures.rows.items()
    )


def _batches(examples: list[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Cut examples into batches of like length, in random order."""
    keyed = sorted(examples, key=lambda one: len(one.pieces) + chance.random() * 12)
    batches = [keyed[at : at + size] for at in range(0, len(keyed), size)]
    chance.shuffle(batches)
    yield from batches


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder with marked texts in folders called marked")
    parser.add_argument("--layers", type=int, default=6, choices=(3, 4, 5, 6))
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seed", type=int, default=20240115)
    parser.add_argument("--no-shapes", action="store_true")
    parser.add_argument("--no-traits", action="store_true")
    parser.add_argument("--without", nargs="*", default=[], help="names of files left out")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, help="train and measure on the first texts only, to see that it runs")
    parser.add_argument("--half", type=int, choices=(0, 1), help="leave out texts whose line is even (0) or odd (1)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
