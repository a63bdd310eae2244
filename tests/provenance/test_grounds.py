"""Every inferred statement leads to what it rests on: by the question `grounds` and by `why`, for the seed and both corpora.

Every kind of statement that the program writes stands in one of three lists: inferred, declared, or bookkeeping (what describes
evidence, counts and names). A new kind stands in none, and the first test tells so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import polars as pl
import pytest

from newsgraph.core.graph_tables import GraphTables, edges, make_tables
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.core.vocabulary import EDGE_KINDS, EVENT_TYPES, expand
from newsgraph.core.vocabulary import ROLES as EVENT_ROLES
from newsgraph.provenance.explanation import Statement, why
from newsgraph.provenance.source_sentences import untraceable
from newsgraph.query.named_questions import sparql_of
from newsgraph.query.sparql import QueryStore
from newsgraph.rdf.graph_statements import blocks
from newsgraph.rdf.terms import Iri
from sample import ACME, ALPHA, BETA, DEAL, GAMMA, MONEY, ONE, sample_graph

GRAPHS = ["sample", "seed_graph", "news_graph", "powerapps_graph"]
ROLES = {role.property for role in EVENT_ROLES.values()}
RELATIONS = set("ng:subsidiaryOf ng:owns ng:brandOf ng:supplierOf ng:competesWith ng:listedAt ng:regulatedBy".split())
SHORTCUTS = {event.shortcut for event in EVENT_TYPES.values() if event.shortcut} | {"ng:boughtPartOf"}

# kinds of subjects, by the class that tells them; the first that fits
KINDS = {
    "schema:NewsArticle": "article", "schema:NewsMediaOrganization": "provider", "skos:Concept": "topic", "schema:Organization": "organisation",
    "schema:Product": "product", "schema:Person": "person", "schema:Place": "place", "ng:Event": "event", "ng:Story": "story",
    "ng:BusinessPart": "part", "ng:Evidence": "evidence", "ng:LastingRelation": "evidence", "ng:ToldValue": "told value", "ng:Naming": "naming", "ng:Decision": "decision", "schema:MonetaryAmount": "amount",
    "nif:Context": "text", "schema:ImageObject": "image", "schema:PostalAddress": "address", "skos:ConceptScheme": "scheme",
    "prov:Entity": "source", "prov:Activity": "run", "prov:SoftwareAgent": "agent", "void:Dataset": "dataset",
    **{f"ng:{name}Mention": "mention" for name in ("Company", "Organisation", "Product", "Person", "Place", "Post", "Event", "Relation")},
}  # fmt: skip

NAMED = "rdf:type skos:altLabel"
INFERRED: dict[str, set[str]] = {
    "article": set("schema:mentions ng:mentionsProduct ng:mentionsPerson ng:mentionsPlace schema:about schema:isPartOf ng:nearDuplicateOf dcterms:replaces".split()),
    "provider": {"schema:parentOrganization"},
    "topic": {"skos:broader", "skos:narrower"},
    "organisation": SHORTCUTS | RELATIONS | set(f"{NAMED} schema:legalName schema:tickerSymbol schema:leiCode schema:identifier schema:address schema:sameAs schema:url "
                                    "schema:parentOrganization".split()),
    "product": {"rdf:type", "schema:manufacturer", "ng:brandOf"},
    "person": SHORTCUTS | set(f"{NAMED} schema:jobTitle schema:worksFor".split()),
    "place": set(NAMED.split()),
    "event": ROLES | set("rdf:type rdfs:label sem:hasActor sem:hasPlace sem:hasTimeStamp sem:hasSubEvent ng:dateSource ng:status ng:amount ng:part "
                         "ng:background ng:percent ng:count ng:unnamed ng:told".split()),
    "story": {"rdf:type", "schema:about", "schema:mainEntity"},
    "replaced": {"dcterms:isReplacedBy"},
}  # fmt: skip
DECLARED: dict[str, set[str]] = {
    "article": set("rdf:type schema:headline schema:abstract schema:datePublished schema:url schema:publisher schema:articleSection dcterms:subject "
                   "dcterms:relation dcterms:hasFormat ng:quality ng:heat schema:image dcterms:source".split()),
    "provider": set("rdf:type schema:name schema:identifier schema:url".split()),
    "topic": set("rdf:type skos:prefLabel".split()),
    "text": set("rdf:type nif:isString".split()),
    "image": set("rdf:type schema:contentUrl schema:width schema:height".split()),
    "source": set("rdf:type schema:name schema:sha256".split()),
    "decision": set("rdf:type rdfs:label ng:outcome dcterms:creator dcterms:date rdfs:comment".split()),
}  # fmt: skip
_COUNTS = "ng:articleCount ng:outletCount ng:originCount"
_FOUND = f"schema:name {_COUNTS} ng:rule ng:confidence"
BOOKKEEPING: dict[str, set[str]] = {
    # what a node that has grounds is called and counts, and the grounds themselves
    "article": set("prov:wasGeneratedBy ng:storyRule ng:correctionRule ng:correctionWords".split()),
    "provider": {"ng:parentRule"},
    "topic": set("skos:inScheme skos:topConceptOf ng:rule".split()),
    "organisation": set(f"{_FOUND} ng:idRule ng:parentRule".split()),
    **{kind: set(_FOUND.split()) for kind in ("product", "person", "place")},
    "event": set(f"{_COUNTS} ng:rule ng:confidence prov:wasDerivedFrom prov:wasGeneratedBy".split()),
    "story": set("schema:name schema:collectionSize ng:outletCount ng:originCount ng:rule".split()),
    "replaced": {"ng:rule"},
    # nodes that are part of a statement which has grounds: a sum, a told value, an address
    "amount": set("rdf:type schema:value schema:currency ng:amountOf".split()),
    "part": set("rdf:type schema:name ng:partOf".split()),
    "told value": set(f"rdf:type rdfs:label rdfs:comment ng:field ng:relation ng:statedValue ng:statedCurrency ng:toldBy {_COUNTS}".split()),
    "address": set("rdf:type schema:addressCountry".split()),
    # evidence
    "evidence": set(f"rdf:type rdf:subject rdf:predicate rdf:object ng:rule ng:confidence ng:share ng:since ng:until {_COUNTS} prov:wasDerivedFrom".split()),
    "text": set("nif:beginIndex nif:endIndex dcterms:isPartOf".split()),
    "mention": set("rdf:type nif:referenceContext nif:beginIndex nif:endIndex nif:anchorOf itsrdf:taIdentRef itsrdf:taConfidence ng:rule ng:role ng:postAt "
                   "ng:status ng:statedDate ng:statedValue ng:statedCurrency ng:mentionRole ng:share ng:since ng:until".split()),
    "naming": set("rdf:type schema:name schema:about ng:rule rdfs:comment ng:toldBy".split()),
    # how the graph was made
    "scheme": set("rdf:type dcterms:title skos:hasTopConcept".split()),
    "run": set("rdf:type prov:wasAssociatedWith ng:lexiconVersion ng:modelVersion prov:used".split()),
    "agent": set("rdf:type schema:name schema:softwareVersion".split()),
    "dataset": set("rdf:type dcterms:title void:uriSpace void:vocabulary void:exampleResource prov:wasGeneratedBy".split()),
}  # fmt: skip
LISTS = (INFERRED, DECLARED, BOOKKEEPING)

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Walk:
    """One graph, its statements by kind of subject, and what the question `grounds` says of them."""

    graph: GraphTables

    @cached_property
    def triples(self) -> list[tuple[str, Triple]]:
        """List all statements but those of the vocabulary: kind of subject, subject, predicate, object."""
        found = [
            (block.subject, predicate, value.value if isinstance(value, Iri) else value.text)
            for block in blocks(self.graph)
            if block.section != "Vocabulary"
            for predicate, value in block.pairs
        ]
        classes = defaultdict(set)
        for subject, predicate, value in found:
            if predicate == "rdf:type":
                classes[subject].add(value)
        kinds = {
            subject: next((kind for name, kind in KINDS.items() if expand(name) in types), "unknown") for subject, types in classes.items()
        }
        return [(kinds.get(triple[0], "replaced"), triple) for triple in dict.fromkeys(found)]

    @cached_property
    def inferred(self) -> list[tuple[str, Triple]]:
        """List the inferred statements."""
        return [(kind, triple) for kind, triple in self.triples if triple[1] in INFERRED.get(kind, ())]

    @cached_property
    def grounds(self) -> dict[Triple, list[dict[str, str | None]]]:
        """Give the rows of the question `grounds` by statement, with full IRIs for predicates."""
        rows: dict[Triple, list[dict[str, str | None]]] = defaultdict(list)
        for row in QueryStore(self.graph).ask(sparql_of("grounds", {})).iter_rows(named=True):
            rows[row["subject"], row["predicate"], row["object"]].append(row)
        return rows

    @cached_property
    def names(self) -> NameIndex:
        """Give the names of the graph."""
        return name_index(self.graph)

    @cached_property
    def edges(self) -> pl.DataFrame:
        """Give the edges of the graph."""
        return edges(self.graph)

    @cached_property
    def said(self) -> dict[str, tuple[Statement, ...]]:
        """Hold what `why` says of a node."""
        return {}

    def of(self, iri: str) -> tuple[Statement, ...]:
        """Give what `why` says of a node, asked once."""
        if iri not in self.said:
            self.said[iri] = why(self.graph, iri)
        return self.said[iri]


@pytest.fixture(scope="module")
def walks() -> dict[str, Walk]:
    """Hold each graph's walk from one test to the next."""
    return {}


