"""The shipped YAML files of words and patterns, read and checked."""

from __future__ import annotations

from dataclasses import fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from newsgraph.core.errors import InputError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Words = TypeVar("_Words", bound="DataclassInstance")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast; it is missing on some systems


def read_yaml(name: str) -> dict[str, Any]:
    """Read a file of `newsgraph/data`. Raises InputError if it is not a mapping."""
    content = yaml.load((files("newsgraph") / "data" / name).read_text(encoding="utf-8"), _Loader)  # noqa: S506 - both loaders are safe
    if not isinstance(content, dict):
        raise InputError(name, "is not a mapping of names to values", "Write one `name:` for each list.")
    return content


def read_word_lists(name: str, shape: type[_Words]) -> _Words:
    """Read a file of word lists into a dataclass whose fields are frozen sets of strings.

    A list is words with blanks between them. Raises InputError if the file lacks a list or has an unknown one, or if a list holds a word twice.
    """
    content = read_yaml(name)
    wanted = {field.name for field in fields(shape)}
    if content.keys() != wanted:
        wrong = ", ".join(sorted(content.keys() ^ wanted))
        raise InputError(name, f"has missing or unknown lists: {wrong}", f"Its lists are: {', '.join(sorted(wanted))}.")
    lists = {key: str(words).split() for key, words in content.items()}
    for key, words in lists.items():
        if twice := sorted({word for word in words if words.count(word) > 1}):
            where = f"{name}: {key}"
            raise InputError(where, f"holds words twice: {', '.join(twice)}", "Remove one of each.")
    return shape(**{key: frozenset(words) for key, words in lists.items()})
