"""The page docs/command-line.md, made from the help texts of all commands.

Renew it after a change of the command line: python tests/support/command_line_page.py
"""

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli.app import main

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
WIDTH = 100
HEAD = """# The command line

What `newsgraph --help` and `newsgraph COMMAND --help` print. `python -m newsgraph` is the same command. Errors are one line, and the
exit code is 2 for a wrong command or an input that cannot be used.

```console
$ newsgraph --version
...
$ newsgraph build seeds/ --quiet
$ newsgraph query output --list
...
```
"""


def page() -> str:
    """Return the page as Markdown."""
    assert isinstance(main, click.Group)
    parts = [HEAD, _section("newsgraph", main), *(_section(f"newsgraph {name}", command) for name, command in main.commands.items())]
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH, help_option_names=["-h", "--help"])
    return f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
