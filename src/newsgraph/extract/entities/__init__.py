"""The people, places, products and organisations of a text, and who works where."""
