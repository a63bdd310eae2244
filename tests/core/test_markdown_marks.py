"""Marks of Markdown: what is read in their place, and what is no mark."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.markdown_marks import pieces_without_marks, rewrites, without_marks

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "markdown_marks.yaml").read_text(encoding="utf-8"))
PIECES = st.sampled_from(
    "Acme|*|**|_|__|`|```|[|]|](|)|(|![|[[|]]|#|> |- |1. |{{<|>}}|{%|%}|[^1]|[^1]: |\\|~~|==|---|<https://a.example>|[x]: y|é|🚀| |\n|\n\n".split(
        "|"
    )
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(("text", "read"), [pytest.param(text, read, id=name) for name, text, read in CASES])
def test_marks_are_removed_and_nothing_else(text: str, read: str) -> None:
    assert without_marks(text) == read


@given(TEXTS)
def test_rewrites_are_in_order_and_do_not_overlap(text: str) -> None:
    ends = [0]
    for mark in rewrites(text):
        assert ends[-1] <= mark.start < mark.end <= len(text)
        ends.append(mark.end)


@given(TEXTS, st.lists(st.integers(min_value=0, max_value=200), max_size=4))
def test_pieces_of_a_text_are_the_text_that_people_read(text: str, cuts: list[int]) -> None:
    within = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})

    assert "".join(pieces_without_marks(text, within)) == without_marks(text)


def test_a_long_text_of_marks_costs_no_more_than_its_length() -> None:
    for mark in ("*a ", "**a**", "[", "[a](", "`", "{{<", "![", "_a", "[[a|", "> ", "\n- ", "[^1]", "<https://", "[a b=c "):
        assert len(without_marks(mark * 20_000)) <= len(mark) * 20_000  # ends; a quadratic search would take minutes
