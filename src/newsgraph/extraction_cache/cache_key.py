"""The settings of an extraction, and a digest of everything that its results depend on."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsgraph.core.limits import ARTICLE_CHARACTERS
from newsgraph.core.model import ACCEPTED
from newsgraph.storage.code_digest import code_digest, version_of

FORMAT = 2  # of the cache files; a new number makes all old files invalid

# The code that produces facts: in a checkout it changes without a new version of the program.
CODE = (
    "core/*.py", "ingest/**/*.py", "data/boilerplate.yaml", "data/company_classifier.onnx", "data/event_confidence.onnx", "data/field_names.yaml", "data/language_words.yaml", "data/mail_cues.yaml", "data/page_cues.yaml", "extract/**/*.py", "extraction_cache/*.py", "resolve/article_nodes.py", "resolve/copies/*.py", "decisions/decision.py",
    "storage/code_digest.py", "storage/file_states.py",
)  # fmt: skip
LIBRARIES = (
    "lxml", "msgspec", "numpy", "onnxruntime", "py3langid", "pyarrow", "pypdf", "python-docx", "pyyaml", "striprtf", "trafilatura", "warcio",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """The extractor by name, the least confidence (0 to 1) of a company mention without further evidence, and the user's own files."""

    extractor: str
    threshold: float = ACCEPTED
    companies: Path | None = None
    ignore: Path | None = None
    field_map: Path | None = None  # names of fields in the documents, see `ingest.field_names`

    def key(self, lexicon_version: str, model_version: str) -> str:
        """Return a digest, 64 hex digits, of everything that facts depend on except the document; the versions are those in a graph."""
        parts = (
            FORMAT, version_of("newsgraph"), code_digest(*CODE), *sys.version_info[:2], *map(version_of, LIBRARIES), ARTICLE_CHARACTERS, lexicon_version,
            self.extractor, model_version, repr(self.threshold), _digest_of(self.field_map),
        )  # fmt: skip
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()

    def lists(self) -> str:
        """Return a digest of the present content of the user's lists, 64 hex digits."""
        digest = hashlib.sha256()
        for path in (self.companies, self.ignore):
            with suppress(OSError):
                digest.update(path.read_bytes() if path else b"")
            digest.update(b"\0")
        return digest.hexdigest()


def _digest_of(path: Path | None) -> str:
    """Return a digest of a file as it is now, empty without one or if it cannot be read."""
    with suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""
    return ""
