"""Which articles are copies of one text, and which of them corrects another."""
