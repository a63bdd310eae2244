"""The people, places, products and organisations that a text names, and who works where."""