@pytest.fixture
def walk(request: pytest.FixtureRequest, walks: dict[str, Walk], monkeypatch: pytest.MonkeyPatch) -> Walk:
    """Give the walk of one graph; what `why` collects anew for each of its thousands of calls is collected once."""
    name = request.param
    if name not in walks:
        walks[name] = Walk(sample_graph() if name == "sample" else request.getfixturevalue(name))
    walk = walks[name]
    monkeypatch.setattr("newsgraph.provenance.explanation.name_index", lambda _: walk.names)
    return walk


every_graph = pytest.mark.parametrize("walk", GRAPHS, indirect=True)


def rests(rows: list[dict[str, str | None]]) -> bool:
    """Whether some row has a rule."""
    return any(row["rule"] for row in rows)


# --- every kind of statement is known


@every_graph
def test_every_kind_of_statement_is_inferred_declared_or_bookkeeping(walk: Walk) -> None:
    kinds = {(kind, triple[1]) for kind, triple in walk.triples}
    assert {(kind, predicate): sum(predicate in one.get(kind, ()) for one in LISTS) for kind, predicate in kinds} == dict.fromkeys(kinds, 1)


def test_every_inferred_kind_of_edge_is_walked() -> None:
    walked = set().union(*INFERRED.values())
    assert {edge.property for edge in EDGE_KINDS.values() if edge.inferred} - walked == set()
    assert walked >= ROLES | SHORTCUTS


