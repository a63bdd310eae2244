"""Who works where as what: "Acme CEO Jane Roe", "Jane Roe, head of research at Acme", "Acme's Jane Roe"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsgraph.core.model import Post
from newsgraph.extract.entities.people import Person
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.word_kinds import is_name_like
from newsgraph.extract.text.word_lists import read_word_lists

_BREAKS = frozenset({",", "(", "-", "–", "—", "--"})
_ENDS = frozenset({",", ".", ";", ":", ")", "|", "-", "–", "—", "--", '"', "!", "?"})
_LONGEST = 9  # tokens of a post's title
_BACK = 3  # tokens before a post in which a word such as "former" counts
_WITH_ROLE, _WITHOUT_ROLE = 0.9, 0.8  # confidence of a stated role, and of an employer alone


@dataclass(frozen=True, eq=False)
class _EmploymentWords:
    """The lists of `data/employment_words.yaml`, where each is explained."""

    heads: frozenset[str]
    parts: frozenset[str]
    past: frozenset[str]
    appoints: frozenset[str]
    leads_in: frozenset[str]
    employer_links: frozenset[str]


@cache
def _words() -> _EmploymentWords:
    return read_word_lists("employment_words.yaml", _EmploymentWords)


@dataclass(frozen=True, slots=True)
class Employer:
    """A company or organisation at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class _StatedPost:
    """What tokens `first` to `last` (excluded) say of a person's post; a `past` post is no result and ends the search."""

    first: int
    last: int
    role: str = ""
    employer: str = ""
    rule: str = ""
    past: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence, tokens `first` to `last` (excluded) of a text, with the text's employers by their first and by their last token."""

    text: ArticleText
    begins: dict[int, Employer]
    ends: dict[int, Employer]
    first: int
    last: int

    def word(self, at: int) -> str:
        return self.text.lower[at] if self.first <= at < self.last else ""


def find_employment(text: ArticleText, people: Sequence[Person], employers: Sequence[Employer]) -> list[Post]:
    """Return the posts that a text states of its people, in text order, each once; former posts are left out."""
    if not people:
        return []
    begins, ends = {employer.first: employer for employer in employers}, {employer.last: employer for employer in employers}
    posts: dict[tuple[str, str, str], Post] = {}
    for sentence in text.sentences:
        line = _Line(text, begins, ends, sentence.first, sentence.last)
        for person in people:
            stated = _stated_post(line, person) if sentence.first <= person.first < sentence.last else None
            if stated is not None:
                start, end = text.span(min(stated.first, person.first), max(stated.last, person.last))
                confidence = round((_WITH_ROLE if stated.role else _WITHOUT_ROLE) * person.confidence, 2)
                post = Post(person.name, stated.role or None, stated.employer or None, start, end, stated.rule, confidence)
                posts.setdefault((person.name, stated.role.lower(), stated.employer), post)
    return list(posts.values())


def _stated_post(line: _Line, person: Person) -> _StatedPost | None:
    before, after = _before_name(line, person), _appointment(line, person) or _joining(line, person) or _after_name(line, person)
    posts = [post for post in (before, after) if post is not None]
    if any(post.past for post in posts) or not posts:
        return None
    if len(posts) > 1 and not (before and before.role and before.employer):
        # "analyst Jane Roe of Acme": one side states the role, the other the employer
        return _StatedPost(
            min(post.first for post in posts), max(post.last for post in posts), next((post.role for post in posts if post.role), ""),
            next((post.employer for post in posts if post.employer), ""), posts[0].rule,
        )  # fmt: skip
    return posts[0]


def _before_name(line: _Line, person: Person) -> _StatedPost | None:
    """Read the words before a name: an employer, perhaps a possessive, then the role."""
    at = end = person.first - (line.word(person.first - 1) == "," and line.word(person.first - 2) in _words().heads)
    if line.word(at - 1) in _words().heads:
        while _is_part(line, at - 1) and end - at < _LONGEST and at not in line.ends:
            at -= 1
    while at < end and line.word(at) in {"and", "&"}:
        at += 1
    role = line.text.words(at, end) if at < end else ""
    if _is_past(line, at):
        return _StatedPost(at, end, past=True)
    owned = line.word(at - 1) in {"'s", "'"}
    employer = line.ends.get(at - owned)
    if employer is not None and _is_past(line, employer.first):
        return _StatedPost(at, end, past=True)
    if employer is not None and employer.first >= line.first and (role or owned) and (owned or end == person.first):
        return _StatedPost(employer.first, end, role, employer.name, "before_name" if role else "possessive")
    return _StatedPost(at, end, role, "", "before_name") if role and end == person.first else None


