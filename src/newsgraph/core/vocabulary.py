"""The vocabulary of a graph: node kinds, edge kinds and event types, which all exporters, queries and pages take from here.

Classes and properties are prefixed names (`schema:name`) of shared standards (schema.org, SKOS, SEM, PROV-O, NIF), or of newsgraph's
own small vocabulary `ng:`, which `data/ontology.ttl` describes. A new node kind also needs a table in `graph_tables.NODE_TABLES`.
"""

from __future__ import annotations

from dataclasses import dataclass

# Prefix -> IRI, in alphabetical order.
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

    Two pages draw nodes: `network.html` by pyvis, and the explorer (`graph.html`). All colours are hex values (`#0072b2`).
    """

    name: str  # in tables, exports and queries
    label: str  # for people, singular
    plural: str
    classes: tuple[str, ...]  # RDF classes, as prefixed names
    colour: str  # in `network.html`
    shape: str  # in `network.html`: a shape of vis-network
    mark: str  # in the explorer: a shape of its own drawing code
    light: str  # colour of the mark on a light background, with a contrast of at least 3 to 1
    dark: str  # the same on a dark background


# The colours of `network.html` are those of Okabe and Ito. The explorer's were searched for: any two kinds differ by at least 15 (Delta E of
# 1976), the kinds shown at first by at least 20, for normal sight and for people without red, green or blue cones (see
# tests/explorer/test_kind_colours.py). The shapes distinguish the kinds without colour.
NODE_KINDS: dict[str, NodeKind] = {
    kind.name: kind
    for kind in (
        NodeKind("article", "Article", "Articles", ("schema:NewsArticle",), "#8a8f98", "dot", "dot", "#8b8c90", "#868991"),
        NodeKind(
            "provider", "Provider", "Providers", ("schema:NewsMediaOrganization",), "#cc79a7", "triangle", "triangle", "#974b80", "#d8a0c5"
        ),
        NodeKind("topic", "Topic", "Topics", ("ng:Topic", "skos:Concept"), "#009e73", "square", "square", "#0d7052", "#2bcd9c"),
        NodeKind("company", "Company", "Companies", ("schema:Organization",), "#0072b2", "dot", "disc", "#005aee", "#3b91e6"),
        NodeKind(
            "organisation", "Organisation", "Organisations", ("schema:Organization",), "#56b4e9", "hexagon", "hexagon", "#0f9ac5", "#b7defc"
        ),
        NodeKind("product", "Product", "Products", ("schema:Product",), "#b8a100", "triangleDown", "triangle_down", "#483700", "#e8d77f"),
        NodeKind("person", "Person", "People", ("schema:Person",), "#000000", "ellipse", "ring", "#404148", "#dcddde"),
        NodeKind("place", "Place", "Places", ("schema:Place",), "#f0e442", "box", "cross", "#5847a4", "#b8abf2"),
        NodeKind("event", "Event", "Events", ("ng:Event",), "#d55e00", "diamond", "diamond", "#a94313", "#db7636"),
        NodeKind("story", "Story", "Stories", ("ng:Story",), "#e69f00", "star", "star", "#c97d06", "#f7b308"),
    )
}


@dataclass(frozen=True, slots=True)
class Role:
    """What something is in an event: the acquirer, the person who is appointed, the period of a result.

    `agent` is true of those who act or are acted on, which are sub-properties of `sem:hasActor`. `literal` is true of roles that only words
    take (position, period); every other role is taken by a node, or by words where the text has no name.
    """

    name: str  # in readings, rules and annotated articles; in tables and RDF with the prefix `ng:`
    label: str  # for people
    agent: bool = True
    literal: bool = False

    @property
    def property(self) -> str:
        """The RDF property, as a prefixed name; it is also the role's name in tables."""
        return f"ng:{self.name}"


