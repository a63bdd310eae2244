"""Write the site of a graph into a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.iris import DEFAULT_BASE, base_iri
from newsgraph.core.progress import Progress
from newsgraph.core.redirects import redirects
from newsgraph.site.graph_lookup import GraphLookup, graph_lookup
from newsgraph.site.list_pages import LISTED, list_pages, list_path, ordered_things
from newsgraph.site.page_html import Frame, LinkTo, frame_html, thing_html
from newsgraph.site.site_files import EMBED, event_feed, last_moment, redirect_page, redirect_rules, search_index, sitemaps
from newsgraph.site.site_links import link, page_path
from newsgraph.site.things import thing_page
from newsgraph.storage.folder_swap import replaced_folder

MARKER, HEAD = "search.js", "// Written by newsgraph site"
_DATA = files("newsgraph") / "data" / "site"
_EVERY = 500  # pages between two steps of the progress


@dataclass(frozen=True, slots=True)
class SiteReport:
    """The number of pages of things, of lists, and of redirects."""

    things: int
    lists: int
    redirects: int


def write_site(graph: GraphTables, folder: Path, title: str = "News", address: str = "", progress: Progress | None = None) -> SiteReport:
    """Write the site of a graph into a folder, which is replaced as a whole.

    `address` is where the site will be found, for its map and its feed; without it, the base of the graph. Raises InputError for a graph with
    the example base and no address, for what is no address, and for a folder that has other files.
    """
    lookup = graph_lookup(graph)
    address = _address(address, lookup.base)
    things = ordered_things(lookup)
    paths = _paths(lookup)
    frame = Frame(title, tuple((list_path(name), heading) for kind, (name, heading) in LISTED.items() if things[kind]))
    old = {iri: new for iri, new in sorted(redirects(graph).items()) if new in paths and iri not in paths}
    with replaced_folder(folder, MARKER, HEAD) as place:
        dated = []
        for done, (iri, path) in enumerate(paths.items()):
            if progress and done % _EVERY == 0:
                progress("writing pages", done, len(paths))
            page = thing_page(lookup, iri)
            dated.append((path, page.updated))
            _write(place / path, thing_html(page, frame, "../", _linker(paths, 1)))
        lists = list(list_pages(lookup, things, frame, _linker(paths, 0)))
        for listed in lists:
            _write(place / listed.path, listed.html)
        dated = [(listed.path, last_moment(lookup)) for listed in lists] + dated
        for name, content in _other_files(lookup, things, paths, frame, address):
            _write(place / name, content)
        for name, content in sitemaps(address, dated).items():
            _write(place / name, content)
        _write_redirects(place, old, lookup, paths, frame)
    return SiteReport(len(paths), len(lists), len(old))


def _address(address: str, base: str) -> str:
    if not address and base.startswith(DEFAULT_BASE):
        hint = "Name the address of the site with --address, or build the graph with a --base of your own"
        raise InputError(base, "is the example base, where no site can be", hint)
    return f"{(base_iri(address, '--address') if address else base).rstrip('/#')}/"


def _paths(lookup: GraphLookup) -> dict[str, str]:
    """Return the path of the page of each thing. Names that differ in case alone are one file to some systems: the later ones get a number."""
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for iri in sorted(lookup.kinds):
        path, number = page_path(iri, lookup.base), 1
        while path.casefold() in taken:
            number += 1
            path = f"{page_path(iri, lookup.base).removesuffix('.html')}_{number}.html"
        taken.add(path.casefold())
        paths[iri] = path
    return paths


def _linker(paths: dict[str, str], depth: int) -> LinkTo:
    """Return a function that links to the pages of things from pages at a depth."""

    @cache
    def link_to(iri: str) -> str:
        return link(paths[iri], depth) if iri in paths else ""

    return link_to


def _other_files(
    lookup: GraphLookup, things: dict[str, list[str]], paths: dict[str, str], frame: Frame, address: str
) -> Iterator[tuple[str, str]]:  # fmt: skip
    yield "events.xml", event_feed(lookup, things["event"], paths, frame.title, address)
    yield "search-index.js", search_index(lookup, things, paths)
    yield "embed.html", frame_html(frame, "Events of a company", EMBED)
    yield (
        "404.html",
        frame_html(
            frame, "Not found", '<h1>Not found</h1>\n<p>There is no such page. <a href="index.html">The first page</a> has a search.</p>'
        ),
    )
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n"
    for name in ("style.css", "search.js", "embed.js"):
        yield name, (_DATA / name).read_text(encoding="utf-8")


def _write_redirects(place: Path, old: dict[str, str], lookup: GraphLookup, paths: dict[str, str], frame: Frame) -> None:
    former = {page_path(iri, lookup.base): iri for iri in old}
    moved = [(path, paths[old[iri]]) for path, iri in former.items() if not (place / path).exists()]
    for path, new in moved:
        _write(place / path, redirect_page(frame, lookup.labels[old[former[path]]], link(new, 1), "../"))
    if moved:
        _write(place / "_redirects", redirect_rules(moved))


def _write(path: Path, content: str) -> None:
    _made(path.parent)
    path.write_text(content, encoding="utf-8", newline="\n", errors="replace")


def _made(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
