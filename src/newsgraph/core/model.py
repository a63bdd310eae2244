"""The values that pass between the stages of a build: frozen, compared by content, without behaviour beyond their own fields.

`ingest` reads documents into `Article`s and `Problem`s, `extract` reads the text of an article into `Facts`, and `resolve` turns
articles and facts into one graph. Everything here is what one article says; what the whole graph says is in `graph_tables`.

Offsets (`start`, `end`) count Unicode code points of `Article.text`, from 0; `end` is exclusive, so `text[start:end]` are the words.
`rule` is the name of the rule that found something, and `confidence` is its estimated probability of being right, from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from newsgraph.core.article_roles import Weight
from newsgraph.core.lasting_relation import Relation
from newsgraph.core.passages import Passage


class Severity(StrEnum):
    """What a problem cost."""

    FIELD = "field"  # one field is left out; the article is kept
    ARTICLE = "article"  # one article of a document is left out
    DOCUMENT = "document"  # the whole document is left out


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in one input file: where, what, and what to do."""

    source: str  # path of the document below its input, with `/`
    field: str  # path within the document (`related[2].title`), or `document`
    what: str  # as a predicate of the field: "is missing"
    hint: str  # as an instruction, without a full stop
    severity: Severity = Severity.FIELD

    def line(self) -> str:
        """Return the problem as one line of a report."""
        return f"{self.source}: {self.field}: {self.what}. {self.hint}"


@dataclass(frozen=True, slots=True)
class Provider:
    """The outlet that published an article."""

    name: str
    domain: str  # host name in lower case, without `www.`


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article; width and height are in pixels."""

    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """Another address of the same article."""

    kind: str  # `amp` or `cdn_amp`
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as one record of one document describes it.

    Several records with the same `key` are one article; `resolve` chooses between their values.
    """

    key: str  # the canonical link, or `digest:` and 64 hex digits; see `canonical_url.article_key`
    url: str | None  # the canonical link, None if no field holds a usable one
    title: str
    excerpt: str
    source: str  # path of the document below its input, with `/`
    part: str  # place in the document: `main`, `related[0]`, or in a feed `item[3]` and `item[3].related[0]`, counted from 0
    body: str = ""
    published: datetime | None = None  # in UTC
    provider: Provider | None = None
    topics: tuple[str, ...] = ()  # names as written, each once
    images: tuple[Image, ...] = ()
    aliases: tuple[Alias, ...] = ()  # AMP addresses that differ from `url`
    related: tuple[str, ...] = ()  # keys of the articles that the record lists as related
    type: str | None = None  # this and the next four fields are kept as the document has them
    category: str | None = None
    quality: float | None = None  # on the feed's own scale, as `heat` is
    heat: float | None = None
    featured: str | None = None  # the field `featuredContent`
    extra: str = ""  # unknown fields as one JSON object with sorted keys, empty if there are none
    language: str = (
        ""  # tag of BCP 47 (`en`, `pt-BR`), declared or detected; empty if none is declared and the text is English or cannot be told
    )

    @property
    def text(self) -> str:
        """Title, excerpt and body as the one text that offsets refer to.

        A line feed follows title and excerpt; before a body without an excerpt there are two.
        """
        text = f"{self.title}\n{self.excerpt}" if self.excerpt else self.title
        if self.body:
            text += f"\n{self.body}" if self.excerpt else f"\n\n{self.body}"
        return text


class Kind(StrEnum):
    """What a mention names."""

    COMPANY = "company"
    ORGANISATION = "organisation"
    PRODUCT = "product"
    PERSON = "person"
    PLACE = "place"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TICKER = "ticker"
    OUTLET = "outlet"  # a newspaper, broadcaster or news agency that the text credits; no node of the graph


class Status(StrEnum):
    """How far a reported event has come."""

    ANNOUNCED = "announced"
    COMPLETED = "completed"
    PLANNED = "planned"
    RUMOURED = "rumoured"
    DENIED = "denied"
    ENDED = "ended"  # called off, rejected, lapsed


