"""People, their posts, places and tagged products: readable cases in `cases/people.md`, and what holds without the tagger."""

from __future__ import annotations

from functools import cache

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Facts, Kind
from newsgraph.extract import open_extractor
from newsgraph.extract.companies.recognizer_features import TAG_LABELS, RecognizerFeatures
from newsgraph.extract.entities.people import find_people
from newsgraph.extract.entities.places import find_places
from newsgraph.extract.entities.products import Product
from newsgraph.extract.entities.tagged_products import tagged_products
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText, read_text
from reading_cases import Case, article, facts_of, mentions, read_cases

CASES = read_cases("people.md")
NO_CHANCES = (0.0,) * len(TAG_LABELS)


@cache
def tagged_facts(record: Article) -> Facts:
    return next(open_extractor("names").read([record], load_lexicon()))


def text_of(title: str) -> ArticleText:
    return read_text(article(title), load_lexicon().phrases)


def span(text: ArticleText, words: str, label: str, chance: float = 0.9) -> TaggedSpan:
    """Make the tagger's name out of words of a text."""
    tokens = words.split()
    first = next(at for at in range(len(text.tokens)) if text.tokens[at : at + len(tokens)] == tokens)
    return TaggedSpan(first, first + len(tokens), label, chance)


def hints(text: ArticleText, *names: TaggedSpan) -> RecognizerFeatures:
    """Make hints in which the words of some names are surely of their label."""
    rows = [list(NO_CHANCES) for _ in text.tokens]
    for one in names:
        for at in range(one.first, one.last):
            rows[at][TAG_LABELS.index(one.label)] = one.chance
    return RecognizerFeatures(TAG_LABELS, rows, names=names)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_text_names_the_people_and_places_of_its_case(case: Case) -> None:
    expected = {line for line in case.expected if line.startswith(("person: ", "place: "))}

    found = mentions(tagged_facts(case.article()), Kind.PERSON) + mentions(tagged_facts(case.article()), Kind.PLACE)

    assert {f"{one.kind}: {one.name}" for one in found} == expected


@pytest.mark.parametrize("case", [case for case in CASES if any("post" in line for line in case.expected)], ids=str)
def test_a_text_tells_the_posts_of_its_case(case: Case) -> None:
    expected = [line for line in case.expected if line.startswith("post: ")]

    posts = tagged_facts(case.article()).posts

    assert [f"post: {one.person}; {one.role or '-'}; {one.employer or '-'}" for one in posts] == expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_words_of_a_post_name_the_person_and_the_employer(case: Case) -> None:
    record = case.article()

    for post in tagged_facts(record).posts:
        words = record.text[post.start : post.end]
        assert post.person in words
        assert post.employer is None or post.employer in words


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_alone_find_no_people_and_no_places(case: Case) -> None:
    facts = facts_of(case)

    assert [one for one in facts.mentions if one.kind in {Kind.PERSON, Kind.PLACE}] == []
    assert facts.posts == ()


def test_a_name_that_the_tagger_doubts_is_nobody() -> None:
    text = text_of("Today Jane Roe speaks")

    assert find_people(text, [span(text, "Jane Roe", "PERSON", 0.29)], set()) == []
    assert find_people(text, [span(text, "Jane Roe", "PERSON", 0.3)], set())


def test_a_single_name_is_a_person_if_it_is_likely_or_repeated() -> None:
    text = text_of("Today Roe speaks and Poe sings and Roe listens")
    roe, again, poe = TaggedSpan(1, 2, "PERSON", 0.5), TaggedSpan(7, 8, "PERSON", 0.5), TaggedSpan(4, 5, "PERSON", 0.69)

    assert [one.name for one in find_people(text, [roe, poe, again], set())] == ["Roe", "Roe"]
    assert find_people(text, [roe, poe], set()) == []
    assert [one.rule for one in find_people(text, [TaggedSpan(4, 5, "PERSON", 0.7)], set())] == ["tagged_alone"]


def test_a_name_that_is_a_company_is_nobody() -> None:
    text = text_of("Today Jane Roe speaks")

    assert find_people(text, [span(text, "Jane Roe", "PERSON")], {1, 2}) == []


