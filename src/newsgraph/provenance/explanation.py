"""Why a graph says something: every statement about a node or between two nodes, with the words on which it is based."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from typing import overload

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.core.row_lookup import RowLookup, RowScan
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.provenance.article_claims import article_claims
from newsgraph.provenance.claims import Claim, alias_claims, edge_claims, parent_claims, together_claims
from newsgraph.provenance.event_claims import event_claims
from newsgraph.provenance.grounds import event_grounds, node_claims
from newsgraph.provenance.nearby_rows import ArticleTexts, NearbyRows
from newsgraph.provenance.neighbourhood import neighbourhood
from newsgraph.provenance.remedies import company_remedies, event_remedies
from newsgraph.provenance.source_sentences import Evidence, Quote, SourceOrigin, evidence_in

_NO_TIME = datetime.max.replace(tzinfo=UTC)
_NOWHERE, _NO_WORDS = SourceOrigin("", "", "", None, ""), Quote("", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, as one article supports it; `NewsGraph.why` returns them.

    `subject` and `object` are labels, with their IRIs in `subject_iri` and `object_iri`. `kind` is an event type, an edge kind, `together`,
    `naming`, `copy_group`, `one_story`, `corroboration`, `ledger`, `identifier`, `doubt`, `decision`, `replaced`, `correction` or `remedy`.
    `rule` is the rule that found it, `declared` for what a document says about itself; `extractor` is what read the words, with its
    version (`rules/1`), or empty. `start` and `end` cut the evidence out of `sentence` (code points); `context` holds further
    sentences, in the order of the text, that name a party which `sentence` does not. `when` is an ISO day, month or year, empty if unknown,
    and `date` is its day if it is one. `confidence` is between 0 and 1, None for what is
    declared. `amount` is in full units of `currency`; `published` is UTC; `source` is the path of the document below its input. Texts are
    as in the article, with entities such as `&amp;` not decoded.

    >>> statement = kg.why("Sanofi", "Owkin")[0]
    >>> statement.subject, statement.predicate, statement.object
    ('Sanofi', 'invests in', 'Owkin')
    """

    subject: str
    subject_iri: str
    predicate: str
    object: str
    object_iri: str
    kind: str
    rule: str
    confidence: float | None
    event: str
    status: str
    amount: float | None
    currency: str
    date: date | None
    when: str
    date_source: str
    sentence: str
    start: int
    end: int
    context: tuple[str, ...]
    article: str
    headline: str
    url: str
    provider: str
    published: datetime | None
    source: str
    note: str
    extractor: str


def why(graph: GraphTables, a: str, b: str | None = None, *, limit: int = 20) -> tuple[Statement, ...]:
    """Return every statement between two nodes, in both directions, or every statement about one node.

    `a` and `b` are names, aliases, tickers, headlines, links or IRIs, in any case. An unknown name raises `UnknownNameError`, a name of
    several nodes `InputError`. Events come first, by date; then articles that mention both nodes but report no event between them, at
    most `limit`, as the statement's `note` says; then single edges; then the grounds: counts of articles, outlets and origins, other
    reported values, open questions, decisions, and the decision that would remove the node.
    """
    names = name_index(graph)
    first, second = find_ends(names, a, b)
    explained = explain(RowScan(graph), names, first, second, limit=limit)
    remedies = _remedies(graph, names, first, None if second is None else explained)
    return (*explained, *Explanation(tuple(remedies), names, Evidence(ArticleTexts(), {}, {}, {})))


def find_ends(names: NameIndex, a: str, b: str | None) -> tuple[str, str | None]:
    """Return the IRIs of one node or of two by their names. Raises what `why` raises."""
    first = names.find(a)
    second = None if b is None else names.find(b)
    if first == second:
        where, hint = f"{a}, {b}", "Name two nodes, or a single one for all statements about it."
        raise InputError(where, "both name the same node", hint)
    return first, second


class Explanation(Sequence[Statement]):
    """Statements in their order; the words of one are looked up when it is read, because of many only the first are shown.

    `claims` are what they are made of, one each; `left_out` counts the articles that only name the node and are not among them.
    """

    def __init__(self, claims: tuple[Claim, ...], names: NameIndex, evidence: Evidence, left_out: int = 0) -> None:
        """`evidence` has the articles of all claims."""
        self.claims, self.left_out = claims, left_out
        self._names, self._evidence = names, evidence

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self.claims)

    @overload
    def __getitem__(self, place: int) -> Statement: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Statement, ...]: ...
    def __getitem__(self, place: int | slice) -> Statement | tuple[Statement, ...]:
        """Return one statement, or those of a part."""
        return self.statements(self.claims[place]) if isinstance(place, slice) else self.statements((self.claims[place],))[0]

    def __iter__(self) -> Iterator[Statement]:
        """Yield all statements."""
        yield from self[:]

    def statements(self, claims: Sequence[Claim]) -> tuple[Statement, ...]:
        """Return some claims of the explanation as statements, with their words."""
        self._evidence.text.load({claim.article for claim in claims if claim.span is not None})
        return tuple(_statement(claim, self._names, self._evidence) for claim in claims)

    def published(self, claim: Claim) -> datetime | None:
        """Return when the article of a claim was published."""
        return self._evidence.origins.get(claim.article, _NOWHERE).published


