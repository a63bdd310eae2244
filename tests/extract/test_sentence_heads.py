"""The heads that read single sentences: where pieces are, what is asked of them, and opinions of events."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.extract.reader.group_links import Limits, Table
from newsgraph.extract.reader.labels import KINDS, LINK_AT, LINKS, PART_AT, PARTS, Link, RolePart
from newsgraph.extract.reader.sentence_heads import RELATIONS, SentenceHeads, places_of
from newsgraph.extract.reader.sentence_opinion import SentenceOpinion, SentenceReaders, WindowInput
from newsgraph.extract.reader.windows import CandidatePlaces

WIDTH, ROOM, INNER = 12, 8, 16
COMPANY = KINDS.index("company")


def heads(*, quiet: bool = False) -> SentenceHeads:
    """Make small heads with weights of no worth, the same each time; quiet ones think that nothing is told of anybody."""
    chance = np.random.default_rng(7)
    sizes = {
        "kind.weight": (len(KINDS), 4), "name.weight": (ROOM, WIDTH + 4), "name.bias": (ROOM,), "keys.weight": (ROOM, WIDTH), "content.weight": (ROOM, WIDTH),
        "place_key.weight": (5, ROOM), "place_content.weight": (5, ROOM), "swapped.weight": (2, ROOM), "ask_first.weight": (ROOM, ROOM), "ask_second.weight": (ROOM, ROOM),
        "pair.weight": (INNER, 5 * ROOM), "pair_out.weight": (1 + len(LINKS) + len(RELATIONS), INNER), "ask_one.weight": (ROOM, ROOM),
        "one.weight": (INNER, 2 * ROOM), "one_out.weight": (len(PARTS), INNER),
    }  # fmt: skip
    weights = {name: chance.normal(scale=0.3, size=size) for name, size in sizes.items()}
    if quiet:
        weights["pair_out.bias"] = np.array([20.0, *[0.0] * (len(LINKS) + len(RELATIONS))])
        weights["one_out.bias"] = np.full(len(PARTS), -20.0)
    return SentenceHeads(weights)


def states(length: int = 9, seed: int = 1) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.random.default_rng(seed).normal(size=(length, WIDTH)).astype(np.float32)


def placed(**mentions: list[tuple[int, int]]) -> CandidatePlaces:
    """Place candidates, which are called by their numbers, in a window."""
    numbers = [int(name.removeprefix("n")) for name in mentions]
    return CandidatePlaces(numbers, [COMPANY] * len(numbers), list(mentions.values()), [], [])


def window(of: np.ndarray[tuple[int, int], np.dtype[np.float32]], sentences: list[tuple[int, int]]) -> WindowInput:
    """Make a window of pieces with some states, which have no shapes and traits."""
    return WindowInput(0, sentences, of, range(len(of)), [0] * len(of), [0] * len(of))


@given(st.integers(1, 40), st.data())
def test_every_piece_has_one_place(length: int, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, length - 1))
    first = begin, data.draw(st.integers(begin + 1, length))
    begin = data.draw(st.integers(0, length - 1))
    second = begin, data.draw(st.integers(begin + 1, length))
    for places in (places_of(length, [first])[0].tolist(), places_of(length, [first], [second])[0].tolist()):
        assert len(places) == length
        assert set(places) <= set(range(5))
        assert all(places[at] == 1 for at in range(*first))


def test_probabilities_of_a_pair_add_up_to_one_and_depend_on_its_order() -> None:
    made, spans = heads(), [(1, 3), (5, 6)]
    who = made.names(states(), spans, [COMPANY, COMPANY])
    pairs = made.pairs(made.view(states()), who, spans, [(0, 1), (1, 0)])
    assert pairs.shape == (2, 1 + len(LINKS) + len(RELATIONS))
    assert pairs.sum(1) == pytest.approx([1, 1], abs=1e-5)
    assert np.abs(pairs[0] - pairs[1]).max() > 1e-3
    assert made.pairs(made.view(states()), who, spans, [(0, 1)])[0] == pytest.approx(pairs[0], abs=1e-6)  # whatever else is asked
    assert made.ones(made.view(states()), who, spans).shape == (2, len(PARTS))


def test_an_opinion_is_of_the_sentence_that_says_most_and_of_the_party_that_fits_least() -> None:
    made = heads()
    opinion = SentenceOpinion({"A": 0, "B": 1, "C": 2})
    opinion.add(SentenceReaders(made), window(states(14), [(0, 8), (8, 14)]), placed(n0=[(1, 3), (9, 10)], n1=[(5, 6), (12, 14)]))
    parts, singles = [], []
    for begin, end, spans in ((0, 8, [(1, 3), (5, 6)]), (8, 14, [(1, 2), (4, 6)])):
        who = made.names(states(14)[begin:end], spans, [COMPANY, COMPANY])
        parts.append(made.pairs(made.view(states(14)[begin:end]), who, spans, [(0, 1)])[0][1:])
        singles.append(made.ones(made.view(states(14)[begin:end]), who, spans))
    said = opinion.of("acquisition", [("acquirer", "A"), ("target", "B")])
    best = max(float(row[LINK_AT[Link("acquisition", "acquirer", "target")]]) for row in parts)
    assert said.pair == pytest.approx(best)
    assert said.type is not None
    assert said.type >= best
    of_parties = [
        max(float(one[at, PART_AT[RolePart("acquisition", role)]]) for one in singles) for at, role in enumerate(("acquirer", "target"))
    ]
    assert said.single == pytest.approx(min(of_parties))


def test_names_that_no_sentence_has_together_are_no_pair() -> None:
    opinion = SentenceOpinion({"A": 0, "C": 2})
    opinion.add(SentenceReaders(heads()), window(states(), [(0, 5), (5, 9)]), placed(n0=[(1, 3)], n2=[(5, 7)]))
    said = opinion.of("merger", [("party", "A"), ("party", "C")])
    assert (said.pair, said.type) == (None, None)
    assert said.single is not None
    assert opinion.of("merger", [("party", "nobody")]) == (None, None, None)


def test_what_is_said_of_two_windows_joins_to_the_highest_of_both() -> None:
    made = heads()
    one, other, both = (SentenceOpinion({"A": 0, "B": 1}) for _ in range(3))
    one.add(SentenceReaders(made), window(states(), [(0, 9)]), placed(n0=[(1, 3)], n1=[(4, 5)]))
    other.add(SentenceReaders(made), window(states(seed=2), [(0, 9)]), placed(n0=[(2, 3)], n1=[(6, 8)]))
    both.join(one)
    both.join(other)
    assert (both.pairs[0, 1] == np.maximum(one.pairs[0, 1], other.pairs[0, 1])).all()
    assert (both.singles[0] == np.maximum(one.singles[0], other.singles[0])).all()


def test_a_sentence_raises_the_chance_of_a_link_but_never_lowers_it() -> None:
    row = np.zeros(len(LINKS), np.float32)
    row[LINK_AT[Link("merger", "party", "party")]] = 0.8
    opinion = SentenceOpinion({"A": 0, "B": 1}, {(0, 1): row}, {})
    table = Table()
    table.add_opinion(0, opinion)
    ((event, window),) = table.group(Limits())
    assert (event.type, event.places, window) == ("merger", ((0, "party"), (1, "party")), 0)
    assert event.chance == pytest.approx(0.8)
    table.add_opinion(1, SentenceOpinion({}, {(0, 1): row * np.float32(0.5)}, {}))
    assert table.group(Limits()) == [(event, 0)]
