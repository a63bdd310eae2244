"""Errors that say where something is wrong, what, and what to do next.

Everything that newsgraph raises on purpose is a `NewsgraphError`; the command line prints it as one line.
Anything else is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newsgraph.core.close_names import close_names


class NewsgraphError(Exception):
    """Base class of all errors that newsgraph raises on purpose; the message says where, what is wrong and what to do.

    >>> try:
    ...     newsgraph.load("no-such-folder")
    ... except newsgraph.NewsgraphError as error:
    ...     print(error)
    no-such-folder: ... no newsgraph graph ...
    """

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the state too, so that an error from a worker process arrives whole; by default only `args` would be passed on."""
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[NewsgraphError], args: tuple[object, ...], state: dict[str, object]) -> NewsgraphError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class InputError(NewsgraphError):
    """An input, an output folder or an option that cannot be used as it is.

    >>> newsgraph.build("no-such-folder")
    Traceback (most recent call last):
    newsgraph.core.errors.InputError: no-such-folder: no such file or directory. ...
    """

    def __init__(self, where: str, problem: str, hint: str) -> None:
        """State where it is, what is wrong, and how to fix it."""
        super().__init__(f"{where}: {problem}. {hint}")


class UnwritableError(InputError):
    """A folder that cannot be written to: no permission, no space, no such disk."""

    def __init__(self, folder: object, error: OSError) -> None:
        """Quote the folder, or the file in it that the system names, and the message of the system."""
        file = next((name for name in (error.filename2, error.filename) if isinstance(name, str)), "")
        where = file if Path(file).is_relative_to(str(folder)) else str(folder)
        super().__init__(
            where, f"cannot be written to ({error.strerror or error})", "Choose a folder that can be written to, with enough space"
        )


class ExportError(NewsgraphError):
    """Formats that an error of the program kept from being written; the other formats were written."""

    def __init__(self, failures: Iterable[str]) -> None:
        """State which formats, and why."""
        super().__init__("; ".join(failures))


class UnknownNameError(NewsgraphError):
    """A name that is unknown to the graph, or to newsgraph itself; `suggestions` are up to five similar names that are known.

    >>> kg.why("Sanofy")
    Traceback (most recent call last):
    newsgraph.core.errors.UnknownNameError: Sanofy: no such node in this graph. Did you mean: Sanofi...
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = " in this graph") -> None:
        """Suggest from the `known` names; `where` names, after a blank, what they were looked up in."""
        self.suggestions = close_names(name, known)
        hint = f"Did you mean: {', '.join(self.suggestions)}?" if self.suggestions else "No name is close to it."
        empty = f"The name of a {kind} is empty. Use one that is{where or ' known'}."
        super().__init__(f"{name}: no such {kind}{where}. {hint}" if name.strip() else empty)


class CollisionError(NewsgraphError):
    """Two things with the same IRI: a collision of hashes of 12 hex digits, which is unlikely for any input."""

    def __init__(self, iri: str, one: object, other: object) -> None:
        """Name both things."""
        super().__init__(
            f"{iri}: two things have this IRI: {one} and {other}. Please report this; until it is fixed, leave one of them out."
        )


class QueryError(NewsgraphError):
    """A question that cannot be answered: no valid SPARQL, an update, or a call over the network.

    >>> kg.query("DELETE WHERE { ?s ?p ?o }")
    Traceback (most recent call last):
    newsgraph.core.errors.QueryError: DELETE would change the graph, and questions only read it. ...
    """


class MissingExtraError(NewsgraphError):
    """An optional dependency that is not installed; the message says how to install it.

    >>> raise newsgraph.MissingExtraError("the explorer in a notebook", "anywidget", "notebook")
    Traceback (most recent call last):
    newsgraph.core.errors.MissingExtraError: the explorer in a notebook: needs the package anywidget. Install it with: pip install ...
    """

    def __init__(self, what: str, package: str, extra: str, hint: str = "") -> None:
        """Name the missing package and the extra that installs it, if there is one; `hint` says what else to do."""
        command = f"Install it with: pip install 'newsgraph[{extra}]'" if extra else ""
        super().__init__(f"{what}: needs the package {package}. {'. '.join(filter(None, (command, hint)))}")
