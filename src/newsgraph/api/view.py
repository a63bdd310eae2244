"""A picture of a graph that a notebook shows."""

from __future__ import annotations

from html import escape

# The view may run its own script and nothing else: no request, no form, no access to the notebook around it.
_FRAME = '<iframe sandbox="allow-scripts" width="100%" height="720" style="border:0" title="{title}" srcdoc="{page}"></iframe>'


class View:
    """A picture of a graph: a notebook shows it, and `page` is the whole HTML page.

    >>> view = kg.show()
    >>> view.page.rstrip().endswith("</html>")
    True
    """

    def __init__(self, page: str) -> None:
        """`page` is an HTML page that needs no other file."""
        self.page = page

    def _repr_html_(self) -> str:
        return _FRAME.format(title="newsgraph: companies, providers, topics and events", page=escape(self.page))

    def __repr__(self) -> str:
        """Return how to see the picture."""
        return "<newsgraph view: shown by a notebook, or write .page to a file and open it>"
