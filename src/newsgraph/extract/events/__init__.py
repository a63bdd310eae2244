"""The events that a text reports: rules over delexicalized sentences, their candidates, and the consolidated reports."""
