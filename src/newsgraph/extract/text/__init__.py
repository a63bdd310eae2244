"""The text of an article made ready for extraction: sentences, tokens, word kinds, listed phrases, money and days."""
