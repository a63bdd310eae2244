"""Sentences that are read with marks: which pieces are marked, which sentences are worth it, and what comes of both readings."""

from typing import Any

import numpy as np
import pytest
from test_sentence_heads import COMPANY, WIDTH, heads, placed, states, window

from newsgraph.extract.reader.labels import KINDS, LINKS
from newsgraph.extract.reader.marked_sentences import MarkedReader, SentencePieces
from newsgraph.extract.reader.sentence_opinion import SentenceOpinion, SentenceReaders

PERSON = KINDS.index("person")


class Session:
    """An encoder whose states depend on pieces and marks; keeps what it was asked."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: list[dict[str, Any]] = []

    def run(self, _: list[str], inputs: dict[str, Any]) -> list[np.ndarray[Any, Any]]:
        """Return states that depend on pieces and marks."""
        self.asked.append(inputs)
        numbers = inputs["pieces"][0] + 100 * inputs["marks"][0]
        return [np.stack([np.random.default_rng(int(number)).normal(size=WIDTH) for number in numbers]).astype(np.float32)[None]]


def sentence(*kinds: int) -> SentencePieces:
    """Make a sentence of nine pieces with a name at every third; the first one is named again at the end."""
    mentions = [[(3 * at, 3 * at + 1)] for at in range(len(kinds))]
    mentions[0].append((8, 9))
    return SentencePieces(range(10, 19), [1] * 9, [3] * 9, kinds, mentions)


def test_all_mentions_of_the_name_that_is_asked_about_have_its_mark() -> None:
    marks = sentence(COMPANY, PERSON).marks(0).tolist()
    assert marks == [1 + COMPANY + len(KINDS), 0, 0, 1 + PERSON, 0, 0, 0, 0, 1 + COMPANY + len(KINDS)]
    assert sentence(COMPANY, PERSON).marks(1).tolist() == [1 + COMPANY, 0, 0, 1 + PERSON + len(KINDS), 0, 0, 0, 0, 1 + COMPANY]


def test_the_encoder_reads_the_sentence_between_two_pieces_without_marks() -> None:
    session = Session()
    pairs, single = MarkedReader(session, heads(), 7, 8).read(sentence(COMPANY, PERSON), 0, [(0, 1)])
    (inputs,) = session.asked
    assert inputs["pieces"].tolist() == [[7, *range(10, 19), 8]]
    assert inputs["shapes"].tolist() == [[0, *[1] * 9, 0]]
    assert inputs["traits"].shape[:2] == (1, 11)
    assert inputs["traits"][0, [0, -1]].sum() == 0
    assert inputs["marks"][0, [0, -1]].sum() == 0
    assert pairs.shape[0] == 1
    assert pairs.sum() == pytest.approx(1, abs=1e-5)
    assert single.ndim == 1


def test_only_companies_and_organisations_are_asked_about_and_each_once_a_sentence() -> None:
    session = Session()
    opinion = SentenceOpinion({"A": 0, "B": 1})
    marked = MarkedReader(session, heads(), 0, 0)
    names = placed(n0=[(1, 3)], n1=[(5, 6)])
    names.kinds[1] = PERSON
    opinion.add(SentenceReaders(heads(), marked), window(states(), [(0, 9)]), names)
    assert len(session.asked) == 1
    assert session.asked[0]["marks"][0].tolist() == [0, 0, *[1 + COMPANY + len(KINDS)] * 2, 0, 0, 1 + PERSON, 0, 0, 0, 0]


def test_a_list_of_companies_is_read_for_six_of_them() -> None:
    session, many = Session(), 12
    names = placed(**{f"n{at}": [(2 * at, 2 * at + 1)] for at in range(many)})
    opinion = SentenceOpinion({str(at): at for at in range(many)})
    opinion.add(SentenceReaders(heads(), MarkedReader(session, heads(), 0, 0)), window(states(2 * many), [(0, 2 * many)]), names)
    assert len(session.asked) == 6
    assert len(opinion.singles) == many


def test_a_pair_has_the_middle_of_both_readings_and_of_both_sides() -> None:
    session, made = Session(), heads()
    marked = MarkedReader(session, made, 0, 0)
    plain, both = SentenceOpinion({"A": 0, "B": 1}), SentenceOpinion({"A": 0, "B": 1})
    names, whole = placed(n0=[(1, 3)], n1=[(5, 6)]), window(states(), [(0, 9)])
    plain.add(SentenceReaders(made), whole, names)
    both.add(SentenceReaders(made, marked), whole, names)
    pieces = SentencePieces(range(9), [0] * 9, [0] * 9, [COMPANY, COMPANY], [[(1, 3)], [(5, 6)]])
    sides = [marked.read(pieces, at, [(0, 1)]) for at in range(2)]
    of_pair = (sides[0][0][0] + sides[1][0][0])[1 : 1 + len(LINKS)] / 2
    assert both.pairs[0, 1] == pytest.approx(middle(plain.pairs[0, 1], of_pair), abs=1e-6)
    assert both.singles[1] == pytest.approx(middle(plain.singles[1], sides[1][1]), abs=1e-6)


def middle(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the probabilities in the middle of two, by their log odds."""
    logs = (np.log(one / (1 - one)) + np.log(other / (1 - other))) / 2
    return np.asarray(1 / (1 + np.exp(-logs)))


def test_a_sentence_that_seems_to_tell_nothing_is_not_read_again() -> None:
    made, session = heads(quiet=True), Session()
    opinion = SentenceOpinion({"A": 0, "B": 1})
    marked = MarkedReader(session, made, 0, 0)
    opinion.add(SentenceReaders(made, marked), window(states(), [(0, 9)]), placed(n0=[(1, 3)], n1=[(5, 6)]))
    assert not session.asked
    assert opinion.pairs[0, 1].max() < 0.05
