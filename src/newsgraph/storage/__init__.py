"""Output folders that are safe: files replaced all at once, a lock, object storage, and what is kept beside the tables."""
