"""A pack of a graph for others: without the texts of its articles, with a description of the data set and sums of all files."""
