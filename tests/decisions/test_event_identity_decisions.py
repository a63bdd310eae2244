"""Decisions about which events are one: what they join and separate, what `why` says of them, and what contradicts them."""

from __future__ import annotations

import pytest

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import Decision, Verb
from newsgraph.decisions.decisions_file import parse_decisions
from newsgraph.decisions.decisions_writer import entry_line, format_decision
from newsgraph.provenance.company_descriptions import company_words
from newsgraph.provenance.event_references import event_references
from newsgraph.provenance.explanation import why
from readings import article, graph_of, report, told

MAY, AUTUMN = (f"{{event: {{type: contract, parties: [Acme, Bolt], month: {month}}}}}" for month in ("2024-05", "2024-10"))
JUNE = MAY.replace("05", "06")


def graph(*days: str, text: str = "", amounts: tuple[float | None, ...] = ()) -> GraphTables:
    """Resolve an article for each day, which reports a contract of that day."""
    readings = [
        told(article(f"a{number}", f"Bolt orders from Acme, {day}", days=number), "Acme", "Bolt",
             reports=[report("contract", "Acme", "Bolt", (amounts or (None,) * len(days))[number], day=day)])
        for number, day in enumerate(days)
    ]  # fmt: skip
    return graph_of(readings, decisions=parse_decisions(text, "decisions.yaml"))


def sizes(of: GraphTables) -> list[int]:
    return sorted(of["events"]["articles"].to_list())


def outcomes(of: GraphTables) -> list[str]:
    return of["decisions"]["outcome"].to_list()


def test_events_that_are_the_same_are_one_event_with_all_reports() -> None:
    assert sizes(graph("2024-05-02", "2024-10-02")) == [1, 1]

    joined = graph("2024-05-02", "2024-10-02", text=f"- same: [{MAY}, {AUTUMN}]")

    assert (sizes(joined), outcomes(joined)) == ([2], ["applied"])


def test_events_that_are_different_are_two_though_the_rules_join_them() -> None:
    assert sizes(graph("2024-05-20", "2024-06-02")) == [2]

    apart = graph("2024-05-20", "2024-06-02", text=f"- different: [{MAY}, {JUNE}]")

    assert (sizes(apart), outcomes(apart)) == ([1, 1], ["applied"])


def test_events_of_one_month_are_told_apart_by_an_article() -> None:
    first, second = (MAY.replace("}}", f", in: https://news.example/a{number}}}}}") for number in (0, 1))
    apart = graph("2024-05-02", "2024-05-03", text=f"- different: [{first}, {second}]")
    assert (sizes(apart), outcomes(apart)) == ([1, 1], ["applied"])

    vague, exact, unknown = (
        graph(
            "2024-05-02",
            "2024-05-03",
            text=f"- different: [{first}, {second}]\n- wrong_event: {{type: contract, parties: [Acme, Bolt], month: 2024-05{more}}}",
        )
        for more in ("", ", in: https://news.example/a1", ", in: https://news.example/z")
    )
    assert (
        sizes(vague),
        dict(vague["decisions"].select("decision", "outcome").iter_rows())["wrong_event: contract of Acme and Bolt (2024-05)"],
    ) == (
        [1, 1],
        "ambiguous",
    )
    assert (sizes(exact), sorted(outcomes(exact))) == ([1], ["applied", "applied"])
    assert exact["reports"]["article"].to_list() == exact["articles"].filter(url="https://news.example/a0")["iri"].to_list()
    assert sorted(outcomes(unknown)) == ["applied", "unused"]


def test_why_names_an_article_where_nothing_else_tells_an_event_apart() -> None:
    first, second = (MAY.replace("}}", f", in: https://news.example/a{number}}}}}") for number in (0, 1))
    apart = graph("2024-05-02", "2024-05-03", text=f"- different: [{first}, {second}]")
    references = event_references(apart, company_words(apart))
    for iri in apart["events"]["iri"]:
        reference = references.reference(iri)
        assert reference is not None
        assert (reference.month, reference.amount) == ("2024-05", None)
        assert references.matches(reference) == {iri}
        assert parse_decisions(format_decision(Decision(Verb.WRONG_EVENT, event=reference)), "decisions.yaml")[0].event == reference


