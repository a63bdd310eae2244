"""What every part of newsgraph may know: values, errors, the vocabulary, the tables of a graph, names and links."""
