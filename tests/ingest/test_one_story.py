"""One story in every form in which users have it: `tests/cases/one_story`, and forms that are made here because they are binary."""

from __future__ import annotations

import gzip
import io
import sqlite3
import tarfile
import zipfile
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newsgraph.core.model import Article
from newsgraph.ingest import fetch, opened_inputs, parse_content
from newsgraph.pipeline.graph_build import BuildOptions, build_counted

CASES = Path(__file__).parents[1] / "cases" / "one_story"
FILES = sorted(path.name for path in CASES.iterdir())
TITLE = "Halden Ports buys Zorvex Robotics for $240 million"
TEXT = ("said on Monday that it buys Zorvex Robotics for $240 million in cash.", "is expected to close in May")
PLACE = "https://www.harborledger.example/2025/02/03/"
DOMAIN = "harborledger.example"
# What a form does not have: no link and so no outlet, no day, no topics, no text.
LACKS = {
    "2025-02-03-plain.md": {"link", "outlet", "topics"},
    "plain.txt": {"link", "outlet", "topics", "day"},
    "wire.iptc": {"link", "outlet", "topics"},
    "gdelt.json": {"topics", "text"},
    "media_cloud.json": {"topics"},
    "news_api.json": {"topics"},
}
# Forms that name the outlet only by its domain.
NAMELESS = {"gdelt.json", "media_cloud.json", "news_please.json"}
ROW = {
    "title": TITLE, "date": "2025-02-03", "link": f"{PLACE}row", "outlet": "Harbor Ledger", "tags": "robotics; ports",
    "text": f"Halden Ports {TEXT[0]}\n\nThe deal {TEXT[1]}.",
}  # fmt: skip


def read(path: Path) -> list[Article]:
    """Read the articles of a file, which must have no problem and no field that is not understood."""
    articles: list[Article] = []
    with opened_inputs([path]) as found:
        assert not found.problems
        for document in found.documents:
            reading = parse_content(fetch(document))
            assert [problem.line() for problem in reading.problems] == []
            assert [field.name for field in reading.unread] == []
            articles += reading.articles
    return articles


def assert_story(article: Article, link: str, lacks: frozenset[str] | set[str] = frozenset(), *, named: bool = True) -> None:
    """Check every field of the story in an article."""
    assert article.title == TITLE
    assert ("day" in lacks) == (article.published is None)
    assert "day" in lacks or (article.published is not None and article.published.date().isoformat() == "2025-02-03")
    assert article.url == (None if "link" in lacks else link)
    outlet = (article.provider.name, article.provider.domain) if article.provider else None
    assert outlet == (None if "outlet" in lacks else ("Harbor Ledger" if named else DOMAIN, DOMAIN))
    assert {"robotics", "ports"} <= set(article.topics) or ("topics" in lacks and not article.topics)
    assert "text" in lacks or all(part in article.body for part in TEXT)


@pytest.mark.parametrize("name", FILES)
def test_the_story_is_whole_in_every_form(name: str) -> None:
    (article,) = read(CASES / name)

    stem = name.replace(".", "_") if name.startswith("table") else name.rpartition(".")[0]
    assert_story(article, f"{PLACE}{stem}", LACKS.get(name, set()), named=name not in NAMELESS)


def test_the_story_is_whole_in_a_parquet_file(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([ROW]), tmp_path / "story.parquet")

    (article,) = read(tmp_path / "story.parquet")

    assert_story(article, ROW["link"])


def test_the_story_is_whole_in_a_database(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "story.sqlite")) as database:
        database.execute(f"CREATE TABLE news ({', '.join(ROW)})")
        database.execute(f"INSERT INTO news VALUES ({', '.join('?' * len(ROW))})", list(ROW.values()))  # noqa: S608 - our own names
        database.commit()

    (article,) = read(tmp_path / "story.sqlite")

    assert_story(article, ROW["link"])


@pytest.mark.parametrize("name", ["rss.xml", "hugo.md", "json_feed.json", "table.csv"])
@pytest.mark.parametrize("archive", ["news.zip", "news.tar", "news.tar.gz", "news.tgz", "gz"])
def test_the_story_is_whole_in_an_archive(tmp_path: Path, name: str, archive: str) -> None:
    data = (CASES / name).read_bytes()
    path = tmp_path / (f"{name}.gz" if archive == "gz" else archive)
    if archive == "gz":
        path.write_bytes(gzip.compress(data, mtime=0))
    elif archive == "news.zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(f"deep/{name}", data)
    else:
        member = tarfile.TarInfo(f"deep/{name}")
        member.size = len(data)
        with tarfile.open(path, "w" if archive.endswith("tar") else "w:gz") as tar:
            tar.addfile(member, io.BytesIO(data))

    (article,) = read(path)

    assert article.title == TITLE
    assert article.source == f"{path.name}/{name}" if archive == "gz" else f"{path.name}/deep/{name}"


def test_a_folder_of_all_forms_is_read_whole() -> None:
    built = build_counted([CASES], BuildOptions(extractor="none"))

    assert built.tables["article_sources"]["source"].n_unique() == len(FILES)
    assert built.tables["articles"].height == len(FILES) - 1  # two without a link have one title and one day, so that they are one
    assert built.tables["problems"].height == 0
    assert built.report.is_complete
    assert sum(articles for _, _, articles in built.report.dialects()) == len(FILES)
