"""What every other room may use: values, errors, the vocabulary, the tables of a graph, the lexicon, names and links."""
