"""Questions about a graph that are worth a person's decision, the most important first."""
