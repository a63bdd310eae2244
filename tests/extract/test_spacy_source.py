"""spaCy pipelines as a source of names; where spaCy is not installed, what is said instead."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from newsgraph.api import build
from newsgraph.core.errors import InputError, MissingExtraError
from newsgraph.extract import open_extractor
from newsgraph.extract.models.spacy_source import SpacySource
from newsgraph.extract.models.span_sources import SourceSpan

TEXT = "Lena Berg of Zorblat Quux met Unicef in Lisbon on Monday 🚀 to show the Glimmer"


@pytest.fixture
def spacy() -> Any:  # noqa: ANN401 - spaCy's types are known only where it is installed
    """Give spaCy, or skip."""
    return pytest.importorskip("spacy", reason="spaCy, an optional dependency, is not installed")


@pytest.fixture
def pipeline(spacy: Any, tmp_path: Path) -> Path:  # noqa: ANN401 - as above
    """Save a pipeline that marks names by rules: no model is needed."""
    nlp = spacy.blank("en")
    names = {
        "ORG": ["Zorblat Quux", "Unicef"],
        "PERSON": ["Lena Berg"],
        "GPE": ["Lisbon"],
        "DATE": ["Monday"],
        "PRODUCT": ["Glimmer"],
    }
    patterns = [{"label": label, "pattern": name} for label, found in names.items() for name in found]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    nlp.add_pipe("sentencizer")
    nlp.meta["name"], nlp.meta["version"] = "rulers", "1.2.3"
    nlp.to_disk(tmp_path / "pipeline")
    return tmp_path / "pipeline"


def test_names_come_under_our_labels_and_others_fall_out(pipeline: Path) -> None:
    (found,) = SpacySource(str(pipeline)).spans([TEXT])
    assert [(TEXT[one.start : one.end], one.label) for one in found] == [
        ("Lena Berg", "PERSON"), ("Zorblat Quux", "ORG"), ("Unicef", "ORG"), ("Lisbon", "PLACE"), ("Glimmer", "PRODUCT"),
    ]  # fmt: skip


def test_every_text_has_its_own_answer_in_order(pipeline: Path) -> None:
    assert SpacySource(str(pipeline)).spans(["Unicef", "", "In Lisbon"]) == [[SourceSpan(0, 6, "ORG")], [], [SourceSpan(3, 9, "PLACE")]]


def test_the_source_is_named_by_its_meta_and_not_by_its_path(pipeline: Path) -> None:
    source = SpacySource(str(pipeline))
    assert (source.name, source.version) == ("spacy:en_rulers", "1.2.3")


def test_a_build_names_the_pipeline_and_weighs_its_word(pipeline: Path, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: The meeting with Zorblat Quux went on in Lisbon\n---\n", "utf-8")
    rules, both = (build(folder, extractor=name, threshold=0.01) for name in ("rules", f"spacy:{pipeline}"))
    assert both.dataset["model_version"].to_list() == ["rules/1+spacy:en_rulers/1.2.3@0.01"]
    before, after = (kg.mentions.filter(text="Zorblat Quux")["confidence"].to_list() for kg in (rules, both))
    assert after > before


def test_a_pipeline_that_marks_no_names_is_refused(spacy: Any, tmp_path: Path) -> None:  # noqa: ANN401 - as above
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path)
    with pytest.raises(InputError, match="finds no names: its components are sentencizer"):
        SpacySource(str(tmp_path))


def test_a_pipeline_that_is_not_installed_is_told_with_some_that_fit(spacy: Any) -> None:  # noqa: ANN401 - as above
    assert spacy.__version__.startswith("3.")
    with pytest.raises(MissingExtraError, match=r"spacy:nothing: needs the package nothing, a spaCy pipeline.*en_core_web_sm"):
        open_extractor("spacy:nothing")


def test_without_spacy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(
        MissingExtraError, match=r"spacy:en_core_web_sm: needs the package spacy\. .*newsgraph\[spacy\].*Install a pipeline too"
    ):
        open_extractor("spacy:en_core_web_sm")


@pytest.mark.parametrize("name", ["spacy", "spacy:"])
def test_spacy_without_a_pipeline_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="names no pipeline"):
        open_extractor(name)
