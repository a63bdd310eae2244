"""A graph as tools for language models, by the Model Context Protocol: read-only, within limits, over standard input and output or HTTP."""
