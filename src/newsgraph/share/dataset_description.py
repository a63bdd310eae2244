"""The description of a pack in RDF: `dataset.ttl`, with DCAT (after DCAT-AP 3), VoID and checksums by SPDX."""

from __future__ import annotations

from collections.abc import Iterator

from newsgraph.rdf.terms import iri
from newsgraph.share.pack_card import PackCard, PackFile

HEAD = "# Written by newsgraph share"
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#", "spdx": "http://spdx.org/rdf/terms#", "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
RIGHTS = "Headlines and short quotations belong to their publishers; follow the link of an article for its text."


def dataset_description(card: PackCard) -> str:
    """Return the description as Turtle; without an address of the pack, files are relative to the description."""
    blocks = (_dataset(card), _publisher(card), *(_provider(card, *one) for one in card.providers), *_distributions(card))
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in _PREFIXES.items())
    return f"{HEAD}\n{prefixes}\n" + "\n\n".join(blocks) + "\n"


def _dataset(card: PackCard) -> str:
    stated = card.publication
    pairs = [
        ("a", "dcat:Dataset , void:Dataset"), ("dcterms:title", _text(stated.title)), ("dcterms:description", _text(card.description)),
        ("dcterms:identifier", _text(card.iri)), ("dcterms:publisher", "<#publisher>"), ("dcterms:license", _iri(stated.license)),
        ("dcterms:language", "<http://publications.europa.eu/resource/authority/language/ENG>"), ("dcat:version", _text(card.version)),
        ("void:uriSpace", _text(card.base)), ("void:triples", str(card.triples)), ("void:entities", str(sum(card.counts.values()))),
        ("void:dataDump", f"<{_address(card, 'graph.ttl')}>"), ("dcat:distribution", ", ".join(_names(card))),
    ]  # fmt: skip
    if card.issued:
        pairs.append(("dcterms:issued", f'"{card.issued}"^^xsd:date'))
    if card.first and card.last:
        pairs.append(("dcterms:temporal", "<#period>"))
    pairs += [("prov:wasDerivedFrom", _iri(provider)) for provider, *_ in card.providers]
    pairs += [("void:classPartition", f"<#{_part(number)}>") for number in range(len(card.classes))]
    parts = [_block(_iri(card.iri), pairs)]
    if card.first and card.last:
        days = [("dcat:startDate", f'"{card.first}"^^xsd:date'), ("dcat:endDate", f'"{card.last}"^^xsd:date')]
        parts.append(_block("<#period>", [("a", "dcterms:PeriodOfTime"), *days]))
    for number, (name, count) in enumerate(card.classes.items()):
        parts.append(_block(f"<#{_part(number)}>", [("void:class", _iri(name)), ("void:entities", str(count))]))
    return "\n\n".join(parts)


def _publisher(card: PackCard) -> str:
    stated = card.publication
    page = [("foaf:homepage", _iri(stated.publisher_iri))] if stated.publisher_iri else []
    return _block("<#publisher>", [("a", "foaf:Agent"), ("foaf:name", _text(stated.publisher)), *page])


def _provider(card: PackCard, provider: str, name: str, domain: str, articles: int) -> str:
    rights = card.license_of(domain)
    pairs = [("a", "foaf:Agent , prov:Entity"), ("foaf:name", _text(name)), ("dcterms:description", _text(f"{articles:,} articles"))]
    pairs.append(("dcterms:license", _iri(rights)) if rights else ("dcterms:rights", _text(RIGHTS)))
    return _block(_iri(provider), pairs)


def _distributions(card: PackCard) -> Iterator[str]:
    for file, name in zip(_distributed(card), _names(card), strict=True):
        address = f"<{_address(card, file.path)}>"
        checksum = f"{name[:-1]}-sum>"
        yield _block(name, [
            ("a", "dcat:Distribution"), ("dcterms:title", _text(file.title)), ("dcat:accessURL", address), ("dcat:downloadURL", address),
            ("dcat:mediaType", f"<https://www.iana.org/assignments/media-types/{file.media_type}>"), ("dcterms:license", _iri(card.publication.license)),
            ("dcat:byteSize", f'"{file.size}"^^xsd:decimal'), ("spdx:checksum", checksum),
        ])  # fmt: skip
        digest = f'"{file.sha256}"^^xsd:hexBinary'
        sums = [("spdx:algorithm", "<http://spdx.org/rdf/terms#checksumAlgorithm_sha256>"), ("spdx:checksumValue", digest)]
        yield _block(checksum, [("a", "spdx:Checksum"), *sums])


def _distributed(card: PackCard) -> list[PackFile]:
    """Return the files that are distributions: those of a table are parts of the data package."""
    return [file for file in card.files if "/" not in file.path and file.media_type != "text/markdown"]


def _names(card: PackCard) -> list[str]:
    return [f"<#{file.path.replace('.', '-')}>" for file in _distributed(card)]


def _address(card: PackCard, path: str) -> str:
    return f"{card.publication.address}{path}"


def _part(number: int) -> str:
    return f"class-{number + 1}"


def _block(subject: str, pairs: list[tuple[str, str]]) -> str:
    return subject + " " + " ;\n    ".join(f"{predicate} {value}" for predicate, value in pairs) + " ."


def _iri(value: str) -> str:
    return f"<{iri(value).value}>"


def _text(value: str) -> str:
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in value if letter in "\t\n\r" or letter.isprintable())
    return f'"{escaped}"' if value.startswith("http") else f'"{escaped}"@en'


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
