"""The parser of questions: SELECT and ASK, in the part of SPARQL that `columnwise` covers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import TypeVar

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.columnwise.expression_parser import ExpressionParser
from newsgraph.query.columnwise.query_syntax import (
    FUNCTIONS,
    Bind,
    Expression,
    Filter,
    Group,
    MinusGroup,
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
from newsgraph.rdf.terms import Term

_Key = TypeVar("_Key")
_TYPE = f"{PREFIXES['rdf']}type"


def parse(text: str, variables: Sequence[str] | None = None) -> Select:
    """Parse a question; `variables` are the columns of `SELECT *`, in order.

    The parser accepts some texts that are no SPARQL, so a SPARQL parser must have accepted the text before. Raises
    `NotCoveredError` for all that is not covered.
    """
    parser = _QuestionParser(text)
    select = parser.question(variables)
    if parser.kind != "end":
        raise NotCoveredError(parser.text)
    return select


class _QuestionParser(ExpressionParser):
    """A parser of whole questions."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._blank_nodes = count()

    # --- the question

    def question(self, variables: Sequence[str] | None) -> Select:
        prefixes = dict(self.prefixes)
        while self.skip("PREFIX"):
            name = self.read("name")
            prefixes[name.removesuffix(":")] = self.read("iri")[1:-1]
        self.prefixes = prefixes
        if self.skip("ASK"):
            self.skip("WHERE")
            return Select((), self.group(), limit=1, is_ask=True)
        return self._select(variables)

    def _select(self, variables: Sequence[str] | None = None) -> Select:
        self.expect("SELECT")
        distinct = self.skip("DISTINCT")
        shown: list[tuple[str, Expression | None]] = []
        if variables is not None and self.skip("*"):
            shown += [(name, None) for name in variables]
        else:
            while not self.at("WHERE", "{"):
                shown.append(self._named() if self.at("(") else (self.variable(), None))
        self.skip("WHERE")
        group = self.group()
        grouped = self._keys("GROUP", self._group_key)
        having: list[Expression] = []
        if self.skip("HAVING"):
            having.append(self.constraint())
            while self.at("("):
                having.append(self.bracketed())
        order = self._keys("ORDER", self._order_key)
        limits: dict[str, int] = {}
        while self.at("LIMIT", "OFFSET"):
            word = self.next().upper()
            limits[word] = int(self.read("number"))
        return Select(tuple(shown), group, distinct, grouped, tuple(having), order, limits.get("LIMIT"), limits.get("OFFSET", 0))

    def _named(self) -> tuple[str, Expression]:
        """Read `(expression AS ?name)`."""
        self.expect("(")
        value = self.expression()
        self.expect("AS")
        name = self.variable()
        self.expect(")")
        return name, value

    def _keys(self, word: str, read: Callable[[], _Key]) -> tuple[_Key, ...]:
        if not self.skip(word):
            return ()
        self.expect("BY")
        keys = [read()]
        while self.kind == "var" or self.at("(", "DESC", "ASC", *FUNCTIONS):
            keys.append(read())
        return tuple(keys)

    def _group_key(self) -> tuple[str, Expression | None]:
        return self._named() if self.at("(") else (self.variable(), None)

    def _order_key(self) -> tuple[Expression, bool]:
        if self.at("DESC", "ASC"):
            descending = self.next().upper() == "DESC"
            return self.bracketed(), descending
        return (Var(self.variable()) if self.kind == "var" else self.constraint()), False

    # --- patterns

    def group(self) -> Group:
        self.expect("{")
        parts: list[Part] = []
        if self.at("SELECT"):
            parts.append(self._select())
            self.expect("}")
            return Group(tuple(parts))
        while not self.skip("}"):
            parts += self._part()
            self.skip(".")
        return Group(tuple(parts))

    def _part(self) -> list[Part]:
        if self.at("{"):
            groups = [self.group()]
            while self.skip("UNION"):
                groups.append(self.group())
            return [UnionGroup(tuple(groups)) if len(groups) > 1 else groups[0]]
        if self.skip("OPTIONAL"):
            return [OptionalGroup(self.group())]
        if self.skip("MINUS"):
            return [MinusGroup(self.group())]
        if self.skip("FILTER"):
            return [Filter(self.constraint())]
        if self.skip("BIND"):
            name, value = self._named()
            return [Bind(value, name)]
        return [self._values()] if self.skip("VALUES") else self._triples()

    def _values(self) -> Values:
        in_brackets = self.skip("(")
        names = []
        while self.kind == "var":
            names.append(self.variable())
        if in_brackets:
            self.expect(")")
        self.expect("{")
        rows = []
        while not self.skip("}"):
            if in_brackets:
                self.expect("(")
            rows.append(tuple(self.term() for _ in names))
            if in_brackets:
                self.expect(")")
        if not names or not rows:
            raise NotCoveredError(str(names))
        return Values(tuple(names), tuple(rows))

    def _triples(self) -> list[Part]:
        """Read the statements about one subject."""
        inside: list[Part] = []
        subject = self._node(inside)
        if inside and not self._at_path():
            return inside  # `[ ... ]` may be a whole sentence
        return [*inside, *self._properties(subject)]

    def _properties(self, subject: Var | Term) -> list[Part]:
        """Read what is stated about a subject, up to the end of the sentence or the bracket."""
        parts: list[Part] = []
        while True:
            path = self.path()
            while True:
                inside: list[Part] = []
                parts += [Triple(subject, path, self._node(inside)), *inside]
                if not self.skip(","):
                    break
            if not self.skip(";"):
                return parts
            while self.skip(";"):
                pass
            if not self._at_path():
                return parts

    def _node(self, inside: list[Part]) -> Var | Term:
        """Read a variable, a term or a blank node, whose statements are added to `inside`."""
        if not self.skip("["):
            return Var(self.variable()) if self.kind == "var" else self.term()
        node = Var(f"[{next(self._blank_nodes)}]")
        if not self.skip("]"):
            inside += self._properties(node)
            self.expect("]")
        return node

    # --- paths

    def _at_path(self) -> bool:
        return self.kind in {"var", "iri", "name"} or self.at("^", "(") or self.text == "a"

    def path(self) -> Path:
        if self.kind == "var":
            return Path("var", self.variable())
        return self._chain("alt", "|", lambda: self._chain("seq", "/", self._step))

    def _chain(self, kind: str, sign: str, read: Callable[[], Path]) -> Path:
        parts = [read()]
        while self.skip(sign):
            parts.append(read())
        return Path(kind, parts=tuple(parts)) if len(parts) > 1 else parts[0]

    def _step(self) -> Path:
        if self.skip("^"):
            return Path("inverse", parts=(self._step(),))
        if self.skip("("):
            step = self.path()
            self.expect(")")
        elif self.at("A") and self.text == "a":
            self.next()
            step = Path("iri", _TYPE)
        else:
            step = Path("iri", self.iri().value)
        for sign, kind in (("?", "maybe"), ("*", "many"), ("+", "plus")):
            if self.skip(sign):
                return Path(kind, parts=(step,))
        return step
