"""The figures that newsgraph promises, measured on annotated news where they lie beside the project."""

from __future__ import annotations

import pytest

from conftest import shared
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.score import Scorecard, read_gold, score_split

SEED_STORIES = {"sanofi-owkin", "deloitte-sanofi-pv"}  # whoever works on the rules has read the seed


@pytest.fixture(scope="module", params=["rules", "names"])
def cards(request: pytest.FixtureRequest) -> dict[str, Scorecard]:
    """Measure the annotated news, read by either extractor."""
    graph = build([shared("corpus/news")], BuildOptions(extractor=request.param))
    gold = [record | {"open": record.get("story") in SEED_STORIES} for record in read_gold(shared("gold") / "news-a.jsonl")]
    return score_split(graph, gold)


def test_every_annotated_text_is_measured(cards: dict[str, Scorecard]) -> None:
    assert cards["all"].not_built == ()
    assert cards["all"].records == cards["open"].records + cards["held out"].records > 100
    assert cards["held out"].records == 24


@pytest.mark.parametrize(("figure", "least"), [("companies", 0.80), ("links", 0.55)])
def test_either_extractor_reaches_the_f1_promised_of_rules_alone(cards: dict[str, Scorecard], figure: str, least: float) -> None:
    assert cards["all"].figures[figure].f1 >= least


def test_no_error_of_a_text_held_out_is_listed(cards: dict[str, Scorecard]) -> None:
    assert cards["held out"].errors == ()
    assert cards["all"].errors == cards["open"].errors != ()
