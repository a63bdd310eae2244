"""Annotated articles without their texts: our labels, as places in a text that others wrote.

Usage, from the project's root: python training/article_labels.py ANNOTATED.jsonl ... --out training/texts/labels/articles

Writes a file of labels for each source (`bbc.jsonl` and so on), or one for all with `--name`. `article_record` does the opposite. A place
is start and end in title, empty line and body. See `texts/README.md` for the fields.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from third_party import Fields, Json, read_labels, text_digest

KEPT = ("id", "published", "outlet", "kind")  # fields of an article that are no text


def main() -> None:
    """Write the labels of annotated files; each is checked by putting it together with its text again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", help="write one file of that name, not one for each source")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[str]] = {}
    for record in sorted((record for path in options.annotated for record in read_labels(path)), key=lambda record: str(record["id"])):
        label = article_label(record)
        if json.dumps(article_record(label, (record["title"], record["body"]))) != json.dumps(record):
            message = f"{record['id']}: its labels do not make it again"
            raise ValueError(message)
        name = options.name or f"{record['source'].partition(':')[0]}.jsonl"
        files.setdefault(name, []).append(json.dumps(label, ensure_ascii=False, separators=(",", ":")) + "\n")
    for name, lines in files.items():
        (options.out / name).write_text("".join(lines), encoding="utf-8")
        print(f"{name}: {len(lines)} texts")


def article_label(record: Json) -> Json:
    """Return what is ours of an annotated article; raises ValueError where a surface or evidence is not in it."""
    text = _text((record["title"], record["body"]))
    names = [entity["name"] for entity in record["entities"]]
    label: Json = {"text": record["source"], "digest": text_digest((record["title"], record["body"]))}
    label |= {key: record[key] for key in KEPT}
    label["entities"] = [_entity_label(entity, text) for entity in record["entities"]]
    label["events"] = [_event_label(event, text, names) for event in record["events"]]
    return label


def article_record(label: Json, fields: Fields) -> Json:
    """Put a text and our labels of it together."""
    text = _text(fields)
    entities = [_entity(row, text) for row in label["entities"]]
    names = [entity["name"] for entity in entities]
    return {
        "id": label["id"], "source": label["text"], "title": fields[0], "published": label["published"], "outlet": label["outlet"],
        "kind": label["kind"], "body": fields[1], "entities": entities,
        "events": [_event(event, text, names) for event in label["events"]],
    }  # fmt: skip


def _text(fields: Fields) -> str:
    return "\n\n".join(fields)


def _entity_label(entity: Json, text: str) -> list[object]:
    row = [entity["kind"], entity["name"], [place_of(surface, text) for surface in entity["surfaces"]]]
    return [*row, entity["weight"]] if "weight" in entity else row


def _entity(row: Sequence[Any], text: str) -> Json:
    kind, name, places, *weight = row
    entity: Json = {"name": name, "kind": kind, "surfaces": [text[start:end] for start, end in places]}
    return entity | ({"weight": weight[0]} if weight else {})


def _event_label(event: Json, text: str, names: Sequence[str]) -> Json:
    label = dict(event)
    label["roles"] = {
        role: [_filler_label(each, text, names) for each in filler] if isinstance(filler, list) else _filler_label(filler, text, names)
        for role, filler in event["roles"].items()
    }
    if "part" in event:
        label["part"] = _filler_label(event["part"], text, ())
    label["evidence"] = [place_of(sentence, text) for sentence in event["evidence"]]
    return label


def _filler_label(words: str, text: str, names: Sequence[str]) -> object:
    if words in names:
        return names.index(words)
    return {"at": place_of(words, text)} if words in text else words


def _event(label: Json, text: str, names: Sequence[str]) -> Json:
    event = dict(label)
    event["roles"] = {
        role: [_filler(each, text, names) for each in filler] if isinstance(filler, list) else _filler(filler, text, names)
        for role, filler in label["roles"].items()
    }
    if "part" in label:
        event["part"] = _filler(label["part"], text, ())
    event["evidence"] = [text[start:end] for start, end in label["evidence"]]
    return event


def _filler(filler: object, text: str, names: Sequence[str]) -> object:
    if isinstance(filler, int):
        return names[filler]
    if isinstance(filler, dict):
        start, end = filler["at"]
        return text[start:end]
    return filler


def place_of(words: str, text: str) -> list[int]:
    """Return where words are first in a text, as whole words where they are so anywhere; raises ValueError where they are not in it."""
    whole = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    start = whole.start() if whole else text.index(words)
    return [start, start + len(words)]


if __name__ == "__main__":
    main()
