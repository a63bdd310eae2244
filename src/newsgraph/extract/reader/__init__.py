"""The learned reader of events: one encoder for names and events, heads in numpy, and rules for values and days."""