# --- the question `grounds`


@every_graph
def test_every_inferred_statement_rests_on_a_rule_that_the_question_tells(walk: Walk) -> None:
    lost = [triple for _, triple in walk.inferred if not rests(walk.grounds.get((triple[0], expand(triple[1]), triple[2]), []))]
    assert lost == []
    assert len(walk.inferred) > 50


@every_graph
def test_every_event_and_edge_between_companies_leads_to_words_of_an_article(walk: Walk) -> None:
    told = [triple for kind, triple in walk.inferred if triple[1] in SHORTCUTS or (kind, triple[1]) == ("event", "rdf:type")]
    rows = [walk.grounds[triple[0], expand(triple[1]), triple[2]] for triple in told]
    assert [triple for triple, found in zip(told, rows, strict=True) if not any(row["article"] and row["words"] for row in found)] == []
    assert told != []


@every_graph
def test_everything_named_is_named_by_words_of_an_article(walk: Walk) -> None:
    named = {o for (_, p, o), rows in walk.grounds.items() if "ention" in p and any(row["words"] for row in rows)}
    things = {triple[0] for kind, triple in walk.inferred if kind in {"organisation", "product", "person", "place"}}
    assert things - named == set()


@every_graph
def test_the_question_tells_grounds_of_nothing_that_is_not_said(walk: Walk) -> None:
    said = {(s, expand(p), o) for _, (s, p, o) in walk.triples}
    assert walk.grounds.keys() - said == set()


