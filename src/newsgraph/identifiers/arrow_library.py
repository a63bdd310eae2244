"""pyarrow, which reads and writes packs piece by piece; it is an extra, because it is as large as everything else together.

Raises MissingExtraError when it is imported without pyarrow.
"""

from newsgraph.core.errors import MissingExtraError

try:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv
    from pyarrow import parquet
except ImportError as error:
    _what = "packs of company identifiers"
    raise MissingExtraError(_what, "pyarrow", "arrow") from error

__all__ = ["arrow_csv", "pa", "parquet"]
