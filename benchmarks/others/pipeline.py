"""The names that a user would find: python-frontmatter and a spaCy pipeline over titles and excerpts, a line of JSON for each name.

Usage: python benchmarks/others/pipeline.py FOLDER FILE.jsonl [PIPELINE]

PIPELINE is the name of an installed one, or `blank`: sentences and a rule for names with a legal form, where no model is to be had.
Only what finds names is run; parser, tagger and lemmatizer are switched off, as its manual says one should.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import frontmatter
import spacy
from spacy.language import Language

Fields = dict[str, Any]

_FORMS = ("Inc", "Inc.", "Corp", "Corp.", "Ltd", "Ltd.", "AG", "SE", "PLC", "Group", "Holdings", "Labs", "Technologies", "Pharma")
_NOT_NEEDED = ["tagger", "parser", "attribute_ruler", "lemmatizer"]


def script(folder: Path, target: Path, name: str) -> None:
    """Write the names in a folder of documents."""
    pipeline = _opened(name)
    with target.open("w", encoding="utf-8") as file:
        for found, url in pipeline.pipe(_texts(folder), as_tuples=True, batch_size=256):
            for one in found.ents:
                file.write(
                    json.dumps({"url": url, "start": one.start_char, "end": one.end_char, "text": one.text, "label": one.label_}) + "\n"
                )


def _opened(name: str) -> Language:
    if name != "blank":
        if find_spec(name):  # a pipeline that is a package loads itself, whatever it calls itself inside
            opened: Language = import_module(name).load(exclude=_NOT_NEEDED)
            return opened
        return spacy.load(name, exclude=_NOT_NEEDED)
    pipeline: Language = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    words = [{"IS_TITLE": True, "OP": "+"}, {"TEXT": {"IN": list(_FORMS)}}]
    ruler: Any = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": words}])
    return pipeline


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.md")):
        page: Fields = dict(frontmatter.load(str(path)).metadata)
        for one in (page, *(page.get("related") or ())):
            yield f"{one['title']}\n{one.get('excerpt') or ''}", one["webUrl"]


if __name__ == "__main__":
    script(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "blank")  # noqa: PLR2004 - the third is optional