# --- why


@every_graph
def test_why_gives_every_inferred_statement_with_its_rule(walk: Walk) -> None:
    nodes = walk.names.kinds
    lost = []
    for _, (subject, predicate, value) in walk.inferred:
        if predicate == "dcterms:isReplacedBy":
            told = [one for one in walk.of(value) if one.kind == "replaced" and one.object == subject and one.rule]
        else:
            told = [one for one in walk.of(subject) if one.rule and one.rule != "declared"]
        if value in nodes and predicate != "dcterms:isReplacedBy":
            told = [one for one in told if value in {one.subject_iri, one.object_iri, one.event}]
            told = told or [one for one in why(walk.graph, subject, value) if one.rule and one.rule != "declared"]
        if not told:
            lost.append((subject, predicate, value))
    assert lost == []


@every_graph
def test_why_gives_every_other_name_with_its_rule(walk: Walk) -> None:
    names = [triple for _, triple in walk.inferred if triple[1] in {"skos:altLabel", "schema:tickerSymbol", "schema:legalName"}]
    given = {
        (one.subject_iri, one.object.strip()) for subject, _, _ in names for one in walk.of(subject) if one.kind == "naming" and one.rule
    }
    assert [(subject, value) for subject, _, value in names if (subject, value) not in given] == []


@every_graph
def test_why_gives_sentences_with_all_names_for_every_edge_between_companies(walk: Walk) -> None:
    pairs = sorted({(s, o) for _, (s, p, o) in walk.inferred if p in SHORTCUTS})
    assert [pair for pair in pairs if not any(full(one) for one in why(walk.graph, *pair) if one.event)] == []


@every_graph
def test_why_gives_sentences_with_all_names_for_every_event(walk: Walk) -> None:
    parties = walk.graph["event_roles"].drop_nulls("party").group_by("event").agg(pl.col("party").unique().sort()).sort("event").rows()
    told = {event: why(walk.graph, *named[:2]) for event, named in parties}
    assert [event for event, found in told.items() if not any(full(one) for one in found if one.event == event)] == []


def full(one: Statement) -> bool:
    """Whether a statement has a rule and a sentence, and its article names all parties."""
    return bool(one.rule and one.sentence) and "does not name" not in one.note


@every_graph
def test_nothing_is_untraceable(walk: Walk) -> None:
    assert untraceable(walk.graph) == []


# --- the question's parameter


@pytest.mark.parametrize("name", ["Acme", "acme inc.", "ACM"])
def test_grounds_are_asked_of_one_thing_by_any_of_its_names(name: str) -> None:
    graph = sample_graph()
    rows = QueryStore(graph).ask(sparql_of("grounds", {"thing": name}, graph))
    assert set(rows["subject"]) & {ACME, MONEY} == {ACME, MONEY}
    assert [row for row in rows.iter_rows(named=True) if ACME not in {row["subject"], row["object"]}] == []


# --- what stands behind articles and stories


def linked(*links: tuple[str, str, str]) -> GraphTables:
    """Give the sample with all articles in one story, joined by some links."""
    tables = dict(sample_graph().tables)
    tables["articles"] = tables["articles"].with_columns(pl.lit(ONE).alias("story"))
    tables["story_links"] = pl.DataFrame([(ONE, *link) for link in links], schema=tables["story_links"].schema, orient="row")
    return make_tables(tables)