# In the order in which an event lists them.
ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role("acquirer", "acquirer"),
        Role("authority", "authority"),
        Role("rater", "rater"),
        Role("company", "company"),
        Role("lead", "lead investor"),
        Role("investor", "investor"),
        Role("target", "target"),
        Role("seller", "seller"),
        Role("party", "party"),
        Role("supplier", "supplier"),
        Role("customer", "customer"),
        Role("plaintiff", "plaintiff"),
        Role("defendant", "defendant"),
        Role("court", "court"),
        Role("payer", "payer"),
        Role("payee", "payee"),
        Role("receiver", "receiver"),
        Role("giver", "giver"),
        Role("attacker", "attacker"),
        Role("venue", "venue"),
        Role("person", "person"),
        Role("product", "product", agent=False),
        Role("unit", "unit", agent=False),
        Role("place", "place", agent=False),
        Role("position", "position", agent=False, literal=True),
        Role("period", "period", agent=False, literal=True),
        Role("effect", "effect", agent=False, literal=True),
    )
}


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: its class, its roles, which two of them are its main parties, and the shortcut edge between those."""

    name: str  # in tables, rules and queries
    label: str  # for people
    cls: str  # RDF class, as a prefixed name
    roles: tuple[str, ...]  # keys of `ROLES`; the first is that of the main party
    second: str = ""  # role of the other main party, for a pair with the first: "Sanofi -> Owkin"; empty if there is none
    shortcut: str = ""  # property of an edge from the first party to the second; empty if the event says nothing lasting about the two
    verb: str = ""  # between the two in a sentence: "Sanofi invests in Owkin"
    amount: str = "other"  # what the amount of an event of this type is of, a key of `AMOUNT_KINDS`

    @property
    def first(self) -> str:
        """The role of the main party."""
        return self.roles[0]

    @property
    def subject_role(self) -> str:
        """The property of the main party's role."""
        return ROLES[self.first].property

    @property
    def object_role(self) -> str:
        """The property of the second party's role, empty if the type has none."""
        return ROLES[self.second].property if self.second else ""

    @property
    def symmetric(self) -> bool:
        """Whether both main parties have the same role."""
        return self.first == self.second


# A `deal` is never extracted: it combines several events of the same parties and the total that an article states for them.
EVENT_TYPES: dict[str, EventType] = {
    event.name: event
    for event in (
        EventType(
            "acquisition", "Acquisition", "ng:Acquisition", ("acquirer", "target", "seller"), "target", "ng:acquired", "acquires", "price"
        ),
        EventType("merger", "Merger", "ng:Merger", ("party",), "party", "ng:mergedWith", "merges with", "price"),
        EventType("investment", "Investment", "ng:Investment", ("investor", "target"), "target", "ng:investedIn", "invests in", "stake"),
        EventType(
            "funding_round",
            "Funding round",
            "ng:FundingRound",
            ("company", "lead", "investor"),
            "investor",
            "",
            "raises money from",
            "round",
        ),
        EventType(
            "ipo", "Initial public offering", "ng:InitialPublicOffering", ("company", "venue"), "venue", "", "goes public on", "total"
        ),
        EventType("partnership", "Partnership", "ng:Partnership", ("party",), "party", "ng:partneredWith", "partners with", "contract"),
        EventType(
            "contract", "Contract", "ng:Contract", ("supplier", "customer", "product"), "customer", "ng:supplies", "supplies", "contract"
        ),
        EventType("lawsuit", "Lawsuit", "ng:Lawsuit", ("plaintiff", "defendant", "court"), "defendant", "ng:sued", "sues", "damages"),
        EventType("settlement", "Settlement", "ng:Settlement", ("party", "payer", "payee"), "party", "", "settles with", "total"),
        EventType(
            "regulatory_action",
            "Regulatory action",
            "ng:RegulatoryAction",
            ("authority", "company", "effect"),
            "company",
            "",
            "acts against",
            "fine",
        ),
        EventType("approval", "Approval", "ng:Approval", ("company", "authority", "product"), "authority", "", "gets approval from"),
        EventType("appointment", "Appointment", "ng:Appointment", ("company", "person", "position"), "person", "", "appoints"),
        EventType("departure", "Departure", "ng:Departure", ("company", "person", "position"), "person", "", "loses"),
        EventType("layoff", "Layoff", "ng:Layoff", ("company", "place", "effect"), "", "", "cuts jobs", "cost"),
        EventType("expansion", "Expansion", "ng:Expansion", ("company", "place", "effect"), "", "", "expands", "cost"),
        EventType("closure", "Closure", "ng:Closure", ("company", "place", "effect"), "", "", "closes a site", "cost"),
        EventType("product_launch", "Product launch", "ng:ProductLaunch", ("company", "product"), "", "", "launches", "price"),
        EventType("recall", "Recall", "ng:Recall", ("company", "product", "effect"), "", "", "recalls", "cost"),
        EventType("breach", "Data breach", "ng:Breach", ("company", "attacker", "effect"), "attacker", "", "is attacked by", "cost"),
        EventType("bankruptcy", "Bankruptcy", "ng:Bankruptcy", ("company", "court"), "", "", "is insolvent", "debt"),
        EventType(
            "financial_result",
            "Financial result",
            "ng:FinancialResult",
            ("company", "period", "effect"),
            "",
            "",
            "reports results",
            "revenue",
        ),
        EventType("guidance", "Outlook", "ng:Guidance", ("company", "period", "effect"), "", "", "gives an outlook", "revenue"),
        EventType("rating", "Rating", "ng:Rating", ("rater", "company", "effect"), "company", "", "rates", "per_share"),
        EventType("dividend", "Dividend or buyback", "ng:Dividend", ("company", "effect"), "", "", "pays shareholders", "total"),
        EventType("spin_off", "Spin-off", "ng:SpinOff", ("company", "unit"), "", "", "spins off a unit", "valuation"),
        EventType("award", "Award", "ng:Award", ("receiver", "giver"), "giver", "", "gets an award from"),
        EventType("other", "Other event", "ng:OtherEvent", ("party", "effect"), "party", "", "has to do with"),
        EventType("deal", "Deal", "ng:Deal", ("party",), "party", "", "has a deal with", "total"),
    )
}

