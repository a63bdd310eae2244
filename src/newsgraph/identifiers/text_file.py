"""Read text and JSON files of moderate size as a whole."""

from __future__ import annotations

import json
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file

_HINT = "Get the file again; it must be text in UTF-8."


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file. Raises InputError if it cannot be read, is not UTF-8 or contains NUL bytes."""
    check_given_file(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8", _HINT) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        where = f"{path}: line {line}"
        raise InputError(where, "contains a NUL byte", _HINT)
    return text


def read_json(path: Path) -> object:
    """Return the content of a JSON file. Raises InputError, with the line, if it is not valid JSON."""
    text = read_text(path)
    try:
        tree: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{path}: line {error.lineno}"
        raise InputError(where, f"is not JSON ({error.msg})", _HINT) from error
    except (RecursionError, ValueError) as error:  # a number of thousands of digits raises ValueError
        raise InputError(str(path), "is JSON that is nested too deep or contains a number that is too long", _HINT) from error
    return tree
