"""Reading a question: a SELECT of the part of SPARQL that `columnwise` knows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeVar

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.columnwise.expression_parser import ExpressionParser
from newsgraph.query.columnwise.query_syntax import (
    Bind,
    Expression,
    Filter,
    Group,
    NotCoveredError,
    OptionalGroup,
    Part,
    Path,
    Select,
    Triple,
    UnionGroup,
    Values,
    Var,
)
from newsgraph.rdf.terms import Iri, Term

_T = TypeVar("_T")
_TYPE = f"{PREFIXES['rdf']}type"


def parse(text: str) -> Select:
    """Read a question. Raises `NotCoveredError` for whatever is not known, be it SPARQL or not."""
    reader = _Question(text)
    select = reader.question()
    if reader.kind != "end":
        raise NotCoveredError(reader.text)
    return select


class _Question(ExpressionParser):
    """A reader that knows a whole question."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._new = count()

    # --- the question

    def question(self) -> Select:
        prefixes = dict(self.prefixes)
        while self.take("PREFIX"):
            name = self.of("name")
            prefixes[name.removesuffix(":")] = self.of("iri")[1:-1]
        self.prefixes = prefixes
        return self._select()

    def _select(self) -> Select:
        self.need("SELECT")
        distinct = self.take("DISTINCT")
        shown: list[tuple[str, Expression | None]] = []
        while not self.at("WHERE", "{"):
            if self.take("("):
                value = self.expression()
                self.need("AS")
                shown.append((self.of("var")[1:], value))
                self.need(")")
            else:
                shown.append((self.of("var")[1:], None))
        self.take("WHERE")
        group = self.group()
        grouped = self._many("GROUP", lambda: self.of("var")[1:])
        having = tuple(self.bracketed() for _ in range(1) if self.take("HAVING"))
        order = self._many("ORDER", self._key)
        limit = int(self.of("number")) if self.take("LIMIT") else None
        return Select(tuple(shown), group, distinct, grouped, having, order, limit)

    def _many(self, word: str, read: Callable[[], _T]) -> tuple[_T, ...]:
        if not self.take(word):
            return ()
        self.need("BY")
        found = [read()]
        while self.kind == "var" or self.at("(", "DESC", "ASC"):
            found.append(read())
        return tuple(found)

    def _key(self) -> tuple[Expression, bool]:
        if self.at("DESC", "ASC"):
            down = self.next().upper() == "DESC"
            return self.bracketed(), down
        return (self.bracketed() if self.at("(") else Var(self.of("var")[1:])), False

    # --- patterns

    def group(self) -> Group:
        self.need("{")
        parts: list[Part] = []
        if self.at("SELECT"):
            parts.append(self._select())
            self.need("}")
            return Group(tuple(parts))
        while not self.take("}"):
            parts += self._part()
            self.take(".")
        return Group(tuple(parts))

    def _part(self) -> list[Part]:
        if self.at("{"):
            groups = [self.group()]
            while self.take("UNION"):
                groups.append(self.group())
            return [UnionGroup(tuple(groups)) if len(groups) > 1 else groups[0]]
        if self.take("OPTIONAL"):
            return [OptionalGroup(self.group())]
        if self.take("FILTER"):
            return [Filter(self.bracketed() if self.at("(") else self._primary())]
        if self.take("BIND"):
            self.need("(")
            value = self.expression()
            self.need("AS")
            bind = Bind(value, self.of("var")[1:])
            self.need(")")
            return [bind]
        return [self._values()] if self.take("VALUES") else self._triples(self._node([]))

    def _values(self) -> Values:
        several = self.take("(")
        names = []
        while self.kind == "var":
            names.append(self.next()[1:])
        if several:
            self.need(")")
        self.need("{")
        rows = []
        while not self.take("}"):
            if several:
                self.need("(")
            rows.append(tuple(self.term() for _ in names))
            if several:
                self.need(")")
        return Values(tuple(names), tuple(rows))

    def _triples(self, subject: Var | Term) -> list[Part]:
        """Read what is said of a subject, to the end of the sentence or the bracket."""
        found: list[Part] = []
        while True:
            path = self.path()
            while True:
                more: list[Part] = []
                found += [Triple(subject, path, self._node(more)), *more]
                if not self.take(","):
                    break
            if not self.take(";"):
                return found

    def _node(self, more: list[Part]) -> Var | Term:
        if self.take("["):
            node = Var(f"[{next(self._new)}]")
            more += self._triples(node)
            self.need("]")
            return node
        return Var(self.next()[1:]) if self.kind == "var" else self.term()

    # --- paths

    def path(self) -> Path:
        if self.kind == "var":
            return Path("var", self.next()[1:])
        return self._chain("alt", "|", lambda: self._chain("seq", "/", self._step))

    def _chain(self, kind: str, sign: str, read: Callable[[], Path]) -> Path:
        parts = [read()]
        while self.take(sign):
            parts.append(read())
        return Path(kind, parts=tuple(parts)) if len(parts) > 1 else parts[0]

    def _step(self) -> Path:
        if self.take("^"):
            return Path("inverse", parts=(self._step(),))
        if self.take("("):
            step = self.path()
            self.need(")")
        elif self.at("A") and self.text == "a":
            self.next()
            step = Path("iri", _TYPE)
        else:
            term = self.term()
            if not isinstance(term, Iri):
                raise NotCoveredError(term.text)
            step = Path("iri", term.value)
        if self.take("?"):
            return Path("maybe", parts=(step,))
        return Path("many", parts=(step,)) if self.take("*") else step