def explain(
    lookup: RowLookup, names: NameIndex, first: str, second: str | None, *, most: int | None = None, limit: int = 20
) -> Explanation:
    """Return what `why` returns but for the decisions that would change the graph, for nodes that are already looked up (IRIs).

    Of the articles that only name or list the nodes, at most the newest `most` are read.
    """
    rows, left_out = neighbourhood(lookup, [first] if second is None else [first, second], most)
    return explain_from(rows, names, first, second, limit=limit, left_out=left_out)


def explain_from(rows: NearbyRows, names: NameIndex, first: str, second: str | None, *, limit: int, left_out: int = 0) -> Explanation:
    """Return what `explain` returns, from rows that hold at least the neighbourhood of the nodes."""
    of_events = event_claims(rows, first, second)
    together = [] if second is None else together_claims(rows, first, second, {claim.article for claim in of_events}, limit)
    single = edge_claims(rows, first, second) + (alias_claims(rows, first) if second is None else [])
    single += article_claims(rows, first, second, names.kinds) + parent_claims(rows, first, second)
    grounds = node_claims(rows, first, names) if second is None else event_grounds(rows, {claim.event for claim in of_events})
    evidence = evidence_in(rows, {claim.article for part in (of_events, together, single, grounds) for claim in part if claim.article})
    ordered = (*_by_event(of_events, evidence), *together, *_by_edge(single, names, evidence), *grounds)
    return Explanation(ordered, names, evidence, left_out)


def _remedies(graph: GraphTables, names: NameIndex, node: str, explained: Explanation | None) -> list[Claim]:
    """Return the decisions that would remove or mend a node, or the events of what explains two nodes."""
    if explained is not None:
        return list(event_remedies(graph, {claim.event for claim in explained.claims if claim.kind in EVENT_TYPES}))
    if names.kinds[node] == "event":
        return list(event_remedies(graph, (node,)))
    return list(company_remedies(graph, node)) if names.kinds[node] == "company" else []


def _statement(claim: Claim, names: NameIndex, evidence: Evidence) -> Statement:
    """Return a claim as a statement, with the article on which it is based, and its words."""
    origin = evidence.origins.get(claim.article, _NOWHERE)
    quote, note = _NO_WORDS, claim.note
    if claim.span is not None and claim.article in evidence.origins:
        quote = evidence.quote(claim.article, *claim.span, claim.parties)
        missing = ", ".join(names.labels.get(iri, iri) for iri in quote.missing)
        note = note or (f"this article does not name {missing}" if missing else "")
    return Statement(
        subject=names.labels.get(claim.subject, claim.subject),
        subject_iri=claim.subject,
        predicate=claim.predicate,
        object=_object_label(claim, names),
        object_iri=claim.object,
        kind=claim.kind,
        rule=claim.rule,
        confidence=claim.confidence,
        event=claim.event,
        status=claim.status,
        amount=claim.amount,
        currency=claim.currency,
        date=claim.date,
        when=claim.when,
        date_source=claim.date_source,
        sentence=quote.sentence,
        start=quote.start,
        end=quote.end,
        context=quote.context,
        article=claim.article,
        headline=origin.headline,
        url=origin.url,
        provider=origin.provider,
        published=origin.published,
        source=origin.source,
        note=note,
        extractor=claim.extractor,
    )


def _object_label(claim: Claim, names: NameIndex) -> str:
    return unescape(claim.text) or names.labels.get(claim.object, claim.object)


def _place(claim: Claim, evidence: Evidence) -> tuple[datetime, str, int]:
    """Return the time of a claim's article, the article, and the place in its text, to sort by; articles without a time come last."""
    published = evidence.origins.get(claim.article, _NOWHERE).published
    return published or _NO_TIME, claim.article, claim.span[0] if claim.span else 0


def _by_event(claims: list[Claim], evidence: Evidence) -> list[Claim]:
    """Sort by the first reported date of an event, then event by event; reports by articles that do not name all parties come last."""
    days: dict[str, str] = {}
    for claim in claims:
        days[claim.event] = min(days.get(claim.event, "~"), claim.when or "~")

    def order(claim: Claim) -> tuple[object, ...]:
        is_partial = bool(claim.span and claim.article in evidence.origins and evidence.missing(claim.article, claim.span, claim.parties))
        key = (days[claim.event], claim.event, claim.object, bool(claim.note) or is_partial, -(claim.amount or 0))
        return (*key, *_place(claim, evidence))

    return sorted(claims, key=order)


def _by_edge(claims: list[Claim], names: NameIndex, evidence: Evidence) -> list[Claim]:
    def order(claim: Claim) -> tuple[object, ...]:
        edge = (claim.kind, names.labels.get(claim.subject, claim.subject), _object_label(claim, names), claim.object)
        return (*edge, *_place(claim, evidence))

    return sorted(claims, key=order)
