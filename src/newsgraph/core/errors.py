"""Errors that say where, what is wrong, and what to do next.

Everything that newsgraph raises on purpose is a `NewsgraphError`; the command line prints it as one line.
Anything else is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class NewsgraphError(Exception):
    """Base class of all errors that newsgraph raises on purpose; the message says where, what is wrong and what to do.

    >>> try:
    ...     newsgraph.load("no-such-folder")
    ... except newsgraph.NewsgraphError as error:
    ...     print(error)
    no-such-folder: holds no newsgraph graph (no tables/dataset.parquet). ...
    """

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error come out of a worker process with its message: by default it would be made anew from the message alone."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[NewsgraphError], args: tuple[object, ...], state: dict[str, object]) -> NewsgraphError:
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
        """Say where, what and how to mend it, in that order."""
        super().__init__(f"{where}: {problem}. {hint}")


class UnwritableError(InputError):
    """A folder that cannot be written: no right, no room, no such disk."""

    def __init__(self, folder: object, error: OSError) -> None:
        """Take the folder and what the system said."""
        super().__init__(
            str(folder), f"cannot be written ({error.strerror or error})", "Choose a folder that can be written, with enough room"
        )


class UnknownNameError(NewsgraphError):
    """A name that is unknown to the graph, or to newsgraph itself; `suggestions` are up to five similar names that are known.

    >>> kg.why("Sanofy")
    Traceback (most recent call last):
    newsgraph.core.errors.UnknownNameError: Sanofy: no such node in this graph. Did you mean: Sanofi...
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = " in this graph") -> None:
        """`known` are the names to suggest from; `where` says, after a blank, what holds them."""
        names = sorted(set(known))
        folded = {known_name.casefold(): known_name for known_name in reversed(names)}
        close = get_close_matches(name.casefold(), folded, n=5, cutoff=0.6)
        hint = f"Did you mean: {', '.join(folded[c] for c in close)}?" if close else "No name is close to it."
        self.suggestions = tuple(folded[c] for c in close)
        empty = f"The name of a {kind} is empty. Give one that is{where or ' known'}."
        super().__init__(f"{name}: no such {kind}{where}. {hint}" if name.strip() else empty)


class CollisionError(NewsgraphError):
    """Two things that would get one name: 12 hex digits were too few, which no input makes likely."""

    def __init__(self, iri: str, one: object, other: object) -> None:
        """Name both things."""
        super().__init__(
            f"{iri}: two things have this IRI: {one} and {other}. Please report this; until it is mended, leave one of them out."
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
        """Name the package that is missing and the extra that brings it, if one does; `hint` says what else is to be done."""
        command = f"Install it with: pip install 'newsgraph[{extra}]'" if extra else ""
        super().__init__(f"{what}: needs the package {package}. {'. '.join(filter(None, (command, hint)))}")
