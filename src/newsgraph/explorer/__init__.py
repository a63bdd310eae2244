"""The page to look at a graph with: data for it, the map's places, and the page itself."""

from newsgraph.explorer.explorer_page import Payload, page, payload

__all__ = ["Payload", "page", "payload"]
