"""Random questions over the properties of a graph: patterns, conditions and aggregates in all sorts of order."""

from __future__ import annotations

from random import Random

_PROPERTIES = (
    "nif:anchorOf", "nif:beginIndex", "nif:referenceContext", "dcterms:isPartOf", "dcterms:relation", "dcterms:subject", "sem:hasActor", "a",
    "sem:hasTimeStamp", "rdfs:label", "skos:altLabel", "skos:prefLabel", "itsrdf:taConfidence", "itsrdf:taIdentRef", "schema:about",
    "schema:datePublished", "schema:headline", "schema:isPartOf", "schema:mentions", "schema:name", "schema:publisher", "schema:url",
    "schema:value", "ng:amount", "ng:articleCount", "ng:investor", "ng:status", "ng:rule", "schema:name|skos:altLabel", "^sem:hasActor",
    "ng:amount/schema:value", "skos:broader*", "a/rdfs:subClassOf*", "?p",
)  # fmt: skip
_CLASSES = ("schema:NewsArticle", "schema:Organization", "ng:Event", "ng:Deal", "ng:Story", "skos:Concept", "nif:Phrase")
_CONSTANTS = (
    '"Acme"', '"USD"', "1", "2", "0.9", '"announced"', '"2024-05-01"^^xsd:date', '"2024-05-01T06:30:00Z"^^xsd:dateTime', "true", "1500000",
    "ng:Event", "'zzz'", "-1",
)  # fmt: skip
_CONDITIONS = (
    "{v} {sign} {c}", "{v} {sign} {w}", "{v} {sign} {c}", "BOUND({v})", 'CONTAINS(LCASE(STR({v})), "a")', 'CONTAINS({v}, "c")',
    'REGEX(STR({v}), "o.n", "i")', 'STRSTARTS(STR({v}), "h")', "{v} IN ({c}, {w})", "{v} NOT IN ({c}, {c})", "STRLEN({v}) > 4",
    'LANG({v}) = "en"', "YEAR({v}) = 2024", "{v} - 1 > {c}", "ISIRI({v})", "COALESCE({v}, {w}) = {c}", "IF(BOUND({v}), {v}, {w}) = {c}",
    'STRAFTER(STR({v}), "#") = "Event"', 'SUBSTR({v}, 2) != "cme"', 'REPLACE(STR({v}), "[0-9]", "") != {c}', 'UCASE({v}) != "ACME"',
    "!({v} = {c})", "({v} = {c} || BOUND({w}))", "({v} != {c} && {w} > {c})",
)  # fmt: skip
_VARIABLES = ("?a", "?b", "?c", "?d")


def random_question(chance: Random) -> str:
    """Return a SELECT or ASK. Nothing has an order, which is not defined where values of several types are mixed."""
    if chance.random() < 0.1:
        return f"ASK {_group(chance, 0)}"
    shown = sorted(chance.sample(_VARIABLES, chance.randint(1, 3)))
    group = _group(chance, 0)
    if chance.random() < 0.2:
        counts = f"(COUNT(*) AS ?n) (COUNT(DISTINCT {chance.choice(_VARIABLES)}) AS ?m) (MIN({chance.choice(_VARIABLES)}) AS ?k)"
        return f"SELECT {shown[0]} {counts} {group} GROUP BY {shown[0]}"
    return f"SELECT {chance.choice(['', 'DISTINCT '])}{chance.choice(['*', ' '.join(shown)])} {group}"


def _group(chance: Random, depth: int) -> str:
    parts = [_triple(chance) for _ in range(chance.randint(1, 3))]
    for _ in range(chance.randint(0, 2 - depth)):
        inner = _group(chance, depth + 1) if depth < 2 else "{ }"
        parts.append(chance.choice([
            f"FILTER({_condition(chance)})", f"FILTER({_condition(chance)})", f"OPTIONAL {inner}", f"OPTIONAL {inner}", f"MINUS {inner}",
            f"{inner} UNION {_group(chance, 2)}", f"BIND({_condition(chance)} AS ?x{chance.randint(0, 99)})", f"FILTER NOT EXISTS {inner}",
            f"VALUES {chance.choice(_VARIABLES)} {{ {chance.choice(_CONSTANTS)} {chance.choice(_CLASSES)} }}", f"FILTER EXISTS {inner}",
            f"{{ SELECT DISTINCT {chance.choice(_VARIABLES)} {inner} }}",
        ]))  # fmt: skip
    return f"{{ {' '.join(parts)} }}"


def _triple(chance: Random) -> str:
    if chance.random() < 0.3:
        return f"{chance.choice(_VARIABLES)} a {chance.choice(_CLASSES)} ."
    objects = (*_VARIABLES, *_VARIABLES, chance.choice(_CONSTANTS), "[]")
    return f"{chance.choice(_VARIABLES)} {chance.choice(_PROPERTIES)} {chance.choice(objects)} ."


def _condition(chance: Random) -> str:
    v, w = chance.choice(_VARIABLES), chance.choice(_VARIABLES)
    return chance.choice(_CONDITIONS).format(v=v, w=w, c=chance.choice(_CONSTANTS), sign=chance.choice(["=", "!=", "<", ">", "<=", ">="]))
