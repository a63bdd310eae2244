"""Read the events of a text: names, links between them, and the fields of each event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.limits import READER_WINDOWS
from newsgraph.extract.models.tag_decoding import TAGS, TaggedSpan, decode_spans
from newsgraph.extract.models.tagger import WordTags
from newsgraph.extract.models.word_traits import shapes_of, traits_of
from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.reader.encoder import Array, Encoder
from newsgraph.extract.reader.event_opinion import EventOpinion
from newsgraph.extract.reader.fields import Fields, Option, choose_fields
from newsgraph.extract.reader.group_links import Grouped, Limits, Table
from newsgraph.extract.reader.group_names import group_names
from newsgraph.extract.reader.heads import Choices, Heads, Seen
from newsgraph.extract.reader.labels import PART_AT, PHRASE_TAGS, PHRASES, RolePart
from newsgraph.extract.reader.read_event import Filled, ReadEvent, ReadRelation
from newsgraph.extract.reader.sentence_heads import RELATIONS
from newsgraph.extract.reader.sentence_opinion import SentenceOpinion, SentenceReaders, ToldRelation, WindowInput
from newsgraph.extract.reader.values import find_values
from newsgraph.extract.reader.windows import (
    CAPITAL,
    Candidate,
    CandidatePlaces,
    Window,
    carried_names,
    lay,
    mentions_of,
    pieces_of,
    place_candidates,
    runs_of,
)
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.listed_phrases import find_phrases

_DECIMALS = 3
_PHRASE = 0.35  # from here on a word may be part of a phrase
_NAME = 0.5
_OTHER = (1.0, *[0.0] * (len(TAGS) - 1))


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of decoding, and how sure raw probabilities really are: points of a curve, by how an event was found."""

    limits: Limits
    by_type: Mapping[str, Limits]
    curves: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
    past: float = 0.5
    name: float = _NAME


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a text: tag probabilities of each token, its candidates and events."""

    rows: tuple[tuple[float, ...], ...]
    candidates: tuple[Candidate, ...]
    events: tuple[ReadEvent, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    window: Window
    shapes: list[int]
    traits: list[int]
    states: Array
    phrases: Array

    def input(self, number: int) -> WindowInput:
        """Return the window as single sentences are read in it; `number` is its number in the text."""
        return WindowInput(number, self.window.sentences, self.states, self.window.pieces, self.shapes, self.traits)


@dataclass(frozen=True, slots=True)
class Look:
    """What encoder and heads say about a text, before anything is decided; see `EventReader.tell`."""

    rows: tuple[tuple[float, ...], ...]
    candidates: tuple[Candidate, ...]
    windows: list[_Window]
    table: Table
    seen: list[tuple[Seen, CandidatePlaces] | None]
    opinion: SentenceOpinion
    unread: int = 0  # windows that were not read


class ToldEvents(NamedTuple):
    """What a text tells of candidates: events, in text order, relations that last, and what is said of any event between them."""

    events: list[ReadEvent]
    relations: list[ReadRelation]
    opinion: EventOpinion


@dataclass(frozen=True, slots=True)
class TextReading:
    """A text that the encoder has read: the probability of each token that it is part of a name, and what events are asked of.

    `rows` has a row for each token and a column for each of `tag_decoding.TAGS`. `unread` is the number of windows that are not read, see
    `limits.READER_WINDOWS`.
    """

    reader: EventReader
    text: ArticleText
    windows: list[_Window]
    rows: tuple[tuple[float, ...], ...]
    unread: int = 0

    @property
    def tags(self) -> WordTags:
        """The names that this model sees."""
        return WordTags(self.rows)

    def events(self, candidates: Sequence[Candidate], published: date | None) -> ToldEvents:
        """Return what is told of candidates."""
        return self.reader.events(self, candidates, published)


class EventReader:
    """A loaded model."""

    def __init__(
        self, encoder: Encoder, heads: Heads, pieces: WordPieces, settings: Settings, lexicon: Lexicon, version: str = "reader/0",
        sentences: SentenceReaders | None = None,
    ) -> None:  # fmt: skip
        """Store the parts of the model; `version` names it in graphs."""
        self._encoder, self._heads, self._pieces, self._settings, self._lexicon = encoder, heads, pieces, settings, lexicon
        self._sentences = sentences
        self.version = version

    def using(self, settings: Settings) -> EventReader:
        """Return the same model with other settings."""
        return EventReader(self._encoder, self._heads, self._pieces, settings, self._lexicon, self.version, self._sentences)

    def read(self, text: ArticleText, published: date | None = None, candidates: Sequence[Candidate] | None = None) -> Reading:
        """Read a text; `candidates` are found by the model's own tags where they are not given."""
        look = self.look(text, candidates)
        return Reading(look.rows, look.candidates, tuple(self.tell(text, look, published)))

    def look(self, text: ArticleText, candidates: Sequence[Candidate] | None = None) -> Look:
        """Run the encoder and the heads for candidates and pairs."""
        cut = [self._pieces.cut(token) for token in text.tokens]
        shapes, traits = shapes_of(text), traits_of(text, find_phrases(text, self._lexicon), self._lexicon)
        rows: list[tuple[float, ...]] = [_OTHER] * len(text.tokens)
        title = [line for line in text.sentences if line.region == "title"]
        windows: list[_Window] = []
        runs = runs_of(text, cut)
        for lines in runs[:READER_WINDOWS]:
            known = candidates if candidates is not None else self.names(text, rows) if windows else []
            names = carried_names(known, lines[0].first) if windows else []
            window = lay(lines, cut, self._pieces, title if windows else (), names)
            of_pieces = window.per_piece(shapes, CAPITAL), window.per_piece(traits, 0)
            states, tags, phrases = self._encoder.encode(window.pieces, *of_pieces)
            for token, (begin, _) in window.place().items():
                if rows[token] is _OTHER:
                    rows[token] = tuple(np.round(tags[begin].astype(np.float64), _DECIMALS).tolist())
            windows.append(_Window(window, *of_pieces, states, phrases))
        found = tuple(candidates) if candidates is not None else tuple(self.names(text, rows))
        return Look(tuple(rows), found, windows, *self._ask(windows, found), len(runs) - len(windows))

    def begin(self, text: ArticleText) -> TextReading:
        """Run the encoder over a text."""
        look = self.look(text, ())
        return TextReading(self, text, look.windows, look.rows, look.unread)

    def events(self, reading: TextReading, candidates: Sequence[Candidate], published: date | None) -> ToldEvents:
        """Return what is told of the candidates of a text that was begun."""
        look = Look(reading.rows, tuple(candidates), reading.windows, *self._ask(reading.windows, candidates))
        relations = [_relation(reading, candidates, pair, told) for pair, told in sorted(look.opinion.relations.items())]
        return ToldEvents(self.tell(reading.text, look, published), relations, EventOpinion(look.table, look.opinion))

    def names(self, text: ArticleText, rows: Sequence[Sequence[float]]) -> list[Candidate]:
        """Return the candidates that the tags mark."""
        spans: list[TaggedSpan] = [span for span in decode_spans(rows, text.sentences) if span.chance >= self._settings.name]
        return group_names(text, spans)

    def _ask(
        self, windows: Sequence[_Window], candidates: Sequence[Candidate]
    ) -> tuple[Table, list[tuple[Seen, CandidatePlaces] | None], SentenceOpinion]:
        table = Table()
        numbers: dict[str, int] = {}
        for at, candidate in enumerate(candidates):
            numbers.setdefault(candidate.name, at)
        opinion = SentenceOpinion(numbers)
        seen: list[tuple[Seen, CandidatePlaces] | None] = []
        mentions = mentions_of(candidates)
        for number, one in enumerate(windows):
            placed = place_candidates(one.window, candidates, mentions)
            if not placed.candidates:
                seen.append(None)
                continue
            view = self._heads.see(one.states, placed.mentions, placed.kinds, one.window.sentences)
            chances = self._heads.chances(view, placed.pairs, placed.near)
            table.add(number, placed.candidates, chances.parts, chances.alone, placed.pairs, chances.links)
            if self._sentences is not None:
                here = SentenceOpinion(numbers)
                here.add(self._sentences, one.input(number), placed)
                table.add_opinion(number, here)
                opinion.join(here)
            seen.append((view, placed))
        return table, seen, opinion

    def tell(self, text: ArticleText, look: Look, published: date | None = None) -> list[ReadEvent]:
        """Group links into events and choose their fields; events stand in text order."""
        options: dict[int, tuple[list[Option], Choices]] = {}
        events = []
        for group, number in look.table.group(self._settings.limits, self._settings.by_type):
            viewed = look.seen[number]
            if viewed is None:
                continue
            view, placed = viewed
            if number not in options:
                found = _options(text, look.windows[number], published)
                options[number] = found, self._heads.choices(view, [(o.field, o.pieces, o.sentence) for o in found])
            of_window, choices = options[number]
            parties = [
                (placed.candidates.index(at), PART_AT[RolePart(group.type, role)]) for at, role in group.places if at in placed.candidates
            ]
            chances = self._heads.fields(view, parties, choices)
            fields = choose_fields(group.type, chances, of_window, published, self._settings.past)
            events.append(self._event(text, group, fields, look.candidates, look.windows[number].window))
        return sorted(events, key=lambda event: (event.evidence[:1], -event.probability, event.type, event.roles[0].name))

    def _event(self, text: ArticleText, group: Grouped, fields: Fields, candidates: Sequence[Candidate], window: Window) -> ReadEvent:
        roles = [Filled(role, candidates[at].name, candidates[at].kind) for at, role in group.places]
        taken = {one.role for one in roles}
        roles += [Filled(name, words, "phrase") for name, words in fields.phrases.items() if name != "part" and name not in taken]
        x, y = self._settings.curves.get(group.how, ((0.0, 1.0), (0.0, 1.0)))
        chance = round(float(np.interp(group.chance, x, y)), _DECIMALS)
        evidence = tuple(_span_of(text, window, line) for line in fields.sentences)
        return ReadEvent(
            group.type, tuple(roles), fields.status, fields.background, fields.when, fields.amounts, fields.percent, fields.count, fields.phrases.get("part"), evidence, chance,
        )  # fmt: skip


