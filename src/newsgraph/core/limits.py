"""The budgets of a build: how much of each thing is read, so that no document costs more than its size.

What is above a budget is left out and reported as a problem with the document, the field and the number; the rest of the document is
read. The budgets are far above what news holds: of 9,239 sentences of real articles the longest has 116 words and 9 parties.
`docs/limits.md` lists them.
"""

from __future__ import annotations

ARTICLE_CHARACTERS = 100_000
"""Characters of an article that are read for names and events: a long report; a log or a book would stall the build."""

SENTENCE_WORDS = 300
"""Words and marks of a sentence; a longer one is read in pieces of this size."""

SENTENCE_NAMES = 60
"""Companies, organisations and sums of a sentence that event and relation rules look at; those behind them stay mentions."""

SENTENCE_MATCHES = 500
"""Pairs of parties that event rules find in a sentence, and relations that relation rules find in one."""

NAME_CHARACTERS = 200
"""Characters of the name of a company, a person or another thing in a text; a longer one is no name."""

READER_WINDOWS = 64
"""Windows of 512 word pieces of an article in which the learned reader looks for events: more than 100,000 characters of prose have."""
