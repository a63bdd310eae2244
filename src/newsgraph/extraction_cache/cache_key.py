"""How documents are read, and a digest of all that their facts depend on."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsgraph.core.model import ACCEPTED
from newsgraph.storage.code_digest import code_digest, version_of

READ = 100_000  # characters of an article: a long report; what is longer is a log or a book, and would stall the build
FORMAT = 1  # of the files that facts are kept in; a greater number makes all of them be read anew

# What a document's facts are made by: a checkout changes them without a new version of the program.
CODE = (
    "core/*.py", "ingest/*.py", "extract/**/*.py", "extraction_cache/*.py", "resolve/article_nodes.py", "resolve/copies/*.py", "decisions/decision.py",
    "storage/code_digest.py",
)  # fmt: skip
LIBRARIES = ("msgspec", "numpy", "onnxruntime", "pyyaml")


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """The extractor by name, the least confidence of a company mention that stands by itself (0 to 1), and the user's own lists."""

    extractor: str
    threshold: float = ACCEPTED
    companies: Path | None = None
    ignore: Path | None = None

    def key(self, lexicon_version: str, model_version: str) -> str:
        """Give a digest of all that facts depend on beside the document, 64 hex digits; the versions are those a graph tells."""
        told = (
            FORMAT, version_of("newsgraph"), code_digest(*CODE), *sys.version_info[:2], *map(version_of, LIBRARIES), READ, lexicon_version,
            self.extractor, model_version, repr(self.threshold),
        )  # fmt: skip
        return hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()

    def lists(self) -> str:
        """Give a digest of the user's lists as they are now."""
        total = hashlib.sha256()
        for path in (self.companies, self.ignore):
            with suppress(OSError):
                total.update(path.read_bytes() if path else b"")
            total.update(b"\0")
        return total.hexdigest()
