"""Read a question for an answer over columns; the engine's parser reads it first, so that all questions are judged alike."""

from __future__ import annotations

import pyoxigraph as ox

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.columnwise import NotCoveredError, Select, parse
from newsgraph.query.question_guard import Question

_MOST, _MOST_JOINED, _MOST_OF_PARTS = 600, 200, 3_000


def is_soon_read(question: Question) -> bool:
    """Return whether the engine's parser reads a question in a few seconds at most.

    It also plans it, which takes minutes for hundreds of patterns that one solution has to fit; parts of a UNION are planned one by one.
    """
    return question.size <= _MOST or (question.size <= _MOST_OF_PARTS and question.joined <= _MOST_JOINED)


def read_select(sparql: str) -> Select | None:
    """Parse a question; None if columns do not cover it. Raises SyntaxError."""
    no_answer = ox.Store().query(sparql, prefixes=PREFIXES)
    if isinstance(no_answer, ox.QueryTriples):
        return None
    variables = [variable.value for variable in no_answer.variables] if isinstance(no_answer, ox.QuerySolutions) else None
    try:
        return parse(sparql, variables)
    except NotCoveredError:
        return None
