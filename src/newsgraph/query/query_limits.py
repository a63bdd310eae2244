"""How much an answer may cost, and what is said where it costs more."""

from __future__ import annotations

from dataclasses import dataclass

from newsgraph.core.errors import QueryError

LONGEST = 1_000_000_000
"""Seconds that an answer may take at most: the clocks of a system count no further than some hundred years."""


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """Limits of one answer: seconds of waiting, rows, bytes of memory that a SPARQL engine may take beside its store, bytes of its text.

    The last (`size`) is of answers that are written in a syntax, as a server writes them.
    """

    seconds: float = 30.0
    rows: int = 1_000_000
    memory: int = 4 * 2**30
    size: int = 256 * 2**20

    def check_rows(self, rows: int) -> None:
        """Raise QueryError if an answer has more rows than the limit."""
        if rows > self.rows:
            message = f"The answer has more than {self.rows:,} rows. Add LIMIT to the question, or allow more rows."
            raise QueryError(message)

    def too_slow(self) -> QueryError:
        """Return the error of a question that takes longer than the limit."""
        seconds = round(self.seconds, 1) or self.seconds  # what is left after a wait of a moment is no odd number
        return QueryError(f"The question takes longer than {seconds:g} seconds. Ask a narrower one, or allow more time.")

    def too_large(self) -> QueryError:
        """Return the error of an answer that has more bytes than the limit."""
        return QueryError(f"The answer has more than {self.size / 2**20:,.1f} MB. Ask for less, with LIMIT or a narrower pattern.")


DEFAULT_LIMITS = QueryLimits()


def limits_of(seconds: float | None = None, rows: int | None = None) -> QueryLimits:
    """Return the default limits with other seconds or rows. Raises QueryError if one is not above 0, or if the seconds are above `LONGEST`."""
    if (seconds is not None and not 0 < seconds <= LONGEST) or (rows is not None and rows <= 0):
        message = (
            f"An answer needs time and rows: the timeout and the most rows must be above 0, and the timeout at most {LONGEST:,} seconds."
        )
        raise QueryError(message)
    return QueryLimits(DEFAULT_LIMITS.seconds if seconds is None else seconds, DEFAULT_LIMITS.rows if rows is None else rows)
