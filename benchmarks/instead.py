"""A build beside what a user would write or take instead, over the same documents: processor time, memory, files, ratios.

Usage: python benchmarks/instead.py [--documents 2000] [--only NAME ...] [--python PATH] [--pipeline NAME] [--mixed]
       [--documents-kept FOLDER] [--record FILE.json]

Each runs as a program of its own (`others/`), start and all; time is processor time in seconds, memory the most of one process. The others are
a script with python-frontmatter and rdflib (as Turtle, and as N-Triples), Morph-KGC with an RML mapping, a spaCy pipeline, and a
picture by pyvis; one that is not installed is told and passed over. --python is an interpreter of an environment that has what this one has not (Morph-KGC
and newsgraph want different versions of one library). `beside` is the ratio of its time to that of a newsgraph build.

Triples are compared as sets: of a build those with the predicates and subjects of the script's. Morph-KGC gets its data as flat JSON with all
keys; what making that takes is told and not counted. `F1` is of company names as they stand in the texts, by text and article: invented
names, which no list holds. A picture by pyvis has no places, which the browser computes whenever it is opened; the page's are computed here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cost import CommandError, Cost, cost_of, python
from declared import FORMATS, compared, declared
from found_names import Named, built_names, f1, listed_names, true_names
from growth import Point, record
from machine import machine
from news_folder import news, workplace

OTHERS = Path(__file__).parent / "others"
_FLAT = Path(__file__).parent / "flat_news.py"
_ALONE = ("--workers", 1, "--quiet")  # as the others have one process, too
_PAGE = "newsgraph, rules, page"


@dataclass(frozen=True, slots=True)
class Own:
    """A way to build: what is made, and by which extractor."""

    name: str
    extractor: str
    format: str = "turtle"
    file: str = "graph.ttl"


@dataclass(frozen=True, slots=True)
class Other:
    """What is taken instead: its script, the packages it needs, the file that it writes, and the builds that it is compared with."""

    name: str
    script: str
    packages: tuple[str, ...]
    file: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the documents are and what is written, and how the others are started."""

    documents: Path
    work: Path
    interpreter: str
    pipeline: str


OWN = (
    Own("newsgraph, none", "none"),
    Own("newsgraph, rules", "rules"),
    Own("newsgraph, names", "names"),
    Own(_PAGE, "rules", "explorer", "graph.html"),
)
_HAND = ("python-frontmatter", "rdflib")
OTHER = (
    Other("rdflib, Turtle", "by_hand.py", _HAND, "hand.ttl", ("newsgraph, none",)),
    Other("rdflib, N-Triples", "by_hand.py", _HAND, "hand.nt", ("newsgraph, none",)),
    Other("Morph-KGC", "mapped.py", ("morph-kgc",), "mapped.nt", ("newsgraph, none",)),
    Other("spaCy", "pipeline.py", ("python-frontmatter", "spacy"), "names.jsonl", ("newsgraph, rules", "newsgraph, names")),
    Other("pyvis", "picture.py", ("python-frontmatter", "pyvis"), "picture.html", (_PAGE,)),
)


