"""The mapping that a user would write: Morph-KGC, with `news.rml.ttl` over flat JSON, the declared facts as N-Triples.

Usage: python benchmarks/others/mapped.py FOLDER FILE.nt

FOLDER holds `articles.json`, `topics.json`, `images.json` and `relations.json` as `flat_news.py` writes them: an iterator of RML does not
see what stands above it in a document, so that a picture would not know its article and nothing its hash; all that is laid ready.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

_CONFIGURATION = """[CONFIGURATION]
output_file: {target}
output_format: N-TRIPLES
number_of_processes: 1
logging_level: ERROR

[news]
mappings: {mapping}
"""


def script(folder: Path, target: Path) -> None:
    """Write the facts of a folder of JSON files."""
    configuration = target.absolute().with_suffix(".ini")
    mapping = Path(__file__).absolute().with_name("news.rml.ttl")
    configuration.write_text(_CONFIGURATION.format(target=target.absolute(), mapping=mapping), encoding="utf-8")
    os.chdir(folder)  # the mapping names its sources by relative paths
    sys.argv = ["morph_kgc", str(configuration)]
    runpy.run_module("morph_kgc", run_name="__main__")


if __name__ == "__main__":
    script(Path(sys.argv[1]), Path(sys.argv[2]))
