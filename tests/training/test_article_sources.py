"""Third parties' articles are found in each source's form, checked one by one, and no missing one stops the others."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml

from serving import served

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from article_labels import article_label
from article_texts import FORMS, body_of_page, first_paragraphs, title_of_page
from finder import Finder
from get_articles import get_article_sets
from third_party import Fields, Json, Manifest, digest_of, read_manifest, set_content

PAGE = b'<title>Ostra | News</title><meta property="og:title" content="Ostra&#39;s  mills">'
TRUTH = json.dumps({"p1": {"articleBody": "Ostra of Oslo sells.\nIt  says so.\n \nEnd."}}).encode()
SECTIONS = json.dumps({
    "V1": {"title": "Ostra sells", "body": {"summary": ["In short."], "sections": [{"headline": ["Why"], "paragraphs": ["Debt. ", ""]}, {}]}},
    "V1_1": {"title": "Ostra buys", "body": {"sections": [{"paragraphs": ["Cash."]}]}},
    "V2": {"body": None}, "meta": "none",
}).encode()  # fmt: skip
TEXTS: dict[str, Fields] = {
    "bbc:business/001": ("Ostra sells", "It was £3m.\n\nOslo is calm.".encode().decode("latin-1")),
    "fundus:Paper_V1_1": ("Ostra buys", "Cash."),
    "aeb:p1": ("Ostra's mills", "Ostra of Oslo sells.\n\nIt says so.\n\nEnd."),
    "uci:7": ("Ostra, again", ""),
    "finentity:0": ("", " Ostra sells. "),
}


def record_of(place: str) -> Json:
    """Return an invented article with one company and one event."""
    title, body = TEXTS[place]
    return {
        "id": place.replace(":", "-"), "source": place, "title": title, "published": "2005-01-15", "outlet": "", "kind": "page", "body": body,
        "entities": [{"name": "Ostra", "kind": "company", "surfaces": ["Ostra"], "weight": "subject"}] if "Ostra" in title + body else [],
        "events": [{"type": "other", "roles": {}, "status": "announced", "when": None, "background": False, "evidence": [title or body]}],
    }  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """Invented articles in the forms of the public sources, our labels of them, and a list of sources."""

    folder: Path
    public: Path

    def manifest(
        self, base: str = "https://127.0.0.1:1", use: str = "train", changed: Mapping[str, Json] = MappingProxyType({})
    ) -> Manifest:
        """Read a list of sources whose files are at an address; the default address answers nobody."""
        common: Json = {"licence": "ours", "use": use, "about": "invented"}
        sources: dict[str, Json] = {
            "bbc": {"address": f"{base}/{{document}}", "form": "paragraphs", "document": "{place}.txt"},
            "fundus": {"address": f"{base}/{{document}}", "form": "sections", "documents": {"Paper": "xx/Paper.json"}},
            "aeb": {"address": f"{base}/truth.json", "form": "bodies", "titles": "pages", "sha256": digest_of(TRUTH)},
            "pages": {"address": f"{base}/html/{{document}}", "document": "{place}.html.gz"},
            "uci": {"address": f"{base}/news.zip", "form": "headlines", "names": ["copy.csv"]},
            "finentity": {"address": f"{base}/fin.json", "form": "contents"},
        }
        articles = {
            f"{name}.jsonl": {"path": f"articles/{name}.jsonl", "sha256": digest_of(set_content(records))} | changed.get(name, {})
            for name, records in self.sets().items()
        }
        path = self.folder / "sources.yaml"
        listed = {"sources": {name: {**common, **entry} for name, entry in sources.items()}, "sets": {}, "articles": articles}
        path.write_text(yaml.safe_dump(listed), encoding="utf-8")
        return read_manifest(path)

    @staticmethod
    def sets() -> dict[str, list[Json]]:
        """Return the articles of the two sets: pages, and short texts."""
        records = [record_of(place) for place in TEXTS]
        return {"long": records[:3], "short": records[3:]}

    def finder(self, *given: Path, online: bool = False) -> Finder:
        """Look in folders given, and at addresses where `online`."""
        return Finder(self.folder / "third_party", given, online, timeout=10)

    def made(self, name: str) -> Path:
        """Where a set is to be."""
        return self.folder / "third_party" / "articles" / f"{name}.jsonl"


@pytest.fixture
def invented(tmp_path: Path) -> Invented:
    """Five invented texts, and labels made of them."""
    public = tmp_path / "public"
    for folder in (public / "business", public / "xx", public / "html", tmp_path / "labels" / "articles"):
        folder.mkdir(parents=True)
    (public / "business" / "001.txt").write_text("Ostra sells\n\n It was\n£3m.\n\nOslo is calm.\n", encoding="utf-8")
    (public / "xx" / "Paper.json").write_bytes(SECTIONS)
    (public / "truth.json").write_bytes(TRUTH)
    (public / "html" / "p1.html.gz").write_bytes(gzip.compress(PAGE))
    (public / "news.zip").write_bytes(packed('6\tNews\tu\n7\tOstra, again\tu\n8\tEnd"\tu\n'))
    (public / "fin.json").write_text(json.dumps([{"content": " Ostra sells. "}]), encoding="utf-8")
    for name, records in Invented.sets().items():
        (tmp_path / "labels" / "articles" / f"{name}.jsonl").write_bytes(set_content(map(article_label, records)))
    return Invented(tmp_path, public)


def packed(table: str) -> bytes:
    """Return a packed table, as the news aggregator has it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "none")
        archive.writestr("newsCorpora.csv", table)
    return content.getvalue()


