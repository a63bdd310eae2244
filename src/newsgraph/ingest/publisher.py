"""Who published an article, also where the field is broken."""

from __future__ import annotations

from newsgraph.core.canonical_url import host_name, link_host
from newsgraph.core.model import Provider
from newsgraph.ingest.field_values import line_of
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of, shown

_HINT = "Write provider: with name: and domain: (a host such as example.com)"


def read_provider(value: object, link: str | None, notes: ProblemNotes) -> Provider | None:
    """Read `provider`: a map of name and domain, or just a name; `link` is the article's canonical link.

    Without a usable domain the host of the link stands in, without a name the domain. None where neither is known.
    """
    if isinstance(value, str):
        value = {"name": value}
    if value is not None and not isinstance(value, dict):
        notes.add("provider", f"is {kind_of(value)} where a map is due", _HINT)
    record = value if isinstance(value, dict) else {}
    below = notes.at("provider")
    name, told = line_of(record, "name", below), line_of(record, "domain", below)
    domain = (host_name(told) if told else None) or (link_host(link) if link else "") or host_name(name) or ""
    if told and domain != told.lower().removeprefix("www."):
        stands = f"{domain} stands in" if domain else "it was left out"
        below.add("domain", f"is {shown(told)}, which is no host name; {stands}", "Write a host such as example.com")
    if not domain:
        if name:
            below.add("domain", f"is missing, and the article of {shown(name)} has no link", _HINT)
        return None
    if _is_address(name):
        below.add("name", f"is {shown(name)}, an address; {domain} stands in", "Write the name that readers know")
        name = ""
    return Provider(name or domain, domain)


def _is_address(name: str) -> bool:
    return "://" in name or ("/" in name and "." in name and " " not in name)
