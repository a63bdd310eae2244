"""The way back from cleaned text: offsets cut the mention out of the text as the document gives it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.markdown_marks import pieces_without_marks
from newsgraph.core.model import Article, Facts, Kind
from newsgraph.extract import extract
from newsgraph.extract.text.article_text import decode, read_text
from reading_cases import article

PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["Sanofi", "Owkin", "Apple, Inc.", "AT&amp;T", "Johnson &amp; Johnson", "Marks & Spencer", "삼성전자", "SANOFI", "Nvidia (NVDA, X)"]
    ),
    st.sampled_from(
        [
            "&pound;30 million",
            "&quot;",
            "&#8217;s",
            "&amp;",
            "&#0;",
            "&#x1F680;",
            "&nosuch;",
            "&#8203;",
            "&",
            "'s",
            "’s",
            "🚀",
            "👩‍👩‍👧",
            "é",
            "\u200b",
            "\u202e",
            "\ufeff",
        ]
    ),
    st.sampled_from(
        [
            " invests $180 mln in ",
            " buys ",
            " and ",
            " (",
            ") ",
            ". ",
            "\n",
            " - ",
            "-",
            "| ",
            "PARIS (Reuters) - ",
            "CORRECTED-",
            "10%",
            "on Monday",
            "**",
            "_",
            "[Bolt](https://bolt.example)",
            "{{< figure >}}",
            "\n- ",
            "```",
        ]
    ),
    st.sampled_from(["\x00", "\ud800", "\u2028", "\r", "\t", "\xa0", "\u0130", "ß", "ﬁ"]),
)
ANY_TEXT = st.lists(PIECES, max_size=14).map("".join)


def cut_out(told: Article, facts: Facts, name: str) -> list[str]:
    return [told.text[mention.start : mention.end] for mention in facts.mentions if mention.name == name]


def plain(text: str) -> str:
    """Spell a piece of a document as a mention's text is spelled: decoded, without what nobody sees, quotes straight."""
    return decode(text)


@pytest.mark.parametrize(
    ("title", "name", "cut"),
    [
        ("Sanofi&#8217;s plan &amp; Owkin", "Sanofi", "Sanofi"),
        ("R&amp;D at Sanofi", "Sanofi", "Sanofi"),
        ("AT&amp;T said its sales fell", "AT&T", "AT&amp;T"),
        ("Shares of Johnson &amp; Johnson fell", "Johnson & Johnson", "Johnson &amp; Johnson"),
        ("🚀🚀 Boeing said 🚀 it flies", "Boeing", "Boeing"),
        ("“Quiet” – says Sanofi’s chief", "Sanofi", "Sanofi"),
        ("Sam\u200bsung said it grew", "Samsung", "Sam\u200bsung"),
        ("L&#39;Oréal sells fewer lipsticks", "L'Oréal", "L&#39;Oréal"),
        ("L’Oréal sells fewer lipsticks", "L'Oréal", "L’Oréal"),
        ("&#x1F680; Nvidia said it grew", "Nvidia", "Nvidia"),
        ("\u202bשלום\u202c Nokia said it grew", "Nokia", "Nokia"),
        ("It cost &pound;30 million to build", "30000000 GBP", "&pound;30 million"),
        ("Shares of **Johnson &amp; Johnson** fell", "Johnson & Johnson", "Johnson &amp; Johnson"),
        ("[Sanofi](https://sanofi.example/a_b_c) said it grew", "Sanofi", "Sanofi"),
        ("It cost **$30** *million* to build", "30000000 USD", "$30** *million"),
    ],
)
def test_offsets_cut_the_mention_out_of_the_text_as_it_is_written(title: str, name: str, cut: str) -> None:
    told = article(title, "Then nothing.")

    assert cut_out(told, extract(told, load_lexicon()), name) == [cut]


def test_offsets_of_an_excerpt_count_from_the_title_on() -> None:
    told = article("A &amp; B 🚀", "Then Sanofi said it grew.")

    assert cut_out(told, extract(told, load_lexicon()), "Sanofi") == ["Sanofi"]


def test_offsets_of_a_body_count_from_the_title_on() -> None:
    told = article("A &amp; B 🚀", body="Then Sanofi said it grew.")

    assert cut_out(told, extract(told, load_lexicon()), "Sanofi") == ["Sanofi"]


def test_no_mention_reaches_from_the_title_into_the_excerpt() -> None:
    told = article("A long talk with Johnson", "& Johnson said it grew")
    boundary = len(told.title)

    assert [mention for mention in extract(told, load_lexicon()).mentions if mention.start < boundary < mention.end] == []


