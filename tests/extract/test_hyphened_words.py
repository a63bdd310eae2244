"""Words with hyphens: names are cut out of them, and names with hyphens of their own stay whole."""

from __future__ import annotations

import pytest

from newsgraph.extract.text.tokens import tokenize

LISTED = {"sprint", "t-mobile", "vmware", "nvidia", "coca-cola", "hulu", "rolls-royce"}


@pytest.mark.parametrize(
    ("word", "tokens"),
    [
        ("Paris-based", ["Paris", "-", "based"]),
        ("Intel-friendly", ["Intel", "-", "friendly"]),
        ("VMware-Nvidia", ["VMware", "-", "Nvidia"]),
        ("Sprint-T-Mobile", ["Sprint", "-", "T-Mobile"]),
        ("T-Mobile-Sprint", ["T-Mobile", "-", "Sprint"]),
        ("ex-Hulu", ["ex", "-", "Hulu"]),
        ("Ex-Quarrow", ["Ex", "-", "Quarrow"]),
        ("Nvidia-like", ["Nvidia", "-", "like"]),
        ("T-Mobile", ["T-Mobile"]),
        ("Coca-Cola", ["Coca-Cola"]),
        ("ex-wife", ["ex-wife"]),
        ("e-commerce", ["e-commerce"]),
        ("-", ["-"]),
        ("--", ["-", "-"]),
    ],
)
def test_names_are_cut_out_of_hyphened_words(word: str, tokens: list[str]) -> None:
    text = f"so {word} here"
    cut = tokenize(text, [(0, len(text))], LISTED)

    assert cut.tokens[1:-1] == tokens
    assert [text[start:end] for start, end in zip(cut.starts, cut.ends, strict=True)] == cut.tokens
