"""Why a graph says something: every statement about a node or between two nodes, with the words on which it is based."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from html import unescape

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.provenance.article_claims import article_claims
from newsgraph.provenance.claims import Claim, alias_claims, edge_claims, parent_claims, together_claims
from newsgraph.provenance.event_claims import event_claims
from newsgraph.provenance.grounds import event_grounds, node_claims
from newsgraph.provenance.source_sentences import Evidence, Quote, SourceOrigin, evidence_of

_NOWHERE, _NO_WORDS = SourceOrigin("", "", "", None, "", ""), Quote("", "", 0, 0)


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
    first = names.find(a)
    second = None if b is None else names.find(b)
    if first == second:
        where, hint = f"{a}, {b}", "Give two nodes, or a single node for all statements about it."
        raise InputError(where, "both name the same node", hint)
    return statements_between(graph, names, first, second, limit=limit)


def statements_between(graph: GraphTables, names: NameIndex, first: str, second: str | None, *, limit: int) -> tuple[Statement, ...]:
    """Return what `why` returns, for nodes that are already looked up (IRIs)."""
    of_events = event_claims(graph, first, second)
    together = [] if second is None else together_claims(graph, first, second, {claim.article for claim in of_events}, limit)
    single = edge_claims(graph, first, second) + (alias_claims(graph, first) if second is None else [])
    single += article_claims(graph, first, second, names.kinds) + parent_claims(graph, first, second)
    events = {claim.event for claim in of_events}
    grounds = node_claims(graph, first, names) if second is None else event_grounds(graph, events)
    claims = of_events + together + single + grounds
    evidence = evidence_of(graph, {claim.article for claim in claims if claim.article})
    parts = (
        _by_event([_statement(claim, names, evidence) for claim in of_events]),
        [_statement(claim, names, evidence) for claim in together],
        sorted((_statement(claim, names, evidence) for claim in single), key=_by_edge),
        [_statement(claim, names, evidence) for claim in grounds],
    )
    return tuple(statement for part in parts for statement in part)


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
        object=unescape(claim.text) or names.labels.get(claim.object, claim.object),
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


def _time_key(statement: Statement) -> str:
    """Return a time to sort by; statements without a time come last."""
    return statement.published.isoformat() if statement.published else "~"


def _by_event(statements: list[Statement]) -> list[Statement]:
    """Sort by the first reported date of an event, then event by event."""
    days: dict[str, str] = {}
    for statement in statements:
        day = statement.when or "~"
        days[statement.event] = min(days.get(statement.event, "~"), day)

    def order(statement: Statement) -> tuple[object, ...]:
        key = (days[statement.event], statement.event, statement.object_iri, bool(statement.note), -(statement.amount or 0))
        return (*key, _time_key(statement), statement.article, statement.start)

    return sorted(statements, key=order)


def _by_edge(statement: Statement) -> tuple[object, ...]:
    edge = (statement.kind, statement.subject, statement.object, statement.object_iri)
    return (*edge, _time_key(statement), statement.article, statement.start)
