"""Which articles belong to one story: near-copies, shared events, and online clustering by words in order of time."""
