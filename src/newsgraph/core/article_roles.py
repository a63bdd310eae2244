"""What a company or organisation is in an article that names it."""

from __future__ import annotations

from enum import StrEnum


class Weight(StrEnum):
    """What a company or organisation is in an article, the strongest first; `MAIN_WEIGHTS` are the first two."""

    SUBJECT = "subject"  # what the article is mainly about
    PARTY = "party"  # of an event that is news
    BACKGROUND = "background"  # of something known from before only
    ADVISER = "adviser"
    ANALYST = "analyst"
    LENDER = "lender"
    RIVAL = "rival"
    CUSTOMER = "customer"
    SOURCE = "source"  # whose words or figures are cited
    PASSING = "passing"


MAIN_WEIGHTS = frozenset({Weight.SUBJECT, Weight.PARTY})
