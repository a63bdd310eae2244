"""Hard pairs of company names, same or different: how many are decided right, by kind.

Usage: python benchmarks/company_pairs.py [--extractor names] [--errors]

How pairs are decided: `pair_verdicts.py`. A third of the pairs is marked as kept aside: it is counted, and never listed.
"""

from __future__ import annotations

import argparse

from pair_verdicts import read_pairs, table, verdicts


def main() -> None:
    """Print the table of the open pairs and of those kept aside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extractor", default="names")
    parser.add_argument("--errors", action="store_true", help="list the open pairs that are decided wrong")
    options = parser.parse_args()
    found = list(verdicts(read_pairs(), options.extractor))
    for title, part in (
        ("open", [one for one in found if not one.pair.get("aside")]),
        ("kept aside", [one for one in found if one.pair.get("aside")]),
    ):
        print(f"{title}: {sum(one.found for one in part)} of {len(part)} pairs with both names found by {options.extractor}")
        print(f"{'kind':<22}{'pairs':>6}{'right':>7}{'merged':>8}{'parted':>8}")
        for name, *numbers in table(part):
            if title == "open" or name.startswith("="):
                print(f"{name:<22}{numbers[0]:>6}{numbers[1]:>7}{numbers[2]:>8}{numbers[3]:>8}")
    for one in found if options.errors else ():
        if not one.right and not one.pair.get("aside"):
            told = [f"{one.pair[side]['title']} | {one.pair[side]['excerpt']} [{one.pair[side]['name']}]" for side in "ab"]
            print(
                f"\n{one.pair['id']} {one.pair['kind']}, {'same' if one.pair['same'] else 'different'}: {' / '.join(one.names)}",
                *told,
                sep="\n  ",
            )


if __name__ == "__main__":
    main()
