"""Archives: what is in them is read like the files of a folder, and what means harm is told and stays inside."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from newsgraph.core.model import Severity
from newsgraph.ingest import FoundDocuments, archives, fetch, opened_inputs, parse_content

PAGE = b"# Halden Ports grows\n\nIt loads more ships."


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, *members: tarfile.TarInfo, data: bytes = PAGE) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for member in members:
            member.size = len(data) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(data))
    return path


def opened(*paths: Path) -> tuple[FoundDocuments, dict[str, list[str]]]:
    """Return what was found, and the titles of each document."""
    with opened_inputs(paths) as found:
        titles = {document.source: [article.title for article in parse_content(fetch(document)).articles] for document in found.documents}
    return found, titles


def problems(found: FoundDocuments) -> list[str]:
    assert all(problem.severity is Severity.DOCUMENT for problem in found.problems)
    return [f"{problem.source}: {problem.field}: {problem.what}" for problem in found.problems]


def test_members_are_named_by_their_place_in_the_archive(tmp_path: Path) -> None:
    zipped(tmp_path / "news.zip", **{"b/a.md": PAGE, "a.txt": PAGE, "b\\c.md": PAGE})

    _, titles = opened(tmp_path)

    assert list(titles) == ["news.zip/a.txt", "news.zip/b/a.md", "news.zip/b/c.md"]
    assert all(of_file == ["Halden Ports grows"] for of_file in titles.values())


@pytest.mark.parametrize("name", ["../a.md", "deep/../../a.md", "/etc/a.md", "C:\\a.md", "..\\a.md"])
def test_a_path_that_leads_out_of_a_zip_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    zipped(tmp_path / "in" / "news.zip", **{name: PAGE, "good.md": PAGE})

    found, titles = opened(tmp_path / "in")

    assert list(titles) == ["news.zip/good.md"]
    assert problems(found) == [f'news.zip: member "{name}": has a path that leads out of the archive; it was not read']
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
@pytest.mark.parametrize("name", ["news.tar", "news.tar.gz"])
def test_links_and_devices_in_a_tar_file_are_refused(tmp_path: Path, name: str, kind: bytes) -> None:
    link = tarfile.TarInfo("a.md")
    link.type, link.linkname = kind, "/etc/hostname"

    found, titles = opened(tarred(tmp_path / name, link, tarfile.TarInfo("good.md"), tarfile.TarInfo("../up.md")))

    assert list(titles) == [f"{name}/good.md"]
    assert problems(found) == [
        f'{name}: member "../up.md": has a path that leads out of the archive; it was not read',
        f'{name}: member "a.md": is a link or a device; it was not read',
    ]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_in_a_zip_file_are_refused(tmp_path: Path, kind: int) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        for name, mode in {"a.md": kind | 0o777, "good.md": stat.S_IFREG | 0o644, "plain.md": 0}.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, "/etc/hostname" if name == "a.md" else PAGE)

    found, titles = opened(tmp_path / "news.zip")

    assert list(titles) == ["news.zip/good.md", "news.zip/plain.md"]
    assert problems(found) == ['news.zip: member "a.md": is a link or a device; it was not read']


def test_a_bomb_is_left_when_it_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_TRUSTED", 1_000_000)
    zipped(tmp_path / "zip.zip", **{"good.md": PAGE, "bomb.jsonl": bytes(9_000_000)})
    tarred(tmp_path / "tar.tar.gz", tarfile.TarInfo("bomb.bin"), data=bytes(9_000_000))
    (tmp_path / "one.csv.gz").write_bytes(gzip.compress(bytes(9_000_000)))

    found, titles = opened(tmp_path)

    assert titles["zip.zip/good.md"] == ["Halden Ports grows"]
    said = "document: unpacks to far more than news; what came before that place was read"
    assert problems(found) == [f"{name}: {said}" for name in ("one.csv.gz", "tar.tar.gz", "zip.zip")]


def test_a_member_that_is_too_large_is_told_by_its_name(tmp_path: Path) -> None:
    zipped(tmp_path / "news.zip", **{"large.md": PAGE * 1_000_000})

    with opened_inputs([tmp_path]) as found:
        reading = parse_content(fetch(found.documents[0]))

    assert [problem.line() for problem in reading.problems] == [
        "news.zip/large.md: document: is larger than 20 MB. Split it into smaller files"
    ]


def test_an_archive_with_too_many_members_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    zipped(tmp_path / "news.zip", **{f"{number}.md": PAGE for number in range(4)})

    found, titles = opened(tmp_path)

    assert len(titles) == 2
    assert problems(found) == ["news.zip: document: has more than 2 files; the others were not read"]


@pytest.mark.parametrize("name", ["news.zip", "news.tar", "news.tar.gz", "a.md.gz"])
@pytest.mark.parametrize("keep", [0, 10, 300, 600])
def test_an_archive_that_breaks_off_is_told(tmp_path: Path, name: str, keep: int) -> None:
    path = tmp_path / name
    noise = b"".join(sha256(bytes([number])).digest() for number in range(60))  # which does not shrink
    members = {f"{number}.md": noise for number in range(9)}
    if name.endswith(".zip"):
        zipped(path, **members)
    elif name == "a.md.gz":
        path.write_bytes(gzip.compress(noise))
    else:
        tarred(path, *map(tarfile.TarInfo, members), data=noise)
    path.write_bytes(path.read_bytes()[:keep])

    found, _ = opened(tmp_path)

    assert len(found.problems) == 1
    assert "archive" in found.problems[0].what


def test_a_damaged_header_in_a_tar_file_is_told_and_what_is_before_it_is_read(tmp_path: Path) -> None:
    path = tarred(tmp_path / "news.tar", tarfile.TarInfo("a.md"), tarfile.TarInfo("b.md"), tarfile.TarInfo("c.md"))
    data = bytearray(path.read_bytes())
    data[1024 + 148 : 1024 + 156] = b"99999999"  # the sum of the second header
    path.write_bytes(data)

    found, titles = opened(path)

    assert list(titles) == ["news.tar/a.md"]
    assert problems(found) == ["news.tar: document: is a damaged archive (invalid header); what came before that place was read"]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "news.zip", **{"a.md": PAGE, "b.md": PAGE})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)

    found, titles = opened(path)

    assert list(titles) == ["news.zip/b.md"]
    assert problems(found) == ['news.zip: member "a.md": is encrypted; it was not read']


def test_what_is_no_news_in_an_archive_is_named(tmp_path: Path) -> None:
    zipped(
        tmp_path / "news.zip",
        **{"a.png": b"x", ".b.md": PAGE, "__MACOSX/c.md": PAGE, "d.zip": b"x", "e": b"\0\1", "f.md": PAGE, "g/Companies.csv": b"name\nFoo"},
    )

    found, titles = opened(tmp_path)

    assert list(titles) == ["news.zip/f.md"]
    assert [(one.source, one.what) for one in found.passed_over] == [
        ("news.zip/.b.md", "is hidden"),
        ("news.zip/__MACOSX/c.md", "is hidden"),
        ("news.zip/a.png", "is a picture"),
        ("news.zip/d.zip", "is an archive in an archive"),
        ("news.zip/e", "is in no form of news that newsgraph knows"),
        ("news.zip/g/Companies.csv", "is a list for the build, not news"),
    ]


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    found, titles = opened(zipped(tmp_path / "news.zip"))

    assert titles == {}
    assert problems(found) == ["news.zip: document: is an empty archive"]
