"""Compare names by the shipped tagger with names by the reader's own tags: python training/reader/compare_names.py MODEL --shared FOLDER [--part dev].

Both are grouped by the same rules, so that only the tags differ.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from documents import read_articles
from measure_reader import GROUPS, ROOT, gold_rows, group_of, open_reader, scorer, show

from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract.models.tagger import load_tagger
from newsgraph.extract.reader.group_links import Limits
from newsgraph.extract.reader.group_names import group_names
from newsgraph.extract.reader.reader import Settings
from newsgraph.extract.text.article_text import read_text


def main() -> None:
    """Print figures of names for whole articles, pages and short texts."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("model", type=Path)
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--more", type=Path, nargs="*", default=[])
    options.add_argument("--part", default="dev")
    a = options.parse_args()
    lexicon, tagger, reader = load_lexicon(), load_tagger(), open_reader(a.model, Settings(Limits(), {}, {}))
    paths = [*sorted((a.shared / "articles").glob("*.jsonl")), *a.more]
    documents, gold, score = (
        [one for path in paths for one in read_articles(path) if one.part == a.part],
        gold_rows(paths),
        scorer(a.shared),
    )
    found: dict[str, dict[str, dict[str, object]]] = {"shipped": {}, "reader": {}}
    for document in documents:
        text = read_text(document.article, lexicon.phrases)
        spans = [span for span in tagger.tag([text], lexicon)[0].spans(text) if span.chance >= 0.5]  # noqa: PLR2004
        for name, candidates in (("shipped", group_names(text, spans)), ("reader", reader.look(text).candidates)):
            found[name][document.id] = {"entities": [{"name": one.name, "kind": one.kind} for one in candidates], "events": []}
    for name, rows in found.items():
        for group in GROUPS:
            some = [gold[one.id] for one in documents if group_of(one) == group]
            show(score, f"{name} {group}", some, rows, fields=False)


if __name__ == "__main__":
    main()
