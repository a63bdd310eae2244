"""A build keeps articles in languages that are not read, counts them, and finds no names and no events in them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

import newsgraph as ng
from newsgraph.cli.app import main

TEXTS = {
    "de.md": "Siemens AG kauft Altair Inc. für zehn Milliarden Dollar\n\nDer Konzern hat die Übernahme mit der Firma vereinbart und zahlt im Mai.",
    "at.md": "Acme Inc. kauft Bolt Inc.\n\nDas Unternehmen hat den Kauf der Firma mit dem Eigentümer vereinbart und zahlt dafür in bar.",
    "fr.md": "Sanofi SA rachète Owkin Inc.\n\nLe groupe a annoncé l'acquisition de la société pour un montant de 180 millions de dollars.",
    "en.md": "Siemens AG buys Altair Inc. for $10 billion\n\nThe deal is expected to close in May, the companies said on Monday.",
}


def test_articles_in_other_languages_are_kept_counted_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "news" / name).write_text(f"# {text}\n", encoding="utf-8")

    result = CliRunner().invoke(
        main, ["build", str(tmp_path / "news"), "-o", str(tmp_path / "out"), "--extractor", "rules", "-f", "turtle"], catch_exceptions=False
    )

    assert "3 in other languages were not read for names and events (2 de, 1 fr)" in result.stdout
    graph = ng.load(tmp_path / "out")
    articles = dict(graph.tables["articles"].select("source", "language").iter_rows())
    assert articles == {"de.md": "de", "at.md": "de", "fr.md": "fr", "en.md": None}
    assert graph.tables["mentions"].height > 0
    english = graph.tables["articles"].filter(graph.tables["articles"]["source"] == "en.md")["iri"].to_list()
    assert set(graph.tables["mentions"]["article"]) == set(english)
    turtle = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert turtle.count("schema:inLanguage") == len(TEXTS) - 1
