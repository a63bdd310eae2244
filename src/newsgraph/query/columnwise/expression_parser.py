"""Reading the expressions of a question."""

from __future__ import annotations

from abc import ABC, abstractmethod

from newsgraph.query.columnwise.query_syntax import AGGREGATES, FUNCTIONS, Call, Exists, Expression, Group, NotCoveredError, Var
from newsgraph.query.columnwise.token_cursor import TokenCursor
from newsgraph.rdf.terms import Literal

_LEVELS = (("||",), ("&&",), ("=", "!=", "<", ">", "<=", ">=", "IN", "NOT"), ("+", "-"))


class ExpressionParser(TokenCursor, ABC):
    """A reader that knows expressions; what is between braces, it leaves to others."""

    @abstractmethod
    def group(self) -> Group:
        """Read a group of patterns."""

    def bracketed(self) -> Expression:
        """Read an expression between brackets."""
        self.need("(")
        value = self.expression()
        self.need(")")
        return value

    def expression(self, level: int = 0) -> Expression:
        """Read an expression of operators that bind as strongly as those of a level, or stronger."""
        if level == len(_LEVELS):
            return self._primary()
        value = self.expression(level + 1)
        while self.at(*_LEVELS[level]):
            sign = self.next().upper()
            if sign in {"IN", "NOT"}:
                if sign == "NOT":
                    self.need("IN")
                among = Call("IN", (value, *self._arguments()))
                value = among if sign == "IN" else Call("!", (among,))
            else:
                value = Call(sign, (value, self.expression(level + 1)))
        return value

    def _arguments(self) -> tuple[Expression, ...]:
        self.need("(")
        found = [self.expression()]
        while self.take(","):
            found.append(self.expression())
        self.need(")")
        return tuple(found)

    def _primary(self) -> Expression:
        if self.take("!"):
            return Call("!", (self._primary(),))
        if self.take("NOT"):
            if not self.at("EXISTS"):
                raise NotCoveredError(self.text)
            return Call("!", (self._primary(),))
        if self.take("EXISTS"):
            return Exists(self.group())
        if self.at("("):
            return self.bracketed()
        if self.kind == "word" and not self.at("TRUE", "FALSE"):
            return self._aggregate() if self.at(*AGGREGATES) else self._function()
        return Var(self.next()[1:]) if self.kind == "var" else self.term()

    def _function(self) -> Call:
        name = self.next().upper()
        args = self._arguments()
        if name != "COALESCE" and FUNCTIONS.get(name) != len(args):
            raise NotCoveredError(name)
        return Call(name, args)

    def _aggregate(self) -> Call:
        name = self.next().upper()
        self.need("(")
        distinct = self.take("DISTINCT")
        value = self.expression()
        separator = " "
        if self.take(";"):
            self.need("SEPARATOR")
            self.need("=")
            term = self.term()
            separator = term.text if isinstance(term, Literal) else ""
        self.need(")")
        return Call(name, (value,), distinct, separator)
