"""Text and JSON files of modest size, read whole."""

from __future__ import annotations

import json
from pathlib import Path

from newsgraph.core.errors import InputError

_HINT = "Get the file again; it must be text in UTF-8."


def read_text(path: Path) -> str:
    """Read a UTF-8 file; raise InputError where it is none or holds NUL bytes."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8", _HINT) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        where = f"{path}: line {line}"
        raise InputError(where, "holds a NUL byte", _HINT)
    return text


def read_json(path: Path) -> object:
    """Read a JSON file; raise InputError, with the line, where it is none."""
    text = read_text(path)
    try:
        tree: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{path}: line {error.lineno}"
        raise InputError(where, f"is not JSON ({error.msg})", _HINT) from error
    except (RecursionError, ValueError) as error:  # a number of thousands of digits is a ValueError
        raise InputError(str(path), "is JSON that is nested too deep or holds an endless number", _HINT) from error
    return tree
