"""The named questions of the package: SPARQL files in `data/queries`, with parameters.

A question is a file `NAME.rq` that any SPARQL engine can run. Its first line is `# question`; each parameter has a line
`# parameter NAME: what it is` and a line `VALUES ?NAME { "default" }`, in which a value replaces the default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsgraph.core.errors import InputError, UnknownNameError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import ANY, NameIndex, name_index
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.rdf.terms import quoted

_LOOKED_UP = {"company": ("company", "organisation"), "topic": ("topic",), "thing": (ANY,)}

_TYPE = "kind"  # a parameter that takes a type of event
_PARTED = re.compile(r"[ _-]")  # what may part the words of a type
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # what parts those of its class

FindNames = Callable[[tuple[str, ...]], NameIndex]
"""Returns the index of the names of nodes of some kinds."""


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """A named question: its text, its SPARQL, and a description of each of its parameters."""

    name: str
    question: str
    sparql: str
    parameters: Mapping[str, str]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with values instead of the defaults, each as a SPARQL string. Raises `InputError` for an unknown parameter."""
        sparql = self.sparql
        for name, value in values.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                where, problem, hint = f"question {self.name}", f"has no parameter {name}", f"Its parameters: {known}."
                raise InputError(where, problem, hint)
            head, line, tail = re.split(rf"^( *VALUES \?{name} {{ .* }})$", sparql, maxsplit=1, flags=re.MULTILINE)
            sparql = f"{head}{line.partition('{')[0]}{{ {quoted(value)} }}{tail}"
        return sparql


@cache
def questions() -> Mapping[str, NamedQuestion]:
    """Return the named questions of the package by name."""
    folder = files("newsgraph").joinpath("data", "queries")
    names = sorted(entry.name.removesuffix(".rq") for entry in folder.iterdir() if entry.name.endswith(".rq"))
    return {name: _read(name, folder.joinpath(f"{name}.rq").read_text("utf-8")) for name in names}


def _read(name: str, sparql: str) -> NamedQuestion:
    lines = [line.removeprefix("#").strip() for line in sparql.splitlines() if line.startswith("#")]
    parameters = dict(line.removeprefix("parameter ").split(": ", 1) for line in lines if line.startswith("parameter "))
    return NamedQuestion(name, lines[0], sparql, parameters)


def looked_up(parameter: str) -> tuple[str, ...]:
    """Return the kinds of nodes whose names a parameter takes, `ANY` for all kinds; none for a parameter that takes no name."""
    return _LOOKED_UP.get(parameter, ())


def _type_of(name: str) -> str:
    """Return the class (without prefix) of a type of event, by its name in tables or in RDF, in upper or lower case and with its words parted or not.

    Raises `UnknownNameError` for any other.
    """
    classes = [kind.cls.partition(":")[2] for kind in EVENT_TYPES.values()]
    known = {_PARTED.sub("", word).lower(): cls for kind, cls in zip(EVENT_TYPES, classes, strict=True) for word in (kind, cls)}
    found = known.get(_PARTED.sub("", name).lower())
    if found is None:
        kind_of_name = "type of event"
        raise UnknownNameError(kind_of_name, name, [_CAPITAL.sub(" ", cls).lower() for cls in classes], where="")
    return found


def is_name(question: str) -> bool:
    """Return whether a question is a name rather than SPARQL: one word without brackets."""
    return re.fullmatch(r"\s*[A-Za-z][\w-]*\s*", question) is not None


def sparql_of(name: str, parameters: Mapping[str, str], graph: GraphTables | None = None) -> str:
    """Return the SPARQL of a named question with its parameters set.

    With a graph, companies and topics may be called by any of their names in it, in upper or lower case. Raises `UnknownNameError` for
    an unknown question, company or topic, and `InputError` for an unknown parameter.
    """
    return fill_question(name, parameters, None if graph is None else lambda kinds: name_index(graph, *kinds))


def fill_question(name: str, parameters: Mapping[str, str], find: FindNames | None) -> str:
    """Do as `sparql_of`, with a function that returns the names of nodes instead of a graph."""
    known, name = questions(), name.strip()
    if name not in known:
        kind = "named question"
        raise UnknownNameError(kind, name, known, where="")
    question = known[name]
    if (asked := parameters.get(_TYPE)) and _TYPE in question.parameters:
        parameters = {**parameters, _TYPE: _type_of(asked)}
    named = {key: value for key, value in parameters.items() if looked_up(key) and key in question.parameters and value}
    if find is None or not named:
        return question.filled(parameters)
    names = find(tuple(kind for key in named for kind in looked_up(key)))
    return question.filled({**parameters, **{key: names.label(value, *looked_up(key)).strip() for key, value in named.items()}})
