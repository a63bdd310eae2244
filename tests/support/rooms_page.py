"""The table of rooms in `docs/architecture.md`, from their docstrings and from the plan in `tests/test_architecture.py`."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from test_architecture import ROOMS

from data_page import table_lines
from source_tree import PACKAGE, ROOT

_BEGIN, _END = "<!-- rooms: written by tests/support/write_pages.py -->\n", "<!-- end of rooms -->\n"


def architecture_page() -> str:
    """Return the text of the page with its table of rooms renewed."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = "".join(table_lines(("room", "what it is for", "may import"), (_row(name) for name in ROOMS if not name.startswith("__"))))
    return re.sub(re.escape(_BEGIN) + ".*?" + re.escape(_END), lambda _: _BEGIN + table + _END, text, flags=re.DOTALL)


def _row(name: str) -> tuple[str, str, str]:
    path = PACKAGE / name / "__init__.py"
    shown, path = (f"`{name}/`", path) if path.is_file() else (f"`{name}.py`", PACKAGE / f"{name}.py")
    rooms, libraries = ROOMS[name]
    named = [*rooms.replace("__init__", "newsgraph").split(), *(f"*{library}*" for library in libraries.split())]
    return shown, _purpose(path), ", ".join(named)


def _purpose(path: Path) -> str:
    """Return the first paragraph of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split())
