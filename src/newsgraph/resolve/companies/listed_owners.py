"""Which company belongs to which by a list of companies."""

from __future__ import annotations

from collections.abc import Iterable

from newsgraph.resolve.companies.company_nodes import CompanyNode


def listed_owners(nodes: Iterable[CompanyNode]) -> dict[str, str]:
    """Map companies (IRIs) to those that own them by a list of companies.

    The owner is a name; of several companies with one name it is that with the most mentions.
    """
    ordered = sorted(nodes, key=lambda node: (len(node.mentions), node.iri))
    names = {node.name: node.iri for node in ordered}
    names |= {mention.known: node.iri for node in ordered for _, mention in node.mentions if mention.known}
    owners = {node.iri: names.get(node.parent) for node in ordered}
    return {iri: owner for iri, owner in owners.items() if owner and owner != iri}
