"""What comparing articles with clusters, or with other articles, gave in the build before, by digests of what was compared.

Similarity depends on what is compared alone, so that a comparison with equal digests need not be made again. Only what a build uses is
handed on to the next.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import msgspec

Ranked = tuple[tuple[int, float], ...]
"""Positions among those that an article was compared with, and their similarities, where they are similar enough."""

_DIGEST = 16  # bytes
_SHORT = 8  # bytes of a digest by which others are told apart that one article was compared with
_Result = tuple[bytes, Ranked]  # the short digests of the others, if they are not part of the key, and what was similar
_UNKNOWN = math.inf
_DECODER = msgspec.msgpack.Decoder(dict[bytes, _Result])


class RankingMemo:
    """Results of an earlier build, and those that this one has used."""

    def __init__(self, content: bytes = b"") -> None:
        """Start with the results that `encoded` returned; anything else is ignored."""
        try:
            self._known: dict[bytes, _Result] = _DECODER.decode(content) if content else {}
        except (msgspec.DecodeError, ValueError):
            self._known = {}
        self._used: dict[bytes, _Result] = {}

    def get(self, key: bytes) -> Ranked | None:
        """Return a result by the digest of everything that was compared, None if it is not known."""
        known = self._known.get(key)
        if known is None:
            return None
        self._used[key] = known
        return known[1]

    def put(self, key: bytes, ranked: Ranked) -> None:
        """Add a result, by the digest of everything that was compared."""
        self._used[key] = b"", ranked

    def known_of(self, key: bytes, others: Sequence[bytes]) -> tuple[Ranked, Sequence[int]]:
        """Return what is known of comparing what a digest `key` is of with some `others` (digests), and the positions of the rest."""
        if key not in self._known:
            return (), range(len(others))
        compared, ranked = self._known[key]
        if compared == b"".join([other[:_SHORT] for other in others]):
            return ranked, ()
        similarity = dict(ranked)
        before = {compared[at : at + _SHORT]: similarity.get(at // _SHORT) for at in range(0, len(compared), _SHORT)}
        found = [(at, before.get(other[:_SHORT], _UNKNOWN)) for at, other in enumerate(others)]
        return tuple([(at, value) for at, value in found if value is not None and value != _UNKNOWN]), [
            at for at, value in found if value == _UNKNOWN
        ]

    def put_of(self, key: bytes, others: Sequence[bytes], ranked: Ranked) -> None:
        """Add what comparing what `key` is of with some `others` gave."""
        self._used[key] = b"".join([other[:_SHORT] for other in others]), ranked

    def encoded(self) -> bytes:
        """Return the results that were used, as bytes."""
        return msgspec.msgpack.encode(self._used)


def digest_of(*parts: bytes) -> bytes:
    """Return a digest of digests; the number of parts is part of it."""
    return blake2b(b"".join(parts), digest_size=_DIGEST, salt=len(parts).to_bytes(8, "little")).digest()


def content_digest(values: Sequence[object] | Iterable[object]) -> bytes:
    """Return a digest of texts, numbers, times, bytes, and tuples of them."""
    return blake2b(msgspec.msgpack.encode(values), digest_size=_DIGEST).digest()
