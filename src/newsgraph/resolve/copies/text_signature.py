"""What resolving looks at in an article's text, read once: its words, quotations, runs of words and marker of a new version.

It depends on the article alone, so that it is read where the article is, in parallel, and kept with its facts from build to build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from newsgraph.core.model import Article
from newsgraph.resolve.copies.correction_cues import CorrectionCue, without_cues
from newsgraph.resolve.copies.minhash import KEY_BYTES, packed_keys
from newsgraph.resolve.copies.shingles import RUN_BYTES, shingles_with_excerpts
from newsgraph.resolve.copies.stems import stems

LONG_EXCERPT = 12  # runs an excerpt must have to be judged alone
BANDS = 24
BANDS_EXCERPT = 12  # fewer, as more must be alike
_LETTERS = 600  # of an excerpt or body: news tells what happened first
_HEADLINE = 2  # how often a word of the headline counts
_QUOTED = re.compile(r'["\u201c]([^"\u201c\u201d]{20,300})(?:["\u201d]|$)')
_QUOTED_WORDS = 5  # of a quotation, at least: shorter ones are names and sayings
_FIRST_WORDS = 8  # by which it is known: excerpts are cut off, within quotations too
_NUMBERED = re.compile(
    r"\b(part|chapter|episode|lesson|round|season|volume|vol|week|day)\W{0,2}(\d+|one|two|three|four|five|six|i{1,3}|iv|vi?)\b"
)
_STRANGE = "these signs are of no text"
_NUMBERS = dict(zip("one two three four five six i ii iii iv v vi".split(), "123456123456", strict=True))


class Wording(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The words of one article.

    `words` are the stems of its headline and of how the text below begins, each once, with blanks between; `counts` tells how often
    each stands there, twice as often where it stands in the headline; `focus` are those that stand in both. `quotations` are the
    first words of what it quotes; `numbered` what its headline numbers (part 2 of a course).
    """

    words: str = ""
    counts: tuple[int, ...] = ()
    focus: str = ""
    quotations: tuple[str, ...] = ()
    numbered: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError where words that come from a file cannot be those of a text."""
        if len(self.words.split()) != len(self.counts) or min(self.counts, default=1) < 1:
            raise ValueError(_STRANGE)


class TextSignature(Wording, frozen=True, array_like=True, gc=False):
    """The signs of one article: its words, and what shows copies and new versions.

    `marker` says that it is a new version of another. `runs` and `excerpt_runs` are the runs of three words of the whole text and of
    an excerpt that is long enough to be judged alone (`shingles.Runs.packed`), `keys` and `excerpt_keys` those of their buckets
    (`minhash.packed_keys`).
    """

    marker: CorrectionCue | None = None
    runs: bytes = b""
    excerpt_runs: bytes = b""
    keys: bytes = b""
    excerpt_keys: bytes = b""

    def __post_init__(self) -> None:
        """Raise ValueError where signs that come from a file cannot be those of a text."""
        super().__post_init__()
        fit = len(self.keys) in {0, KEY_BYTES * BANDS} and len(self.excerpt_keys) in {0, KEY_BYTES * BANDS_EXCERPT}
        if not fit or len(self.runs) % RUN_BYTES or len(self.excerpt_runs) % RUN_BYTES:
            raise ValueError(_STRANGE)


_SIGNS, _WORDING = msgspec.msgpack.Decoder(TextSignature), msgspec.msgpack.Decoder(Wording)


def pack_signature(signs: TextSignature) -> bytes:
    """Write signs as bytes, which take a third of the memory."""
    return msgspec.msgpack.encode(signs)


def text_signature(packed: bytes) -> TextSignature:
    """Give the signs that `pack_signature` wrote. Raises msgspec.ValidationError where it did not."""
    return _SIGNS.decode(packed)


def wording_in(packed: bytes) -> Wording:
    """Give the words alone of the signs that `pack_signature` wrote. Raises msgspec.ValidationError where it did not."""
    return _WORDING.decode(packed)


def text_signatures(articles: Sequence[Article]) -> list[TextSignature]:
    """Read the signs of articles, in their order; many at once are read faster."""
    plain = [without_cues(article) for article in articles]
    pieces = [(title, excerpt, article.body) for article, (title, excerpt, _) in zip(articles, plain, strict=True)]
    whole, excerpts = shingles_with_excerpts(pieces)
    excerpts = excerpts.of_at_least(LONG_EXCERPT)
    packed = zip(
        whole.packed(), excerpts.packed(), packed_keys(whole, BANDS), packed_keys(excerpts, BANDS_EXCERPT), strict=True,
    )  # fmt: skip
    return [
        TextSignature(
            *_wording(article), tuple(sorted({*_quotations(article.text)})), tuple(dict(_numbered(article.title)).items()), marker, *runs,
        )
        for article, (_, _, marker), runs in zip(articles, plain, packed, strict=True)
    ]  # fmt: skip


def _wording(article: Article) -> tuple[str, tuple[int, ...], str]:
    headline = stems(article.title)
    counts = Counter(stems((article.excerpt or article.body)[:_LETTERS]))
    both = counts.keys() & headline
    focus = " ".join([word for word in counts if word in both])
    for word in headline:
        counts[word] += _HEADLINE
    return " ".join(counts), tuple(counts.values()), focus


def _quotations(text: str) -> Iterator[str]:
    """Give what a text puts between quotation marks, but for short pieces: what somebody said, or the title of a report."""
    for match in _QUOTED.finditer(text) if '"' in text or "\u201c" in text else ():
        words = re.findall(r"\w+", match[1].lower())
        if len(words) >= _QUOTED_WORDS:
            yield " ".join(words[:_FIRST_WORDS])


def _numbered(title: str) -> Iterator[tuple[str, str]]:
    """Give what a headline numbers: part 2 of a course, day 3 of a trial."""
    for word, number in _NUMBERED.findall(title.lower()):
        yield word, _NUMBERS.get(number, number)
