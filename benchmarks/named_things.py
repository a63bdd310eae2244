"""How good people, places and products are, over annotated texts: exact names, counted once a text.

Usage: python benchmarks/named_things.py FILE... [--extractor names] [--errors N]

A file holds gold records or marked texts (`newsgraph.score.read_annotated`). A quarter of every file is held out: its figures
are shown, its texts never. A surname alone belongs to the full name of the same text; the maker's name before a product may
be there or not. Optional entities neither reward nor punish.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Facts, Kind, Mention
from newsgraph.extract import open_extractor
from newsgraph.score import read_annotated
from newsgraph.score.marked_texts import article_of
from newsgraph.score.party_names import key

FIELDS = {"people": Kind.PERSON, "places": Kind.PLACE, "products": Kind.PRODUCT}
Names = frozenset[str]


def main() -> None:
    """Measure each file and print a table, then the errors asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+", help="files of annotated texts")
    parser.add_argument("--extractor", default="names", help="how texts are read")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each file")
    options = parser.parse_args()
    lexicon, extractor = load_lexicon(), open_extractor(options.extractor)
    print(f"{'file':<14} {'part':<11} {'field':<9} precision recall  right missed wrong")
    for path in options.files:
        counts: dict[tuple[str, str], list[int]] = {}
        errors: list[str] = []
        for text in read_annotated([path]):
            article = article_of(text.record)
            facts = next(extractor.read([article], lexicon))
            for field in FIELDS:
                right, missed, wrong = compare(text.record.get(field, []), field, facts)
                count = counts.setdefault(("held out" if text.is_held_out else "open", field), [0, 0, 0])
                count[:] = [count[0] + right, count[1] + len(missed), count[2] + len(wrong)]
                if not text.is_held_out:
                    errors += [f"{text.place}: {field}: missed {missed}, wrong {wrong}: {article.title}"] if missed or wrong else []
        for (part, field), (right, missed_count, wrong_count) in sorted(counts.items(), reverse=True):
            precision, recall = right / max(1, right + wrong_count), right / max(1, right + missed_count)
            print(f"{path.stem:<14} {part:<11} {field:<9} {precision:9.3f} {recall:6.3f} {right:6} {missed_count:6} {wrong_count:5}")
        print("\n".join(f"  {error}" for error in errors[: options.errors]), end="\n" if errors and options.errors else "")


def compare(annotated: Iterable[dict[str, Any]], field: str, facts: Facts) -> tuple[int, list[str], list[str]]:
    """Give how many annotated names of a field were found, then those that were missed and those found that are none."""
    wanted = [(_names([one["name"], *one["surfaces"]]), bool(one.get("optional"))) for one in annotated]
    wanted = _with_surnames(wanted) if field == "people" else wanted
    found = _joined(_forms(one) for one in facts.mentions if one.kind is FIELDS[field])
    right = [any(names & one for one in found) for names, _ in wanted]
    wrong = [" / ".join(sorted(one)) for one in found if not any(one & names for names, _ in wanted)]
    missed = [" / ".join(sorted(names)) for (names, optional), hit in zip(wanted, right, strict=True) if not hit and not optional]
    return sum(hit and not optional for (_, optional), hit in zip(wanted, right, strict=True)), missed, wrong


def _names(names: Iterable[str]) -> Names:
    return frozenset(key(name) for name in names)


def _forms(mention: Mention) -> Names:
    names = {key(mention.name), key(mention.text)}
    maker = key(mention.detail) if mention.kind is Kind.PRODUCT and mention.detail else ""
    if maker:
        names |= {f"{maker} {name}" for name in names} | {name.removeprefix(f"{maker} ") for name in names}
    return frozenset(names)


def _joined(forms: Iterable[Names]) -> list[Names]:
    """Make one of mentions that share a name."""
    joined: list[Names] = []
    for names in forms:
        same = [one for one in joined if one & names]
        joined = [one for one in joined if not one & names] + [names.union(*same)]
    return joined


def _with_surnames(wanted: list[tuple[Names, bool]]) -> list[tuple[Names, bool]]:
    """Let a surname that is marked alone belong to the full name that ends with it."""
    full = [(names, optional) for names, optional in wanted if not _owners(names, wanted)]
    return [(names.union(*_short(names, wanted)), optional) for names, optional in full]


def _owners(names: Names, wanted: list[tuple[Names, bool]]) -> list[Names]:
    return [others for others, _ in wanted if any(other.endswith(f" {name}") for other in others for name in names) and others != names]


def _short(names: Names, wanted: list[tuple[Names, bool]]) -> Iterator[Names]:
    yield from (others for others, _ in wanted if names in _owners(others, wanted))


if __name__ == "__main__":
    main()
