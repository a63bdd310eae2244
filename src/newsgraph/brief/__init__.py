"""A brief: what is new, changed and gone since a day or since the last build, for all or for a list of names, topics and questions."""
