"""The last line of defence while documents are read: an error that nobody foresaw costs one article or document, and names it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsgraph.core.errors import NewsgraphError
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Article, Facts, Problem, Severity
from newsgraph.extract.extractors import BATCH, Extractor

_PACKAGE = Path(__file__).parents[1]
_REPORT = "Please report this fault of newsgraph, with the document if you may"

GuardedFacts = tuple[Facts, tuple[Problem, ...]]
"""The facts of an article, and the problems that kept it from being read."""


def document_fault(source: str, error: Exception) -> Problem:
    """Return the problem of a document whose articles cannot be found because of an error that nobody foresaw."""
    return Problem(source, "document", f"cannot be read: {fault(error)}", _REPORT, Severity.DOCUMENT)


def fault(error: Exception) -> str:
    """Return the kind of an error, and the file of newsgraph in which it was raised; its message may differ from run to run.

    >>> fault(OverflowError("too large"))
    'OverflowError'
    """
    places = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [place.relative_to(_PACKAGE).as_posix() for place in places if place.is_relative_to(_PACKAGE)]
    return f"{type(error).__name__} in {ours[-1]}" if ours else type(error).__name__


def read_guarded(extractor: Extractor, articles: Sequence[Article], lexicon: Lexicon) -> Iterator[GuardedFacts]:
    """Yield the facts of each article as soon as they are read: none, and a problem, where an error keeps them from being read.

    Raises NewsgraphError and MemoryError: they do not depend on one article.
    """
    done = 0
    while done < len(articles):
        try:
            for facts in extractor.read(articles[done:], lexicon):
                yield facts, ()
                done += 1
        except (NewsgraphError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - it is found below which article raises it
            batch = articles[done : done + BATCH]
            for article in batch:
                yield _read_alone(extractor, article, lexicon)
            done += len(batch)


def _read_alone(extractor: Extractor, article: Article, lexicon: Lexicon) -> GuardedFacts:
    try:
        return next(extractor.read([article], lexicon)), ()
    except (NewsgraphError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, other articles are read
        what = f"the text cannot be read for names and events: {fault(error)}"
        return Facts(extractor=extractor.version), (Problem(article.source, article.part, what, _REPORT, Severity.FIELD),)
