"""Which reports are one event, what all of them say together, and where they differ."""
