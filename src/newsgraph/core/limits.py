"""The budgets of a build: how much of each thing is read, so that no document costs more than its size.

What is above a budget is left out and reported as a problem with the document, the field and the number; the rest of the document is
read. The budgets are far above what news holds: of 9,239 sentences of real articles the longest has 116 words and 9 parties.
`docs/limits.md` lists them.
"""

from __future__ import annotations

ARTICLE_CHARACTERS = 100_000
"""Characters of an article that are read for names and events: a long report; a log or a book would stall the build."""

BODY_BYTES = 7_000_000
"""UTF-8 bytes of a body that are kept. SPARQL engines take a literal of 16 MiB, and an escaped character has two bytes."""

EXCERPT_CHARACTERS = 100_000
"""Characters of an excerpt, and of the field featuredContent, that are kept."""

TITLE_CHARACTERS = 10_000
"""Characters of a title that are kept."""

LABEL_CHARACTERS = 200
"""Characters of a topic, a category, a type or the name of a provider; a longer one is no label and is left out."""

ADDRESS_CHARACTERS = 8_000
"""Characters of a web address; a longer one is left out. RFC 9110 asks programs for 8,000."""

LIST_ITEMS = 1_000
"""Topics, pictures and related items of an article that are read."""

SENTENCE_WORDS = 300
"""Words and marks of a sentence; a longer one is read in pieces of this size."""

SENTENCE_NAMES = 60
"""Companies, organisations and sums of a sentence that event and relation rules look at; those behind them stay mentions."""

SENTENCE_MATCHES = 500
"""Pairs of parties that event rules find in a sentence, and relations that relation rules find in one."""

NAME_CHARACTERS = 200
"""Characters of the name of a company, a person or another thing in a text; a longer one is no name."""

CO_MENTIONS = 100
"""Companies and people of an article whose names help to tell companies of one name apart; one with more is a list, and helps with none."""

READER_WINDOWS = 64
"""Windows of 512 word pieces of an article in which the learned reader looks for events: more than 100,000 characters of prose have."""

PAGE_NODES = 100_000
"""Nodes of a graph whose page has everything; with more, a browser takes too long to open it, as benchmarks/page.py measures."""

ARTICLE_LINKS = 200
"""Things of an article that the page of a larger graph counts as mentioned together, those in most articles first: k things are k^2 pairs."""
