"""A page on which a person corrects what was read in a sample of documents, so that a gold file comes of it."""

from newsgraph.annotate.desk import Desk
from newsgraph.annotate.server import PageServer, open_server

__all__ = ["Desk", "PageServer", "open_server"]
