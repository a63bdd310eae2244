"""Write the tagger's word probabilities of marked texts, for fitting and measuring what is weighed beside them.

Usage, from the project's root: python training/tagger/predict.py OUT.jsonl MODEL_FOLDER [MODEL_FOLDER_2] [--aside]

With two models, of which the first was trained on odd lines and the second on even ones (`train.py --half 0`, `--half 1`),
each open text is read by the model that did not see it. `--aside` reads the texts kept aside instead. Gold files, which no tagger is
trained on, are read by the first model.
A line is {"file", "line", "doc", "part", "labels": row of six a token, "rows": row of eleven a token}.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from data import Marked, text_of
from train import TEXTS, read_all

from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.models.tagger import Tagger, open_tagger
from newsgraph.extract.text.article_text import ArticleText, read_text
from newsgraph.score import read_gold
from newsgraph.score.gold_records import Record

Key = dict[str, str | int]


def main() -> None:
    """Read the texts asked for and write a line for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--aside", action="store_true")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder with texts in folders called marked and gold")
    options = parser.parse_args()
    lexicon = load_lexicon()
    taggers = [open_tagger(folder) for folder in options.models]
    texts = [text for text in read_all(options.texts) if text.aside == options.aside]
    gold = [record for path in sorted(options.texts.glob("**/gold/*.jsonl"), key=lambda path: path.name) for record in read_gold(path)]
    with options.out.open("w", encoding="utf-8") as file:
        for key, text, tagger in _work(texts, gold, taggers, lexicon):
            tags = tagger.tag([text], lexicon)[0]
            file.write(json.dumps({**key, "labels": tags.labels, "rows": tags.rows}) + "\n")


def _work(texts: list[Marked], gold: list[Record], taggers: list[Tagger], lexicon: Lexicon) -> Iterator[tuple[Key, ArticleText, Tagger]]:
    for marked in texts:
        key: Key = {"file": marked.file, "line": marked.line, "doc": marked.file, "part": f"line {marked.line}"}
        yield key, text_of(marked, lexicon), taggers[marked.line % 2 if len(taggers) > 1 else 0]
    for record in gold:
        article = Article("", None, record["title"], record["excerpt"], "", "main")
        yield {"file": "gold", "line": 0, "doc": record["doc"], "part": record["part"]}, read_text(article, lexicon.phrases), taggers[0]


if __name__ == "__main__":
    main()
