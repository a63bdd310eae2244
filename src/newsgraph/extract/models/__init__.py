"""Learned recognizers of names: the tagger that is shipped, spaCy pipelines, and sources that others add."""
