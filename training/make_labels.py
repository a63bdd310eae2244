"""Take the texts out of a labelled set: what remains is ours, our labels as places in texts that others wrote.

Usage, from the project's root: python training/make_labels.py SET.jsonl LABELS.jsonl [--core train.json]

The opposite of what `get_texts.py` does; needed only when labels of a third party's texts were corrected or are new. `--core` is CORE's
file of passages, for the places where its words are joined without a blank.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from third_party import Fields, Json, plain_token, text_digest

_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]")


def main() -> None:
    """Write the labels of a set."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("set", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--core", type=Path)
    options = parser.parse_args()
    core = json.loads(options.core.read_text(encoding="utf-8")) if options.core else []
    records = [json.loads(line) for line in options.set.read_text(encoding="utf-8").splitlines()]
    rows = [gold_label(record) if "companies" in record else marked_label(record, core) for record in records]
    options.labels.write_text("".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} texts")


def marked_label(record: Json, core: list[Json]) -> Json:
    """Return the labels of a marked text."""
    plain = _MARK.sub(r"\1", record["title"]), _MARK.sub(r"\1", record["excerpt"])
    source, _, place = record["source"].partition(":")
    label: Json = {"text": f"{source.lower()}:{place}", "digest": text_digest(plain)}
    if source == "CORE":
        label["glued"] = glued_tokens(core[int(place)]["context"], plain[1])
    return label | {"marks": [_places(record["title"]), _places(record["excerpt"])], "events": record["events"]}


def gold_label(record: Json) -> Json:
    """Return a gold record without its texts; surfaces and evidence are places: field (0 title, 1 excerpt), start, end."""
    fields = record["title"], record["excerpt"]
    left: Json = {}
    for key, rows in record.items():
        if key not in {"doc", "part", "title", "excerpt"}:
            left[key] = [_without_words(row, fields) for row in rows] if isinstance(rows, list) else rows
    return {"text": f"news:{record['doc']}#{record['part']}", "digest": text_digest(fields), "record": left}


def glued_tokens(tokens: list[str], text: str) -> list[int]:
    """Find the tokens that follow the one before without a blank; raises ValueError where the tokens do not make the text."""
    at, glued = 0, []
    for number, token in enumerate(tokens):
        word = plain_token(token)
        if text.startswith(word, at):
            glued += [number] if number else []
        elif text.startswith(f" {word}", at):
            at += 1
        else:
            message = f"word {number}, {word!r}, is not where it should be: {text[at : at + 20]!r}"
            raise ValueError(message)
        at += len(word)
    return glued


def _places(marked: str) -> list[tuple[int, int, str]]:
    places, gone = [], 0
    for match in _MARK.finditer(marked):
        start = match.start() - gone
        places.append((start, start + len(match[1]), match[2]))
        gone += len(match[0]) - len(match[1])
    return places


def _without_words(row: Json, fields: Fields) -> Json:
    left = dict(row)
    if "surfaces" in row:
        left["surfaces"] = [_place(words, fields) for words in row["surfaces"]]
    if "evidence" in row:
        left["evidence"] = _place(row["evidence"], fields)
    return left


def _place(words: str, fields: Fields) -> tuple[int, int, int]:
    field = 0 if words in fields[0] else 1
    start = fields[field].index(words)
    return field, start, start + len(words)


if __name__ == "__main__":
    main()
