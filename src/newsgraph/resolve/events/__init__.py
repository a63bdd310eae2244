"""Which reports are the same event, what they state together, and where they differ."""
