"""Documents as windows with targets: tags, parts and links of candidates, fields of events."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from documents import SIDES, Document, Event, Span

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.models.tag_decoding import TAGS
from newsgraph.extract.models.word_traits import shapes_of, traits_of
from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.reader.labels import AGENTS, KINDS, LINK_AT, LINKS, PART_AT, PARTS, PHRASE_TAGS, Link, RolePart, may_pair
from newsgraph.extract.reader.values import Value, find_values
from newsgraph.extract.reader.windows import CAPITAL, Candidate, Window, lay_windows, pieces_of, place_candidates
from newsgraph.extract.text.article_text import ArticleText, read_text
from newsgraph.extract.text.listed_phrases import find_phrases

IGNORED = -100
_LABEL = {"company": "COMPANY", "organisation": "ORG", "person": "PERSON", "place": "PLACE", "product": "PRODUCT"}
SIMPLE_PARTS = [any(part.type == kind and part.role in sides for kind, sides in SIDES.items()) for part in PARTS]
SIMPLE_LINKS = [any(link.type == kind and {link.first, link.second} <= set(sides) for kind, sides in SIDES.items()) for link in LINKS]
_OTHERS = {"layoff", "expansion", "appointment", "product_launch", "ipo"}  # a simple event leaves out the place, person or product


@dataclass
class Told:
    """An event as the heads for fields learn it: candidates with their parts, then targets; None where not annotated."""

    parties: list[tuple[int, int]]
    event: Event
    evidence: list[int]
    phrases: dict[str, int]


@dataclass
class Example:
    """One window with its targets; candidates, values and phrases have places in pieces."""

    window: Window
    firsts: list[int]
    shapes: list[int]
    traits: list[int]
    tags: list[int]
    phrase_tags: list[int] | None
    kinds: list[int] = field(default_factory=list)
    mentions: list[list[Span]] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)
    parts: list[list[int]] = field(default_factory=list)
    alone: list[list[int]] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    near: list[int] = field(default_factory=list)
    links: list[list[int]] = field(default_factory=list)
    link_evidence: list[list[int]] = field(default_factory=list)
    part_evidence: list[list[int]] = field(default_factory=list)
    hidden_links: list[set[int]] = field(default_factory=list)
    hidden_alone: list[set[int]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    values: list[tuple[Value, Span, int]] = field(default_factory=list)
    phrases: list[tuple[Span, int]] = field(default_factory=list)
    simple: bool = False
    names_only: bool = False
    published: str = ""


class Maker:
    """Makes examples of documents."""

    def __init__(self, lexicon: Lexicon, pieces: WordPieces) -> None:
        """Store the lists and the word pieces."""
        self.lexicon, self.pieces = lexicon, pieces

    def examples(self, document: Document) -> list[Example]:
        """Give the windows of a document with their targets."""
        text = read_text(document.article, self.lexicon.phrases)
        cut = [self.pieces.cut(token) for token in text.tokens]
        spans = token_spans(text)
        mentions = [[one for s in entity.spans if (one := tokens_of(spans, s))] for entity in document.entities]
        candidates = [Candidate(e.name, e.kind, tuple(m)) for e, m in zip(document.entities, mentions, strict=True)]
        tags = _tags(document, spans, len(text.tokens))
        phrase_tags = None if document.simple else _phrase_tags(document, spans, len(text.tokens))
        shapes, traits = shapes_of(text), traits_of(text, find_phrases(text, self.lexicon), self.lexicon)
        values = [] if document.simple else find_values(text.clean, document.published)
        made = []
        for window in lay_windows(text, cut, self.pieces, candidates):
            place = window.place()
            inside = sorted(place)
            example = Example(
                window, [place[at][0] for at in inside], window.per_piece(shapes, CAPITAL),
                window.per_piece(traits, 0), [tags[at] for at in inside],
                [phrase_tags[at] for at in inside] if phrase_tags else None, simple=document.simple, names_only=document.names_only,
                published=document.published.isoformat() if document.published else "",
            )  # fmt: skip
            _fill(example, document, candidates, place, spans)
            _add_values(example, text, values, place)
            made.append(example)
        return made


def token_spans(text: ArticleText) -> list[Span]:
    """Give the offsets of each token in the article's text."""
    return [text.span(at, at + 1) for at in range(len(text.tokens))]


def tokens_of(spans: Sequence[Span], span: Span) -> tuple[int, int] | None:
    """Give the tokens that overlap a span of the text."""
    first = bisect_right(spans, span[0], key=lambda one: one[1])
    last = bisect_left(spans, span[1], key=lambda one: one[0])
    return (first, last) if first < last else None


def _tags(document: Document, spans: Sequence[Span], count: int) -> list[int]:
    tags = [0] * count
    for entity in document.entities:
        label = _LABEL[entity.kind]
        for span in entity.spans:
            tokens = tokens_of(spans, span)
            if tokens is None:
                continue
            for at in range(*tokens):
                half = spans[at][0] < span[0] or spans[at][1] > span[1]
                tags[at] = IGNORED if half else TAGS.index(f"{'B' if at == tokens[0] else 'I'}-{label}")
    return tags


