"""Print the lowest version of each dependency that pyproject.toml allows, and of those of the extras that .ci/versions installs, as pins for pip: python .ci/lowest.py > lowest.txt."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = [requirement for extra in ("arrow", "check", "pandas", "test") for requirement in project["optional-dependencies"][extra]]
for requirement in dict.fromkeys((*project["dependencies"], *extras)):
    name, bound = re.fullmatch(r"([\w.-]+)(?:\[\w+\])?>=([\d.]+)(?:,<[\d.]+)?", requirement).groups()
    print(f"{name}=={bound}")
