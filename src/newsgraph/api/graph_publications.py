"""What is made of a graph for others: a brief of what is new, a pack to pass on, a website."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from newsgraph.api.graph_questions import GraphQuestions
from newsgraph.core.errors import InputError

if TYPE_CHECKING:
    from newsgraph.bulletin.bulletin import Bulletin
    from newsgraph.share.pack_card import PackCard
    from newsgraph.site.site_writer import SiteReport


class GraphPublications(GraphQuestions):
    """The publications of a graph; `NewsGraph` inherits them."""

    def brief(self, since: date | str = "yesterday", watch: Iterable[str] = (), most: int | None = None) -> Bulletin:
        """Return what is new: new and changed events, new companies, new stories and those with more articles, in sections.

        `since` is a day, `yesterday` (the day before that of the last build) or `last-build`. `watch` holds names, topics and SPARQL questions,
        as the lines of a watchlist: only what concerns these is in the brief. A section has at most `most` entries, None for all. A graph
        that was loaded from a folder goes by the history that builds keep there, another one by the days of its articles. Raises
        `InputError` for another word as `since`, and `QueryError` for a question that cannot be answered.

        >>> brief = kg.brief(date(2021, 11, 17))
        >>> [(section.heading, len(section.entries)) for section in brief.sections][0]
        ('New events', 4)
        >>> kg.brief(date(2021, 11, 17), watch=["Owkin"]).sections[0].entries[0].label
        'Sanofi invests $180M in Owkin'
        """
        from newsgraph.brief.news_brief import news_brief  # noqa: PLC0415 - loaded when it is asked
        from newsgraph.brief.watchlist import watched  # noqa: PLC0415 - as above
        from newsgraph.history.build_records import read_records  # noqa: PLC0415 - as above

        if isinstance(since, str) and since not in (words := ("yesterday", "last-build")):
            raise InputError(since, "is no time since which something is new", f"Use a date, or one of: {', '.join(words)}")
        lines = tuple(watch)
        records = () if self._origin is None else read_records(self._origin.folder)
        return news_brief(self.tables, records, since, watched(lines, self.tables, self._origin) if lines else None, most)

    def brief_as(self, form: str, since: date | str = "yesterday", watch: Iterable[str] = (), most: int | None = None) -> str:
        """Return what `brief` returns as a text: `markdown`, `html` (a page) or `atom` (a feed).

        Raises what `brief` raises, and `InputError` for another form.

        >>> print(kg.brief_as("markdown", date(2021, 11, 17)))
        # News since 2021-11-17
        ...
        """
        from newsgraph.bulletin.atom_feed import atom_feed  # noqa: PLC0415 - as above
        from newsgraph.bulletin.html_page import html_page  # noqa: PLC0415 - as above
        from newsgraph.bulletin.markdown_text import markdown  # noqa: PLC0415 - as above

        writers = {"markdown": markdown, "html": html_page, "atom": atom_feed}
        if form not in writers:
            raise InputError(form, "is no form of a brief", f"Use one of: {', '.join(writers)}")
        return writers[form](self.brief(since, watch, most))

    def share(
        self, folder: str | Path, publisher: str, license_iri: str, *, title: str = "A knowledge graph of news", publisher_iri: str = "",
        address: str = "", issued: date | None = None, licenses: Mapping[str, str] | None = None, workers: int = 1,
    ) -> PackCard:  # fmt: skip
        """Write a pack to pass on into a folder, without bodies, abstracts and sentences of more than 25 words, and return its description.

        `publisher` is a name; `license_iri` is the licence of the data, `publisher_iri` the publisher's address, and `address` where the pack
        will be found. `issued` is the day of publication, None for the last day of an article. `licenses` are the licences (IRIs) of single
        news providers, by domain. `workers` is a number of processes. Raises `InputError` for a graph with the example base, an
        address that does not begin with `https://` or `http://`, and a folder that has other files.

        >>> own = newsgraph.build("seeds", base="https://news.example.net/id/")
        >>> card = own.share("pack", "The Example Times", "https://creativecommons.org/licenses/by/4.0/")
        >>> card.counts["company"], len(card.files) > 80
        (3, True)
        """
        from newsgraph.share.pack_card import publication_of  # noqa: PLC0415 - as above
        from newsgraph.share.pack_writer import share  # noqa: PLC0415 - as above

        publication = publication_of(title, publisher, license_iri, publisher_iri, address, issued, licenses or {})
        return share(self.tables, Path(folder), publication, workers)

    def site(self, folder: str | Path, title: str = "News", address: str = "") -> SiteReport:
        """Write a static website into a folder: a page for every company, event, story, topic, person, provider and article, with JSON-LD.

        The pages need no script. There are lists, a search, `sitemap.xml`, an Atom feed of events, redirects of replaced IRIs and
        `embed.html?company=NAME` for frames in other sites. `address` is where the site will be found, the base of the graph if it is
        empty. Returns the numbers of pages. Raises `InputError` for a graph with the example base and no address, an address that does
        not begin with `https://` or `http://`, and a folder that has other files.

        >>> kg.site("site", address="https://news.example.net/")
        SiteReport(things=..., lists=..., redirects=0)
        """
        from newsgraph.site.site_writer import write_site  # noqa: PLC0415 - as above

        if address and not address.startswith(("https://", "http://")):
            raise InputError(address, "is no address of a website", "Begin it with https:// or http://")
        return write_site(self.tables, Path(folder), title, address)
