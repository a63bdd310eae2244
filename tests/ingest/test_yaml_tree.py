"""Front matter and YAML files: what is read, what is mended, what is refused."""

from __future__ import annotations

import json
import re
import time
import tracemalloc

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.model import Article, Problem, Severity
from newsgraph.ingest import parse_document
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import Tree, YamlError, read_yaml

# Pieces of YAML without anchors, aliases and tags, which have tests of their own.
PIECES = [
    "a", "b", ": ", ":", " ", "  ", "\n", "\n  ", "\n    ", "- ", "-", '"', "'", "\\", '\\"', "''", "#", " #", "null", "~", "1", ".", "[", "]", "{", "}",
    ",", "|", ">", "%", "@", "`", "? ", "<<: ", "=", "\xa0", "title: ", "---", "...", "\t", "- k: ", "\n- ", "\nk: ", "\nj:", "\n  - ", "\n  k: ",
    "\n  k: 'v'", "\nj: \"it's\"", "\n  null: x", "\r", "\u2028", "\x85", "\ufeff", "0x1", "10:30", "NO", "http://a/b", "2021-13-45",
]  # fmt: skip


def read(text: str, source: str = "a.md") -> tuple[list[Article], list[Problem]]:
    articles, problems = parse_document(text.encode(), source)
    return list(articles), list(problems)


def page(fields: str, body: str = "") -> str:
    return f"---\n{fields}\n---\n{body}"


def refusal(text: str, source: str = "a.md") -> str:
    articles, problems = read(text, source)
    assert articles == []
    assert [problem.severity for problem in problems] == [Severity.DOCUMENT]
    return problems[0].line()


@pytest.mark.parametrize("source", ["a.md", "a.markdown", "a.TXT", "a.yaml", "a.yml"])
def test_front_matter_and_body_are_read_from_every_kind_of_page(source: str) -> None:
    (article,), problems = read(page("title: Acme grows", "\nMore of it: by far.\n"), source)

    assert (article.title, article.body, article.part) == ("Acme grows", "More of it: by far.", "main")
    assert problems == []


def test_a_rule_in_the_body_stays_in_the_body() -> None:
    (article,), _ = read(page("title: Acme grows", "One.\n---\nTwo."))

    assert article.body == "One.\n---\nTwo."


def test_front_matter_may_come_after_blank_lines_and_end_in_dots() -> None:
    (article,), problems = read("\n\n---\ntitle: Acme grows\n...\nBody.")

    assert (article.title, article.body, problems) == ("Acme grows", "Body.", [])


@pytest.mark.parametrize("written", ["NO", "yes", "1e3", "0x1F", "12:30", "2021-11-18", "1_000", ".5", "True", "=", "<<"])
def test_a_title_is_the_text_that_was_written(written: str) -> None:
    (article,), problems = read(page(f"title: {written}"))

    assert (article.title, problems) == (written, [])


def test_escaped_quotes_in_a_title_are_quotes() -> None:
    (article,), _ = read(page('title: "Acme calls rival \\"small\\""'))

    assert article.title == 'Acme calls rival "small"'


def test_a_yaml_file_may_be_a_plain_map() -> None:
    (article,), problems = read("title: Acme grows\nwebUrl: https://example.com/a\n", "a.yaml")

    assert (article.url, article.part, problems) == ("https://example.com/a", "main", [])


def test_a_yaml_file_may_be_a_list_of_articles() -> None:
    articles, problems = read("- title: One\n- text: none\n- Two\n", "a.yml")

    assert [(article.title, article.part) for article in articles] == [("One", "item[0]")]
    assert [(problem.field, problem.severity) for problem in problems] == [
        ("item[1].title", Severity.ARTICLE),
        ("item[2]", Severity.ARTICLE),
    ]


def test_a_yaml_file_of_several_documents_holds_several_articles() -> None:
    articles, problems = read("---\ntitle: One\n---\ntitle: Two\n---\ntitle: Three\n", "a.yaml")

    assert [(article.title, article.part) for article in articles] == [("One", "item[0]"), ("Two", "item[1]"), ("Three", "item[2]")]
    assert problems == []


