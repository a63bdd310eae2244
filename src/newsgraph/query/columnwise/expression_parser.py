"""The parser of expressions."""

from __future__ import annotations

from abc import ABC, abstractmethod

from newsgraph.query.columnwise.query_syntax import AGGREGATES, ANY_NUMBER, FUNCTIONS, Call, Exists, Expression, Group, NotCoveredError, Var
from newsgraph.query.columnwise.token_cursor import TokenCursor
from newsgraph.rdf.terms import Literal

# Operators from the loosest to the tightest.
_LEVELS = (("||",), ("&&",), ("=", "!=", "<", ">", "<=", ">=", "IN", "NOT"), ("+", "-"))


class ExpressionParser(TokenCursor, ABC):
    """A parser of expressions; a subclass reads the groups of EXISTS."""

    @abstractmethod
    def group(self) -> Group:
        """Read a group of patterns."""

    def bracketed(self) -> Expression:
        """Read an expression between brackets."""
        self.expect("(")
        value = self.expression()
        self.expect(")")
        return value

    def constraint(self) -> Expression:
        """Read what FILTER and HAVING take: an expression between brackets, or a call."""
        return self.bracketed() if self.at("(") else self.primary()

    def expression(self, level: int = 0) -> Expression:
        """Read an expression whose operators bind at least as tightly as those of a level."""
        if level == len(_LEVELS):
            return self.primary()
        value = self.expression(level + 1)
        while self.at(*_LEVELS[level]):
            sign = self.next().upper()
            if sign in {"IN", "NOT"}:
                if sign == "NOT":
                    self.expect("IN")
                among = Call("IN", (value, *self._arguments()))
                value = among if sign == "IN" else Call("!", (among,))
            else:
                value = Call(sign, (value, self.expression(level + 1)))
        return value

    def primary(self) -> Expression:
        """Read a variable, a constant, a call, a negation or an expression between brackets."""
        if self.skip("!"):
            return Call("!", (self.primary(),))
        if self.skip("NOT"):
            if not self.at("EXISTS"):
                raise NotCoveredError(self.text)
            return Call("!", (self.primary(),))
        if self.skip("EXISTS"):
            return Exists(self.group())
        if self.at("("):
            return self.bracketed()
        if self.kind == "word" and not self.at("TRUE", "FALSE"):
            return self._aggregate() if self.at(*AGGREGATES) else self._function()
        return Var(self.variable()) if self.kind == "var" else self.term()

    def _arguments(self) -> tuple[Expression, ...]:
        self.expect("(")
        args = [self.expression()]
        while self.skip(","):
            args.append(self.expression())
        self.expect(")")
        return tuple(args)

    def _function(self) -> Call:
        name = self.next().upper()
        args = self._arguments()
        if name not in ANY_NUMBER and len(args) not in FUNCTIONS.get(name, ()):
            raise NotCoveredError(name)
        return Call(name, args)

    def _aggregate(self) -> Call:
        name = self.next().upper()
        self.expect("(")
        distinct = self.skip("DISTINCT")
        if name == "COUNT" and not distinct and self.skip("*"):
            self.expect(")")
            return Call(name, ())
        value = self.expression()
        separator = " "
        if self.skip(";"):
            self.expect("SEPARATOR")
            self.expect("=")
            term = self.term()
            separator = term.text if isinstance(term, Literal) else ""
        self.expect(")")
        return Call(name, (value,), distinct, separator)
