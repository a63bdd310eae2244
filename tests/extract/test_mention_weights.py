"""What a company is in an article: subject, party, background, or one of those that only stand beside the news."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsgraph.core.article_roles import Weight
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Kind
from newsgraph.extract import mention_weights, open_extractor
from newsgraph.extract.mention_weight_features import Shown, load_cues
from newsgraph.extract.mention_weights import weight_of

TITLE = "Sanofi buys Owkin for $2 billion"
LEAD = "Sanofi said on Monday that it would buy Owkin for $2 billion. Sanofi will pay in cash. Owkin employs 300 people."


def weights(*sentences: str, title: str = TITLE, lead: str = LEAD) -> dict[str, Weight | None]:
    article = Article("key", None, title, lead, "s", "main", "\n".join(sentences))
    facts = next(open_extractor("names").read([article], load_lexicon()))
    return {mention.name: mention.weight for mention in facts.mentions}


def test_who_is_in_headline_and_lead_is_the_subject() -> None:
    found = weights()

    assert found["Sanofi"] is Weight.SUBJECT
    assert found["Owkin"] is Weight.SUBJECT


@pytest.mark.parametrize(
    ("sentence", "weight"),
    [
        ("Sanofi was advised by Lazard.", Weight.ADVISER),
        ("Lazard and Rothschild are advising Owkin.", Weight.ADVISER),
        ("Analysts at Lazard said the price was high.", Weight.ANALYST),
        ("The deal is paid for with a loan from Lazard.", Weight.LENDER),
        ("Its rivals include Lazard.", Weight.RIVAL),
        ("Its customers include Lazard.", Weight.CUSTOMER),
        ("That is a third more than last year, according to Lazard.", Weight.SOURCE),
        ("The building was once that of Lazard.", Weight.BACKGROUND),
        ("People there also like Lazard.", Weight.PASSING),
    ],
)
def test_words_beside_a_name_say_what_it_is(sentence: str, weight: Weight) -> None:
    assert weights(sentence)["Lazard"] is weight


def test_all_of_a_list_are_what_its_cue_says() -> None:
    found = weights("Sanofi was advised by Lazard, Rothschild and Nomura.")

    assert [found[name] for name in ("Lazard", "Rothschild", "Nomura")] == [Weight.ADVISER] * 3


def test_only_companies_and_organisations_have_a_weight() -> None:
    article = Article("key", None, TITLE, LEAD, "s", "main", "It was in Lyon in July 2020, said Maria Lopez.")

    for mention in next(open_extractor("names").read([article], load_lexicon())).mentions:
        assert (mention.weight is not None) == (mention.kind in {Kind.COMPANY, Kind.ORGANISATION})


def test_cues_are_for_weights() -> None:
    assert set(load_cues()) <= {weight.value for weight in Weight}


class _InOrder(frozenset[str]):
    """A set that is gone through in the order of the alphabet."""

    def __iter__(self) -> Iterator[str]:
        """Return its members in order."""
        return iter(sorted(super().__iter__()))


class _Reversed(_InOrder):
    """A set that is gone through from the end of the alphabet."""

    def __iter__(self) -> Iterator[str]:
        """Return its members in reverse order."""
        return iter(sorted(super().__iter__(), reverse=True))


def test_the_order_of_features_does_not_decide_what_lies_at_the_border(monkeypatch: pytest.MonkeyPatch) -> None:
    points = {"bias": 1e16, "a": 1.0, "b": -1e16}
    assert (points["bias"] + points["a"] + points["b"] > 0) != (points["bias"] + points["b"] + points["a"] > 0)
    monkeypatch.setattr(mention_weights, "feature_points", lambda: points)
    one, other = (Shown(Kind.COMPANY, frozenset({"Acme"}), features, ()) for features in (_InOrder("ab"), _Reversed("ab")))

    assert weight_of(one) is weight_of(other)