def _phrase_tags(document: Document, spans: Sequence[Span], count: int) -> list[int]:
    tags = [0] * count
    for event in document.events:
        for name, span in event.phrases.items():
            tokens = tokens_of(spans, span)
            if tokens and not any(tags[tokens[0] : tokens[1]]):
                for at in range(*tokens):
                    tags[at] = PHRASE_TAGS.index(f"{'B' if at == tokens[0] else 'I'}-{name}")
    return tags


def _fill(example: Example, document: Document, candidates: Sequence[Candidate], place: dict[int, Span], spans: Sequence[Span]) -> None:  # noqa: C901
    window = example.window
    placed = place_candidates(
        window, [one if one.kind in AGENTS or not document.simple else replace(one, mentions=()) for one in candidates]
    )
    example.entities, example.mentions, example.kinds = placed.candidates, placed.mentions, placed.kinds
    example.pairs, example.near = placed.pairs, placed.near
    number = {at: n for n, at in enumerate(example.entities)}
    count = len(example.entities)
    parts: list[dict[int, list[int]]] = [{} for _ in range(count)]
    alone: list[set[int]] = [set() for _ in range(count)]
    links: dict[tuple[int, int], dict[int, list[int]]] = {}
    example.hidden_alone = [set() for _ in range(count)]
    hidden: dict[tuple[int, int], set[int]] = {}
    others = {one.kind for one in candidates} & {"person", "place", "product"}
    for event in document.events:
        parties = [(number[at], role) for role, who in event.roles.items() for at in who if at in number]
        total = sum(len(who) for who in event.roles.values())
        where = _sentences(window, [p for e in event.evidence if (p := _covered(place, tokens_of(spans, e)))])
        told_here = bool(where) or document.simple or not event.evidence
        evidence = where
        for n, role in parties:
            if told_here:
                parts[n].setdefault(PART_AT[RolePart(event.type, role)], []).extend(evidence)
            if total == 1 and told_here:
                if document.simple and event.type in _OTHERS and others:
                    example.hidden_alone[n].add(PART_AT[RolePart(event.type, role)])
                else:
                    alone[n].add(PART_AT[RolePart(event.type, role)])
        for (one, role), (other, role_2) in combinations(parties, 2):
            (a, ra), (b, rb) = sorted([(one, role), (other, role_2)])
            if a != b and may_pair(KINDS[example.kinds[a]], KINDS[example.kinds[b]]):
                link = LINK_AT[Link(event.type, ra, rb)]
                if told_here:
                    links.setdefault((a, b), {}).setdefault(link, []).extend(evidence)
                else:
                    hidden.setdefault((a, b), set()).add(link)
        if parties and told_here and (event.background is not None or event.status):
            example.told.append(Told([(n, PART_AT[RolePart(event.type, role)]) for n, role in parties], event, evidence, {}))
    _add_phrases(example, document, place, spans)
    example.parts, example.part_evidence = [sorted(p) for p in parts], [sorted({s for e in p.values() for s in e}) for p in parts]
    example.alone = [sorted(a) for a in alone]
    for pair in example.pairs:
        known = links.get(pair, {})
        example.links.append(sorted(known))
        example.link_evidence.append(sorted({s for e in known.values() for s in e}))
        example.hidden_links.append(hidden.get(pair, set()) - set(known))


def _covered(place: dict[int, Span], tokens: tuple[int, int] | None) -> Span | None:
    """Give the pieces of that part of some tokens that lies in the window."""
    inside = [at for at in range(*tokens) if at in place] if tokens else []
    return (place[inside[0]][0], place[inside[-1]][1]) if tokens and len(inside) * 2 > tokens[1] - tokens[0] else None


def _sentences(window: Window, spans: Sequence[Span]) -> list[int]:
    return [at for at, (begin, end) in enumerate(window.sentences) if any(s < end and begin < e for s, e in spans)]


def _add_phrases(example: Example, document: Document, place: dict[int, Span], spans: Sequence[Span]) -> None:
    """Candidates for phrases are those of all events of the window."""
    known: dict[tuple[Span, int], int] = {}
    for event in document.events:
        for name, span in event.phrases.items():
            pieces = pieces_of(place, tokens_of(spans, span))
            if pieces:
                known.setdefault((pieces, ("position", "period", "product", "part").index(name)), len(known))
    example.phrases = list(known)
    for told in example.told:
        for name, span in told.event.phrases.items():
            pieces = pieces_of(place, tokens_of(spans, span))
            at = known.get((pieces, ("position", "period", "product", "part").index(name))) if pieces else None
            if at is not None:
                told.phrases[name] = at


def _add_values(example: Example, text: ArticleText, values: Sequence[Value], place: dict[int, Span]) -> None:
    for value in values:
        first = bisect_right(text.ends, value.start)
        last = bisect_left(text.starts, value.end)
        pieces = pieces_of(place, (first, last)) if first < last else None
        if pieces:
            sentence = next((at for at, (b, e) in enumerate(example.window.sentences) if b <= pieces[0] < e), 0)
            example.values.append((value, pieces, sentence))