def main() -> None:
    """Measure each that is there, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=2000)
    names = [one.name for one in (*OWN, *OTHER)]
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=names, default=names, help=f"of: {'; '.join(names)}")
    parser.add_argument("--python", default=sys.executable, metavar="PATH", help="interpreter that has what this one has not")
    parser.add_argument("--pipeline", default="en_core_web_sm", help="spaCy pipeline; `blank`: rules only")
    parser.add_argument("--mixed", action="store_true", help="copies, forms of names, stories over several documents")
    parser.add_argument("--documents-kept", type=Path, metavar="FOLDER", help="where generated documents are, and stay")
    parser.add_argument("--record", type=Path, metavar="FILE.json", help="file of figures that these are put into")
    options = parser.parse_args()
    with workplace(options.documents_kept) as place, TemporaryDirectory(dir=place, prefix="instead-") as name:
        made = news(place, options.documents * 5, mixed=options.mixed)
        print(f"{machine()}; {made.documents:,} documents, {made.articles:,} articles, {made.bytes / 1e6:,.1f} MB")
        setting = Setting(made.folder, Path(name), options.python, options.pipeline)
        costs = _measured(setting, options.only, true_names(made.documents, mixed=options.mixed))
        # the page's build is a second one by rules, with another file
        record(options.record, [Point(who, made.articles, one.processor, one.megabytes) for who, one in costs.items() if who != _PAGE])


def _measured(setting: Setting, wanted: Iterable[str], names: Named) -> dict[str, Cost]:
    """Run those that are wanted, ours first, as ratios are to them; print a row for each."""
    print(_line(("", "CPU, s", "wall, s", "peak, MB", "file, MB", "F1", "beside", "what comes out")))
    costs: dict[str, Cost] = {}
    for own in (one for one in OWN if one.name in wanted):
        out = setting.work / own.name
        command = ("-m", "newsgraph", "build", setting.documents, "-o", out, "-f", own.format, "--extractor", own.extractor, *_ALONE)
        costs[own.name], _ = cost_of(python(*command))
    for other in (one for one in OTHER if one.name in wanted):
        versions = _versions(other, setting)
        interpreter = next((one for one, told in versions.items() if all(told.values())), None)
        if interpreter is None:
            print(f"{other.name}: passed over, {_told(versions[setting.interpreter])}")
            continue
        note = _told(versions[interpreter])
        if other.script == "mapped.py":
            note += f", JSON made in {cost_of(python(_FLAT, setting.documents, setting.work / 'flat'))[0].processor:,.2f} s before"
        costs[other.name] = cost = _run(other, setting, interpreter)
        beside = ", ".join(f"{cost.processor / costs[name].processor:.1f} x {name}" for name in other.beside if name in costs)
        path = setting.work / other.file
        found = f"{f1(listed_names(path), names):.2f}" if path.suffix == ".jsonl" else ""
        outcome = ", ".join(one for one in (_outcome(path, setting.work), note) if one)
        print(_shown(other.name, cost, path, (found, beside, outcome)), flush=True)
    for own in (one for one in OWN if one.name in costs):
        path = setting.work / own.name / own.file
        found = f"{f1(built_names(path.parent), names):.2f}" if own.extractor != "none" else ""
        print(_shown(own.name, costs[own.name], path, (found, "", _outcome(path, setting.work))), flush=True)
    return costs


def _run(other: Other, setting: Setting, interpreter: str) -> Cost:
    folder = setting.work / "flat" if other.script == "mapped.py" else setting.documents
    more = (setting.pipeline,) if other.script == "pipeline.py" else ()
    without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # they know nothing of newsgraph
    return cost_of(python(OTHERS / other.script, folder, setting.work / other.file, *more, interpreter=interpreter), without)[0]


def _versions(other: Other, setting: Setting) -> dict[str, dict[str, str]]:
    """Ask this environment and the other one for the versions of what somebody needs; empty where it is not there."""
    pipeline = (setting.pipeline,) if other.script == "pipeline.py" and setting.pipeline != "blank" else ()
    packages = (*other.packages, *pipeline)
    code = (
        "import json, sys; from importlib.metadata import PackageNotFoundError, version\n"
        "def told(name):\n    try: return version(name)\n    except PackageNotFoundError: return ''\n"
        "print(json.dumps({name: told(name) for name in sys.argv[1:]}))"
    )
    found = {}
    for interpreter in (sys.executable, setting.interpreter):
        try:
            found[interpreter] = json.loads(cost_of(python("-c", code, *packages, interpreter=interpreter))[1])
        except CommandError:
            found[interpreter] = dict.fromkeys(packages, "")
    return found


def _told(versions: dict[str, str]) -> str:
    return ", ".join(f"{package} {version or 'is not installed'}" for package, version in versions.items())


def _outcome(path: Path, work: Path) -> str:
    """Compare triples with those of the script, where it ran; count names."""
    if path.suffix == ".jsonl":
        labels = [json.loads(line)["label"] for line in path.read_text(encoding="utf-8").splitlines()]
        return f"{len(labels):,} names, {labels.count('ORG'):,} of organisations"
    hand = next((one for one in (work / "hand.ttl", work / "hand.nt") if one.exists()), None)
    if hand is None or path.suffix not in FORMATS:
        return ""
    return f"{len(declared(hand)):,} triples" if path == hand else compared(path, declared(hand))


def _shown(title: str, cost: Cost, path: Path, told: tuple[str, str, str]) -> str:
    size = path.stat().st_size / 1e6
    return _line((title, f"{cost.processor:,.2f}", f"{cost.seconds:,.2f}", f"{cost.megabytes:,.0f}", f"{size:,.1f}", *told))


def _line(cells: Iterable[str]) -> str:
    title, *figures, beside, outcome = cells
    return f"{title:<24}" + "".join(f"{figure:>10}" for figure in figures) + f"  {beside:<48}  {outcome}"


if __name__ == "__main__":
    main()
