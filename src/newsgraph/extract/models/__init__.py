"""Learned recognizers of names: the shipped tagger, spaCy pipelines, and plugged-in sources."""
