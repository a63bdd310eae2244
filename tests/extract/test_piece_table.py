"""The table of word pieces that all encoders share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import newsgraph
from newsgraph.core.errors import InputError
from newsgraph.extract.models import piece_table
from newsgraph.extract.models.piece_table import load_word_pieces, with_piece_table

DATA = Path(newsgraph.__file__).parent / "data"


def test_a_model_is_read_with_the_table_behind_it() -> None:
    assert with_piece_table(b"model") == b"model" + (DATA / "word_pieces" / "table.onnx").read_bytes()


def test_the_vocabulary_is_that_of_the_table() -> None:
    pieces = load_word_pieces()
    words = (DATA / "word_pieces" / "vocab.txt").read_text(encoding="utf-8").split()
    assert pieces.cut("the") == (words.index("the"),)
    assert (words[pieces.begin], words[pieces.end]) == ("[CLS]", "[SEP]")
    assert (DATA / "word_pieces" / "table.onnx").stat().st_size == pytest.approx(len(words) * (384 + 4), rel=0.001)


@pytest.mark.parametrize("content", [b"damaged", None])
def test_a_damaged_or_missing_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    shutil.copytree(DATA / "word_pieces", tmp_path / "data" / "word_pieces")
    table = tmp_path / "data" / "word_pieces" / "table.onnx"
    table.unlink()
    if content is not None:
        table.write_bytes(content)
    monkeypatch.setattr(piece_table, "files", lambda _: tmp_path)
    with pytest.raises(InputError, match=r"table\.onnx"):
        with_piece_table(b"")


def test_all_weights_are_under_52_megabytes() -> None:
    models = [path for folder in ("model", "reader", "word_pieces") for path in (DATA / folder).iterdir()]
    assert sum(path.stat().st_size for path in models) < 52_000_000
    assert max(path.stat().st_size for path in models) < 30_000_000
