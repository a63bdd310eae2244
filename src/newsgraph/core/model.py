"""The values that travel through newsgraph: frozen, equal by content, knowing only their own facts.

Offsets (`start`, `end`) count Unicode code points of `Article.text`, from 0, end excluded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Severity(StrEnum):
    """What a problem cost."""

    FIELD = "field"  # one field is left out, the article stands
    ARTICLE = "article"  # one article of a document is left out
    DOCUMENT = "document"  # the whole document is left out


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in one input file: where, what, and what to do."""

    source: str
    field: str
    what: str
    hint: str
    severity: Severity = Severity.FIELD

    def line(self) -> str:
        """Say the problem in one line, for a report."""
        return f"{self.source}: {self.field}: {self.what}. {self.hint}"


@dataclass(frozen=True, slots=True)
class Provider:
    """Who published an article; `domain` is a host name in lower case."""

    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article; sizes in pixels."""

    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """Another address of the same article; `kind` is `amp` or `cdn_amp`."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as one document tells it.

    `key` names the article (see `links.article_key`): records with equal keys are one article.
    `part` is `main`, `related[i]`, or `item[i]` and `item[i].related[j]` of a feed; `related` holds the keys of the articles that the record lists.
    `extra` holds unknown fields as one JSON object with sorted keys, or is empty.
    """

    key: str
    url: str | None
    title: str
    excerpt: str
    source: str
    part: str
    body: str = ""
    published: datetime | None = None
    provider: Provider | None = None
    topics: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    aliases: tuple[Alias, ...] = ()
    related: tuple[str, ...] = ()
    type: str | None = None
    category: str | None = None
    quality: float | None = None
    heat: float | None = None
    featured: str | None = None
    extra: str = ""

    @property
    def text(self) -> str:
        """Title, excerpt and body as the one text that offsets point into."""
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


class Status(StrEnum):
    """How far along a reported event is."""

    ANNOUNCED = "announced"
    COMPLETED = "completed"
    PLANNED = "planned"
    RUMOURED = "rumoured"
    DENIED = "denied"


# A company mention as sure as this, likelier right than wrong, stands by itself, unless a build is told otherwise.
ACCEPTED = 0.5


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an article's text that names something.

    `name` is the name without legal form as far as one article tells; `known` is the lexicon's name for it where the
    lexicon has one. `detail` belongs to the kind: the maker of a product, the company of a ticker, else empty.
    """

    kind: Kind
    name: str
    start: int
    end: int
    text: str
    rule: str
    confidence: float
    known: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in full units (180000000, never 180M) and its ISO 4217 currency."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Report:
    """One event as one article tells it; `start` and `end` cut out the evidence.

    `subject` and `object` are names of company or organisation mentions of the same article, or None. Directions are
    those of `vocabulary.EVENT_TYPES` (acquirer -> target, supplier -> customer, plaintiff -> defendant ...).
    `date_source` is `text` where the date stands in the text, `article` where the article's own date stands in.
    """

    type: str
    subject: str | None
    object: str | None
    start: int
    end: int
    rule: str
    confidence: float
    status: Status = Status.ANNOUNCED
    money: Money | None = None
    date: date | None = None
    date_source: str = ""
    object_part: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that an article states over several events of the same parties ("a $270M two-part deal"); `status` is the whole's."""

    parties: tuple[str, ...]
    money: Money
    start: int
    end: int
    rule: str
    confidence: float
    status: Status = Status.ANNOUNCED


@dataclass(frozen=True, slots=True)
class Naming:
    """An article says that two names are one company: an acronym in brackets, a short form, a former name.

    `start` and `end` cut out the place of `name`, where there is one.
    """

    name: str
    same_as: str
    rule: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Description:
    """An article says what a company is.

    `kind` is `sector`, `country` (ISO 3166: `FI`, and the state where it is one of the US: `US-CA`)
    or `words` (those of the phrase, sorted); the place is `start` to `end`.
    """

    name: str
    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Post:
    """An article says that a person works somewhere as something; `start` and `end` cut out the words.

    `person` is the name of a person mention of the same article, `employer` that of a company or organisation mention, or
    None; `role` is as the text has it ("co-founder and CEO"), or None where only the employer is told.
    """

    person: str
    role: str | None
    employer: str | None
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read out of one article, and by which extractor with its version."""

    mentions: tuple[Mention, ...] = ()
    reports: tuple[Report, ...] = ()
    totals: tuple[Total, ...] = ()
    namings: tuple[Naming, ...] = ()
    extractor: str = ""
    posts: tuple[Post, ...] = ()
    descriptions: tuple[Description, ...] = ()
