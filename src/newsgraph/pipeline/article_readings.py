"""What each article of some documents says by itself, without a graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import ACCEPTED, ACCEPTED_EVENT, Problem
from newsgraph.extract import default_extractor, open_extractor
from newsgraph.extract.article_annotation import annotation_of
from newsgraph.extraction_cache.reading_faults import read_guarded
from newsgraph.extraction_cache.text_problems import shorten, text_problems
from newsgraph.ingest import fetch, opened_inputs, parse_content


def read_articles(
    inputs: Sequence[Path],
    extractor: str = "",
    threshold: float = ACCEPTED,
    problems: list[Problem] | None = None,
    event_threshold: float = ACCEPTED_EVENT,
) -> Iterator[dict[str, Any]]:
    """Yield what each article says as a JSON object, see `article_annotation.annotation_of`, in the order of the documents.

    Problems of documents are added to `problems`. Raises InputError if an input does not exist or the extractor cannot be used.
    """
    reader, lexicon = open_extractor(extractor or default_extractor(), threshold), load_lexicon()
    problems = [] if problems is None else problems
    with opened_inputs(inputs) as found:
        problems += found.problems
        for document in found.documents:
            reading = parse_content(fetch(document))
            problems += reading.problems
            all_facts = read_guarded(reader, [shorten(article) for article in reading.articles], lexicon)
            for article, (facts, faults) in zip(reading.articles, all_facts, strict=True):
                problems += (*text_problems(article, facts), *faults)
                yield annotation_of(article, facts, threshold, event_threshold)
