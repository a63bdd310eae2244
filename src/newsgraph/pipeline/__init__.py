"""A build from beginning to end: read, resolve and write, or keep an output that is up to date; and the verification of a build."""
