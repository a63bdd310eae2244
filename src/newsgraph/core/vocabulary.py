"""One table of what a graph holds: node kinds, edge kinds, event types; every exporter reads it.

IRIs are those of `shared` standards (schema.org, SKOS, SEM, PROV-O, NIF) and of newsgraph's own small vocabulary, which
`data/ontology.ttl` describes.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIXES: dict[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "ng": "https://w3id.org/newsgraph/ns#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class NodeKind:
    """How one kind of node is named, typed and drawn.

    `colour` and `shape` are for pyvis; the page draws `mark` in `light` on a light ground and in `dark` on a dark one, each
    with a contrast of at least 3 to 1. Colours are hex values.
    """

    name: str
    label: str
    plural: str
    classes: tuple[str, ...]
    colour: str
    shape: str
    mark: str
    light: str
    dark: str


# Colours: Okabe and Ito's set, which stays apart for colour-blind readers; shapes tell the kinds apart without colour.
NODE_KINDS: dict[str, NodeKind] = {
    kind.name: kind
    for kind in (
        NodeKind("article", "Article", "Articles", ("schema:NewsArticle",), "#8a8f98", "dot", "dot", "#757a83", "#8f959f"),
        NodeKind(
            "provider", "Provider", "Providers", ("schema:NewsMediaOrganization",), "#cc79a7", "triangle", "triangle", "#a84f80", "#dd94bd"
        ),
        NodeKind("topic", "Topic", "Topics", ("skos:Concept",), "#009e73", "square", "square", "#007a59", "#3fc39b"),
        NodeKind("company", "Company", "Companies", ("schema:Organization",), "#0072b2", "dot", "disc", "#0067a5", "#62aee8"),
        NodeKind(
            "organisation", "Organisation", "Organisations", ("schema:Organization",), "#56b4e9", "hexagon", "hexagon", "#2b84ad", "#8fd0f0"
        ),
        NodeKind("product", "Product", "Products", ("schema:Product",), "#b8a100", "triangleDown", "triangle_down", "#7d6d00", "#d4c23c"),
        NodeKind("person", "Person", "People", ("schema:Person",), "#000000", "ellipse", "ring", "#4b4e57", "#c9ccd3"),
        NodeKind("place", "Place", "Places", ("schema:Place",), "#f0e442", "box", "cross", "#6d5aa8", "#b3a2e6"),
        NodeKind("event", "Event", "Events", ("ng:Event",), "#d55e00", "diamond", "diamond", "#c24a06", "#f08a4b"),
        NodeKind("story", "Story", "Stories", ("ng:Story",), "#e69f00", "star", "star", "#a86a00", "#edb03c"),
    )
}


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: its class, its roles, and the shortcut edge between its two parties.

    `subject_role` and `object_role` are sub-properties of `sem:hasActor`. `shortcut` is empty where an event of the type
    says nothing lasting between two companies. `symmetric` types have no direction.
    """

    name: str
    label: str
    cls: str
    subject_role: str
    object_role: str
    shortcut: str = ""
    symmetric: bool = False
    verb: str = ""


