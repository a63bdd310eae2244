"""The ontology describes every term that can be written, and says only what is true of them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import OWL, SKOS

from every_event import every_event
from newsgraph.core.model import Status
from newsgraph.core.vocabulary import AMOUNT_KINDS, EDGE_KINDS, EVENT_TYPES, ROLES, expand
from newsgraph.rdf.graph_statements import blocks
from newsgraph.rdf.terms import concept


def _node(name: str) -> URIRef:
    return URIRef(expand(name))


@cache
def _ontology() -> Graph:
    return Graph().parse(data=(files("newsgraph") / "data" / "ontology.ttl").read_text("utf-8"), format="turtle")


# What a company or organisation is in an article, as the annotated articles name it.
MENTION_ROLES = ("subject", "party", "background", "adviser", "analyst", "lender", "rival", "customer", "source", "passing")
CONCEPTS = {
    **{concept("status", status.value): ("ng:Status", status.value) for status in Status},
    **{concept("amount", kind): ("ng:AmountKind", kind) for kind in AMOUNT_KINDS},
    **{concept("weight", weight): ("ng:MentionRole", weight) for weight in MENTION_ROLES},
}


def _described() -> dict[str, set[str]]:
    """Return the terms of the ontology: what is deprecated, inverses for reasoners, and the others."""
    ontology = _ontology()
    names = {str(term).partition("#")[2] for term in ontology.subjects(RDFS.label, None)} - {""}
    deprecated = {str(term).partition("#")[2] for term in ontology.subjects(OWL.deprecated, None)}
    inverse = {str(term).partition("#")[2] for term in ontology.objects(None, OWL.inverseOf)}
    return {"deprecated": deprecated, "inverse": inverse, "written": names - deprecated - inverse}


def test_the_ontology_defines_the_terms_that_the_program_writes_and_no_others() -> None:
    package = files("newsgraph")
    sources = [package / "core" / "vocabulary.py", *(path for path in (package / "rdf").iterdir() if path.name.endswith(".py"))]
    written = {term for source in sources for term in re.findall(r'"ng:(\w+)"', source.read_text("utf-8"))}
    written |= {role.property.removeprefix("ng:") for role in ROLES.values()}
    written |= {term.value.partition("#")[2] for term in CONCEPTS if term}
    # the schemes and classes of the concepts, and the property of a mention's role
    written |= {"statuses", "amountKinds", "mentionRoles", "Status", "AmountKind", "MentionRole", "mentionRole"}
    assert written == _described()["written"]


def test_every_status_kind_of_amount_and_role_of_a_mention_is_a_concept_with_its_value_as_notation() -> None:
    ontology = _ontology()
    for term, (cls, value) in CONCEPTS.items():
        assert term is not None
        node = URIRef(term.value)
        assert {_node(cls), SKOS.Concept} == set(ontology.objects(node, RDF.type))
        assert [str(notation) for notation in ontology.objects(node, SKOS.notation)] == [value]
        (scheme,) = ontology.objects(node, SKOS.inScheme)
        assert (scheme, SKOS.hasTopConcept, node) in ontology
        assert (node, SKOS.topConceptOf, scheme) in ontology
        assert {"en"} == {label.language for label in ontology.objects(node, SKOS.prefLabel) if isinstance(label, Literal)}


def test_a_deprecated_term_says_what_replaces_it_and_is_not_written() -> None:
    ontology, terms = _ontology(), _described()
    for name in terms["deprecated"]:
        replaced = list(ontology.objects(_node(f"ng:{name}"), _node("dcterms:isReplacedBy")))
        assert replaced, name
        assert {str(term).partition("#")[2] for term in replaced} <= terms["written"]
    assert not {predicate for block in blocks(every_event()) for predicate, _ in block.pairs} & {
        f"ng:{name}" for name in terms["deprecated"]
    }


def test_every_own_term_has_a_label_and_a_comment_in_english() -> None:
    ontology = _ontology()
    for term in set(ontology.subjects()):
        for predicate in (RDFS.label, RDFS.comment):
            assert [value.language for value in ontology.objects(term, predicate) if isinstance(value, Literal)] == ["en"], term


def test_agents_are_under_actor_and_event_classes_under_event_with_their_roles() -> None:
    ontology = _ontology()
    for role in ROLES.values():
        assert ((_node(role.property), RDFS.subPropertyOf, _node("sem:hasActor")) in ontology) == role.agent
        kind = OWL.DatatypeProperty if role.literal else OWL.ObjectProperty
        assert (_node(role.property), RDF.type, kind) in ontology
    for event in EVENT_TYPES.values():
        assert _node("ng:Event") in set(ontology.transitive_objects(_node(event.cls), RDFS.subClassOf))
        roles = ", ".join(ROLES[role].property for role in event.roles)
        assert str(ontology.value(_node(event.cls), RDFS.comment)).endswith(f"Roles: {roles}.")


def test_the_domain_of_a_role_holds_for_every_type_that_has_it() -> None:
    ontology = _ontology()
    for event in EVENT_TYPES.values():
        classes = set(ontology.transitive_objects(_node(event.cls), RDFS.subClassOf))
        for role in event.roles:
            assert set(ontology.objects(_node(ROLES[role].property), RDFS.domain)) <= classes, (event.name, role)


def test_the_inverse_of_a_shortcut_is_called_as_people_read_it() -> None:
    ontology = _ontology()
    for kind in EDGE_KINDS.values():
        inverse = ontology.value(_node(kind.property), OWL.inverseOf)
        if inverse is not None:
            assert str(ontology.value(inverse, RDFS.label)) == kind.inverse


def test_symmetric_event_types_have_symmetric_shortcuts_alone() -> None:
    symmetric = {event.shortcut for event in EVENT_TYPES.values() if event.symmetric and event.shortcut}
    declared = {f"ng:{str(term).partition('#')[2]}" for term in _ontology().subjects(RDF.type, OWL.SymmetricProperty)}
    assert declared == symmetric | {"ng:nearDuplicateOf", "ng:competesWith"}
