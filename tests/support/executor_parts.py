"""Functions that executors run over parts: some fail, some end their process."""

from __future__ import annotations

import os

from newsgraph.core.errors import InputError


def square(number: int) -> int:
    return number * number


def fail_on_three(number: int) -> int:
    if number == 3:
        message = "three"
        raise ValueError(message)
    return number


def refuse_three(number: int) -> int:
    if number == 3:
        where = "3"
        raise InputError(where, "is refused", "Take another")
    return number


def die_on_three(number: int) -> int:
    """Kill the worker again and again by one part alone."""
    if number == 3:
        os._exit(1)
    return number
