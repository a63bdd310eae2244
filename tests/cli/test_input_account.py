"""What a build and `inspect` say about the inputs: what was read as what, what was lost, not understood and passed over."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsgraph.cli.app import main

PAGE = "---\ntitle: Halden Ports grows\ndate: 2025-02-03\n{more}---\nIt loads more ships.\n"
FEED = "<rss version='2.0'><channel><title>Ledger</title><link>https://ledger.example/</link>{items}</channel></rss>"
ITEM = "<item><title>{title}</title><link>https://ledger.example/{title}</link><pubDate>Mon, 03 Feb 2025 08:30:00 GMT</pubDate></item>"


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def build(folder: Path, *options: str, given: bytes | None = None) -> Result:
    return run(
        "build",
        folder if given is None else "-",
        "-o",
        folder.parent / "out",
        "--extractor",
        "none",
        "-f",
        "ntriples",
        *options,
        given=given,
    )


def fill(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def report(folder: Path) -> dict[str, object]:
    content = json.loads((folder.parent / "out" / "report.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def said(result: Result, word: str) -> str:
    return next((line for line in result.stdout.splitlines() if line.startswith(f"{word} ")), "")


def test_the_account_names_forms_losses_fields_and_other_files(tmp_path: Path) -> None:
    folder = fill(
        tmp_path / "in",
        **{
            "a.md": PAGE.format(more="mood: good\n"), "b.md": PAGE.format(more="mood: bad\n"), "c.md": "---\ntitle: x\n",
            "d.xml": FEED.format(items=ITEM.format(title="One") + ITEM.format(title="Two")), "e.png": "", "f.css": "", "companies.csv": "name\nHalden Ports\n",
        },
    )  # fmt: skip

    result = build(folder)

    assert result.exit_code == 1
    assert said(result, "read as") == "read as    front matter (3 files, 2 articles), web feed (1 file, 2 articles)"
    assert said(result, "lost") == "lost       1 document"
    assert said(result, "unknown") == 'unknown    mood (2 records, such as "good" in a.md)'
    assert said(result, "passed by") == "passed by  1 .css, 1 .png"
    assert report(folder) == {
        "format": 1,
        "totals": {"files": 4, "articles": 4, "passed_over": 3, "lost": {"documents": 1, "articles": 0, "lines": 0, "fields": 0}},
        "dialects": [{"dialect": "front matter", "files": 3, "articles": 2}, {"dialect": "web feed", "files": 1, "articles": 2}],
        "not_understood": [{"field": "mood", "records": 2, "files": 2, "example": "good", "in": "a.md"}],
        "files": [
            {"file": "a.md", "dialect": "front matter", "articles": 1, "not_understood": {"mood": 1}},
            {"file": "b.md", "dialect": "front matter", "articles": 1, "not_understood": {"mood": 1}},
            {
                "file": "c.md", "dialect": "front matter", "articles": 0, "lost": {"documents": 1, "articles": 0, "lines": 0, "fields": 0},
                "problems": [
                    {"field": "front matter", "what": "does not end", "hint": "Put a line of --- after the last field", "severity": "document"}
                ],
            },
            {"file": "d.xml", "dialect": "web feed", "articles": 2},
        ],
        "passed_over": [
            {"file": "companies.csv", "reason": "is a list for the build, not news", "hint": "Rename it if it is news"},
            {"file": "e.png", "reason": "is a picture", "hint": "Its address belongs in the field images of an article"},
            {"file": "f.css", "reason": "is a part of a web page's design", "hint": "It holds no news"},
        ],
    }  # fmt: skip


def test_the_report_is_the_same_when_all_comes_from_the_cache(tmp_path: Path) -> None:
    folder = fill(
        tmp_path / "in", **{"a.md": PAGE.format(more="mood: good\n"), "b.jsonl": '{"title": "One"}\n{"excerpt": "no title"}\nx\n'}
    )
    build(folder)
    first = report(folder)
    (folder / "c.md").write_text(PAGE.format(more=""), encoding="utf-8")
    build(folder)
    (folder / "c.md").unlink()

    build(folder)

    assert report(folder) == first
    assert first["totals"] == {
        "files": 2,
        "articles": 2,
        "passed_over": 0,
        "lost": {"documents": 0, "articles": 1, "lines": 1, "fields": 0},
    }


@pytest.mark.parametrize("more", [{"e.png": ""}, {"b.md": PAGE.format(more="mood: bad\n")}, {"b.md": PAGE.format(more="heat: hot\n")}])
def test_strict_makes_an_error_of_anything_that_was_not_read(tmp_path: Path, more: dict[str, str]) -> None:
    folder = fill(tmp_path / "in", **{"a.md": PAGE.format(more="")}, **more)

    assert build(folder).exit_code == 0
    result = build(folder, "--strict")

    assert result.exit_code == 1
    assert "--strict" in result.stderr


def test_strict_is_content_when_all_was_read(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", **{"a.md": PAGE.format(more=""), "companies.csv": "name\nHalden Ports\n", ".hidden": ""})

    assert build(folder, "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cut.xml", FEED.format(items=ITEM.format(title="One") * 2)[:-60]),
        ("cut.jsonl", '{"title": "One"}\n{"title": "Tw'),
        ("cut.csv", 'title,text\nOne,x\nTwo,"y'),
        ("cut.json", '{"items": [{"title": "One"}, {"exc'),
    ],
)
@pytest.mark.parametrize("options", [[], ["-q"]])
def test_a_feed_that_breaks_off_never_ends_with_0_and_is_told(tmp_path: Path, name: str, text: str, options: list[str]) -> None:
    folder = fill(tmp_path / "in", **{"good.md": PAGE.format(more=""), name: text})

    result = build(folder, *options)

    assert result.exit_code == 1
    assert f"left out: {name}: " in result.stderr
    assert build(folder, *options).exit_code == 1  # from the cache


def test_a_folder_without_news_ends_with_2_and_says_what_is_in_it(tmp_path: Path) -> None:
    result = build(fill(tmp_path / "in", **{"e.png": "", "f.css": ""}))

    assert result.exit_code == 2
    assert said(result, "passed by") == "passed by  1 .css, 1 .png"
    assert not (tmp_path / "out" / "report.json").exists()


def test_verbose_lists_each_file_that_was_passed_over(tmp_path: Path) -> None:
    result = build(fill(tmp_path / "in", **{"a.md": PAGE.format(more=""), "e.png": ""}), "-v")

    assert "  e.png: is a picture. Its address belongs in the field images of an article" in result.stdout.splitlines()


def test_the_standard_input_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = FEED.format(items=ITEM.format(title="One"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(feed.encode())))

    result = build(tmp_path / "in", given=feed.encode())

    assert result.exit_code == 0
    assert said(result, "read as") == "read as    web feed (1 file, 1 article)"


def test_the_standard_input_cannot_be_watched(tmp_path: Path) -> None:
    result = build(tmp_path / "in", "--watch", given=b"x")

    assert result.exit_code == 2
    assert "cannot be watched" in result.stderr


# --- inspect


def test_inspect_shows_each_field_and_where_it_comes_from(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", **{"a.md": PAGE.format(more="link: https://ledger.example/a\nmood: good\nheat: hot\n"), "e.png": ""})

    result = run("inspect", folder)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "a.md: front matter, 1 article",
        "  main",
        "    title      Halden Ports grows  [title]",
        "    published  2025-02-03T00:00:00+00:00  [date]",
        "    link       https://ledger.example/a  [link]",
        "    outlet     ledger.example (ledger.example)  [host of the link]",
        "    topics     [not found]",
        "    body       It loads more ships.  [the text]",
        "    heat       hot  [heat, not understood]",
        "    mood       good  [not understood]",
        '  problem: heat: is "hot", which is not a number. Write a plain number such as 14 or 0.5',
        "e.png: passed over: is a picture. Its address belongs in the field images of an article",
    ]


def test_inspect_ends_with_1_if_a_file_gave_no_article(tmp_path: Path) -> None:
    result = run("inspect", fill(tmp_path / "in", **{"c.md": "---\ntitle: x\n"}))

    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "c.md: front matter, 0 articles"


def test_inspect_shows_the_first_articles_and_says_that_there_are_more(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", **{"d.xml": FEED.format(items="".join(ITEM.format(title=name) for name in "ABCDEFG"))})

    lines = run("inspect", folder, "--items", "2").stdout.splitlines()

    assert [line for line in lines if line.startswith("  ") and not line.startswith("   ")] == [
        "  item[0]",
        "  item[1]",
        "  and more: --items 7 shows all",
    ]


def test_inspect_prints_json(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", **{"map.yaml.txt": "", "a.json": json.dumps({"kop": "Ports grow", "tekst": "x" * 1000})})
    (tmp_path / "map.yaml").write_text("title: kop\nbody: tekst\n", encoding="utf-8")

    result = run("inspect", folder / "a.json", "--map", tmp_path / "map.yaml", "--json")

    row = json.loads(result.stdout)
    assert (row["file"], row["dialect"], row["articles"], row["problems"]) == ("a.json", "JSON", 1, [])
    fields = {one["field"]: (one["value"], one["origin"]) for one in row["items"][0]["fields"]}
    assert fields["title"] == ("Ports grow", "kop")
    assert fields["body"] == ("x" * 1000, "tekst")
