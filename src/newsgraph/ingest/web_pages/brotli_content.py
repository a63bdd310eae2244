"""Unpack pages that were packed with Brotli (RFC 7932), as most servers send them, within a limit."""

from __future__ import annotations


class BrotliContent:
    """A decompressor with the methods that warcio asks for: its own does not work with Brotli 1.2, and would unpack a bomb as a whole."""

    unused_data = b""  # no second member follows

    def __init__(self, most: int) -> None:
        """Begin; of a page, not many more than `most` bytes are unpacked. Raises ImportError where the extra `html` is missing."""
        import brotli  # noqa: PLC0415 - an extra

        self._decompressor, self._room = brotli.Decompressor(), most + 1

    def decompress(self, data: bytes) -> bytes:
        """Return what a piece unpacks to. Raises brotli.error if it is damaged."""
        pieces = list[bytes]()
        while self._room > 0:
            piece = self._decompressor.process(data, output_buffer_limit=self._room)
            pieces.append(piece)
            self._room -= len(piece)
            if self._decompressor.can_accept_more_data() or self._decompressor.is_finished():
                break
            data = b""
        return b"".join(pieces)
