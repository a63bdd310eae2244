"""The page docs/command-line.md, from the help texts of all commands."""

from __future__ import annotations

from copy import copy

import click

from newsgraph.cli.app import main

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


def command_line_page() -> str:
    """Return the page as Markdown."""
    assert isinstance(main, click.Group)
    parts = [HEAD, _section("newsgraph", main), *(_section(f"newsgraph {name}", command) for name, command in main.commands.items())]
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    command = copy(command)
    command._help_option = None  # noqa: SLF001 - click keeps the option of whoever asked first, and other tests ask without -h
    context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH, help_option_names=["-h", "--help"])
    return f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"
