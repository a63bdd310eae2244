"""The language of a text: as it is declared, unless its words are plainly of another one; else detected."""

from __future__ import annotations

import json

import pytest

from newsgraph.ingest.document_parser import parse_document
from newsgraph.ingest.text_language import language_of, plain_tag

TEXTS = {
    "en": "Siemens has agreed to buy Altair Engineering for ten billion dollars, and the deal is expected to close in May.",
    "de": "Siemens hat die Übernahme von Altair Engineering vereinbart und zahlt dafür zehn Milliarden Dollar, wie der Konzern am Montag mitteilte.",
    "fr": "Le groupe Sanofi a annoncé lundi l'acquisition de la société Owkin pour un montant de 180 millions de dollars, sous réserve des autorités.",
    "es": "El grupo Iberdrola ha comprado la empresa Avangrid por dos mil millones de dólares, según ha anunciado la compañía este lunes en Madrid.",
    "pt": "A Petrobras anunciou nesta segunda-feira a venda de uma refinaria na Bahia por dois bilhões de dólares, mas não disse quem são os compradores.",
    "ru": "Компания Яндекс объявила о покупке сервиса доставки еды за сто миллионов долларов.",
    "ja": "トヨタ自動車は月曜日、米国の電池会社を買収すると発表した。買収額は十億ドルに上る。",
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_language_of_a_text_is_detected(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (TEXTS["en"], "en_GB", "en-GB"),
        (TEXTS["de"], "de-AT", "de-AT"),
        (TEXTS["de"], "en", "de"),
        (TEXTS["ru"], "en-US", "ru"),
        (TEXTS["en"], "de", "en"),
        ("Acme Robotics", "fi", "fi"),
        ("Acme Robotics", "", ""),
        (TEXTS["fr"], "French", "fr"),
    ],
)
def test_what_a_document_declares_counts_unless_its_words_are_plainly_of_another_language(text: str, declared: str, expected: str) -> None:
    assert language_of(text, declared) == expected


@pytest.mark.parametrize("text", ["Banco de la Nación and La Poste buy El Corte", "Nestlé buys Crédit Agricole", "Le Monde sold", "AT&T"])
def test_names_of_other_languages_do_not_make_a_text_one_of_them(text: str) -> None:
    assert language_of(text) in {"", "en"}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("EN_us", "en-US"), ("zh-hant-tw", "zh-Hant-TW"), ("pt_BR.UTF-8", "pt-BR"), ("English", ""), ("", ""), ("es-419", "es-419")],
)
def test_tags_are_written_as_the_standard_has_them(tag: str, expected: str) -> None:
    assert plain_tag(tag) == expected


def language_in(**fields: object) -> tuple[str, list[str]]:
    (article,), problems = parse_document(json.dumps({"title": "Acme", "body": TEXTS["en"], **fields}).encode(), "a.json")
    return article.language, [problem.what for problem in problems]


def test_plain_english_without_a_declaration_has_no_tag() -> None:
    """So the graph of English news stays as it was before languages were detected."""
    assert language_in() == ("", [])
    assert language_in(language="en") == ("en", [])
    assert language_in(body=TEXTS["de"]) == ("de", [])


def test_a_language_that_is_no_text_is_named() -> None:
    assert language_in(language=5) == ("", ["is a number, not a language; it was detected"])
    assert language_in(language=["fr", "en"], body=TEXTS["fr"]) == ("fr", [])
