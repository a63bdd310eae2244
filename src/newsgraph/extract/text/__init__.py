"""The text of an article made ready for extraction: tokens, sentences, listed phrases, amounts and days."""
