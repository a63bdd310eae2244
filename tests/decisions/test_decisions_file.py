"""The file of decisions: what it may hold, how each mistake is told, and how entries are added and taken off."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from folders import titled
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError
from newsgraph.decisions.decision import Decision, EventReference, NamedThing, Verb
from newsgraph.decisions.decisions_file import parse_decisions, read_decisions
from newsgraph.decisions.decisions_writer import append_addition, folded_text, format_addition, format_decision, remove_addition
from newsgraph.decisions.entry_fields import folded

SAME = Decision(Verb.SAME, (NamedThing("Facebook"), NamedThing("Meta")))
BOMB = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(9))

HOSTILE = [
    (BOMB, "line 4", "YAML aliases"),
    ("- same: !!python/object/apply:os.system [ls]", "line 1", "custom YAML tag"),
    ("- same: [A, B]\n- same: [C, D\x00]", "line 2", "control character"),
    ("- same: [A, B]\n- same: a: b", "line 2", "not valid YAML"),
    ("same: [A, B]", "line 1", "unknown field"),
    ("decision:\n- same: [A, B]", "line 1", "unknown field"),
    ("decisions:\n  same: [A, B]", "line 1", "no list"),
    ("decisions: all", "line 1", "no list"),
    ("# mine\n\n- same: {A: B}", "line 3", "unknown field"),
    ("- same: [A, B]\n- same: [C, D]\n  same: [C, E]", "line 2", "more than once"),
    ("decisions: []\ndecisions: []", "line 1", "more than once"),
    ("- same: [{article: A}, B]", "line 1", "names companies and articles"),
    ("- different: [{article: A}]", "line 1", "fewer than two articles"),
    ("- same: [A, B]\n  wy: because", "line 1", "unknown field"),
    ("- same: [A, B]\n  amount: 5", "line 1", "unknown field"),
    ("- wrong_event: {type: wedding, parties: [A, B]}", "line 1", "not a type of event"),
    ("- wrong_event: {type: deal, parties: [A, B]}", "line 1", "not a type of event"),
    ("- wrong_event: {type: merger, parties: [A, B], monht: 2024-05}", "line 1", "unknown field"),
    ("- wrong_event: {type: merger, parties: [A, B], month: May}", "line 1", "not a month"),
    ("- wrong_event: {type: merger}", "line 1", "has no name"),
    ("- wrong_event: [A, B]", "line 1", "names no event"),
    ("- right_amount: {type: merger, parties: [A, B]}\n  amount: lots\n  currency: USD", "line 1", "not a number"),
    ("- right_amount: {type: merger, parties: [A, B]}\n  amount: 1,5\n  currency: USD", "line 1", "not a number"),
    ("- right_amount: {type: merger, parties: [A, B]}\n  amount: 5", "line 1", "no amount with currency"),
    ("- same: [A, B]\n  different: [A, C]", "line 1", "names 2 kinds"),
    ("- who: Ann", "line 1", "names 0 kinds"),
    ("- same: A", "line 1", "names one company"),
    ("- same: [A, '']", "line 1", "has no name"),
    ("- same: [[A, B], C]", "line 1", "a list, not a text"),
    ("- rename: A", "line 1", "no new name"),
    ("- not_a_company: [A, B]", "line 1", "names 2 companies"),
    ("- event: {type: merger, parties: [A, B]}", "line 1: set", "sets nothing"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {}", "line 1: set", "sets nothing"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {state: completed}", "line 1: set", "unknown field"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {status: done}", "line 1: set: status", "not a status"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {when: 2024-13}", "line 1: set: when", "no day, month or year"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {when: 2024-02-30}", "line 1: set: when", "no day, month or year"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {when: 202٤}", "line 1: set: when", "no day, month or year"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {type: deal}", "line 1: set", "not a type of event"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {roles: {buyer: A}}", "line 1: set: roles", "not a role of merger"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {type: ipo, roles: {party: A}}", "line 1: set: roles", "not a role of ipo"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {roles: [A]}", "line 1: set: roles", "no roles with names"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {amount: 5}", "line 1: set", "no amount with currency"),
    ("- event: {type: merger, parties: [A, B]}\n  set: {amount: none, currency: USD}", "line 1: set: currency", "belongs to no amount"),
    ("- add: A", "line 1: add", "describes no event"),
    ("- add: {event: {type: ipo}, article: x, sentence: y}", "line 1: add: event: roles", "no main party"),
    ("- add: {event: {type: ipo, roles: {company: A}, part: none}, article: x, sentence: y}", "line 1: add: event: part", "is none"),
    ("- add: {event: {type: ipo, roles: {company: A}}, sentence: y}", "line 1: add: article", "is missing"),
    ("- add: {event: {type: ipo, roles: {company: A}}, article: x}", "line 1: add: sentence", "is missing"),
    ("- add: {event: {type: ipo, roles: {company: A}}, artikel: x}", "line 1: add", "unknown field"),
    ('- same: [A, B]\n- rename: A\n  to: "Bad\\0Na\\x01me"', "line 2: to", r"the control character '\x00'"),
    ('- rename: A\n  to: "\\x01\\uFFFE"', "line 1: to", "control character"),
    ('- rename: A\n  to: "\\u200b\\u2060"', "line 1", "no new name"),
    ('- same: [A, "B\\x85\\x9f"]', "line 1", "control character"),
    ('- same: [A, {name: B, in: "\\e"}]', "line 1", "control character"),
    ('- event: {type: ipo, parties: [A]}\n  set: {roles: {company: "\\a"}}', "line 1: set: roles: company", "control character"),
    ('- event: {type: ipo, parties: [A]}\n  set: {part: "\\uFFFF"}', "line 1: set: part", "control character"),
    ('- add: {event: {type: ipo, roles: {company: "\\x1c"}}, article: x, sentence: y}', "line 1: add: event: roles", "control character"),
    ("- person: [A, B]", "line 1", "names 2 people"),
    ("- A and B", "line 1", "not a decision"),
    ("- ~", "line 1", "not a decision"),
]


@pytest.mark.parametrize(("text", "where", "what"), HOSTILE)
def test_a_mistake_is_told_with_its_file_and_line(text: str, where: str, what: str) -> None:
    with pytest.raises(InputError) as error:
        parse_decisions(text, "decisions.yaml")

    assert str(error.value).startswith("decisions.yaml")
    assert where in str(error.value)
    assert what in str(error.value)


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("- same: [A, B]\n" * 700_000)

    with pytest.raises(InputError, match="10,500,000 bytes"):
        read_decisions(path)


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_bytes(b"- same: [A, B]\n- same: [Z\xfcrich, Basel]\n")

    with pytest.raises(InputError, match="line 2: is not UTF-8"):
        read_decisions(path)


@pytest.mark.parametrize("text", ["- same: [A, B]\n  different: [A, C]", "decisions: !!python/name:os.system x", "- same: [A\x00, B]"])
def test_a_build_tells_a_mistake_in_one_line_and_ends_with_two(tmp_path: Path, text: str) -> None:
    folder = titled(tmp_path / "news", a="Sanofi buys Owkin for $5 million")
    (folder / "decisions.yaml").write_text(text)

    result = CliRunner().invoke(main, ["build", str(folder), "-o", str(tmp_path / "out")])

    assert result.exit_code == 2
    assert result.output.startswith("error: ")
    assert result.output.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_each_decision_knows_the_line_that_it_begins_at() -> None:
    text = "# ours\ndecisions:\n  # first\n  - same:\n      - A\n      - B\n    why: |\n      so\n      - it is\n\n  - {not a company: X}\n"

    assert [one.line for one in parse_decisions(text, "f")] == [4, 11]


def test_lines_hold_in_a_list_in_brackets_too() -> None:
    assert [one.line for one in parse_decisions("[{same: [A, B]},\n {same: [C, D]}]", "f")] == [1, 2]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "decisions:\n", "[]", "decisions: []", "---\n", "{}"])
def test_a_file_may_be_without_decisions(text: str) -> None:
    assert parse_decisions(text, "f") == []


AWKWARD = [
    "no",
    "123",
    "1_000",
    "null",
    "~",
    "- a",
    "a: b",
    "#x",
    "[a",
    "{a",
    "&a",
    "*b",
    "!!c",
    "'",
    '"',
    "%",
    "@",
    "`",
    "|",
    ">",
    "? a",
    "a\\b",
]
TEXTS = st.sampled_from(AWKWARD) | st.text(min_size=1, max_size=12)
FILLED = TEXTS.filter(lambda text: bool(folded(text)))
NAMED = st.builds(NamedThing, FILLED, st.just("") | FILLED)
AMOUNTS = st.floats(min_value=0.01, max_value=9e17)
EVENTS = st.builds(
    EventReference,
    st.sampled_from(["merger", "investment"]),
    st.lists(FILLED, min_size=1, max_size=2).map(tuple),
    st.sampled_from(["", "2024-05"]),
    st.none() | AMOUNTS,
)
SIGNED = {"who": TEXTS | st.just(""), "when": TEXTS | st.just(""), "why": TEXTS | st.just("")}
GROUPS = st.lists(NAMED, min_size=2, max_size=4, unique_by=lambda one: (folded(one.name), folded(one.article)))
ONE = NAMED.map(lambda one: (one,))
DECISIONS = st.one_of(
    st.builds(Decision, st.sampled_from([Verb.SAME, Verb.DIFFERENT]), GROUPS.map(tuple), **SIGNED),
    st.builds(Decision, st.just(Verb.RENAME), ONE, name=FILLED, **SIGNED),
    st.builds(Decision, st.just(Verb.NOT_A_COMPANY), ONE, **SIGNED),
    st.builds(Decision, st.just(Verb.WRONG_EVENT), event=EVENTS, **SIGNED),
    st.builds(
        Decision, st.just(Verb.RIGHT_AMOUNT), event=EVENTS, amount=AMOUNTS, currency=st.text(string.ascii_uppercase, min_size=3, max_size=3),
        **SIGNED,
    ),
)  # fmt: skip
BEGINNINGS = [
    "",
    "# ours\n",
    "decisions:\n",
    "decisions:\n  - same: [A, B] # sure",
    "- not_a_company: X\n# more:\n",
    "---\n- same: [A, B]\r\n",
    "\ufeff",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(DECISIONS, max_size=4), st.sampled_from(BEGINNINGS))
def test_whatever_is_added_reads_back_alike_after_what_was_there(decisions: list[Decision], text: str) -> None:
    before = parse_decisions(text, "f")
    after = text
    for one in decisions:
        after += format_addition(after, one, "f")

    assert after.startswith(text)
    assert parse_decisions(after, "f") == [*before, *map(folded_text, decisions)]


def test_an_entry_is_written_as_people_write_it() -> None:
    one = Decision(
        Verb.SAME, (NamedThing("AT&T"), NamedThing("Delta", "https://news.example/a?b=1#c")), who="Ann", why='they say "one": so'
    )

    assert format_decision(one) == (
        '- same: ["AT&T", {name: Delta, in: "https://news.example/a?b=1#c"}]\n  who: Ann\n  why: "they say \\"one\\": so"\n'
    )


@pytest.mark.parametrize("text", ["[{same: [A, B]}]", "decisions: []", "- same: [A, B]\n...\n", "decisions: {}\n"])
def test_a_file_that_cannot_be_added_to_at_its_end_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(text)

    with pytest.raises(InputError, match=r"decisions\.yaml"):
        append_addition(path, SAME)

    assert path.read_text() == text


@pytest.mark.parametrize("text", [b"# ours\r\n- same: [A, B]\r\n", b"- same: [A, B]", b"\xef\xbb\xbf# x", b""])
def test_taking_off_gives_the_former_bytes(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_bytes(text)
    path.chmod(0o640)

    first = append_addition(path, SAME)
    second = append_addition(path, Decision(Verb.NOT_A_COMPANY, (NamedThing("Drugmaker"),)))
    assert path.read_bytes() != text
    remove_addition(path, second)
    remove_addition(path, first)

    assert path.read_bytes() == text
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_was_made_for_an_entry_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"

    remove_addition(path, append_addition(path, SAME))

    assert list(tmp_path.iterdir()) == []


def test_what_somebody_else_wrote_meanwhile_is_not_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    added = append_addition(path, SAME)
    path.write_text(path.read_text() + "# mine\n")

    with pytest.raises(InputError, match="changed in the meantime"):
        remove_addition(path, added)

    assert path.read_text().endswith("# mine\n")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        append_addition(tmp_path / "missing" / "decisions.yaml", SAME)


def test_the_page_about_decisions_shows_every_verb_as_it_can_be_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "decisions.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]

    assert {one.verb for one in parse_decisions(example, "decisions.md")} == set(Verb)
