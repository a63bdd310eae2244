"""The explorer: the page that shows a graph, the page that answers questions, their payloads, and the layout of the map."""

from newsgraph.explorer.explorer_page import Payload, page, payload

__all__ = ["Payload", "page", "payload"]
