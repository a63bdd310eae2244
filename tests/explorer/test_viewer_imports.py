"""The modules of the viewer keep to their rooms: no import circle, one name for one module, none that nobody imports."""

from __future__ import annotations

import re
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

SOURCE = Path(__file__).parents[2] / "viewer" / "src"
ENTRIES = {"page", "second_part", "widget", "ask"}  # what build.mjs builds
# Each room with the rooms whose modules it may import; no room imports another back.
ROOMS = {
    "data": "",
    "core": "data",
    "questions": "core data",
    "search": "core data questions",
    "filters": "core data",
    "collection": "core data",
    "details": "core data collection",
    "map": "core data",
    "timeline": "core data",
    "table": "core data",
    "focus": "core data search",
    "ask": "core data",
    "shell": "core data collection search filters details map",
    "": "core data shell ask collection focus table timeline",
}
PACKAGES = {"oxigraph/web.js": {"ask/engine"}}
# Imports and exports of other modules, types alone as well, and `import("...")` as a call or within a type.
_IMPORT = re.compile(r"""(?:^|[\s;}])(?:from|import)\s*\(?\s*["']([^"'\n]+)["']""")


def _modules(folder: Path) -> dict[str, str]:
    """Return the text of each module by its path without ending."""
    return {path.relative_to(folder).with_suffix("").as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.ts"))}


def _imports(modules: dict[str, str]) -> dict[str, set[str]]:
    """Return what each module imports: paths of modules, and names of packages as they are."""
    return {
        name: {
            normpath(join(dirname(name), found.removesuffix(".js"))) if found.startswith(".") else found for found in _IMPORT.findall(text)
        }
        for name, text in modules.items()
    }


def _circle(imports: dict[str, set[str]]) -> list[str]:
    """Return the modules of one import circle; empty where there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _room(module: str) -> str:
    return module.rpartition("/")[0]


@pytest.fixture(scope="module")
def modules() -> dict[str, str]:
    return _modules(SOURCE)


@pytest.fixture(scope="module")
def imports(modules: dict[str, str]) -> dict[str, set[str]]:
    return _imports(modules)


def test_no_module_imports_itself_through_others(imports: dict[str, set[str]]) -> None:
    assert _circle(imports) == []


@pytest.mark.parametrize(
    "statement",
    [
        'import { b } from "./b.js";',
        'import type { B } from "./b.js";',
        'import {\n  b,\n  type B,\n} from "./b.js";',
        'import "./b.js";',
        'export { b } from "./b.js";',
        'export * from "./b.js";',
        'export type B = import("./b.js").B;',
        'const b = await import("./b.js");',
    ],
)
def test_a_circle_is_found_whatever_the_import_looks_like(statement: str) -> None:
    assert _circle(_imports({"a": statement, "b": 'import { c } from "./rooms/c.js";', "rooms/c": 'import { a } from "../a.js";'})) != []


def test_every_import_leads_to_a_module_or_to_a_package_that_may_be_used(imports: dict[str, set[str]]) -> None:
    strange = {(name, one) for name, found in imports.items() for one in found - set(imports)}
    assert strange == {(module, package) for package, users in PACKAGES.items() for module in users}


def test_a_room_imports_only_what_it_may(imports: dict[str, set[str]]) -> None:
    assert {_room(module) for module in imports} == set(ROOMS)
    crossed = [
        f"{module} imports {other}"
        for module, found in imports.items()
        for other in sorted(found & set(imports))
        if _room(other) not in {_room(module), *ROOMS[_room(module)].split()}
    ]
    assert crossed == []


def test_no_room_imports_itself_through_others() -> None:
    assert _circle({room: set(others.split()) for room, others in ROOMS.items()}) == []


def test_only_entry_points_are_on_top_and_all_else_is_reached_from_them(imports: dict[str, set[str]]) -> None:
    assert {module for module in imports if not _room(module)} == ENTRIES
    reached, open_ends = set[str](), set(ENTRIES)
    while open_ends:
        reached |= open_ends
        open_ends = {other for module in open_ends for other in imports[module] if other in imports} - reached
    assert sorted(set(imports) - reached) == []


def test_no_two_modules_have_one_name(modules: dict[str, str]) -> None:
    assert [name for name, count in Counter(module.rpartition("/")[2] for module in modules).items() if count > 1] == []
