"""The companies of a text: candidate spans, the features that speak for and against them, and what is said of each."""
