"""Write the pages in `docs/` that are generated from the code: `python tests/support/write_pages.py`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # tests, as pytest has it

from api_page import api_page
from command_line_page import command_line_page
from data_page import data_page
from rooms_page import architecture_page

PAGES: dict[str, Callable[[], str]] = {
    "api.md": api_page,
    "architecture.md": architecture_page,
    "command-line.md": command_line_page,
    "data.md": data_page,
}
"""The generated pages by name."""


def write_pages(docs: Path, pages: Mapping[str, Callable[[], str]]) -> list[str]:
    """Write the pages that are missing or out of date into a folder, and return their names."""
    written = []
    for name, page in pages.items():
        path, text = docs / name, page()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(name)
    return written


if __name__ == "__main__":
    for changed in write_pages(Path(__file__).parents[2] / "docs", PAGES):
        sys.stdout.write(f"docs/{changed} was written\n")
