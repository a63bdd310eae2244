"""All analytics of a graph as one object, `kg.analytics`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from newsgraph.analytics.appearances import MAIN, appearances
from newsgraph.analytics.deal_flow import DEAL_TYPES, deal_flow
from newsgraph.analytics.time_periods import last_day
from newsgraph.core.graph_tables import GraphTables

if TYPE_CHECKING:
    import networkx as nx


class Analytics:
    """Figures of a graph as data frames of polars, in an order that is always the same; `.to_pandas()` of a frame returns a pandas one.

    Three things are counted. An *article* is a row of `kg.articles`. An *origin* is an independent text: copies of one text count once. A
    *happening* is a story, or the origin of an article in no story: ten articles about one deal count once.

    A company counts where an article is about it: its weight there is `subject` or `party`. `weights` takes other weights of
    `kg.mentions`, such as `["adviser", "lender"]`, or None for all of them, analysts and names in passing too.

    Probabilities (`p_value`) are exact; `q_value` is the share of false finds among all rows that are as improbable (Benjamini and
    Hochberg 1995, "Controlling the false discovery rate"). No clock is read: time ends with the latest article.

    >>> kg.analytics.links().select("one_name", "other_name", "happenings").rows()
    [('Owkin', 'Sanofi', 1), ('Deloitte', 'Sanofi', 1)]
    """

    def __init__(self, tables: GraphTables) -> None:
        """`tables` are those of a graph."""
        self._tables = tables

    def deal_flow(
        self, by: str = "month", types: Iterable[str] = DEAL_TYPES, statuses: Iterable[str] | None = None, *, background: bool = False
    ) -> pl.DataFrame:
        """Count deals and add up their money by period, type and currency.

        `by` is `day`, `week`, `month`, `quarter` or `year`; `types` are event types; `statuses` None takes what was announced or
        completed. `background` adds events that articles mention only as known from before. Columns: period (null if not known so
        exactly), type, currency (null for deals without an amount), deals, and amount (their sum), median and largest in full units of
        the currency. Currencies are never converted. Only what was paid is added up: price, stake, round, total and contract, not
        valuations or debts. A deal of several parts counts as its parts. Raises `UnknownNameError` for an unknown period or type.

        >>> kg.analytics.deal_flow().select("period", "type", "currency", "deals", "amount").rows()
        [('2021-11', 'funding_round', None, 1, None), ('2021-11', 'investment', 'USD', 1, 180000000.0)]
        """
        return deal_flow(self._tables, by, types, statuses, background=background)

    def coverage(self) -> pl.DataFrame:
        """Compare the providers: how much each publishes, what it alone reports, and how early it is.

        Columns: provider, name, articles, share (of all articles, 0 to 1), originals (articles that are no copy of an earlier one),
        events (reported as news), exclusives (events that no other outlet reports), first (shared events that it reports first, or at the
        same time as another first one), lead_hours (median hours until the next outlet, where it is first) and lag_hours (median hours
        behind the first, where it is not); most articles first.

        >>> kg.analytics.coverage().select("name", "articles", "events", "exclusives", "first").rows()[0]
        ('Reuters', 2, 1, 0, 0)
        """
        from newsgraph.analytics.outlet_coverage import coverage  # noqa: PLC0415 - loaded when it is asked

        return coverage(self._tables)

    def first_movers(self, event_type: str | None = None) -> pl.DataFrame:
        """Test which providers are first with events more often than chance gives.

        Of an event that n outlets report, each is first with the probability 1/n (the sum over events is Poisson binomial; Wang 1993, "On
        the number of successes in independent trials"). Columns: provider, name, events (shared with others), first, tied (first at the
        same time as another, which does not count), expected, ratio, p_value, q_value; the least probable first. Raises
        `UnknownNameError` for an unknown type.

        >>> kg.analytics.first_movers().select("name", "events", "first").rows()[0]
        ('FierceBiotech', 2, 2)
        """
        from newsgraph.analytics.outlet_coverage import first_movers  # noqa: PLC0415 - as above

        return first_movers(self._tables, event_type)

    def links(self, weights: Iterable[str] | None = MAIN) -> pl.DataFrame:
        """Return the links between companies: how many happenings, origins and articles are about both.

        Columns: one, one_name, other, other_name, happenings, origins, articles; the strongest first. `one` is the smaller IRI.

        >>> kg.analytics.links().select("one_name", "other_name", "happenings", "articles").rows()
        [('Owkin', 'Sanofi', 1, 7), ('Deloitte', 'Sanofi', 1, 1)]
        """
        from newsgraph.analytics.company_links import company_links  # noqa: PLC0415 - networkx is heavy

        return company_links(self._tables, weights)

    def network(self, weights: Iterable[str] | None = MAIN) -> nx.Graph[str]:
        """Return the links as a networkx graph: nodes with a `label`, edges with `weight` (happenings) and `distance` (its inverse).

        >>> sorted(label for _, label in kg.analytics.network().nodes(data="label"))
        ['Deloitte', 'Owkin', 'Sanofi']
        """
        from newsgraph.analytics.company_links import company_links, linked_companies  # noqa: PLC0415 - as above

        network = linked_companies(company_links(self._tables, weights))
        labels = dict(self._tables["companies"].select("iri", "name").iter_rows())
        for iri, attributes in network.nodes(data=True):
            attributes["label"] = labels[iri]
        return network

    def backbone(self, level: float = 0.05, weights: Iterable[str] | None = MAIN) -> pl.DataFrame:
        """Return the links that are stronger than chance gives one of their ends: the disparity filter.

        Serrano, Boguñá and Vespignani 2009, "Extracting the multiscale backbone of complex weighted networks": a link is kept if one of
        its companies, dividing its happenings among its links at random, would give this one so many with a probability below `level`.
        Columns: those of `links`, and p_value; the least probable first.

        >>> kg.analytics.backbone().height
        0
        """
        from newsgraph.analytics.company_links import company_links  # noqa: PLC0415 - as above
        from newsgraph.analytics.disparity_backbone import backbone  # noqa: PLC0415 - loaded when it is asked

        return backbone(company_links(self._tables, weights), level)

    def communities(self, by: str | None = None, weights: Iterable[str] | None = MAIN, engine: str = "networkx") -> pl.DataFrame:
        """Find groups of companies that are in the news together, and follow them over time.

        Louvain (Blondel and others 2008, "Fast unfolding of communities in large networks") over the happenings of each period, or of all
        time without `by`. Shuffled networks have communities too: there are none where modularity is not three standard deviations above
        theirs (after Guimerà, Sales-Pardo and Amaral 2004, "Modularity from fluctuations in random graphs and complex networks"). A
        community that has at least 30 % of its members in common with an earlier one is the same and keeps number and name (after Greene,
        Doyle and Cunningham 2010, "Tracking the evolution of communities in dynamic social networks"). Columns: period, community,
        community_name (its three most frequent companies when it was first seen), company, company_name, happenings (of the company in
        the period), joined (whether it was not in the community before). `engine` is `networkx`, or `networkit` if installed. Raises
        `UnknownNameError` for another one, `MissingExtraError` without the extra `networkit`.

        >>> kg.analytics.communities().height
        0
        """
        from newsgraph.analytics.community_history import communities  # noqa: PLC0415 - as above

        return communities(self._tables, by, weights, engine)

    def brokers(self, weights: Iterable[str] | None = MAIN, engine: str = "networkx") -> pl.DataFrame:
        """Find companies between communities: those with neighbours in at least two.

        Columns: company, company_name, betweenness (0 to 1; Freeman 1977, by the algorithm of Brandes 2001, with 1/happenings as the
        length of a link; of more than 500 companies from 200 of them, Brandes and Pich 2007), participation (0 to 1; Guimerà and Amaral
        2005), constraint and effective_size (Burt 1992, "Structural holes"; a low constraint means that its neighbours do not know each
        other), neighbours, communities; the highest betweenness first. Where there are no communities there are no brokers. `engine` as
        in `communities`.

        >>> kg.analytics.brokers().height
        0
        """
        from newsgraph.analytics.broker_roles import brokers  # noqa: PLC0415 - networkx is heavy
        from newsgraph.analytics.company_links import company_links  # noqa: PLC0415 - as above

        named = appearances(self._tables, "company", weights)
        return brokers(self._tables, named, company_links(self._tables, weights), engine)

    def co_investors(self) -> pl.DataFrame:
        """Return the pairs of investors who put money into the same companies, in investments and funding rounds announced or completed.

        Columns: one, one_name, other, other_name, companies (that both invested in), rounds (in which both took part), jaccard (common
        companies as a share of all companies of both), shared_companies (their names); most companies first. Investors are companies,
        organisations or people.

        >>> kg.analytics.co_investors().height
        0
        """
        from newsgraph.analytics.co_investors import co_investors  # noqa: PLC0415 - loaded when it is asked

        return co_investors(self._tables)

    def trends(self, by: str | None = "month", kind: str = "company", weights: Iterable[str] | None = MAIN, least: int = 2) -> pl.DataFrame:
        """Return which things are named together, and how much more often than chance gives, period by period.

        `kind` is `company`, `organisation`, `person`, `product`, `place` or `topic`; pairs with fewer than `least` common origins in a
        period are left out. Columns: period, one, one_name, other, other_name, origins (that name both), happenings, one_origins,
        other_origins, texts (origins of the period), expected (if the two were independent), lift (origins over expected; Brin, Motwani
        and Silverstein 1997, "Beyond market baskets"), p_value (Fisher's exact test, over happenings, as the articles of one story are
        not independent), q_value. In each period the surest pairs come first. Copies of one text count once. Raises `UnknownNameError`
        for an unknown kind or period.

        >>> kg.analytics.trends(by="year").select("period", "one_name", "other_name", "origins", "lift").rows()
        [('2021', 'Owkin', 'Sanofi', 5, 1.0)]
        """
        from newsgraph.analytics.co_mention_trends import trends  # noqa: PLC0415 - as above

        return trends(self._tables, appearances(self._tables, kind, weights), kind, by, least)

    def emerging(
        self, days: int = 30, baseline: int = 180, kind: str = "company", weights: Iterable[str] | None = MAIN, until: date | None = None
    ) -> pl.DataFrame:
        """Find bursts: what is in more happenings of the last `days` than the `baseline` days before would suggest.

        Given both counts, the first is binomial if nothing has changed (Przyborowski and Wilenski 1940, "Homogeneity of results in
        testing samples from Poisson series"); as the expectation follows the number of all happenings, more news as such is no burst. A
        burst has a q_value of at most 0.05, at least three happenings and at least twice what is expected. Columns: iri, name,
        happenings, expected, ratio, p_value, q_value, origins, is_new (not named before the window), first (time in the window); the
        least probable first. `until` is the last day, that of the latest article without it. `kind` is as in `trends`.

        >>> kg.analytics.emerging(days=7, baseline=30).height
        0
        """
        from newsgraph.analytics.burst_detection import emerging  # noqa: PLC0415 - as above

        named = appearances(self._tables, kind, weights)
        return emerging(self._tables, named, kind, last_day(self._tables, until), days, baseline)

    def impact(self, event: str, days: int = 14, baseline: int = 60, weights: Iterable[str] | None = MAIN) -> pl.DataFrame:
        """Compare the news about the companies of an event before and after it becomes known.

        An event study (MacKinlay 1997, "Event studies in economics and finance") with attention in the place of prices: the origins of
        the `days` from its first report on, beside those of the `baseline` days before. `event` is an IRI or a label. Columns: company,
        company_name, role, before and after (origins), expected (after, if nothing had changed), ratio (both with half an origin more),
        outlets (after), new_companies (that an article is about together with it for the first time), follow_ups (other events that
        become known in these days); most attention first. Raises `UnknownNameError`, and `InputError` if no report has a date.

        >>> kg.analytics.impact("Sanofi invests $180M in Owkin").select("company_name", "before", "after").rows()
        [('Owkin', 0, 5), ('Sanofi', 1, 5)]
        """
        from newsgraph.analytics.event_impact import impact  # noqa: PLC0415 - as above

        return impact(self._tables, appearances(self._tables, "company", weights), event, days, baseline)