# A company mention with at least this confidence makes a company by itself; `--threshold` sets another value.
ACCEPTED = 0.5
# A report with at least this confidence makes an event; `--event-threshold` sets another value. The confidence is that type and all parties
# are right, so that at .5 an event that is wrong costs as much as one that is missed.
ACCEPTED_EVENT = 0.5


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article's text that names something."""

    kind: Kind
    name: str  # the fullest name in this article, without legal form; of money, percents and dates the normalised value
    start: int
    end: int
    text: str  # the words of the span
    rule: str
    confidence: float
    known: str = ""  # the name of the lexicon entry, empty if no entry matches
    detail: str = ""  # the maker of a product or the company of a ticker, else empty
    weight: Weight | None = None  # of the thing in its article; companies and organisations only


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money."""

    amount: float  # in full units: 180000000, never 180 with "million"
    currency: str  # ISO 4217


@dataclass(frozen=True, slots=True)
class EventAmount:
    """An amount of money in an event and what it is of: a key of `vocabulary.AMOUNT_KINDS`."""

    money: Money
    of: str


@dataclass(frozen=True, slots=True)
class RoleFiller:
    """Who or what takes a role in an event.

    `name` is that of a mention of the same article of this `kind`; where the text has no name, `kind` is None and `name` are its words
    ("two Danish services firms", "chief executive").
    """

    role: str  # a key of `vocabulary.ROLES`
    name: str
    kind: Kind | None = Kind.COMPANY


@dataclass(frozen=True, slots=True)
class Report:
    """One event as one article reports it; `start` and `end` are those of the best evidence.

    The roles that a type has are those of `vocabulary.EVENT_TYPES`; several fillers may have one role. `when` is the ISO day, month
    (`2025-03`) or year (`2018`) of the event itself, by the text and the day of publication; it is empty if neither tells it. The first of
    `amounts` is that of the event.

    >>> report = Report("acquisition", (RoleFiller("acquirer", "Cargotec"), RoleFiller("seller", "Rolls-Royce")), 0, 60, "sells_part_to",
    ...                 0.8, when="2018-07", part="marine unit")
    >>> report.first("acquirer"), report.first("target")
    ('Cargotec', None)
    """

    type: str  # a key of `vocabulary.EVENT_TYPES`
    roles: tuple[RoleFiller, ...]
    start: int
    end: int
    rule: str
    confidence: float
    status: Status = Status.ANNOUNCED
    amounts: tuple[EventAmount, ...] = ()
    when: str = ""
    when_source: str = ""  # `text` if the text names the day, month or year, `article` if it is the day of publication, empty without one
    background: bool = False  # true where the text reports it as something known from before, not as its news
    percent: float | None = None  # of a stake, or of a change
    count: int | None = None  # of jobs, stores, units or people
    part: str | None = None  # the unit, brand, plant or stake that changes hands, if not the whole company

    @property
    def money(self) -> Money | None:
        """The amount of the event."""
        return self.amounts[0].money if self.amounts else None

    @property
    def date(self) -> date | None:
        """The day of the event, None if only its month or year is known, or nothing."""
        return date.fromisoformat(self.when) if len(self.when) == len("2024-05-01") else None

    def first(self, role: str) -> str | None:
        """Return the name of the first filler of a role."""
        return next((filler.name for filler in self.roles if filler.role == role), None)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that an article states for several events between the same parties ("a $270M two-part deal")."""

    parties: tuple[str, ...]  # names of mentions of the same article
    money: Money
    start: int
    end: int
    rule: str
    confidence: float
    status: Status = Status.ANNOUNCED  # of the whole deal


@dataclass(frozen=True, slots=True)
class Naming:
    """A statement of an article that two names mean one company: an acronym in brackets, a short form, a former name."""

    name: str
    same_as: str
    rule: str
    start: int = 0  # start and end of the words that show `name`; both 0 if no words do
    end: int = 0


@dataclass(frozen=True, slots=True)
class Description:
    """A statement of an article about what a company is; `start` and `end` are those of the describing words.

    `value` depends on `kind`: for `sector`, a sector of `sectors.csv`; for `around`, a sector that is named anywhere in an article
    about this company alone; for `country`, an ISO 3166 code (`FI`, and `US-CA` for a state of the US); for `words`, the words of
    the phrase, sorted and joined by blanks.
    """

    name: str  # of the company
    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Post:
    """A statement of an article that a person works somewhere, or as something."""

    person: str  # the name of a person mention of the same article
    role: str | None  # as the text has it ("co-founder and CEO"); None if only the employer is stated
    employer: str | None  # the name of a company or organisation mention of the same article
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was extracted from one article."""

    mentions: tuple[Mention, ...] = ()
    reports: tuple[Report, ...] = ()
    totals: tuple[Total, ...] = ()
    namings: tuple[Naming, ...] = ()
    extractor: str = ""  # what read the text, with its version: `NAME/VERSION`, several joined by `+`
    posts: tuple[Post, ...] = ()
    descriptions: tuple[Description, ...] = ()
    relations: tuple[Relation, ...] = ()
    omissions: tuple[str, ...] = ()  # what the budgets left unread, each as a predicate of the article: "has a sentence of 1,200 words ..."
    passages: tuple[Passage, ...] = ()  # that are no news of the article
