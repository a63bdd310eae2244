"""What was read out of each document, and how it is kept from one build to the next."""

from __future__ import annotations

from newsgraph.facts.buckets import SIZE
from newsgraph.facts.manner import Manner
from newsgraph.facts.reader import read_here, read_through
from newsgraph.facts.reading import DocumentFacts, key_of, lexicon_of
from newsgraph.facts.shelf import open_shelf

__all__ = ["SIZE", "DocumentFacts", "Manner", "key_of", "lexicon_of", "open_shelf", "read_here", "read_through"]
