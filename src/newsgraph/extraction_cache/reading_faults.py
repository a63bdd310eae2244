"""The last line of defence while texts are read: an error that nobody foresaw costs the facts of one article, and names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsgraph.core.errors import NewsgraphError
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Article, Facts, Problem, Severity
from newsgraph.core.program_faults import REPORT_IT, fault
from newsgraph.extract.extractors import BATCH, Extractor
from newsgraph.extraction_cache.text_problems import text_field

GuardedFacts = tuple[Facts, tuple[Problem, ...]]
"""The facts of an article, and the problems that kept it from being read."""


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
        return Facts(extractor=extractor.version), (Problem(article.source, text_field(article), what, REPORT_IT, Severity.ARTICLE),)
