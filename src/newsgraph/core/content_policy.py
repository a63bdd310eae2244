"""What a page may run: hashes for a content security policy."""

from __future__ import annotations

import base64
import hashlib


def policy_hash(text: str) -> str:
    """Return the hash of a script or style as a source expression for a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
