"""Build the wheel, install it into a new environment without any extra, and fail if that is larger than it should be or does not build.

Counted are all files that pip installs, compiled modules included, without pip and setuptools. pyvis requires IPython, which newsgraph
never loads; what it brings is counted apart.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_MB, MOST_PACKAGES = 480, 32
MOST_MB_OF_PYVIS, MOST_PACKAGES_OF_PYVIS = 70, 24
FOREIGN = {"pip", "setuptools"}

COUNT = """
import json, re, sys
from importlib.metadata import distributions
names = lambda lines: [re.match(r"[\\w.-]+", line)[0].lower().replace("_", "-") for line in lines or () if "extra ==" not in line]
known = {item.metadata["Name"].lower().replace("_", "-"): item for item in distributions()}
def below(name, without=()):
    found, waiting = set(), [name]
    while waiting:
        name = waiting.pop()
        if name in known and name not in found and name not in without:
            found.add(name)
            waiting += names(known[name].requires)
    return found
def size(item):
    paths = {path.locate().resolve() for path in item.files or ()}
    return sum(path.stat().st_size for path in paths if path.is_file())
own = below("newsgraph", {"pyvis"})
print(json.dumps({name: [size(item), name in own] for name, item in known.items()}))
"""


def main() -> int:
    """Install, measure, compare, and build the seed with what is installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheels = folder / "wheels"
        subprocess.run([sys.executable, "-m", "venv", folder / "build"], check=True)
        pip = [folder / "build/bin/python", "-m", "pip", "-q"]
        subprocess.run([*pip, "wheel", "--no-deps", "-w", wheels, ROOT], check=True)
        venv.create(folder / "plain", with_pip=True)
        python = folder / "plain/bin/python"
        subprocess.run([python, "-m", "pip", "-q", "install", *wheels.glob("*.whl")], check=True)
        counted = json.loads(subprocess.run([python, "-c", COUNT], check=True, capture_output=True, text=True).stdout)
        own = {package: size for package, (size, needed) in counted.items() if needed}
        of_pyvis = {package: size for package, (size, needed) in counted.items() if not needed and package not in FOREIGN}
        for package, size in sorted(own.items(), key=lambda item: -item[1])[:10]:
            print(f"{size / 1e6:>8.1f} MB  {package}")
        print(f"{sum(own.values()) / 1e6:>8.1f} MB in {len(own)} packages (at most {MOST_MB} MB in {MOST_PACKAGES})")
        print(
            f"{sum(of_pyvis.values()) / 1e6:>8.1f} MB in {len(of_pyvis)} more packages of pyvis (at most {MOST_MB_OF_PYVIS} MB in {MOST_PACKAGES_OF_PYVIS})"
        )
        formats = "turtle,parquet,explorer,html,sqlite"
        subprocess.run(
            [folder / "plain/bin/newsgraph", "build", ROOT / "seeds", "-o", folder / "out", "-f", formats, "--quiet"], check=True
        )
        subprocess.run([folder / "plain/bin/newsgraph", "check", folder / "out"], check=True)
    fits = sum(own.values()) <= MOST_MB * 1e6 and len(own) <= MOST_PACKAGES
    return int(not fits or sum(of_pyvis.values()) > MOST_MB_OF_PYVIS * 1e6 or len(of_pyvis) > MOST_PACKAGES_OF_PYVIS)


if __name__ == "__main__":
    sys.exit(main())