EVENT_TYPES: dict[str, EventType] = {
    event.name: event
    for event in (
        EventType("investment", "Investment", "ng:Investment", "ng:investor", "ng:investee", "ng:investedIn", verb="invests in"),
        EventType("acquisition", "Acquisition", "ng:Acquisition", "ng:acquirer", "ng:target", "ng:acquired", verb="acquires"),
        EventType("merger", "Merger", "ng:Merger", "ng:party", "ng:party", "ng:mergedWith", symmetric=True, verb="merges with"),
        EventType(
            "partnership",
            "Partnership",
            "ng:Partnership",
            "ng:partner",
            "ng:partner",
            "ng:partneredWith",
            symmetric=True,
            verb="partners with",
        ),
        EventType("deal", "Deal", "ng:Deal", "ng:party", "ng:party", symmetric=True, verb="has a deal with"),
        EventType("funding_round", "Funding round", "ng:FundingRound", "ng:issuer", "ng:investor", verb="raises money from"),
        EventType("ipo", "Initial public offering", "ng:InitialPublicOffering", "ng:issuer", "ng:venue", verb="goes public on"),
        EventType("product_launch", "Product launch", "ng:ProductLaunch", "ng:launcher", "ng:counterparty", verb="launches a product with"),
        EventType("lawsuit", "Lawsuit", "ng:Lawsuit", "ng:plaintiff", "ng:defendant", "ng:sued", verb="sues"),
        EventType("appointment", "Appointment", "ng:Appointment", "ng:employer", "ng:counterparty", verb="appoints someone from"),
        EventType("contract", "Contract", "ng:Contract", "ng:supplier", "ng:customer", "ng:supplies", verb="supplies"),
        EventType("expansion", "Expansion", "ng:Expansion", "ng:expander", "ng:counterparty", verb="expands with"),
        EventType(
            "financial_result", "Financial result", "ng:FinancialResult", "ng:reporter", "ng:counterparty", verb="reports results with"
        ),
        EventType("layoff", "Layoff", "ng:Layoff", "ng:employer", "ng:counterparty", verb="lays off staff with"),
        EventType("approval", "Approval", "ng:Approval", "ng:recipient", "ng:regulator", verb="gets approval from"),
        EventType("award", "Award", "ng:Award", "ng:recipient", "ng:awarder", verb="gets an award from"),
    )
}


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """One kind of edge between two nodes: its RDF property and how people read it, from either end."""

    name: str
    property: str
    label: str
    inverse: str
    inferred: bool
    symmetric: bool = False


EDGE_KINDS: dict[str, EdgeKind] = {
    edge.name: edge
    for edge in (
        EdgeKind("published_by", "schema:publisher", "published by", "published", inferred=False),
        EdgeKind("has_topic", "dcterms:subject", "has topic", "is the topic of", inferred=False),
        EdgeKind("related", "dcterms:relation", "lists as related", "is listed as related by", inferred=False),
        EdgeKind("mentions", "schema:mentions", "mentions", "is mentioned by", inferred=True),
        EdgeKind("tells", "schema:about", "reports", "is reported by", inferred=True),
        EdgeKind("part_of_story", "schema:isPartOf", "is part of story", "has the article", inferred=True),
        EdgeKind("near_duplicate", "ng:nearDuplicateOf", "is a near-copy of", "is a near-copy of", inferred=True, symmetric=True),
        EdgeKind("broader", "skos:broader", "is narrower than", "is broader than", inferred=True),
        EdgeKind("made_by", "schema:manufacturer", "is made by", "makes", inferred=True),
        EdgeKind("works_for", "schema:worksFor", "works for", "employs", inferred=True),
        EdgeKind("parent", "schema:parentOrganization", "belongs to", "owns", inferred=True),
        EdgeKind("part_event", "sem:hasSubEvent", "has part", "is part of", inferred=True),
        EdgeKind("actor", "sem:hasActor", "has actor", "takes part in", inferred=True),
        EdgeKind("invested_in", "ng:investedIn", "invested in", "got an investment from", inferred=True),
        EdgeKind("acquired", "ng:acquired", "acquired", "was acquired by", inferred=True),
        EdgeKind("merged_with", "ng:mergedWith", "merged with", "merged with", inferred=True, symmetric=True),
        EdgeKind("partnered_with", "ng:partneredWith", "partnered with", "partnered with", inferred=True, symmetric=True),
        EdgeKind("sued", "ng:sued", "sued", "was sued by", inferred=True),
        EdgeKind("supplies", "ng:supplies", "supplies", "is supplied by", inferred=True),
    )
}

# A denied or rumoured deal is never written as a fact edge, and a plan has not happened.
FACT_STATUSES: frozenset[str] = frozenset({"announced", "completed"})


def expand(name: str) -> str:
    """Turn a prefixed name such as `schema:name` into a full IRI."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def shortcut_edge(event_type: str) -> str:
    """Name the edge kind of an event type's shortcut, or give an empty string."""
    shortcut = EVENT_TYPES[event_type].shortcut
    return next((kind.name for kind in EDGE_KINDS.values() if shortcut and kind.property == shortcut), "")
