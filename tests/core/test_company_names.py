"""How company names are cut and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.company_names import legal_forms, name_key, split_name, strip_legal_form


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Zorvex Inc.", "Zorvex"),
        ("Zorvex, Inc.", "Zorvex"),
        ("Zorvex S.A.", "Zorvex"),
        ("Zorvex GmbH", "Zorvex"),
        ("Zorvex GmbH & Co. KG", "Zorvex"),
        ("Zorvex Pvt Ltd", "Zorvex"),
        ("Zorvex PLC", "Zorvex"),
        ("Zorvex", "Zorvex"),
        ("Zorvex Aktiengesellschaft", "Zorvex"),
        ("Zorvex Public Limited Company", "Zorvex"),
        ("Joint Stock Company Zorvex", "Zorvex"),
        ("Zorvex Sp. z o.o.", "Zorvex"),
        ("Zorvex Společnost s ručením omezeným", "Zorvex"),
        ("ООО Зорвекс", "Зорвекс"),
        ("株式会社ゾルベックス", "ゾルベックス"),
        ("ZorvexAG", "Zorvex"),
        ("Inc.", "Inc."),
        ("Joint Stock Company", "Joint Stock Company"),
        ("Zorvex Ltd Services", "Zorvex Ltd Services"),
    ],
)
def test_a_legal_form_is_taken_off_the_end(name: str, bare: str) -> None:
    assert strip_legal_form(name) == bare


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("AT&T", ["AT&T"]),
        ("Coca-Cola", ["Coca-Cola"]),
        ("L'Oréal", ["L'Oréal"]),
        ("L’Oréal", ["L’Oréal"]),
        ("C3.ai said", ["C3.ai", "said"]),
        ("Sanofi's plan", ["Sanofi", "'s", "plan"]),
        ("Sanofi’s plan", ["Sanofi", "’s", "plan"]),
        ("Siemens' plan", ["Siemens", "'", "plan"]),
        ("U.S. Steel", ["U.S.", "Steel"]),
        ("Marks & Spencer", ["Marks", "&", "Spencer"]),
        ("grew. Then", ["grew", ".", "Then"]),
        ("1,250,000 trees", ["1,250,000", "trees"]),
        ("삼성전자", ["삼성전자"]),
    ],
)
def test_a_name_is_cut_into_these_tokens(text: str, tokens: list[str]) -> None:
    assert split_name(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nestlé S.A.", "nestle"),
        ("The Home Depot", "Home Depot"),
        ("Ben & Jerry's", "Ben and Jerry"),
        ("AT&T", "AT and T"),
        ("1st Zorvex Bank", "First Zorvex Bank"),
        ("Zorvex Organisation", "Zorvex Organization"),
        ("Zorvex Centre", "Zorvex Center"),
        ("Zorvex AG", "Zorvex Aktiengesellschaft"),
        ("Halverne Broadcasting Corporation (HBC)", "Halverne Broadcasting Corporation"),
        ("Zorvex (formerly Dunmore)", "Zorvex"),
        ("Coca-Cola", "Coca Cola"),
        ("Yahoo!", "Yahoo!"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Zorvex Air", "Zorvex Sea"), ("The", ""), ("삼성", "현대"), ("Inc.", "Ltd."),
                                              ("Bank of Zorvex (Hong Kong)", "Bank of Zorvex (Singapore)"), ("Zorvex (Asia)", "Zorvex")])  # fmt: skip
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Brigade 44", "brigade44"),
        ("3M", "3m"),
        ("21st Zorvex Fund", "21stzorvexfund"),
        ("Zorvex Hldgs", "zorvexhldgs"),
        ("3%ers", "3%ers"),
    ],
)
def test_keys_that_files_of_kept_iris_contain_stay_as_they_are(name: str, key: str) -> None:
    assert name_key(name) == key


@given(
    st.lists(st.sampled_from(["Zorvex", "Inc.", "Co.", "&", "and", ",", "Ltd", "Pvt", "GmbH", "KG", "S.A.", "de", "C.V.", "."]), min_size=1)
)
def test_a_name_without_its_legal_form_has_none_left_and_is_something(words: list[str]) -> None:
    bare = strip_legal_form(" ".join(words))

    assert bare
    assert strip_legal_form(bare) == bare


@given(st.text())
def test_no_name_makes_it_fail_and_tokens_hold_every_letter(name: str) -> None:
    assert sorted(c for token in split_name(name) for c in token if c.isalnum()) == sorted(c for c in name if c.isalnum())
    name_key(name)


def test_every_legal_form_of_the_list_is_taken_off() -> None:
    assert [form for form in sorted(legal_forms()) if strip_legal_form(f"Zorvex {form}") != "Zorvex"] == []
