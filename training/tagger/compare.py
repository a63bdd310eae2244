"""Compare a trained net with its export, and tell size and speed: python compare.py NET.pt MODEL_FOLDER."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from data import example_of, text_of
from export import load
from measure import measure
from model import vocabulary
from train import TEXTS, line_of, predict, read_all

from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract.models.tagger import open_tagger
from newsgraph.extract.models.wordpiece import WordPieces


def main() -> None:
    """Print figures of both on the texts kept aside, how far they differ, and texts a second of the export on one thread."""
    net, folder = load(Path(sys.argv[1])), Path(sys.argv[2])
    lexicon, tagger = load_lexicon(), open_tagger(folder)
    texts = [text for text in read_all(TEXTS) if text.aside]
    examples = [example_of(text, lexicon, WordPieces(vocabulary()[0])) for text in texts]
    wide = predict(net, examples)
    cut = [text_of(text, lexicon) for text in texts]
    start = time.process_time()
    narrow = [tags.rows for tags in tagger.tag(cut, lexicon)]
    speed = len(texts) / (time.process_time() - start)
    apart = np.concatenate([np.abs(np.array(one) - np.array(other)).max(1) for one, other in zip(wide, narrow, strict=True)])
    print(line_of("fp32", measure(texts, examples, wide, lexicon)))
    print(line_of("int8", measure(texts, examples, narrow, lexicon)))
    print(f"words whose probabilities differ by more than 0.1: {np.mean(apart > 0.1):.4f}")  # noqa: PLR2004
    print(
        f"{sum(path.stat().st_size for path in folder.iterdir()) / 1e6:.1f} MB, {speed:.0f} texts a second of {np.mean([len(text.tokens) for text in cut]):.0f} tokens"
    )


if __name__ == "__main__":
    main()
