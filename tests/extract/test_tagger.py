"""The tagger: words in pieces, probabilities that no neighbour changes, and names read from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsgraph.core.errors import InputError
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.models.tag_decoding import TAGS, decode_spans
from newsgraph.extract.models.tagger import WINDOW, WordTags, load_tagger, open_tagger
from newsgraph.extract.models.word_traits import SHAPES, TRAITS, shapes_of, traits_of
from newsgraph.extract.models.wordpiece import MOST, WordPieces
from newsgraph.extract.text.article_text import ArticleText, Sentence, read_text
from newsgraph.extract.text.listed_phrases import find_phrases

LEXICON = load_lexicon()
SMALL = WordPieces(["[UNK]", "[CLS]", "[SEP]", "ow", "##kin", "&", "at", "t", "oreal", "l", "'"])

TITLES = (
    "Sanofi invests $180m in Owkin",
    "PARIS: CITY COUNCIL MEETS",
    "Why Cats Sleep All Day",
    "Ford Motor and Rivian part ways, says Jim Farley",
)
SENTENCES = (
    "The French drugmaker Sanofi said on Thursday it would buy a stake.", "Angela Merkel visited Toyota City in Japan.",
    "Shares of Corvex Therapeutics (NASDAQ: CRVX) rose.", "It rained in Lyon.", "The iPhone 13 and Tesla's Model 3 sold well in Norway, dealers said.",
)  # fmt: skip


def text_of(title: str, excerpt: str = "") -> ArticleText:
    return read_text(Article("", None, title, excerpt, "", "main"), LEXICON.phrases)


def texts(count: int) -> list[ArticleText]:
    """Make texts of many lengths."""
    return [text_of(TITLES[n % len(TITLES)], " ".join(SENTENCES[(n + k) % len(SENTENCES)] for k in range(n % 7))) for n in range(count)]


def row(tag: str, chance: float = 0.9) -> tuple[float, ...]:
    """Give a row in which one tag has `chance` and the others share the rest."""
    return tuple(chance if name == tag else (1 - chance) / (len(TAGS) - 1) for name in TAGS)


def sentences_of(*sizes: int) -> list[Sentence]:
    starts = [sum(sizes[:n]) for n in range(len(sizes))]
    return [Sentence(start, start + size, "body", titled=False, shouted=False) for start, size in zip(starts, sizes, strict=True)]


# --- word pieces


def test_a_word_is_cut_into_the_longest_pieces() -> None:
    assert SMALL.cut("Owkin") == (3, 4)


def test_marks_inside_a_word_stand_alone_and_accents_fall() -> None:
    assert (SMALL.cut("AT&T"), SMALL.cut("L'Oréal")) == ((6, 5, 7), (9, 10, 8))


@pytest.mark.parametrize("word", ["zzz", "", "\u0301", "\u202b", "x" * 10_000])
def test_a_word_without_pieces_is_the_unknown_one(word: str) -> None:
    assert SMALL.cut(word) == (0,)


def test_a_hostile_word_gives_few_pieces() -> None:
    assert len(SMALL.cut("&" * 5_000)) == MOST


# --- shapes and traits


def test_shapes_tell_case_by_the_kind_of_line() -> None:
    running, titled, shouted = (
        shapes_of(text_of(line)) for line in ("he met Sanofi today", "Why Cats Sleep Under Beds", "CATS SLEEP UNDER BEDS")
    )
    assert max(running) < SHAPES // 3 <= min(titled)
    assert max(titled) < 2 * SHAPES // 3 <= min(shouted)


def test_traits_tell_the_lists_of_a_word() -> None:
    text = text_of("he met Sanofi in Paris")
    found = [
        {TRAITS[bit] for bit in range(len(TRAITS)) if trait >> bit & 1} for trait in traits_of(text, find_phrases(text, LEXICON), LEXICON)
    ]
    assert "company_plain" in found[2]
    assert "place" in found[4]
    assert "word" in found[1]


# --- spans


def test_a_name_is_a_begin_and_what_goes_on() -> None:
    rows = [row("B-COMPANY"), row("I-COMPANY", 0.8), row("O"), row("B-PLACE")]
    spans = decode_spans(rows, sentences_of(4))
    assert [(span.first, span.last, span.label) for span in spans] == [(0, 2, "COMPANY"), (3, 4, "PLACE")]
    assert spans[0].chance == pytest.approx(0.82)


def test_two_begins_are_two_names() -> None:
    assert len(decode_spans([row("B-PERSON"), row("B-PERSON")], sentences_of(2))) == 2


def test_an_inside_tag_alone_is_no_name() -> None:
    assert decode_spans([row("O"), row("I-COMPANY")], sentences_of(2)) == []


def test_no_name_crosses_the_end_of_a_sentence() -> None:
    spans = decode_spans([row("B-COMPANY"), row("B-COMPANY", 0.5)], sentences_of(1, 1))
    assert [(span.first, span.last) for span in spans] == [(0, 1), (1, 2)]


def test_labels_join_begin_and_inside() -> None:
    tags = WordTags((tuple(0.5 if tag in {"B-ORG", "I-ORG"} else 0.0 for tag in TAGS),))
    assert tags.labels == [(0.0, 1.0, 0.0, 0.0, 0.0, 0.0)]


# --- the model


def test_numbers_do_not_depend_on_neighbours() -> None:
    tagger, many = load_tagger(), texts(64)
    together = tagger.tag(many, LEXICON)
    sevens = [tags for at in range(0, 64, 7) for tags in tagger.tag(many[at : at + 7], LEXICON)]
    alone = [tagger.tag([text], LEXICON)[0] for text in many]
    assert together == sevens == alone


def test_numbers_do_not_depend_on_threads() -> None:
    many = texts(16)
    assert load_tagger(1).tag(many, LEXICON) == load_tagger(2).tag(many, LEXICON)


def test_every_token_has_a_row_of_chances() -> None:
    text = texts(7)[6]
    rows = load_tagger().tag([text], LEXICON)[0].rows
    assert len(rows) == len(text.tokens)
    assert all(sum(chances) == pytest.approx(1.0, abs=0.006) for chances in rows)


def test_plain_names_are_found() -> None:
    text = text_of("Sanofi invests $180 million in Owkin", "Angela Merkel opened a school in Berlin.")
    found = {(text.words(span.first, span.last), span.label) for span in load_tagger().tag([text], LEXICON)[0].spans(text)}
    assert {("Sanofi", "COMPANY"), ("Owkin", "COMPANY"), ("Angela Merkel", "PERSON"), ("Berlin", "PLACE")} <= found


def test_a_long_text_is_read_in_windows_of_whole_sentences() -> None:
    short = text_of("Title", "Nothing happened here at all. " * 100 + "Sanofi buys Owkin.")
    assert len(short.tokens) > 2 * WINDOW
    tags = load_tagger().tag([short], LEXICON)[0]
    assert len(tags.rows) == len(short.tokens)
    assert [short.words(span.first, span.last) for span in tags.spans(short)][-2:] == ["Sanofi", "Owkin"]


def test_a_sentence_longer_than_a_window_is_read_whole() -> None:
    text = text_of("Title", "word " * 600 + "Sanofi")
    assert len(load_tagger().tag([text], LEXICON)[0].rows) == len(text.tokens)


@pytest.mark.parametrize("title", ["", " ", "\u202b", "&nbsp;"])
def test_a_text_without_words_is_no_error(title: str) -> None:
    text = text_of(title)
    assert load_tagger().tag([text], LEXICON)[0].spans(text) == []


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tagger.onnx").write_bytes(b"no model")
    (tmp_path / "meta.json").write_text('{"sha256": "0", "tags": [], "version": "x"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"tagger\.onnx"):
        open_tagger(tmp_path)


def test_a_folder_without_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="rules"):
        open_tagger(tmp_path)


def test_the_shipped_model_is_under_22_megabytes() -> None:
    data = Path(sys.modules["newsgraph"].__file__ or "").parent / "data"
    assert sum(path.stat().st_size for folder in ("model", "word_pieces") for path in (data / folder).iterdir()) < 22_000_000


def test_the_runtime_is_imported_late() -> None:
    code = "import sys, newsgraph.extract.models.tagger; print('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "False"
