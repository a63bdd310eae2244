"""What a company is in an article: subject, party, background, or one of those that only stand beside the news."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from newsgraph.core.article_roles import Weight
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Kind
from newsgraph.extract import open_extractor
from newsgraph.extract.mention_weight_features import load_cues

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


def test_a_company_on_the_border_is_weighed_alike_in_every_process() -> None:
    """The features are a set, in an order that each process draws anew; a plain sum of their weights depends on it."""
    code = (
        "from newsgraph.core.lexicon import load_lexicon; from newsgraph.core.model import Article; from newsgraph.extract import open_extractor\n"
        "title = 'Osnodetek raises $353 million in Series B led by Galnodedyne'\n"
        "lead = 'Osnodetek has raised $353 million in a Series B round led by Galnodedyne. The start-up from Paris makes software for banks.'\n"
        "article = Article('key', None, title, lead, 's', 'main', '')\n"
        "print([str(mention.weight) for mention in next(open_extractor('rules').read([article], load_lexicon())).mentions])"
    )
    environments = [{**os.environ, "PYTHONHASHSEED": str(seed)} for seed in (1, 2, 5, 6)]
    runs = [
        subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        for environment in environments
    ]
    assert len({run.stdout for run in runs}) == 1
