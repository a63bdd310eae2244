"""Which articles are one story: online clustering in order of time."""
