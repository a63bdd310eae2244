"""Threads of the matrix library under numpy."""

from __future__ import annotations

import os

_VARIABLE = "OPENBLAS_NUM_THREADS"


def use_one_blas_thread() -> None:
    """Let numpy multiply with one thread, unless the environment says otherwise; without effect once numpy is imported.

    The products of a text are small: threads that wait for their share cost more than they bring, and builds use processes already.
    """
    os.environ.setdefault(_VARIABLE, "1")
