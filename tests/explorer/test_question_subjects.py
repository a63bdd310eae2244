"""What the page's search field may be asked for."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from importlib.resources import files

from newsgraph.core.vocabulary import EDGE_KINDS, EVENT_TYPES, NODE_KINDS, ROLES
from newsgraph.explorer.question_subjects import filler_words, question_links, question_patterns, question_subjects

ROWS = list(csv.DictReader((files("newsgraph") / "data" / "page_questions.csv").read_text(encoding="utf-8").splitlines()))


def _asked() -> dict[str, tuple[object, object]]:
    return {word: (subject["kind"], subject["types"]) for subject in question_subjects() for word in str(subject["words"]).split("|")}


def test_the_table_names_kinds_and_types_that_exist_and_no_word_twice() -> None:
    assert {row["kind"] for row in ROWS} <= {*NODE_KINDS, ""}
    assert {name for row in ROWS for name in row["types"].split()} <= set(EVENT_TYPES)
    words = [word for row in ROWS if row["kind"] for column in ("words", "verbs") for word in row[column].split("|") if word]
    assert len(words) == len(set(words))


def test_every_kind_and_every_type_is_asked_for_by_its_name() -> None:
    asked = _asked()
    assert {kind for kind, _ in asked.values()} == set(NODE_KINDS)
    assert {types[0] for _, types in asked.values() if isinstance(types, list) and len(types) == 1} == set(EVENT_TYPES)


def test_the_sides_of_what_is_asked_are_roles_of_its_types() -> None:
    for row in ROWS:
        roles = {role for side in ("doer", "other", "owner") for role in row[side].split()}
        assert roles <= set(ROLES)
        assert roles <= {role for name in row["types"].split() for role in EVENT_TYPES[name].roles}, row["types"]


def test_verbs_and_nouns_of_a_type_have_the_same_sides() -> None:
    sides = {word: subject for subject in question_subjects() for word in str(subject["words"]).split("|")}
    assert sides["bought"]["sides"] == sides["acquisitions"]["sides"] == [["acquirer"], ["target", "seller"], ["acquirer"]]
    assert ("verb" in sides["bought"], "verb" in sides["acquisitions"]) == (True, False)
    assert sides["invests"]["sides"] == [["investor", "lead investor"], ["target", "company"], ["target", "company"]]
    assert "sides" not in sides["layoffs"]


def test_relations_that_may_be_asked_for_have_edges_that_exist() -> None:
    links = [str(link) for asked in question_links() for link in asked["links"]]  # type: ignore[attr-defined]
    assert {link[1:] for link in links} <= set(EDGE_KINDS)
    assert {link[0] for link in links} == {"<", ">"}


def test_patterns_can_be_read_and_none_is_empty() -> None:
    assert all(re.compile(re.escape(pattern) if name in "$€£¥" else pattern) and pattern for name, pattern in question_patterns().items())


def test_words_that_ask_for_nothing_are_listed_once() -> None:
    fillers = filler_words()
    assert len(fillers) == len(set(fillers))
    assert {"which", "of", "by"} <= set(fillers)


def test_words_of_several_types_ask_for_all_of_them() -> None:
    asked = _asked()
    assert asked["job changes"] == ("event", ["appointment", "departure"])
    assert asked["people and jobs"] == ("event", ["appointment", "departure", "layoff"])
    kind, deals = asked["deals"]
    assert kind == "event"
    assert isinstance(deals, list)
    assert {"acquisition", "investment"} <= set(deals)


def test_no_word_is_of_two_subjects() -> None:
    words = [word for subject in question_subjects() for word in str(subject["words"]).split("|")]
    assert len(words) == len(set(words))


def test_the_order_of_words_does_not_depend_on_the_process() -> None:
    code = "from newsgraph.explorer.question_subjects import question_subjects as subjects; print(subjects())"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
