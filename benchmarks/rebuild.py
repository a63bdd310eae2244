"""What a build costs when little has changed, as a share of a build from nothing: python benchmarks/rebuild.py [--articles 10000] [--changed 10].

Documents are generated; then `newsgraph build` runs, each time in a process of its own: from nothing, again at once (documents that have just
been written are read to know that they are the same), again two seconds later (nothing is read), and after some documents have changed. The
same is measured with Turtle and tables only and with the default formats. Printed are processor seconds, workers included, and their share of
the build from nothing of the same run: on a busy machine only the shares mean something. `--verify` repeats the last build from nothing and
compares every file.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from pathlib import Path

from cost import cost_of, python
from machine import machine
from news_folder import change, copy_of, news, workplace

FORMATS = {"turtle, tables": "turtle,parquet", "default": ""}
_SETTLING = 2.5  # seconds after which sizes and times say whether a file has changed


def main() -> None:
    """Measure each number of articles with each set of formats and print a row for each build."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000])
    parser.add_argument("--changed", type=int, nargs="+", default=[10])
    parser.add_argument("--extractor", default="rules")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--formats", choices=FORMATS, nargs="+", default=list(FORMATS))
    parser.add_argument("--documents-kept", type=Path, metavar="FOLDER", help="where generated documents are, and stay")
    parser.add_argument("--verify", action="store_true", help="compare the last output with a build from nothing")
    options = parser.parse_args()
    print(f"{machine()}; workers: {options.workers}, extractor: {options.extractor}")
    print(f"{'articles':>10}  {'formats':<16}{'build':<28}{'CPU, s':>10}{'of build':>10}{'of Turtle, tables':>20}")
    with workplace(options.documents_kept) as place:
        for count in options.articles:
            made = news(place, count)
            least = 0.0
            for name in options.formats:
                with copy_of(made) as folder:
                    out = folder.parent / "out"
                    command = python(
                        "-m",
                        "newsgraph",
                        "build",
                        folder,
                        "-o",
                        out,
                        "--quiet",
                        "--workers",
                        options.workers,
                        "--extractor",
                        options.extractor,
                    )
                    command += ["-f", FORMATS[name]] if FORMATS[name] else []
                    whole = 0.0
                    for step in ("from nothing", "nothing changed, read", "nothing changed, known", *options.changed):
                        if step == "nothing changed, known":
                            time.sleep(_SETTLING)
                            cost_of(command)  # records sizes and times that are old enough to be trusted
                        if isinstance(step, int):
                            change(folder, step)
                        spent = cost_of(command)[0].processor
                        whole = whole or spent
                        least = least or spent
                        label = f"{step:,} documents changed" if isinstance(step, int) else step
                        print(
                            f"{made.articles:>10,}  {name:<16}{label:<28}{spent:>10.2f}{spent / whole:>10.1%}{spent / least:>19.2f}x",
                            flush=True,
                        )
                    if options.verify:
                        subprocess.run(python("-m", "newsgraph", "verify", out), check=True)


if __name__ == "__main__":
    main()