def test_a_member_of_a_story_is_stated_with_the_rule_that_joined_it_and_to_what() -> None:
    graph = linked((ALPHA, BETA, "near_copy"), (ALPHA, GAMMA, "like_text"))
    told = [one for one in why(graph, ONE) if one.kind == "part_of_story"]
    assert {(one.subject_iri, one.rule) for one in told} == {
        (ALPHA, "near_copy"), (ALPHA, "like_text"), (BETA, "near_copy"), (GAMMA, "like_text"),
    }  # fmt: skip
    assert {one.note for one in told if one.subject_iri == GAMMA} == {"linked to “Acme invests $1.5m in Bolt & both partner”"}


def test_two_articles_of_one_story_are_stated_by_the_joins_between_them() -> None:
    graph = linked((ALPHA, BETA, "same_event"), (ALPHA, GAMMA, "like_text"))
    told = [one for one in why(graph, BETA, GAMMA) if one.kind == "one_story"]
    assert {(one.subject_iri, one.object_iri, one.rule) for one in told} == {(ALPHA, BETA, "same_event"), (ALPHA, GAMMA, "like_text")}
    assert {one.sentence for one in told if one.rule == "same_event"} == {
        "Acme invests $1.5m in Bolt & both partner",
        "Acme invests $1.5m in Bolt &amp; both partner",
    }


def test_a_near_copy_is_stated_with_how_alike_the_texts_are(seed_graph: GraphTables) -> None:
    one, other = seed_graph["copies"].row(0)
    told = [statement for statement in why(seed_graph, one, other) if statement.kind == "near_duplicate"]
    assert [(statement.predicate, statement.rule) for statement in told] == [("is a near-copy of", "near_copy")]
    assert "% of all runs of three words are in both" in told[0].note


def test_copies_of_one_text_that_are_no_pair_lead_to_the_text_that_both_are_from() -> None:
    tables = dict(sample_graph().tables)
    tables["articles"] = tables["articles"].with_columns(pl.lit(GAMMA).alias("copy_group"))
    tables["copies"] = tables["copies"].clear()
    told = [one for one in why(make_tables(tables), ALPHA, BETA) if one.kind == "copy_group"]
    assert [(one.subject_iri, one.predicate, one.object_iri) for one in told] == [
        (ALPHA, "has its text from", GAMMA), (BETA, "has its text from", GAMMA),
    ]  # fmt: skip


def test_a_correction_is_stated_between_the_two_articles() -> None:
    (told,) = [one for one in why(sample_graph(), ALPHA, BETA) if one.kind == "correction"]
    assert (told.subject_iri, told.predicate, told.object_iri, told.rule) == (BETA, "replaces", ALPHA, "correction_opening")


def test_an_alias_is_stated_with_the_sentence_that_spells_it() -> None:
    told = {one.object: one for one in why(sample_graph(), "Jane Roe") if one.kind == "naming"}
    assert (told["Roe"].rule, told["Roe"].sentence) == ("hand", "Bolt CEO Jane Roe, known as Roe, lives in Lyon.")


def test_a_name_that_only_a_list_has_is_said_to_be_listed() -> None:
    told = {one.object: one.rule for one in why(sample_graph(), "Acme") if one.kind == "naming"}
    assert told == {"Acme Inc.": "legal form", "ACME": "listed", "ACM": "same_id"}


def test_a_story_is_stated_with_the_words_that_tell_its_events() -> None:
    told = [one for one in why(sample_graph(), ONE, DEAL) if one.kind == "tells"]
    assert [one.sentence for one in told] == ["The $2m deal has two parts."]


def test_what_joined_two_articles_of_a_built_story_connects_all_of_them(news_graph: GraphTables) -> None:
    links = news_graph["story_links"].group_by("story").len()
    sizes = (
        news_graph["stories"]
        .filter(pl.col("size") > 1)
        .select(pl.col("iri").alias("story"), (pl.col("size") - 1).cast(pl.UInt32).alias("len"))
    )
    assert sorted(links.rows()) == sorted(sizes.rows())
