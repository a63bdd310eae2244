"""The members of archives, one after the other, with a bound on the bytes that they unpack to."""

from __future__ import annotations

import gzip
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tarfile import EOFHeaderError, HeaderError, ReadError, TarFile  # type: ignore[attr-defined]
from typing import IO, NamedTuple, Protocol, Self

DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError,
)  # fmt: skip
"""What the libraries raise for archives that are damaged or of a kind that they do not know."""
_ENCRYPTED = 0x1  # of the flags of a member of a ZIP file
_TARS = (".tar", ".tar.gz", ".tgz")
_NO_FILE = "is a link or a device"


class TooMuchError(Exception):
    """An archive that unpacks to more than it may."""


class Readable(Protocol):
    """Something that is read in parts."""

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; empty at the end."""
        ...


@dataclass(slots=True)
class Room:
    """How many bytes an archive may still unpack to."""

    left: int


@dataclass(frozen=True, slots=True)
class _Bounded:
    source: Readable
    room: Room

    def read(self, size: int) -> bytes:
        data = self.source.read(size)
        self.room.left -= len(data)
        if self.room.left < 0:
            raise TooMuchError
        return data


class Member(NamedTuple):
    """A member of an archive: its name, why it cannot be read (empty if it can), and what opens it, before the next one is asked for."""

    name: str
    refusal: str
    open: Callable[[], Readable]


def members_of(path: Path, name: str, room: Room) -> Iterator[Member]:
    """Yield the members of an archive whose kind is that of its name, without folders.

    Raises one of `DAMAGED`, or TooMuchError, at the place where the archive cannot be read further.
    """
    low = name.lower()
    if low.endswith(_TARS):
        with path.open("rb") as file:
            yield from _in_tar(file if low.endswith(".tar") else gzip.GzipFile(fileobj=file), room)
    elif low.endswith(".gz"):
        with gzip.open(path) as unpacked:
            yield Member(name.rpartition("/")[2][: -len(".gz")], "", lambda: _Bounded(unpacked, room))
    else:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield _in_zip(archive, info, room)


def _in_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: Room) -> Member:
    """Return a member; the upper half of its attributes is the mode that a Unix system gave it, zero from other systems."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    refusal = _NO_FILE if kind not in {0, stat.S_IFREG} else "is encrypted" if info.flag_bits & _ENCRYPTED else ""
    return Member(info.orig_filename, refusal, lambda: _Bounded(archive.open(info), room))


def _in_tar(file: IO[bytes] | gzip.GzipFile, room: Room) -> Iterator[Member]:
    """Yield the members of a tar file, which is read once from its beginning to its end."""
    with closing(tarfile.open(fileobj=_Bounded(file, room), mode="r|", tarinfo=_Header)) as archive:  # type: ignore[call-overload]
        for info in archive:
            if not info.isdir():
                yield Member(info.name, _refusal(info), partial(archive.extractfile, info))
            archive.members = []  # which would grow with the archive


def _refusal(info: tarfile.TarInfo) -> str:
    return "" if info.isreg() and not info.issparse() else "is a sparse file" if info.isreg() else _NO_FILE


class _Header(tarfile.TarInfo):
    """A header that is damaged ends the reading with an error; the library takes it for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile: TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile)
        except HeaderError as error:
            if isinstance(error, EOFHeaderError):  # a block of zeros is the end
                raise
            raise ReadError(str(error)) from error
