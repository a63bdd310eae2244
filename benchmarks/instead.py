"""A build beside what a user would write or take instead, over the same documents: processor time, memory, files, ratios.

Usage: python benchmarks/instead.py [--documents 2000] [--only NAME ...] [--python PATH] [--pipeline NAME] [--mixed]
       [--documents-kept FOLDER] [--record FILE.json]

Each runs as a program of its own (`others/`), start and all; time is processor time in seconds, memory the most of one process. The others are
a script with python-frontmatter and rdflib, Morph-KGC with an RML mapping, a spaCy pipeline, and a picture by pyvis; one that is not
installed is told and passed over. --python is an interpreter of an environment that has them (Morph-KGC and newsgraph want different
versions of one library). Beside each stands the ratio of its time to that of the newsgraph build that does the same and more.

Triples are compared as sets: of a build those with the predicates and subjects of the script's. Morph-KGC gets its data as flat JSON
with all keys, which is not counted; so it is spared the reading of front matter.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat, Triple, parse

from cost import CommandError, Cost, cost_of, python
from flat_news import write_flat
from growth import Point, record
from machine import machine
from news_folder import news, workplace
from newsgraph.identity import DEFAULT_BASE

OTHERS = Path(__file__).parent / "others"
# What a build derives and a script that only copies does not: stories, provenance, the tree of topics.
_DERIVED = frozenset({
    "https://schema.org/isPartOf", "https://w3id.org/newsgraph/ns#storyRule", "https://w3id.org/newsgraph/ns#rule", "http://purl.org/dc/terms/source",
})  # fmt: skip
_KINDS = tuple(f"{DEFAULT_BASE}{kind}" for kind in ("article/", "provider/", "topic/"))
_PAGE = "newsgraph, rules, page"
_FORMATS = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES}


@dataclass(frozen=True, slots=True)
class Own:
    """A way to build: what is made, and by which extractor."""

    name: str
    extractor: str
    format: str = "turtle"
    file: str = "graph.ttl"


@dataclass(frozen=True, slots=True)
class Other:
    """What is taken instead: its script, the packages it needs, the file that it writes, and the build that it is compared with."""

    name: str
    script: str
    packages: tuple[str, ...]
    file: str
    beside: str
    flat: bool = False
    """Whether it reads flat JSON, not documents."""


OWN = (
    Own("newsgraph, none", "none"),
    Own("newsgraph, rules", "rules"),
    Own("newsgraph, tagger", "tagger"),
    Own(_PAGE, "rules", "explorer", "graph.html"),
)
OTHER = (
    Other("rdflib", "by_hand.py", ("python-frontmatter", "rdflib"), "hand.ttl", "newsgraph, none"),
    Other("Morph-KGC", "mapped.py", ("morph-kgc",), "mapped.nt", "newsgraph, none", flat=True),
    Other("spaCy", "pipeline.py", ("python-frontmatter", "spacy"), "names.jsonl", "newsgraph, tagger"),
    Other("pyvis", "picture.py", ("python-frontmatter", "pyvis"), "picture.html", _PAGE),
)


def main() -> None:
    """Measure each that is there, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=2000)
    names = [one.name for one in (*OWN, *OTHER)]
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=names, default=names, help=f"of: {'; '.join(names)}")
    parser.add_argument("--python", default=sys.executable, metavar="PATH", help="interpreter that has the others")
    parser.add_argument("--pipeline", default="en_core_web_sm", help="spaCy pipeline; `blank`: rules only")
    parser.add_argument("--mixed", action="store_true", help="copies, forms of names, stories over several documents")
    parser.add_argument("--documents-kept", type=Path, metavar="FOLDER", help="where generated documents are, and stay")
    parser.add_argument("--record", type=Path, metavar="FILE.json", help="file of figures that these are put into")
    options = parser.parse_args()
    points: list[Point] = []
    with workplace(options.documents_kept) as place, TemporaryDirectory(dir=place, prefix="instead-") as name:
        made = news(place, options.documents * 5, mixed=options.mixed)
        print(f"{machine()}; {made.documents:,} documents, {made.articles:,} articles, {made.bytes / 1e6:,.1f} MB")
        print(_line(("", "CPU, s", "wall, s", "peak, MB", "file, MB", "beside", "what comes out")))
        work = Path(name)
        costs: dict[str, Cost] = {}
        for own in (one for one in OWN if one.name in options.only):
            costs[own.name] = _build(own, made.folder, work)
        hand = work / "hand.ttl"
        for other in (one for one in OTHER if one.name in options.only):
            versions, cost = _run(other, made.folder, work, options.python, options.pipeline)
            if cost is None:
                print(f"{other.name}: passed over, {versions}")
                continue
            costs[other.name] = cost
            beside = f"{cost.processor / costs[other.beside].processor:.1f} x {other.beside}" if other.beside in costs else ""
            path = work / other.file
            outcome = _against(hand, path) if path.suffix in _FORMATS else _names(path)
            print(_shown(other.name, cost, path, beside, ", ".join(one for one in (outcome, versions) if one)), flush=True)
        for own in (one for one in OWN if one.name in costs):
            path = work / own.name / own.file
            print(_shown(own.name, costs[own.name], path, "", _against(hand, path) if path.suffix in _FORMATS else ""), flush=True)
        points += [Point(who, made.articles, cost.processor, cost.megabytes) for who, cost in costs.items() if who != _PAGE]
    record(options.record, points)


