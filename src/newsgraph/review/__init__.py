"""Questions about a graph that are worth a decision of a person, the most important first."""
