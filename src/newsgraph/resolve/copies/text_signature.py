"""What resolving needs to know of an article's text: its words, quotations, shingles, and the cue of a new version.

A signature depends on the article alone. It is therefore computed where the article is read, in parallel, and cached with its facts from
build to build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from newsgraph.core.model import Article
from newsgraph.resolve.copies.correction_cues import CorrectionCue, without_cues
from newsgraph.resolve.copies.minhash import KEY_BYTES, packed_keys
from newsgraph.resolve.copies.shingles import SHINGLE_BYTES, shingles_with_excerpts
from newsgraph.resolve.copies.stems import stems

LONG_EXCERPT = 12  # shingles that an excerpt needs to be compared alone
BANDS = 24
BANDS_EXCERPT = 12  # fewer, because excerpts must be more similar
_LEAD = 240  # letters of an excerpt or body: its first sentences say what happened
_BODY = 1_000  # letters behind the lead that are compared too
MOST = 255  # occurrences of a word that are counted
_QUOTED = re.compile(r'["\u201c]([^"\u201c\u201d]{20,300})(?:["\u201d]|$)')
_QUOTED_WORDS = 5  # of a quotation, at least: shorter ones are names and sayings
_FIRST_WORDS = 8  # words that identify a quotation: excerpts are cut off, within quotations too
_NUMBERED = re.compile(
    r"\b(part|chapter|episode|lesson|round|season|volume|vol|week|day)\W{0,2}(\d+|one|two|three|four|five|six|i{1,3}|iv|vi?)\b"
)
_INVALID = "this is not the signature of a text"
_NUMBERS = dict(zip("one two three four five six i ii iii iv v vi".split(), "123456123456", strict=True))


class Wording(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The words of one article.

    `words` are the stems of its headline and of the beginning of its text, each once, separated by blanks; those of the headline come
    first. `headline`, `lead` and `body` count how often each of them occurs there, one byte a word (at most 255). `quotations` are the
    first words of its quotations; `numbered` is what its headline numbers (part 2 of a course).
    """

    words: str = ""
    headline: bytes = b""
    lead: bytes = b""
    body: bytes = b""
    quotations: tuple[str, ...] = ()
    numbered: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError if words that were read from a file cannot be those of a text."""
        words = self.words.count(" ") + bool(self.words)  # counted, because this is done for each article several times
        if not len(self.headline) == len(self.lead) == len(self.body) == words:
            raise ValueError(_INVALID)


class TextSignature(Wording, frozen=True, array_like=True, gc=False):
    """The signature of one article: its words, and what shows copies and new versions.

    `cue` marks it as a new version of another article. `shingles` and `excerpt_shingles` are those of the whole text and of an excerpt
    that is long enough to be compared alone (`Shingles.packed`), `keys` and `excerpt_keys` the MinHash keys of both
    (`minhash.packed_keys`).
    """

    cue: CorrectionCue | None = None
    shingles: bytes = b""
    excerpt_shingles: bytes = b""
    keys: bytes = b""
    excerpt_keys: bytes = b""

    def __post_init__(self) -> None:
        """Raise ValueError if a signature that was read from a file cannot be that of a text."""
        super().__post_init__()
        valid_keys = len(self.keys) in {0, KEY_BYTES * BANDS} and len(self.excerpt_keys) in {0, KEY_BYTES * BANDS_EXCERPT}
        if not valid_keys or len(self.shingles) % SHINGLE_BYTES or len(self.excerpt_shingles) % SHINGLE_BYTES:
            raise ValueError(_INVALID)


_SIGNATURE, _WORDING = msgspec.msgpack.Decoder(TextSignature), msgspec.msgpack.Decoder(Wording)


def pack_signature(signature: TextSignature) -> bytes:
    """Encode a signature as bytes, which take a third of the memory."""
    return msgspec.msgpack.encode(signature)


def text_signature(packed: bytes) -> TextSignature:
    """Decode a signature that `pack_signature` encoded. Raises msgspec.ValidationError for anything else."""
    return _SIGNATURE.decode(packed)


def wording_of(packed: bytes) -> Wording:
    """Decode only the words of a signature that `pack_signature` encoded. Raises msgspec.ValidationError for anything else."""
    return _WORDING.decode(packed)


def text_signatures(articles: Sequence[Article]) -> list[TextSignature]:
    """Compute the signatures of articles, in their order; many at once are computed faster."""
    plain = [without_cues(article) for article in articles]
    pieces = [(title, excerpt, article.body) for article, (title, excerpt, _) in zip(articles, plain, strict=True)]
    whole, excerpts = shingles_with_excerpts(pieces)
    excerpts = excerpts.of_at_least(LONG_EXCERPT)
    packed = zip(
        whole.packed(), excerpts.packed(), packed_keys(whole, BANDS), packed_keys(excerpts, BANDS_EXCERPT), strict=True,
    )  # fmt: skip
    return [
        TextSignature(
            *_words(article), tuple(sorted({*_quotations(article.text)})), tuple(dict(_numbered(article.title)).items()), cue, *parts,
        )
        for article, (_, _, cue), parts in zip(articles, plain, packed, strict=True)
    ]  # fmt: skip


def _words(article: Article) -> tuple[str, bytes, bytes, bytes]:
    """Return `words`, `headline`, `lead` and `body` of a `Wording`."""
    text = article.excerpt or article.body
    cut = text.rfind(" ", 0, _LEAD) if len(text) > _LEAD else len(text)
    cut = cut if cut > 0 else _LEAD
    fields = [Counter(stems(part)) for part in (article.title, text[:cut], text[cut : cut + _BODY])]
    words = list(dict.fromkeys(word for counts in fields for word in counts))
    headline, lead, body = (bytes([min(counts[word], MOST) for word in words]) for counts in fields)
    return " ".join(words), headline, lead, body


def _quotations(text: str) -> Iterator[str]:
    """Yield the text between quotation marks, except short pieces: what somebody said, or the title of a report."""
    for match in _QUOTED.finditer(text) if '"' in text or "\u201c" in text else ():
        words = re.findall(r"\w+", match[1].lower())
        if len(words) >= _QUOTED_WORDS:
            yield " ".join(words[:_FIRST_WORDS])


def _numbered(title: str) -> Iterator[tuple[str, str]]:
    """Yield what a headline numbers: part 2 of a course, day 3 of a trial."""
    for word, number in _NUMBERED.findall(title.lower()):
        yield word, _NUMBERS.get(number, number)
