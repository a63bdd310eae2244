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
        ("ex-T-Mobile", ["ex", "-", "T-Mobile"]),
        ("A-B-C-D-E-F-G-H", ["A-B-C-D-E-F-G-H"]),
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


def test_a_word_of_many_hyphens_takes_little_memory() -> None:
    word = "-".join(["A"] * 100_000)

    assert tokenize(word, [(0, len(word))], LISTED).tokens == [word]
