"""Texts of third parties are got with the right digest or not at all; played with invented texts and a server on this machine."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import URLError

import pytest
import yaml

from serving import served

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from finder import Finder
from get_texts import assemble, get_sets
from make_labels import gold_label, marked_label
from third_party import Json, Manifest, digest_of, read_manifest, set_content

PASSAGE = {
    "relation": "acquired_by", "invert_relation": 1, "e1_start": 0, "e1_end": 1, "e2_start": 5, "e2_end": 6, "e1_name": "Halden Foods",
    "e2_name": "Ostra", "context": ["Halden", "Foods", ",", "``", "bought", "Ostra", "'s", "''", "mills", "."],
}  # fmt: skip
CORE_RECORD: Json = {
    "title": "", "excerpt": '[Halden Foods|COMPANY], "bought [Ostra|COMPANY]\'s" mills.',
    "events": [{"type": "acquisition", "subject": "Halden Foods", "object": "Ostra"}], "source": "CORE:0",
    "relation": {"type": "acquired_by", "head": "Halden Foods", "tail": "Ostra", "inverted": True, "head_surface": "Halden Foods", "tail_surface": "Ostra's"},
}  # fmt: skip
DOCUMENT = """---
title: "Halden  Foods &amp; Ostra"
excerpt: "Halden Foods buys Ostra."
related:
  - title: "Ostra is sold"
    excerpt: "Halden Foods of Oslo pays for Ostra"