def test_front_matter_that_never_ends_is_refused() -> None:
    assert "front matter: does not end. Put a line of --- after the last field" in refusal("---\ntitle: A\nJust a text.")


def test_front_matter_that_does_not_end_is_refused() -> None:
    assert "front matter: does not end. Put a line of ---" in refusal("---\ntitle: Acme grows\n")


def test_unreadable_yaml_is_refused_with_the_line_of_the_file_and_a_way_to_mend_it() -> None:
    line = refusal(page("category: news\ntitle: Acme: it grows"))

    assert "(line 3)" in line
    assert line.endswith("Put quotes around a text that holds a colon and a space")


def test_a_tab_as_indentation_is_refused() -> None:
    assert "Indent with spaces" in refusal(page("title: Acme grows\nprovider:\n\tname: Example"))


def test_a_set_is_a_list_of_its_names() -> None:
    (article,), problems = read(page("title: Acme grows\ntopics: !!set {AI, Cars}"))

    assert (article.topics, [problem for problem in problems if problem.field == "topics"]) == (("AI", "Cars"), [])


def test_a_title_without_a_visible_character_is_none() -> None:
    articles, _ = read(page('title: "\u200b\u2060 "', "Acme buys Bolt\n\nThe deal closes in May.\n"))

    assert [article.title for article in articles] == ["Acme buys Bolt"]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!foo", "!!binary"])
def test_a_custom_tag_is_refused_by_name(tag: str) -> None:
    assert f'holds the custom YAML tag "{tag}" (line 2)' in refusal(page(f"title: {tag} x"))


@pytest.mark.parametrize("tag", ["!!str", "!!int", "!!timestamp"])
def test_a_plain_tag_changes_nothing(tag: str) -> None:
    (article,), _ = read(page(f"title: {tag} 2021"))

    assert article.title == "2021"


def test_a_few_aliases_are_followed() -> None:
    (article,), problems = read(page("title: &words Acme grows\nexcerpt: *words"))

    assert (article.excerpt, problems) == ("Acme grows", [])


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        (BOMB, "more than 20 YAML aliases"),
        ("foo: &foo [*foo]", "no value before it has the anchor &foo"),
        ("foo: " + "[" * 100_000, "exceeded maximum nesting depth|nested more than 40 deep"),  # an older libyaml has no limit of its own
        ("foo: " + "[" * 90 + "]" * 90, "nested more than 40 deep"),
        ("foo:\n  " + "- " * 100_000 + "x", "nested more than 40 deep"),
        ("foo:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 500)), "nested more than 40 deep"),
    ],
    ids=["alias bomb", "alias of itself", "deep flow", "flow", "deep list", "deep map"],
)
def test_a_bomb_is_refused_quickly_and_in_little_memory(fields: str, what: str) -> None:
    text = page(f"title: Acme grows\n{fields}")
    tracemalloc.start()
    started = time.process_time()

    line = refusal(text)

    seconds, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert re.search(what, line)
    assert seconds < 5  # each takes a few hundredths
    assert peak < 50_000_000


def test_twenty_aliases_and_forty_levels_are_read() -> None:
    aliases, levels = f"foo: [{', '.join(['*words'] * 20)}]", "bar: " + "[" * 40 + "]" * 40

    (article,), problems = read(page(f"title: &words Acme grows\n{aliases}\nheat: 1"))

    assert json.loads(article.extra) == {"foo": ["Acme grows"] * 20}
    assert problems == []
    assert [problem.field for problem in read(page(f"title: Acme grows\n{levels}"))[1]] == ["bar"]  # too deep to keep, not to read


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ("excerpt: *words", "holds the YAML alias *words, but no value before it has the anchor &words (line 3)"),
        ("foo: [&x a, &x b]", "defines the YAML anchor &x twice (line 3)"),
        ("excerpt: a\n--- b", "begins a second YAML document (line 4)"),
        ("excerpt: a\nexcerpt: !foo b", 'holds the custom YAML tag "!foo" (line 4)'),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_line(fields: str, what: str) -> None:
    assert what in refusal(page(f"title: Acme grows\n{fields}"))