AMOUNT_KINDS: dict[str, str] = {
    "price": "price", "stake": "price of a stake", "total": "total", "debt": "debt", "valuation": "valuation", "round": "sum of a funding round",
    "fine": "fine", "damages": "damages", "contract": "value of a contract", "revenue": "revenue", "profit": "profit", "loss": "loss",
    "cost": "cost", "per_share": "price per share", "other": "other",
}  # fmt: skip
"""What an amount of an event is of, and how people read it."""


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """One kind of edge between two nodes: its RDF property, and how people read it from either end."""

    name: str  # in tables, exports and queries
    property: str  # RDF property, as a prefixed name
    label: str  # from source to target: "acquired"
    inverse: str  # from target to source: "was acquired by"
    inferred: bool  # false if documents declare it, true if newsgraph found it in texts
    symmetric: bool = False  # true if source and target may be exchanged


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
        EdgeKind("bought_part_of", "ng:boughtPartOf", "bought a part of", "sold a part to", inferred=True),
        EdgeKind("merged_with", "ng:mergedWith", "merged with", "merged with", inferred=True, symmetric=True),
        EdgeKind("partnered_with", "ng:partneredWith", "partnered with", "partnered with", inferred=True, symmetric=True),
        EdgeKind("sued", "ng:sued", "sued", "was sued by", inferred=True),
        EdgeKind("supplies", "ng:supplies", "supplies", "is supplied by", inferred=True),
        EdgeKind("owns", "ng:owns", "owns a share of", "is owned in part by", inferred=True),
        EdgeKind("subsidiary_of", "ng:subsidiaryOf", "is a subsidiary of", "is the parent of", inferred=True),
        EdgeKind("supplies_to", "ng:supplierOf", "is a supplier of", "is a customer of", inferred=True),
        EdgeKind("competes_with", "ng:competesWith", "competes with", "competes with", inferred=True, symmetric=True),
        EdgeKind("brand_of", "ng:brandOf", "is a brand or product of", "has the brand or product", inferred=True),
        EdgeKind("listed_at", "ng:listedAt", "is listed on", "lists", inferred=True),
        EdgeKind("regulated_by", "ng:regulatedBy", "is regulated by", "regulates", inferred=True),
    )
}

RELATION_KINDS: tuple[str, ...] = ("owns", "subsidiary_of", "supplies_to", "competes_with", "brand_of", "listed_at", "regulated_by")
"""The relations that last, each with an edge kind of its name; who is an officer of what is told by posts."""

TWO_PARTIES: frozenset[str] = frozenset({"acquisition", "merger", "investment", "partnership", "contract"})
"""Types whose events are between two parties, so that a report of one of them says half of what happened."""

# Only events with one of these statuses become shortcut edges: a denied or rumoured event is no fact, and a plan has not happened.
FACT_STATUSES: frozenset[str] = frozenset({"announced", "completed"})


def expand(name: str) -> str:
    """Return the full IRI of a prefixed name such as `schema:name`."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def shortcut_edge(event_type: str) -> str:
    """Return the name of the edge kind that events of a type have as their shortcut, empty if they have none."""
    shortcut = EVENT_TYPES[event_type].shortcut
    return next((kind.name for kind in EDGE_KINDS.values() if shortcut and kind.property == shortcut), "")
