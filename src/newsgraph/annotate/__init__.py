"""Annotation in the browser: a person corrects what was read in a sample of documents, which makes a gold file."""

from newsgraph.annotate.page_server import PageServer, open_server
from newsgraph.annotate.session import AnnotationSession

__all__ = ["AnnotationSession", "PageServer", "open_server"]