def test_a_report_that_fits_no_event_stays_with_the_first() -> None:
    apart = graph("2024-05-20", "2024-06-02", "2024", text=f"- different: [{MAY}, {JUNE}]")

    assert sizes(apart) == [1, 2]


@pytest.mark.parametrize("verb", ["same", "different"])
def test_an_event_that_is_not_there_leaves_the_decision_unused(verb: str) -> None:
    unused = graph("2024-05-02", text=f"- {verb}: [{MAY}, {AUTUMN}]")

    assert (sizes(unused), outcomes(unused)) == ([1], ["unused"])


def test_a_reference_that_matches_several_events_joins_none() -> None:
    text = f"- same: [{MAY}, {AUTUMN}]"
    several = graph("2024-05-02", "2024-05-03", "2024-10-02", text=text, amounts=(5e6, 9e8, None))

    assert (sizes(several), outcomes(several)) == ([1, 1, 1], ["ambiguous"])


def test_other_decisions_mean_the_joined_event() -> None:
    text = f"- same: [{MAY}, {AUTUMN}]\n- {{event: {{type: contract, parties: [Acme, Bolt]}}, set: {{status: completed, roles: {{product: pumps}}}}}}"
    joined = graph("2024-05-02", "2024-10-02", text=text)

    assert (sizes(joined), outcomes(joined)) == ([2], ["applied", "applied"])
    assert joined["events"]["status"].to_list() == ["completed"]


def test_why_names_the_decision_and_the_entry_that_would_join_two_events() -> None:
    before, text = graph("2024-05-02", "2024-10-02"), f"- same: [{MAY}, {AUTUMN}]"
    lines = {claim.object for claim in why(before, before["events"]["iri"][0]) if claim.kind == "remedy"}
    (decision,) = parse_decisions(text, "decisions.yaml")
    after = graph("2024-05-02", "2024-10-02", text=text)
    decided = [claim.object for claim in why(after, after["events"]["iri"].item()) if claim.kind == "decision"]

    assert entry_line(decision) in lines
    assert decided == [str(decision)]


def test_events_that_are_the_same_and_different_contradict_each_other() -> None:
    text = f"- same: [{MAY}, {JUNE}]\n- same: [{JUNE}, {AUTUMN}]\n- different: [{MAY}, {AUTUMN.replace('Acme, Bolt', 'BOLT, acme')}]"
    (found,) = combine_decisions(parse_decisions(text, "decisions.yaml")).contradictions

    assert len(found.decisions) == 3
    assert found.what == "the contract of acme and bolt (2024-05) and the contract of acme and bolt (2024-10) are both same and different"


@pytest.mark.parametrize("verb", ["same", "different"])
def test_an_entry_about_events_is_written_as_it_is_read(verb: str) -> None:
    (decision,) = parse_decisions(f"- {verb}: [{AUTUMN}, {MAY}]", "decisions.yaml")

    assert str(decision) == f"{verb}: contract of Acme and Bolt (2024-05), contract of Acme and Bolt (2024-10)"
    assert parse_decisions(format_decision(decision), "decisions.yaml") == [decision]
    assert parse_decisions(entry_line(decision), "decisions.yaml") == [decision]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (f"[{MAY}]", "names fewer than two events"),
        (f"[{MAY}, {MAY}]", "names fewer than two events"),
        (f"[{MAY}, Acme]", "names events and other things"),
        (f"[{MAY}, {MAY.replace('contract', 'merger')}]", "names events of several types"),
        ("[{event: {type: party, parties: [Acme]}}, {event: {type: party, parties: [Bolt]}}]", "is not a type of event"),
    ],
)
def test_an_entry_about_events_that_cannot_be_read_names_its_line(entry: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        parse_decisions(f"- same: {entry}", "decisions.yaml")
    assert "line 1" in str(caught.value)