def test_a_surname_of_two_people_is_neither() -> None:
    text = text_of("Jane Roe and John Roe met, and Roe spoke")
    spans = [span(text, "Jane Roe", "PERSON"), span(text, "John Roe", "PERSON"), TaggedSpan(8, 9, "PERSON", 0.9)]

    assert text.tokens[8] == "Roe"
    assert [one.name for one in find_people(text, spans, set())] == ["Jane Roe", "John Roe"]


@pytest.mark.parametrize("name", ["Oslo", "Zorvik"])
def test_a_likely_place_is_one_whether_it_is_listed_or_not(name: str) -> None:
    text = text_of(f"They met in {name} today")

    assert [one.name for one in find_places(text, [TaggedSpan(3, 4, "PLACE", 0.6)], set(), load_lexicon())] == [name]
    assert find_places(text, [TaggedSpan(3, 4, "PLACE", 0.59)], set(), load_lexicon()) == []
    assert find_places(text, [TaggedSpan(3, 4, "PLACE", 0.6)], {3}, load_lexicon()) == []


def test_a_person_in_all_caps_is_called_as_the_text_spells_the_name_elsewhere() -> None:
    text = text_of("JANE ROE : Jane Roe speaks")
    spans = [span(text, "JANE ROE", "PERSON"), span(text, "Jane Roe", "PERSON")]

    assert {one.name for one in find_people(text, spans, set())} == {"Jane Roe"}


def test_a_listed_product_that_the_tagger_takes_for_no_product_is_none() -> None:
    text = text_of("The Fado plays on")
    listed = Product(1, 2, "Fado", "", "listed", 0.9)

    assert tagged_products(text, [listed], hints(text), {}) == []


def test_a_listed_product_goes_on_as_far_as_the_tagger_does() -> None:
    text = text_of("They run the Fado Lite 2 at home all day long")
    listed = Product(3, 4, "Fado", "Acme", "listed", 0.9)

    found = tagged_products(text, [listed], hints(text, span(text, "Fado Lite 2", "PRODUCT")), {})

    assert [(one.name, one.maker, one.last) for one in found] == [("Fado Lite 2", "Acme", 6)]


def test_a_name_with_a_number_that_the_tagger_is_sure_of_is_a_product_of_the_maker_before_it() -> None:
    text = text_of("They run an Acme QX-700 at home")

    found = tagged_products(text, [], hints(text, span(text, "QX-700", "PRODUCT")), {3: "Acme"})

    assert [(one.name, one.maker, one.rule) for one in found] == [("QX-700", "Acme", "tagged")]


def test_a_name_after_its_maker_is_that_product_wherever_it_is() -> None:
    text = text_of("They like Actions and GitHub Actions here")
    spans = [TaggedSpan(2, 3, "PRODUCT", 0.97), TaggedSpan(5, 6, "PRODUCT", 0.97)]

    found = tagged_products(text, [], hints(text, *spans), {4: "GitHub"})

    assert [(one.first, one.name, one.maker) for one in found] == [(2, "GitHub Actions", "GitHub"), (5, "GitHub Actions", "GitHub")]


def test_a_name_that_is_likely_a_product_once_is_one_wherever_it_is() -> None:
    text = text_of("They sell Fado here and Fado there and Dalo")
    sure, doubtful, other = (TaggedSpan(at, at + 1, "PRODUCT", chance) for at, chance in ((2, 0.65), (5, 0.4), (8, 0.64)))

    assert [(one.first, one.name) for one in tagged_products(text, [], hints(text, sure, doubtful, other), {})] == [
        (2, "Fado"),
        (5, "Fado"),
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("They play Grand Fado: San Dalo today", ["Grand Fado: San Dalo"]),
        ("They watch Top of the Pops today", ["Top of the Pops"]),
        ("They play Fado and Dalo today", ["Fado", "Dalo"]),
        ("They play Fado, Dalo today", ["Fado", "Dalo"]),
    ],
)
def test_parts_of_a_name_are_joined_around_a_colon_and_small_words(words: str, names: list[str]) -> None:
    text = text_of(words)
    capitals = [at for at, token in enumerate(text.tokens) if at and token[0].isupper()]
    spans = [TaggedSpan(at, at + 1, "PRODUCT", 0.9) for at in capitals]

    assert [one.name for one in tagged_products(text, [], hints(text, *spans), {})] == names
