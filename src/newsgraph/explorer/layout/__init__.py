"""Places for the nodes of the map: communities, packed discs, forces, and what lies around them."""
