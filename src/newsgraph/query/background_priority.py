"""The priority of a process that works in the background: where processors are busy, others go first."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_NICENESS = 10  # about a tenth of the time that an equal process would get on a busy processor


def put_in_background(process: int) -> None:
    """Let others go before a process of ours, for good; nothing changes while a processor is free, or where there is no such order."""
    with suppress(OSError):  # it has ended
        if sys.platform != "win32":
            os.setpriority(os.PRIO_PROCESS, process, max(_NICENESS, os.getpriority(os.PRIO_PROCESS, process)))
        if sys.platform == "linux":  # whoever wakes up does not wait until the time of this one is over
            os.sched_setscheduler(process, os.SCHED_BATCH, os.sched_param(0))
