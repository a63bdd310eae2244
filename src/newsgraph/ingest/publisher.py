"""Read the provider of an article, even from a broken field."""

from __future__ import annotations

from newsgraph.core.canonical_url import host_name, link_host
from newsgraph.core.model import Provider
from newsgraph.ingest.field_values import line_of
from newsgraph.ingest.outlet_domains import outlet_domain
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of, quote_value

_HINT = "Write provider: with name: and domain: (a host such as example.com)"


def read_provider(value: object, link: str | None, notes: ProblemNotes) -> Provider | None:
    """Read the field `provider`: a map of name and domain, or a name alone.

    Without a usable domain the host of `link`, the article's canonical link, is used, or the domain of the agency of that name; without a
    name the domain is. None if no domain can be found.
    """
    if isinstance(value, str):
        value = {"name": value}
    if value is not None and not isinstance(value, dict):
        notes.add("provider", f"is {kind_of(value)}, not a map", _HINT)
    record = value if isinstance(value, dict) else {}
    below = notes.at("provider")
    name, written = line_of(record, "name", below), line_of(record, "domain", below)
    domain = (host_name(written) if written else None) or (link_host(link) if link else "") or host_name(name) or outlet_domain(name) or ""
    if written and domain != written.lower().removeprefix("www."):
        outcome = f"{domain} was used instead" if domain else "it was left out"
        below.add("domain", f"is {quote_value(written)}, which is not a host name; {outcome}", "Write a host such as example.com")
    if not domain:
        if name:
            below.add("domain", f"is missing, and the article of {quote_value(name)} has no link", _HINT)
        return None
    if _is_address(name):
        below.add("name", f"is {quote_value(name)}, an address; {domain} was used instead", "Write the name that readers know")
        name = ""
    return Provider(name or domain, domain)


def _is_address(name: str) -> bool:
    return "://" in name or ("/" in name and "." in name and " " not in name)
