"""A build from beginning to end: reading, resolving and writing, what did not change, and its verification."""
