"""Import this first to measure under the environment of the command `newsgraph`, which numpy looks at when it is imported."""

from __future__ import annotations

from newsgraph.core.blas_threads import use_one_blas_thread

use_one_blas_thread()
