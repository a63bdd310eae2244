"""What comparing articles with clusters, or with other articles, gave in the build before, by digests of what was compared.

Similarity depends on what is compared alone, so that a comparison with equal digests need not be made again. Only what a build uses is
handed on to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import msgspec

Ranked = tuple[tuple[int, float], ...]
"""Positions among those that an article was compared with, and their similarities, where they are similar enough."""

_DIGEST = 16  # bytes
_DECODER = msgspec.msgpack.Decoder(dict[bytes, Ranked])


class RankingMemo:
    """Results of an earlier build, and those that this one has used."""

    def __init__(self, content: bytes = b"") -> None:
        """Start with the results that `encoded` returned; anything else is ignored."""
        try:
            self._known: dict[bytes, Ranked] = _DECODER.decode(content) if content else {}
        except (msgspec.DecodeError, ValueError):
            self._known = {}
        self._used: dict[bytes, Ranked] = {}

    def get(self, key: bytes) -> Ranked | None:
        """Return a result, None if it is not known."""
        known = self._known.get(key)
        if known is not None:
            self._used[key] = known
        return known

    def put(self, key: bytes, ranked: Ranked) -> None:
        """Add a result."""
        self._used[key] = ranked

    def encoded(self) -> bytes:
        """Return the results that were used, as bytes."""
        return msgspec.msgpack.encode(self._used)


def digest_of(*parts: bytes) -> bytes:
    """Return a digest of digests; the number of parts is part of it."""
    return blake2b(b"".join(parts), digest_size=_DIGEST, salt=len(parts).to_bytes(8, "little")).digest()


def content_digest(values: Sequence[object] | Iterable[object]) -> bytes:
    """Return a digest of texts, numbers, times, bytes, and tuples of them."""
    return blake2b(msgspec.msgpack.encode(values), digest_size=_DIGEST).digest()
