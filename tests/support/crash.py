"""A process that kills itself by SIGKILL just before the n-th time that it touches a folder: opens, moves, removes or makes something there.

Usage: python crash.py N FOLDER, then what to run as Python. Without such a time it ends by itself and prints how many there were.
"""

from __future__ import annotations

import os
import signal
import sys

_TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}


def arm(number: int, folder: str) -> list[int]:
    """Count what touches a folder, and kill this process before the n-th."""
    count = [0]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _TOUCHES and any(str(argument).startswith(folder) for argument in arguments if isinstance(argument, str | os.PathLike)):
            count[0] += 1
            if count[0] == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return count


if __name__ == "__main__":
    _, nth, place, code = sys.argv
    armed = arm(int(nth), place)
    exec(code)  # noqa: S102 - the test's own code
    print(armed[0])  # noqa: T201 - for the test