@settings(deadline=None, max_examples=150)  # a slow machine is no bug
@given(ANY_TEXT, ANY_TEXT, st.sampled_from(["", "Sanofi buys Owkin."]), st.sampled_from([None, date(2021, 11, 18), date.min, date.max]))
@example("", "B&#x1F680;AA", "", None)
def test_no_text_makes_it_fail_and_every_offset_cuts_out_its_mention(title: str, excerpt: str, body: str, day: date | None) -> None:
    told = article(title or "x", excerpt, day, body)

    facts = extract(told, load_lexicon())

    cuts = [(0, mention.start, mention.end, len(told.text)) for mention in facts.mentions]
    spans = [
        (plain(pieces_without_marks(told.text, cut)[1]), plain(mention.text)) for cut, mention in zip(cuts, facts.mentions, strict=True)
    ]
    assert [pair for pair in spans if pair[0] != pair[1] or not pair[0]] == []


@settings(deadline=None, max_examples=100)  # a slow machine is no bug
@given(ANY_TEXT, ANY_TEXT)
def test_the_evidence_of_a_report_lies_in_the_text_and_is_more_than_nothing(title: str, excerpt: str) -> None:
    told = article(title or "x", excerpt)

    facts = extract(told, load_lexicon())

    spans = [(report.start, report.end) for report in facts.reports] + [(total.start, total.end) for total in facts.totals]
    assert all(0 <= start < end <= len(told.text) for start, end in spans)


@settings(deadline=None, max_examples=100)  # a slow machine is no bug
@given(ANY_TEXT)
def test_tokens_follow_each_other_and_lie_in_sentences(title: str) -> None:
    text = read_text(article(title or "x"))

    assert text.starts == sorted(text.starts)
    assert [text.clean[start:end] for start, end in zip(text.starts, text.ends, strict=True)] == text.tokens
    assert [at for sentence in text.sentences for at in range(sentence.first, sentence.last)] == list(range(len(text.tokens)))


@pytest.mark.parametrize(
    "title", ["🚀Zorvex Inc. grows", "Zorvex Inc.🚀 grows", "Zorvex Inc. ❤️grows", "→Zorvex Inc. grows", "Bo🚀Zorvex Inc. grows"]
)
def test_a_picture_is_no_part_of_the_name_beside_it(title: str) -> None:
    found = extract(article(title, ""), load_lexicon())

    assert [mention.text.rstrip(".") for mention in found.mentions if mention.kind is Kind.COMPANY] == ["Zorvex Inc"]


def test_a_text_for_people_has_no_entities_and_single_blanks() -> None:
    assert decode("Sanofi&#8217;s  plan &amp;\n more\u200b") == "Sanofi's plan & more"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a&#8203;b", "ab"),
        ("a\u200bb", "ab"),
        ("a&nbsp;b", "a b"),
        ("a&nosuch;b", "a b"),
        ("a & b; c", "a & b; c"),
        ("a&#128640;", "a🚀"),
        ("Q&A;", "Q&A;"),
    ],
)
def test_entities_are_read_as_browsers_show_them(written: str, read: str) -> None:
    assert decode(written) == read


def test_the_mention_of_a_company_is_a_company() -> None:
    facts = extract(article("Sanofi said it grew"), load_lexicon())

    assert [mention.kind for mention in facts.mentions] == [Kind.COMPANY]


# --- text that was escaped twice, and tags in it


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Microsoft#39;s new phone", "Microsoft's new phone"),
        ("Microsoft&amp;#39;s new phone", "Microsoft's new phone"),
        ("AT amp;T and S&amp;amp;P", "AT&T and S&P"),
        ("Marks amp; Spencer", "Marks & Spencer"),
        ("quot;Fine,quot; he said", '"Fine," he said'),
        ('&lt;A HREF="http://x.example/q?a=1&amp;b=2"&gt;Oracle&lt;/A&gt; rose', "Oracle rose"),
        ("<b>Acme</b> rose<br/>today", "Acme rose today"),
        ("&amp;lt;p&amp;gt;Acme rose", " Acme rose"),
        # what only looks like it
        ("a < b; c > d", "a < b; c > d"),
        ("if a<b and c>d; e", "if a<b and c>d; e"),
        ("item #12; item #7;", "item #12; item #7;"),
        ("5 amp; 10 amps;", "5 & 10 amps;"),
    ],
)
def test_escapes_and_tags_are_no_words(raw: str, clean: str) -> None:
    assert read_text(article(raw)).clean == clean


@pytest.mark.parametrize(
    "raw", ["Zorvex#39;s AT amp;T Quorl", '&lt;A HREF="http://x.example"&gt;AT&amp;amp;T&lt;/A&gt; and Quorl', "<b>AT&amp;T</b> Quorl"]
)
def test_offsets_lead_to_the_given_text(raw: str) -> None:
    text = read_text(article(raw))

    for number, token in enumerate(text.tokens):
        start, end = text.span(number, number + 1)
        assert raw[start:end] == token or ";" in raw[start:end]
    assert raw[slice(*text.span(len(text.tokens) - 1, len(text.tokens)))] == "Quorl"
