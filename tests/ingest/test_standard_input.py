"""The standard input: its form is known by its first bytes."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from newsgraph.core.errors import InputError
from newsgraph.ingest import fetch, find_documents, parse_content, saved_input
from newsgraph.ingest.standard_input import likely_extension

TITLE = "Halden Ports grows"


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (f"---\ntitle: {TITLE}\n---\nText", ".md"),
        (f'+++\ntitle = "{TITLE}"\n+++\nText', ".md"),
        (f"title: {TITLE}\nbody: Text", ".yaml"),
        (f'{{"title": "{TITLE}"}}', ".json"),
        (f'[{{"headline": "{TITLE}"}}]', ".json"),
        (f'{{"title": "{TITLE}"}}\n{{"title": "Another"}}', ".jsonl"),
        (f"<?xml version='1.0'?><rss version='2.0'><channel><item><title>{TITLE}</title></item></channel></rss>", ".xml"),
        (f"title,text\n{TITLE},Text", ".csv"),
        (f"{TITLE}\n\nText", ".txt"),
    ],
)
def test_what_is_sent_is_read_in_its_form(data: str, extension: str) -> None:
    assert likely_extension(data.encode()) == extension
    assert likely_extension(gzip.compress(data.encode())) == f"{extension}.gz"

    with saved_input([Path("-")], io.BytesIO(data.encode())) as (path,):
        (document,) = find_documents([path]).documents
        reading = parse_content(fetch(document))

    assert document.source == f"standard-input{extension}"
    assert reading.articles[0].title == TITLE
    assert reading.problems == ()
    assert not path.exists()


def test_an_empty_standard_input_is_an_error() -> None:
    with pytest.raises(InputError, match="-: the standard input is empty"), saved_input([Path("-")], io.BytesIO(b" \n")):
        pass


def test_other_inputs_stay_as_they_are(tmp_path: Path) -> None:
    with saved_input([tmp_path], io.BytesIO(b"")) as places:
        assert places == [tmp_path]