---
"""
NEWS_RECORD: Json = {
    "title": "[Halden Foods|COMPANY] & [Ostra|COMPANY]",
    "excerpt": "[Halden Foods|COMPANY] buys Ostra.",
    "events": [],
    "source": "powerapps:a.md",
}
GOLD_RECORD: Json = {
    "doc": "a.md", "part": "related[0]", "title": "Ostra is sold", "excerpt": "Halden Foods of Oslo pays for Ostra",
    "companies": [{"name": "Halden", "surfaces": ["Halden Foods"]}], "places": [{"name": "Oslo", "surfaces": ["Oslo"]}],
    "events": [{"type": "acquisition", "subject": "Halden", "object": None, "evidence": "Ostra is sold"}], "story": "ostra",
}  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """Invented texts in the forms of the public sources, and a list of sources with our labels of them."""

    folder: Path
    public: Path
    records: list[Json]

    def manifest(self, base: str = "https://127.0.0.1:1", sha256: str = "", use: str = "train") -> Manifest:
        """Read a list of sources whose files are at an address; the default address answers nobody."""
        core = digest_of((self.public / "train.json").read_bytes())
        common: Json = {"licence": "ours", "use": use, "about": "invented"}
        sources = {name: {**common, "address": f"{base}/{{document}}"} for name in ("powerapps", "news")}
        sources["core"] = {**common, "address": f"{base}/train.json", "sha256": core}
        wanted = {"path": "marked/set.jsonl", "sha256": sha256 or digest_of(set_content(self.records)), "without": "nothing is learned."}
        path = self.folder / "sources.yaml"
        path.write_text(yaml.safe_dump({"sources": sources, "sets": {"set.jsonl": wanted}}), encoding="utf-8")
        return read_manifest(path)

    def finder(self, *given: Path, online: bool = False) -> Finder:
        """Look in folders given, and at addresses where `online`."""
        return Finder(self.folder / "third_party", given, online, timeout=10)

    @property
    def made(self) -> Path:
        """Where the set is to be."""
        return self.folder / "third_party" / "marked" / "set.jsonl"


@pytest.fixture
def invented(tmp_path: Path) -> Invented:
    """Three invented texts, and labels made of them."""
    public = tmp_path / "public"
    for folder in (public, tmp_path / "labels"):
        folder.mkdir()
    (public / "train.json").write_text(json.dumps([PASSAGE]), encoding="utf-8")
    (public / "a.md").write_text(DOCUMENT, encoding="utf-8")
    labels = [marked_label(CORE_RECORD, [PASSAGE]), marked_label(NEWS_RECORD, []), gold_label(GOLD_RECORD)]
    (tmp_path / "labels" / "set.jsonl").write_bytes(set_content(labels))
    return Invented(tmp_path, public, [CORE_RECORD, NEWS_RECORD, GOLD_RECORD])


def test_a_set_is_put_together_from_files_given(invented: Invented) -> None:
    lines, complete = get_sets(invented.manifest(), invented.finder(invented.public))
    assert (lines, complete) == (
        ["set.jsonl: put together from our labels and texts of core (1), powerapps (1), news (1)"],
        True,
    )
    assert [json.loads(line) for line in invented.made.read_text(encoding="utf-8").splitlines()] == invented.records
    assert get_sets(invented.manifest(), invented.finder()) == (["set.jsonl: there already"], True)


def test_a_set_is_put_together_from_downloads_which_are_kept(invented: Invented) -> None:
    with served(invented.public) as base:
        assert get_sets(invented.manifest(base), invented.finder(online=True))[1]
    assert invented.made.read_bytes() == set_content(invented.records)
    invented.made.unlink()
    assert get_sets(invented.manifest(), invented.finder())[1]


def test_a_set_given_is_copied(invented: Invented) -> None:
    given = invented.folder / "given" / "deep"
    given.mkdir(parents=True)
    (given / "set.jsonl").write_bytes(set_content(invented.records))
    assert get_sets(invented.manifest(), invented.finder(given.parent)) == (["set.jsonl: copied from a folder given"], True)
    assert invented.made.read_bytes() == set_content(invented.records)


def test_a_set_given_with_another_digest_is_refused(invented: Invented) -> None:
    (invented.public / "set.jsonl").write_bytes(b"{}\n")
    (invented.public / "a.md").unlink()
    lines, complete = get_sets(invented.manifest(), invented.finder(invented.public))
    assert not complete
    assert lines[0].startswith(f"{invented.public / 'set.jsonl'}: not used, its SHA-256 is ")
    assert lines[1].startswith("set.jsonl: MISSING: 2 of 3 texts could not be had: a.md is in no folder given")
    assert lines[2] == "  Without it nothing is learned."
    assert not invented.made.exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("train.json", "mills", "works", "its SHA-256 is "),
        ("a.md", "buys", "sells", "no title and excerpt in it has the digest "),
    ],
)
def test_a_changed_source_is_refused(invented: Invented, name: str, old: str, new: str, reason: str) -> None:
    manifest = invented.manifest()
    path = invented.public / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with served(invented.public) as base:
        moved = replace(
            manifest,
            sources={
                key: replace(each, address=each.address.replace("https://127.0.0.1:1", base)) for key, each in manifest.sources.items()
            },
        )
        lines, complete = get_sets(moved, invented.finder(online=True))
    assert not complete
    assert "MISSING: 1 of 3 texts could not be had" in lines[0]
    assert reason in lines[0]
    assert not invented.made.exists()


def test_texts_that_do_not_make_the_set_listed_are_refused(invented: Invented) -> None:
    lines, complete = get_sets(invented.manifest(sha256="0" * 64), invented.finder(invented.public))
    assert not complete
    assert lines[0] == "set.jsonl: MISSING: its texts and labels were put together, but the SHA-256 is not that of the manifest"
    assert not invented.made.exists()


def test_a_set_that_was_changed_is_left_and_reported(invented: Invented) -> None:
    invented.made.parent.mkdir(parents=True)
    invented.made.write_bytes(b"{}\n")
    lines, complete = get_sets(invented.manifest(), invented.finder(invented.public))
    assert not complete
    assert "was changed" in lines[0]
    assert invented.made.read_bytes() == b"{}\n"


def test_a_server_that_cannot_be_reached_is_asked_once(invented: Invented, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    reason = "no way there"

    def refuse(address: str, timeout: float) -> None:
        asked.append(f"{address}, {timeout}")
        raise URLError(reason)

    monkeypatch.setattr("finder.urlopen", refuse)
    manifest = invented.manifest()
    records, faults = assemble(manifest.labels_of(manifest.sets[0]), manifest, invented.finder(online=True))
    assert records == []
    assert faults == 3 * ["127.0.0.1:1 cannot be reached (no way there)"]
    assert asked == ["https://127.0.0.1:1/train.json, 10"]


def test_what_is_for_measuring_only_is_never_read(invented: Invented) -> None:
    with pytest.raises(ValueError, match="core: training must not read it"):
        get_sets(invented.manifest(use="measure"), invented.finder(invented.public))