def test_an_alias_may_repeat_what_was_left_out() -> None:
    (article,), (problem,) = read(page("title: One\ntitle: &words Two\nexcerpt: *words"))

    assert (article.title, article.excerpt, problem.field) == ("One", "Two", "title")


@pytest.mark.parametrize(
    "text", [page("title: 'It''s'\ntopics: [AI, ~]\nfoo: &x\n  bar: |\n    baz\nqux: *x"), page("title: a: b"), page(BOMB)]
)
def test_pages_are_read_alike_without_libyaml(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    articles, problems = read(text)
    monkeypatch.setattr("newsgraph.ingest.yaml_tree._LOADER", yaml.BaseLoader)
    again, problems_again = read(text)

    assert again == articles
    assert [problem.severity for problem in problems_again] == [problem.severity for problem in problems]


def test_front_matter_of_more_than_a_million_values_is_refused() -> None:
    assert "more than 1,000,000 values" in refusal(page("title: Acme grows\nfoo:\n" + "- x\n" * 1_100_000))


def test_doubled_keys_keep_the_first_and_are_said_with_their_path() -> None:
    (main, other), problems = read(page("title: One\ntitle: Two\nrelated:\n  - title: Three\n    provider: {name: A, name: B}"))

    assert (main.title, other.title) == ("One", "Three")
    assert [problem.field for problem in problems] == ["title", "related[0].provider.name", "related[0].provider.domain"]
    assert "first one was kept" in problems[0].what


def test_a_list_as_a_key_is_left_out() -> None:
    (article,), (problem,) = read(page("title: One\n? [a, b]\n: c"))

    assert article.extra == ""
    assert "name of a field" in problem.what


def test_a_merge_key_is_a_field_like_any_other() -> None:
    (article,), _ = read(page("title: One\nfoo:\n  <<: {bar: baz}"))

    assert json.loads(article.extra) == {"foo": {"<<": {"bar": "baz"}}}


def test_a_scalar_where_a_map_is_due_is_refused() -> None:
    assert "is a text, not a map of fields" in refusal(page("Acme grows"))


def test_empty_front_matter_is_refused() -> None:
    assert "is empty, not a map of fields" in refusal("---\n---\nBody.")


def composed(node: yaml.Node | None) -> Tree:
    """Turn nodes that PyYAML composed into a tree; of several equal names the first counts."""
    if isinstance(node, yaml.SequenceNode):
        return [composed(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        pairs = [(key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
        return {key: composed(value) for key, value in reversed(pairs)}
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in {"", "~", "null", "Null", "NULL"} else str(node.value)
    return None


def read_or_refused(text: str) -> Tree | type[YamlError]:
    try:
        return read_yaml(text, ProblemNotes("a.yaml"))
    except YamlError:
        return YamlError


def composed_or_refused(text: str) -> Tree | type[YamlError]:
    try:
        return composed(yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
    except yaml.YAMLError:
        return YamlError


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_read_or_refused_as_pyyaml_composes_it(text: str) -> None:
    assert read_or_refused(text) == composed_or_refused(text)


def test_the_shape_of_the_seed_is_read() -> None:
    text = (
        'category: news\ntitle: "A \\"small\\" step: 1"\nheat: -1\npublished: NO\n\nprovider:\n  name: O\'Reilly\n  domain: oreilly.com\n\n'
        "topics:\n  - AI\n  - 'It''s'\nrelated:\n- title: B\n  images:\n    - url: https://a.example/b?c=d#e\n      width: 010\n- title: C\n  topics:\n"
    )

    assert read_or_refused(text) == {
        "category": "news", "title": 'A "small" step: 1', "heat": "-1", "published": "NO", "provider": {"name": "O'Reilly", "domain": "oreilly.com"},
        "topics": ["AI", "It's"],
        "related": [{"title": "B", "images": [{"url": "https://a.example/b?c=d#e", "width": "010"}]}, {"title": "C", "topics": None}],
    }  # fmt: skip
