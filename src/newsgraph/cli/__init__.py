"""The command line: one module per command, and what they share."""

import os

# The matrix library of numpy starts a thread for each core, and these wait busily for the next product. The reader's products are small:
# with one thread it takes a fraction of the CPU time, also where several processes share the cores. Set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
