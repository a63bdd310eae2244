"""The companies that a text names: candidate spans, the features that speak for and against each, and what the text says about them."""
