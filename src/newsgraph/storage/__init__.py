"""Safe output folders: files replaced all at once, a lock, object storage, and a cache of what is derived from the tables."""
