"""The picture that a user would draw: python-frontmatter and pyvis, articles with their providers, topics and related articles.

Usage: python benchmarks/others/picture.py FOLDER FILE.html
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import frontmatter
from pyvis.network import Network

Fields = dict[str, Any]


def script(folder: Path, target: Path) -> None:
    """Draw a folder of documents."""
    network = Network(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    for path in sorted(folder.glob("*.md")):
        page: Fields = dict(frontmatter.load(str(path)).metadata)
        related = page.get("related") or []
        for one in (page, *related):
            url, domain = one["webUrl"], one["provider"]["domain"]
            network.add_node(url, label=one["title"][:40], title=one["title"], color="#4e79a7")
            network.add_node(domain, label=one["provider"]["name"], color="#f28e2b")
            network.add_edge(url, domain, label="publisher")
            for topic in one.get("topics") or ():
                network.add_node(topic, label=topic, color="#59a14f")
                network.add_edge(url, topic, label="subject")
        for one in related:
            network.add_edge(page["webUrl"], one["webUrl"], label="relation")
    target.write_text(network.generate_html(), encoding="utf-8")


if __name__ == "__main__":
    script(Path(sys.argv[1]), Path(sys.argv[2]))
