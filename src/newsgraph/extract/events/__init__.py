"""The events of a text: rules over delexicalized sentences, their candidates, and the reports they become."""
