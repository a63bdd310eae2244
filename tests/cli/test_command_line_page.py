"""The page of the command line shows what the commands print."""

from __future__ import annotations

from command_line_page import PAGE, page


def test_the_page_is_what_the_commands_print() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "renew it: python tests/support/command_line_page.py"