def _relation(reading: TextReading, candidates: Sequence[Candidate], pair: tuple[int, int], told: ToldRelation) -> ReadRelation:
    kind, turned = RELATIONS[told.relation]
    first, second = (candidates[at].name for at in pair)
    subject, other = (second, first) if turned else (first, second)
    return ReadRelation(kind, subject, other, _span_of(reading.text, reading.windows[told.window].window, told.line), told.chance)


def _span_of(text: ArticleText, window: Window, line: int) -> tuple[int, int]:
    begin, end = window.sentences[line]
    words = [word for word in window.words[begin:end] if word >= 0]
    return text.span(words[0], words[-1] + 1)


def _options(text: ArticleText, one: _Window, published: date | None) -> list[Option]:
    """Return the values and phrases of a window that may fill fields."""
    place = one.window.place()
    begins = [begin for begin, _ in one.window.sentences]

    def line(pieces: tuple[int, int]) -> int:
        return max(0, bisect_right(begins, pieces[0]) - 1)

    options = []
    for value in find_values(text.clean, published):
        first, last = bisect_right(text.ends, value.start), bisect_left(text.starts, value.end)
        pieces = pieces_of(place, (first, last)) if first < last else None
        if pieces:
            options.append(Option(value.kind, pieces, line(pieces), value, text.clean[value.start : value.end]))
    for number, name in enumerate(PHRASES):
        begin_tag = 1 + 2 * number
        for first, last in _runs_of_phrases(one, place, begin_tag):
            pieces = pieces_of(place, (first, last))
            if pieces:
                options.append(Option(name, pieces, line(pieces), None, text.words(first, last)))
    return options


def _runs_of_phrases(one: _Window, place: Mapping[int, tuple[int, int]], begin_tag: int) -> list[tuple[int, int]]:
    assert PHRASE_TAGS[begin_tag].startswith("B-")  # noqa: S101 - the order of tags is part of the model
    runs: list[tuple[int, int]] = []
    for token in sorted(place):
        row = one.phrases[place[token][0]]
        inside = float(row[begin_tag] + row[begin_tag + 1])
        if inside < _PHRASE:
            continue
        if runs and runs[-1][1] == token and row[begin_tag] < row[begin_tag + 1]:
            runs[-1] = runs[-1][0], token + 1
        else:
            runs.append((token, token + 1))
    return runs
