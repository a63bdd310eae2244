"""Analytics of a finished graph: deal flow, coverage, links between companies, communities, trends, bursts and impact, as data frames."""
