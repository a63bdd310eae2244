"""Line ends that end no paragraph: texts filled to a width, and lines that go on."""

from __future__ import annotations

import textwrap

import pytest

from newsgraph.core.sentences import sentences
from newsgraph.core.wrapped_lines import unwrapped, wrapped_line_ends

PROSE = "Acme Robotics agreed on Monday to buy Bolt Logistics for $180 million in cash and shares. Its chief, Jane Miller, called it a good day."


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_text_that_was_filled_to_a_width_is_whole_again(width: int) -> None:
    text = "\n\n".join(textwrap.fill(f"{PROSE} " * count, width) for count in (2, 3, 1))

    assert unwrapped(text) == "\n\n".join(" ".join([PROSE] * count) for count in (2, 3, 1))


@pytest.mark.parametrize(
    "text",
    [
        "Acme Robotics\nBolt Logistics\nCray Foods",
        "Acme agreed to buy the logistics firm Bolt for $5 million.\nThe deal closes in May.",
        "Acme agreed to buy the logistics firm Bolt\n- for money\n- for shares",
        "Acme agreed to buy the logistics firm Bolt\n\nfor money",
        "Companies in this story:\nacme robotics",
        "What they said\n> Acme agreed to buy the logistics firm Bolt",
    ],
)
def test_lines_of_a_list_and_paragraphs_stay_apart(text: str) -> None:
    assert wrapped_line_ends(text) == []


def test_a_line_that_goes_on_with_a_small_letter_or_a_sum_is_no_end() -> None:
    text = "Acme agreed on Monday to buy the firm Bolt\nfor a price of more than the rivals paid, some\n**$5 million** in all."

    assert [text[end : end + 2] for end in wrapped_line_ends(text)] == ["\nf", "\n*"]


def test_a_sentence_crosses_the_line_ends_of_its_paragraph() -> None:
    text = "Acme agreed on Monday to buy the firm Bolt\nfor $5 million. It closes in May."

    assert [text[start:end] for start, end in sentences(text)] == [
        "Acme agreed on Monday to buy the firm Bolt\nfor $5 million.",
        "It closes in May.",
    ]
