"""`python -m newsgraph` is `newsgraph`."""

from newsgraph.cli.app import main

main()