def _build(own: Own, documents: Path, work: Path) -> Cost:
    out = work / own.name
    return cost_of(python("-m", "newsgraph", "build", documents, "-o", out, "-f", own.format, "--extractor", own.extractor, "--quiet"))[0]


def _run(other: Other, documents: Path, work: Path, interpreter: str, pipeline: str) -> tuple[str, Cost | None]:
    """Run one if it is installed; give the versions of what it needs."""
    packages = (*other.packages, pipeline) if other.script == "pipeline.py" and pipeline != "blank" else other.packages
    versions = _versions(packages, interpreter)
    told = ", ".join(f"{package} {version or 'is not installed'}" for package, version in versions.items())
    if not all(versions.values()):
        return told, None
    if other.flat:
        write_flat(documents, work / "flat")
    folder = work / "flat" if other.flat else documents
    more = (pipeline,) if other.script == "pipeline.py" else ()
    without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH" or interpreter == sys.executable}
    return told, cost_of(python(OTHERS / other.script, folder, work / other.file, *more, interpreter=interpreter), without)[0]


def _versions(packages: Iterable[str], interpreter: str) -> dict[str, str]:
    """Ask an environment for the versions of packages; empty where one is not there."""
    code = (
        "import json, sys; from importlib.metadata import PackageNotFoundError, version\n"
        "def told(name):\n    try: return version(name)\n    except PackageNotFoundError: return ''\n"
        "print(json.dumps({name: told(name) for name in sys.argv[1:]}))"
    )
    try:
        found: dict[str, str] = json.loads(cost_of(python("-c", code, *packages, interpreter=interpreter))[1])
    except CommandError:
        return dict.fromkeys(packages, "")
    return found


def _against(hand: Path, path: Path) -> str:
    """Compare triples with those of the script's, where it ran."""
    if not hand.exists():
        return ""
    wanted = set(_triples(hand))
    if path == hand:
        return f"{len(wanted):,} triples"
    predicates, subjects = {one.predicate for one in wanted}, {one.subject for one in wanted}
    told = (one for one in _triples(path) if one.predicate.value not in _DERIVED)
    found = {one for one in told if one.predicate in predicates and one.subject in subjects}
    return "the same triples" if found == wanted else f"{len(wanted - found):,} triples missing, {len(found - wanted):,} more"


def _triples(path: Path) -> Iterator[Triple]:
    for quad in parse(path=str(path), format=_FORMATS[path.suffix]):
        if str(getattr(quad.subject, "value", "")).startswith(_KINDS):
            yield quad.triple


def _names(path: Path) -> str:
    if path.suffix != ".jsonl":
        return ""
    labels = [json.loads(line)["label"] for line in path.read_text(encoding="utf-8").splitlines()]
    return f"{len(labels):,} names, {labels.count('ORG'):,} of organisations"


def _shown(title: str, cost: Cost, path: Path, beside: str, outcome: str) -> str:
    size = path.stat().st_size / 1e6
    figures = (f"{cost.processor:,.2f}", f"{cost.seconds:,.2f}", f"{cost.megabytes:,.0f}", f"{size:,.1f}")
    return _line((title, *figures, beside, outcome))


def _line(cells: Iterable[str]) -> str:
    title, *figures, beside, outcome = cells
    return f"{title:<24}" + "".join(f"{figure:>10}" for figure in figures) + f"  {beside:<30} {outcome}"


if __name__ == "__main__":
    main()
