"""What people decided about a graph: the values, the file that holds them, and IRIs that stay from build to build."""