def test_articles_are_put_together_from_files_given(invented: Invented) -> None:
    lines, complete = get_article_sets(invented.manifest(), invented.finder(invented.public))
    assert (lines, complete) == (
        ["long.jsonl: put together from our labels and 3 texts", "short.jsonl: put together from our labels and 2 texts"],
        True,
    )
    for name, records in Invented.sets().items():
        assert invented.made(name).read_bytes() == set_content(records)
    assert get_article_sets(invented.manifest(), invented.finder()) == (
        ["long.jsonl: there already", "short.jsonl: there already"],
        True,
    )


def test_articles_are_downloaded_and_kept(invented: Invented) -> None:
    with served(invented.public) as base:
        assert get_article_sets(invented.manifest(base), invented.finder(online=True))[1]
    for name in Invented.sets():
        invented.made(name).unlink()
    assert get_article_sets(invented.manifest(), invented.finder())[1]


def test_a_set_of_articles_given_is_copied(invented: Invented) -> None:
    given = invented.folder / "given"
    given.mkdir()
    for name, records in Invented.sets().items():
        (given / f"{name}.jsonl").write_bytes(set_content(records))
    lines, complete = get_article_sets(invented.manifest(), invented.finder(given))
    assert (lines, complete) == (["long.jsonl: copied from a folder given", "short.jsonl: copied from a folder given"], True)


def test_another_copy_of_a_file_serves_as_well(invented: Invented) -> None:
    (invented.public / "news.zip").unlink()
    with (invented.public / "copy.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("ID", "TITLE"), ("7", "Ostra, again")])
    assert get_article_sets(invented.manifest(), invented.finder(invented.public))[1]


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("business/001.txt", "Ostra buys\n\nNow.", "001.txt is in no folder given"),
        ("business/001.txt", "", "001.txt is in no folder given"),
        ("xx/Paper.json", "[]", "Paper.json is in no folder given"),
        ("html/p1.html.gz", "no archive", "p1.html.gz is in no folder given"),
        ("truth.json", "{}", "truth.json is in no folder given"),
    ],
)
def test_what_is_missing_or_changed_does_not_stop_the_rest(invented: Invented, file: str, content: str, reason: str) -> None:
    kept = (invented.public / file).read_bytes()
    (invented.public / file).write_text(content, encoding="utf-8")
    lines, complete = get_article_sets(invented.manifest(), invented.finder(invented.public))
    assert not complete
    assert lines[0].startswith("long.jsonl: MISSING: 1 of 3 texts could not be had, 2 are written: ")
    assert reason in lines[0]
    assert lines[1] == "short.jsonl: put together from our labels and 2 texts"
    assert len(invented.made("long").read_bytes().splitlines()) == 2
    (invented.public / file).write_bytes(kept)
    assert get_article_sets(invented.manifest(), invented.finder(invented.public))[1]


def test_a_changed_download_is_refused(invented: Invented) -> None:
    (invented.public / "news.zip").write_bytes(packed("7\tOstra, once more\tu\n"))
    (invented.public / "business" / "001.txt").write_text("Ostra buys", encoding="utf-8")
    with served(invented.public) as base:
        lines, complete = get_article_sets(invented.manifest(base), invented.finder(online=True))
    assert not complete
    assert lines[0].endswith("2 are written: business/001.txt: no text in it has the digest of the labels, so it was changed")
    assert lines[1].endswith("1 are written: uci: no text in it has the digest of the labels, so it was changed")


def test_a_set_of_articles_that_was_changed_is_left_and_reported(invented: Invented) -> None:
    invented.made("long").parent.mkdir(parents=True)
    invented.made("long").write_bytes(b"{}\n")
    lines, complete = get_article_sets(invented.manifest(), invented.finder(invented.public))
    assert not complete
    assert "was changed" in lines[0]
    assert invented.made("long").read_bytes() == b"{}\n"
    assert lines[1] == "short.jsonl: put together from our labels and 2 texts"


