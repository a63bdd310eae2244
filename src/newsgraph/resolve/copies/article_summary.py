"""What finding copies and stories needs of an article: a small value without its text, which is cheap to send to another process."""

from __future__ import annotations

from datetime import datetime

import msgspec


class ArticleSummary(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An article's IRI, time of publication, outlet and packed text signature (`text_signature.pack_signature`).

    `outlet` is the domain of its provider, or empty.
    """

    iri: str
    published: datetime | None
    outlet: str
    signature: bytes
