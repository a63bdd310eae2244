"""The manifest of a build: how an output folder was built, in its file `.newsgraph/build.json`, so that the build can be repeated.

It is not part of the graph, because it has the user's paths. The `iris.csv` that was given is saved next to it, because the build may have
replaced that file by its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import msgspec

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import read_regular
from newsgraph.core.model import ACCEPTED_EVENT
from newsgraph.export import GIVEN_IRIS, RECIPE
from newsgraph.pipeline.build_options import DEFAULT_TITLE, BuildOptions
from newsgraph.storage.object_store import address_of, shown_address


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The inputs and options of a build as they were given; paths are relative to `folder`, the working folder at that time."""

    version: str
    folder: str
    inputs: tuple[str, ...]
    formats: tuple[str, ...]
    base: str
    extractor: str
    threshold: float
    event_threshold: float = ACCEPTED_EVENT
    companies: str | None = None
    ignore: str | None = None
    decisions: str | None = None
    iris: str | None = None
    own_iris: bool = False
    packs: tuple[str, ...] = ()
    as_of: date | None = None
    text: bool = True
    field_map: str | None = None
    title: str = DEFAULT_TITLE

    def paths(self) -> list[Path]:
        """Return the inputs."""
        return [Path(name) if address_of(name) else Path(self.folder) / name for name in self.inputs]

    def options(self, output: Path) -> BuildOptions:
        """Return the options; kept IRIs are those that were given for that build."""
        return BuildOptions(
            base=self.base, extractor=self.extractor, threshold=self.threshold, event_threshold=self.event_threshold, as_of=self.as_of, text=self.text,
            companies=self._path(self.companies), ignore=self._path(self.ignore), decisions=self._path(self.decisions),
            iris=self._iris(output), own_iris=self.own_iris, packs=tuple(Path(self.folder) / name for name in self.packs),
            field_map=self._path(self.field_map), title=self.title,
        )  # fmt: skip

    def _iris(self, output: Path) -> Path | None:
        given = output / GIVEN_IRIS
        return given if self.iris or (self.own_iris and given.is_file()) else None

    def _path(self, name: str | None) -> Path | None:
        return Path(self.folder) / name if name else None


def manifest_files(inputs: Sequence[Path], options: BuildOptions, formats: Sequence[str]) -> dict[str, bytes]:
    """Return the files that make a build repeatable, by name. Raises InputError if the kept IRIs cannot be read."""
    manifest = Manifest(
        version=version("newsgraph"), folder=str(Path.cwd()), inputs=tuple(map(_input, inputs)), formats=tuple(sorted(formats)), base=options.base,
        extractor=options.extractor, threshold=options.threshold, event_threshold=options.event_threshold, packs=tuple(map(str, options.packs)), as_of=options.as_of,
        companies=_name(options.companies), ignore=_name(options.ignore), decisions=_name(options.decisions), iris=None if options.own_iris else _name(options.iris), own_iris=options.own_iris, text=options.text,
        field_map=_name(options.field_map), title=options.title,
    )  # fmt: skip
    files = {RECIPE: manifest_bytes(manifest)}
    if options.iris:
        try:
            files[GIVEN_IRIS] = options.iris.read_bytes()
        except OSError as error:
            raise InputError(str(options.iris), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    return files


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return a manifest as its file has it."""
    return msgspec.json.format(msgspec.json.encode(manifest)) + b"\n"


def read_manifest(output: Path) -> Manifest:
    """Read how an output folder was built. Raises InputError if that is not known."""
    hint = "Build it with the command 'newsgraph build'"
    try:
        return msgspec.json.decode(read_regular(output / RECIPE), type=Manifest)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(str(output), f"does not say how it was built (no {RECIPE})", hint) from error
    except OSError as error:
        raise InputError(str(output / RECIPE), f"cannot be read ({error.strerror})", hint) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise InputError(str(output / RECIPE), f"cannot be read ({error})", hint) from error


def _input(path: Path) -> str:
    address = address_of(path)
    return str(path) if address is None else shown_address(address)


def _name(path: Path | None) -> str | None:
    return None if path is None else str(path)