def test_articles_that_do_not_make_the_set_listed_are_refused(invented: Invented) -> None:
    lines, complete = get_article_sets(invented.manifest(changed={"short": {"sha256": "0" * 64}}), invented.finder(invented.public))
    assert not complete
    assert lines[1] == "short.jsonl: MISSING: its texts and labels were put together, but the SHA-256 is not that of the manifest"
    assert not invented.made("short").exists()


def test_what_is_for_measuring_only_lies_apart(invented: Invented) -> None:
    with pytest.raises(ValueError, match=r"training must not read it, so .* must not lie in articles/"):
        get_article_sets(invented.manifest(use="measure"), invented.finder(invented.public))
    apart: dict[str, Json] = {name: {"path": f"measured/{name}.jsonl"} for name in Invented.sets()}
    assert get_article_sets(invented.manifest(use="measure", changed=apart), invented.finder(invented.public))[1]
    assert (invented.folder / "third_party" / "measured" / "long.jsonl").is_file()


def test_an_article_of_the_bbc_is_found_in_both_ways_that_it_was_annotated() -> None:
    content = "Ostra sells\n\nIt was\n£3m.\n\n Oslo is  calm.\n".encode()
    assert list(FORMS["paragraphs"](content)) == [
        ("Ostra sells", "It was £3m.\n\nOslo is calm.".encode().decode("latin-1")),
        ("Ostra sells", "It was\n\n£3m.\n\nOslo is calm."),
    ]


def test_paragraphs_are_taken_until_there_are_words_enough() -> None:
    assert first_paragraphs(["a b", " ", "c  d\ne", "f"], 3) == "a b\n\nc d e"
    assert first_paragraphs(["a b"], 0) == ""


def test_each_form_of_source_is_read() -> None:
    assert list(FORMS["sections"](SECTIONS)) == [("Ostra sells", "In short.\n\nWhy\n\nDebt."), ("Ostra buys", "Cash.")]
    assert list(FORMS["sentences"](b'document_id\ttext\nd1\tOstra said "so .\n')) == [("", 'Ostra said "so .')]
    assert list(FORMS["held_in"](b'{"holdin_instances": ["Ostra"], "holdout_instances": ["Oslo"]}')) == [("", "Ostra")]
    assert list(FORMS["headlines"](b'S No.,Title\n1,"Ostra, Oslo"\n')) == [("Ostra, Oslo", "")]
    pages = 'title,text\n Ostra  sells ,"Friday, March 8, 2019\u00a0\n\n\nOn Friday,  Ostra sold.\n\nOslo is calm."\nOstra,"On Friday, Ostra bought."\n'
    assert list(FORMS["wiki_pages"](pages.encode())) == [
        ("Ostra sells", "On Friday, Ostra sold.\n\nOslo is calm."),
        ("Ostra", "On Friday, Ostra bought."),
    ]
    assert body_of_page(TRUTH, "p2") == ""
    assert title_of_page(gzip.compress(b"<title> Ostra &amp; Oslo\n</title>")) == "Ostra & Oslo"
    assert title_of_page(gzip.compress(b"<p>Ostra</p>")) == ""


def test_excerpts_are_headlines_with_their_first_sentence() -> None:
    table = b"Headlines,Time,Description\nOstra  sells,Jul 18 2020,It was a mill .\n,,\nOstra buys,Jul 19 2020,\n"
    assert list(FORMS["excerpts"](table)) == [("Ostra sells", "It was a mill ."), ("Ostra buys", "")]


@pytest.mark.parametrize(
    ("parted", "printed"),
    [
        ("Ostra to sell mill : WSJ", "Ostra to sell mill: WSJ"),
        ("Ostra 's U. S. unit , bought for USD 1. 45 billion", "Ostra's U.S. unit, bought for $1.45 billion"),
        ("Amazon. com cuts 3, 000 jobs , wo n't say why", "Amazon.com cuts 3,000 jobs, won't say why"),
        ("Shippers ' plan ( again )", "Shippers' plan (again)"),
        ("Ostra sees 'no risk' in mill", "Ostra sees 'no risk' in mill"),
    ],
)
def test_parted_words_of_a_headline_are_joined_as_they_were_printed(parted: str, printed: str) -> None:
    content = io.StringIO()
    csv.writer(content).writerow(("2020-07-18", parted))
    assert list(FORMS["tokens"](content.getvalue().encode())) == [(printed, "")]
