"""The layout of the map: communities, packed discs, a force-directed layout inside them, and peripheral nodes."""
