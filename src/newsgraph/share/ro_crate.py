"""The pack as a research object: `ro-crate-metadata.json`, after RO-Crate 1.1 (https://w3id.org/ro/crate/1.1)."""

from __future__ import annotations

from newsgraph.share.pack_card import PackCard, PackFile

METADATA = "ro-crate-metadata.json"
_CONTEXT, _PROFILE = "https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/crate/1.1"


def ro_crate(card: PackCard) -> dict[str, object]:
    """Return the metadata of the pack with all of its files."""
    stated = card.publication
    publisher = stated.publisher_iri or "#publisher"
    root: dict[str, object] = {
        "@id": "./", "@type": "Dataset", "name": stated.title, "description": card.description, "identifier": card.iri,
        "datePublished": str(card.issued or ""), "license": {"@id": stated.license}, "publisher": {"@id": publisher}, "version": card.version,
        "hasPart": [{"@id": file.path} for file in card.files],
    }  # fmt: skip
    if card.first and card.last:
        root["temporalCoverage"] = f"{card.first}/{card.last}"
    descriptor = {"@id": METADATA, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": _PROFILE}}
    named = [
        {"@id": publisher, "@type": "Organization", "name": stated.publisher},
        {"@id": stated.license, "@type": "CreativeWork", "name": stated.license},
    ]
    return {"@context": _CONTEXT, "@graph": [descriptor, root, *named, *map(_file, card.files)]}


def _file(file: PackFile) -> dict[str, object]:
    return {
        "@id": file.path, "@type": "File", "name": file.title, "contentSize": str(file.size), "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }  # fmt: skip
