"""The questions about events print plain words and find who was appointed, fined, laid off and sold."""

from __future__ import annotations

import pytest

from every_event import every_event
from newsgraph.core.errors import UnknownNameError
from newsgraph.core.model import Status
from newsgraph.query.named_questions import questions, sparql_of
from question_cases import BothEngines

STATUSES = {status.value for status in Status}


@pytest.fixture(scope="module")
def engines() -> BothEngines:
    """Load a graph with an event of every type."""
    return BothEngines(every_event())


@pytest.mark.parametrize("name", sorted(questions()))
def test_columns_cover_every_question_and_answer_as_the_engine(engines: BothEngines, name: str) -> None:
    assert engines.check(sparql_of(name, {}), ordered=True)


@pytest.mark.parametrize(
    "name", [name for name, question in questions().items() if "ng:status" in question.sparql and "?status" in question.sparql]
)
def test_statuses_are_plain_words_and_times_are_text(engines: BothEngines, name: str) -> None:
    answer = engines.by_engine(sparql_of(name, {}))
    assert set(answer["status"].drop_nulls()) <= STATUSES if "status" in answer.columns else True
    if "date" in answer.columns:
        assert {len(value) for value in answer["date"].drop_nulls()} <= {4, 7, 10}


@pytest.mark.parametrize("kind", ["ipo", "InitialPublicOffering", "initial public offering", "IPO"])
def test_a_type_of_event_may_be_called_as_in_tables_or_in_rdf(engines: BothEngines, kind: str) -> None:
    assert engines.by_engine(sparql_of("events", {"kind": kind}))["type"].to_list() == ["InitialPublicOffering"]


def test_what_is_no_type_of_event_is_an_error_that_names_one() -> None:
    with pytest.raises(UnknownNameError, match=r"aquisition: no such type of event\. Did you mean: acquisition\?"):
        sparql_of("events", {"kind": "aquisition"})


def test_who_was_appointed_or_left_is_found_with_company_and_position(engines: BothEngines) -> None:
    answer = engines.by_engine(sparql_of("appointments", {})).select("person", "company", "position", "change")
    assert sorted(answer.rows()) == [("Jane Roe", "Acme", "chief of rockets", change) for change in ("Appointment", "Departure")]


def test_a_fine_has_its_authority(engines: BothEngines) -> None:
    answer = engines.by_engine(sparql_of("fines", {})).select("authority", "company", "amount", "currency")
    assert answer.rows() == [("High Court", "Bolt", 109, "USD")]


def test_jobs_that_are_cut_are_counted_by_place(engines: BothEngines) -> None:
    answer = engines.by_engine(sparql_of("layoffs", {})).select("company", "jobs", "percent", "place")
    assert answer.rows() == [("Acme", 13, 12.5, "Lyon")]


def test_a_part_is_sold_by_its_owner(engines: BothEngines) -> None:
    answer = engines.by_engine(sparql_of("sales", {})).select("sold", "seller", "buyer", "status")
    assert set(answer.rows()) == {("rocket unit", "Cane & Co", "Acme", "announced"), ("rocket unit", "Dune", "Cane & Co", "rumoured")}


def test_a_year_counts_in_no_month(engines: BothEngines) -> None:
    answer = engines.by_engine(sparql_of("events-by-month", {}))
    assert {len(month) for month in answer["month"]} == {7}