def _after_name(line: _Line, person: Person) -> _StatedPost | None:
    """Read the words after a name: ", chief executive of Acme", ", Acme's chief executive", "of Acme"."""
    at = person.last
    if line.word(at) == "of" and (employer := line.begins.get(at + 1 + (line.word(at + 1) == "the"))):
        return _StatedPost(at, employer.last, "", employer.name, "of_employer")
    if line.word(at) not in _BREAKS:
        return None
    at += 1
    at += line.word(at) in {"the", "a", "an"}
    if line.word(at) in _words().past:
        return _StatedPost(at, at, past=True)
    owner = line.begins.get(at)
    if owner is not None:
        first = owner.last + (line.word(owner.last) == "'s")
        last = _role_end(line, first)
        return _StatedPost(at, last, line.text.words(first, last), owner.name, "behind_name") if last > first else None
    last = _role_end(line, at)
    return _with_employer(line, at, last, "behind_name") if last > at else None


def _role_end(line: _Line, first: int) -> int:
    """Return the end of the role that begins at a token, or `first` if none does."""
    at = first
    while at - first < _LONGEST and at not in line.begins and (_is_part(line, at) or _is_capital(line, at)):
        at += 1
    while at > first and line.word(at - 1) not in _words().heads:
        at -= 1
    past = any(line.word(number) in _words().past for number in range(first, at))
    return first if past else at


def _is_part(line: _Line, at: int) -> bool:
    word, before = line.word(at), line.word(at - 1)
    return (
        word in _words().parts
        or word in _words().heads
        or (before, word) == ("co", "-")
        or (bool(word) and before == "chief" and line.word(at + 1) == "officer")
    )


def _is_past(line: _Line, at: int) -> bool:
    """Return whether the words right before a token say that a post is over: "former trade", "ex-"."""
    for word in (line.word(number) for number in range(at - 1, at - 1 - _BACK, -1)):
        if not word or word in _ENDS - {"-"}:
            return False
        if word in _words().past or word.startswith("ex-"):
            return True
    return False


def _is_capital(line: _Line, at: int) -> bool:
    return bool(line.word(at)) and is_name_like(line.text.tokens[at])


def _with_employer(line: _Line, first: int, last: int, rule: str) -> _StatedPost:
    """Return a role with the employer after it: "of Acme", ", Acme", or "of research at Acme", whose first words belong to the role."""
    whole = line.text.words(first, last)
    employer = line.begins.get(last + 1 + (line.word(last + 1) == "the"))
    if employer and (line.word(last) in _words().employer_links or (line.word(last) == "," and line.word(employer.last) in _ENDS | {""})):
        return _StatedPost(first, employer.last, whole, employer.name, rule)
    if line.word(last) in {"of", "for", "in"}:
        for at in range(last + 1, min(last + _LONGEST, line.last)):
            employer = line.begins.get(at + 1 + (line.word(at + 1) == "the"))
            if employer and line.word(at) in {"at", "for", "with", ","}:
                return _StatedPost(first, employer.last, line.text.words(first, at), employer.name, rule)
            if line.word(at) in _ENDS or at in line.begins:
                break
    last = _field_end(line, last)
    return _StatedPost(first, last, line.text.words(first, last), "", rule)


def _field_end(line: _Line, last: int) -> int:
    """Return the end of a role with its field, if that is a name: "head of Iberia", "secretary of state"."""
    at = last + 1
    while line.word(last) == "of" and at not in line.begins and (_is_capital(line, at) or line.word(at) in {"state", "the"}):
        at += 1
    return at if at > last + 1 and line.word(at - 1) != "the" else last


def _appointment(line: _Line, person: Person) -> _StatedPost | None:
    """Read "Acme names Jane Roe chief executive" and "Acme has appointed Jane Roe as head of research"."""
    verb = person.first - 1
    if line.word(verb) not in _words().appoints:
        return None
    employer = line.ends.get(verb - (line.word(verb - 1) in {"has", "have", "had"}))
    first = person.last
    while line.word(first) in _words().leads_in:
        first += 1
    last = _role_end(line, first)
    if employer is None or last == first:
        return None
    last = _field_end(line, last)
    return _StatedPost(employer.first, last, line.text.words(first, last), employer.name, "appointed")


def _joining(line: _Line, person: Person) -> _StatedPost | None:
    """Read "Jane Roe joins Acme as chief scientist"."""
    verb = person.last + (line.word(person.last) in {"has", "will", "had"})
    employer = line.begins.get(verb + 1)
    if line.word(verb) not in {"joins", "joined", "join"} or employer is None or line.word(employer.last) != "as":
        return None
    first = employer.last + 1 + (line.word(employer.last + 1) in _words().leads_in | {"a", "an"})
    last = _role_end(line, first)
    return _StatedPost(verb, last, line.text.words(first, last), employer.name, "joined") if last > first else None
