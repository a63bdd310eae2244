"""`python -m newsgraph` is `newsgraph`."""

from newsgraph.cli import main

main()
