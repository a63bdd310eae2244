"""A page on which a person corrects what was read in a sample of documents, so that a gold file comes of it."""

from newsgraph.annotate.page_server import PageServer, open_server
from newsgraph.annotate.session import AnnotationSession

__all__ = ["AnnotationSession", "PageServer", "open_server"]
