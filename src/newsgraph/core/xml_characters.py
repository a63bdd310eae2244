"""Characters that XML 1.0 does not allow, not even as a reference: in XML they become U+FFFD."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_XML_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""The same in UTF-8, which has no halves of surrogate pairs; the three bytes are U+FFFE and U+FFFF, and begin no other character."""


def text_for_xml(text: str) -> str:
    r"""Return a text with what XML does not allow as U+FFFD.

    >>> text_for_xml("Acme\x01\tBolt")
    'Acme\ufffd\tBolt'
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def bytes_for_xml(document: bytes) -> bytes:
    r"""Return a document in UTF-8 with what XML does not allow as U+FFFD.

    >>> bytes_for_xml("<a>\x01\uffff</a>".encode()).decode()
    '<a>\ufffd\ufffd</a>'
    """
    return _NOT_IN_XML_BYTES.sub(b"\xef\xbf\xbd", document)
