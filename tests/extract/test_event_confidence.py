"""The trees that say how sure events are: what they see, and what their answer depends on."""

from __future__ import annotations

from newsgraph.core.model import Kind, Mention, Report, RoleFiller
from newsgraph.extract.events.event_confidence import COLUMNS, ArticleEvidence, VoicedReport, confidences_of, row_of
from newsgraph.extract.reader.event_opinion import EventOpinion
from newsgraph.extract.reader.group_links import Table, key_of
from newsgraph.extract.reader.sentence_opinion import SentenceOpinion

MENTIONS = tuple(Mention(Kind.COMPANY, name, at, at + 4, name, "tagger", 0.9) for name, at in (("Acme", 0), ("Bolt", 10), ("Cask", 60)))


def sale(acquirer: str = "Acme") -> Report:
    return Report(
        "acquisition", (RoleFiller("acquirer", acquirer, Kind.COMPANY), RoleFiller("target", "Bolt", Kind.COMPANY)), 0, 40, "reader", 0.8
    )


def article(*, link: float | None = None, rival: float = 0.0) -> ArticleEvidence:
    table = Table()
    for at, chance in ((0, link or 0.0), (2, rival)):
        table.links["acquisition"][key_of((at, "acquirer"), (1, "target"))] = chance
    opinion = None if link is None else EventOpinion(table, SentenceOpinion({"Acme": 0, "Bolt": 1, "Cask": 2}))
    return ArticleEvidence(MENTIONS, 30, 400, opinion)


def column(name: str, one: VoicedReport, surer: list[VoicedReport], where: ArticleEvidence) -> float:
    return float(row_of(one, surer, where)[COLUMNS.index(name)])


def test_a_likelier_link_makes_an_event_surer_and_a_rival_less_so() -> None:
    one = VoicedReport(sale(), 0.8, None)
    (likely,), (unlikely,), (with_rival,) = (
        confidences_of([one], where) for where in (article(link=0.98), article(link=0.4), article(link=0.98, rival=0.98))
    )
    assert likely > unlikely
    assert likely > with_rival


def test_what_is_seen_of_an_event() -> None:
    one, other = VoicedReport(sale(), 0.8, None), VoicedReport(sale("Cask"), None, 0.7)
    assert column("companies", one, [], article()) == len(("Acme", "Bolt"))
    assert (column("ruled", one, [], article()), column("read", other, [], article())) == (-9, -9)
    assert column("in_title", one, [], article()) == 1
    assert column("inside", other, [], article()) == 1  # Cask is named elsewhere
    assert (column("surer", other, [one], article()), column("same_type_shared_party", other, [one], article())) == (1, 1)
    assert column("beside", other, [], article()) == 1  # Acme could be meant


def test_no_event_has_no_confidence() -> None:
    assert confidences_of([], article()) == []
