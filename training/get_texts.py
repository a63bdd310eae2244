"""Get the texts of third parties that training reads, check their digests, and say what is missing and what that means.

Usage, from the project's root: python training/get_texts.py [--from FOLDER ...] [--offline] [--timeout 20]

`texts/sources.yaml` lists them. A set is taken from the folders given, or put together from its public sources, which are taken from
the folders given or downloaded, and from our labels. Nothing with another digest is used. All goes to `training/texts/third_party/`,
which git ignores; annotated articles for measuring only to its folder `measured`. Exit code 1: something is missing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from finder import Finder, MissingTextError, write
from get_articles import get_article_sets
from third_party import (
    TEXTS,
    Json,
    Manifest,
    TextSet,
    core_record,
    digest_of,
    gold_record,
    joined,
    marked_record,
    read_manifest,
    set_content,
    text_digest,
)

SHOWN = 3  # examples of what is missing


def main() -> None:
    """Get every set and print a line for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--from", type=Path, nargs="*", default=[], dest="given", help="folders to look in before downloading")
    parser.add_argument("--offline", action="store_true", help="download nothing")
    parser.add_argument("--timeout", type=float, default=20.0, help="seconds to wait for a server")
    parser.add_argument("--out", type=Path, default=TEXTS / "third_party")
    options = parser.parse_args()
    for folder in options.given:
        if not folder.is_dir():
            parser.error(f"{folder} is no folder")
    lines, complete = get_sets(read_manifest(), Finder(options.out, options.given, not options.offline, options.timeout))
    print("\n".join(lines))
    sys.exit(0 if complete else 1)


def get_sets(manifest: Manifest, finder: Finder) -> tuple[list[str], bool]:
    """Get all sets; return what to tell the user, and whether all are there."""
    lines, complete = [], True
    for each in manifest.sets:
        line, there = _get(each, manifest, finder)
        lines.append(f"{each.name}: {line}")
        if not there:
            lines.append(f"  Without it {each.without}")
        complete = complete and there
    of_articles, all_there = get_article_sets(manifest, finder)
    return [*finder.notes, *lines, *of_articles], complete and all_there


def _get(wanted: TextSet, manifest: Manifest, finder: Finder) -> tuple[str, bool]:
    path = finder.folder / wanted.path
    if path.is_file():
        same = digest_of(path.read_bytes()) == wanted.sha256
        return (
            ("there already", True)
            if same
            else (f"{path} was changed: its SHA-256 is not that of the manifest. Remove it to get it anew.", False)
        )
    content = finder.given_file(wanted.name, wanted.sha256)
    if content:
        write(path, content)
        return "copied from a folder given", True
    labels = manifest.labels_of(wanted)
    records, faults = assemble(labels, manifest, finder)
    if faults:
        examples = "; ".join(list(dict.fromkeys(faults))[:SHOWN])
        return f"MISSING: {len(faults)} of {len(labels)} texts could not be had: {examples}", False
    content = set_content(records)
    if digest_of(content) != wanted.sha256:
        return "MISSING: its texts and labels were put together, but the SHA-256 is not that of the manifest", False
    write(path, content)
    counts = Counter(label["text"].partition(":")[0] for label in labels)
    return "put together from our labels and texts of " + ", ".join(f"{name} ({count})" for name, count in counts.items()), True


def assemble(labels: Iterable[Json], manifest: Manifest, finder: Finder) -> tuple[list[Json], list[str]]:
    """Put labels and texts together; also return why texts are missing, a line each."""
    records, faults = [], []
    passages: dict[str, list[Json]] = {}
    for label in labels:
        name, _, place = label["text"].partition(":")
        source = manifest.sources[name]
        if source.use != "train":
            message = f"{name}: training must not read it ({source.about})"
            raise ValueError(message)
        try:
            if not source.is_folder:
                if name not in passages:
                    passages[name] = json.loads(finder.file(source))
                records.append(_core(label, passages[name][int(place)]))
            else:
                fields = finder.text(source, place.partition("#")[0], label["digest"])
                records.append(gold_record(label, fields) if "record" in label else marked_record(label, fields))
        except MissingTextError as error:
            faults.append(str(error))
    return records, faults


def _core(label: Json, passage: Json) -> Json:
    if text_digest(("", joined(passage["context"], label["glued"]))) != label["digest"]:
        message = f"{label['text']}: the passage was changed"
        raise MissingTextError(message)
    return core_record(label, passage)


if __name__ == "__main__":
    main()
