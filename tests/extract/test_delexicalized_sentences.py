"""Sentences with marks in the place of names and sums, and the way from a place in them back to the tokens."""

from __future__ import annotations

import pytest

from event_scenes import scene
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, delexicalize
from newsgraph.extract.text.money import Amount


def marked(title: str, body: str = "") -> list[DelexicalizedSentence]:
    looked_at = scene(title, body)
    return delexicalize(looked_at.text, looked_at.parties, looked_at.money)


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Zorvex buys Quorl", "", ["@0 buys @1"]),
        ("Zorvex buys Quorl", "It paid $5 million. Zorvex grows.", ["@0 buys @1", "it paid $0 .", "@2 grows ."]),
        ("Keltic Marine pays €5 million to Zorvex", "", ["@0 pays $0 to @1"]),
        ("The $5 million, 3 million dollars and Rs 7 crore", "", ["the $0 , $1 and $2"]),
        ("$5 million for Keltic Marine", "", ["$0 for @0"]),
        ("Nobody pays", "", ["nobody pays"]),
        ("Zorvex", "Quorl", ["@0", "@1"]),
    ],
)
def test_names_and_sums_are_marks_and_all_else_is_in_lower_case(title: str, body: str, expected: list[str]) -> None:
    lines = marked(title, body)

    assert [line.line for line in lines] == expected
    assert [" ".join(line.words) for line in lines] == expected


def test_spans_are_the_tokens_behind_the_marks() -> None:
    (line,) = marked("So Keltic Marine pays $5 million to Zorvex")
    tokens = scene("So Keltic Marine pays $5 million to Zorvex").text.tokens

    assert [tokens[first:last] for first, last in line.spans] == [["Keltic", "Marine"], tokens[4 : line.spans[1][1]], ["Zorvex"]]
    assert "".join(tokens[slice(*line.spans[1])]) == "$5million"


def cut(title: str, body: str, words: str) -> str:
    """Cut the words of a text out that some words of its last marked sentence are."""
    looked_at = scene(title, body)
    line = delexicalize(looked_at.text, looked_at.parties, looked_at.money)[-1]
    start = line.line.index(words)
    return looked_at.text.words(*line.tokens(start, start + len(words)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("in may @3 buys $1 of @4 now", "In May Keltic Marine buys $5 million of Zorvex now"),
        ("in may", "In May"),
        ("@3", "Keltic Marine"),
        ("buys", "buys"),
        ("@3 buys", "Keltic Marine buys"),
        ("$1", "$5 million"),
        ("buys $1 of", "buys $5 million of"),
        ("of @4", "of Zorvex"),
        ("@4 now", "Zorvex now"),
        ("now", "now"),
    ],
)
def test_words_of_a_marked_sentence_lead_back_to_those_of_the_text(words: str, expected: str) -> None:
    assert cut("Zorvex, Keltic Marine and Quorl pay $3 million", "In May Keltic Marine buys $5 million of Zorvex now", words) == expected


def test_the_first_sentence_leads_back_as_well() -> None:
    assert cut("Keltic Marine buys Zorvex", "", "@0 buys") == "Keltic Marine buys"
    assert cut("Keltic Marine buys Zorvex", "", "@1") == "Zorvex"


def test_words_that_begin_within_the_place_count() -> None:
    (line,) = marked("Zorvex buys Quorl")  # @0 buys @1

    assert line.tokens(0, 2) == line.tokens(0, 3) == (0, 1)
    assert line.tokens(0, 4) == (0, 2)
    assert line.tokens(1, 7) == line.tokens(3, 7) == line.tokens(3, 8) == (1, 2)
    assert line.tokens(3, 9) == (1, 3)
    assert line.tokens(4, 8) == (0, 3)  # no word begins here: the whole sentence


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("buys Quorl", "@0 $0 today"),  # a name within a sum is no mark of its own
        (" buys", "@0 $0 @1 today"),  # a sum that begins between two words has the second
        ("uys", "@0 $0 @1 today"),  # a sum within a word has it whole
        ("buys Quo", "@0 $0 today"),
    ],
)
def test_a_sum_has_the_whole_words_that_it_lies_in(words: str, expected: str) -> None:
    looked_at = scene("Zorvex buys Quorl today")
    start = looked_at.text.clean.index(words)
    (line,) = delexicalize(looked_at.text, looked_at.parties, [Amount(start, start + len(words), 5.0, "USD")])

    assert line.line == expected
