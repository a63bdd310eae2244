"""What the page says about itself: it comes with the data, as the script has only what depends on what is shown."""

from __future__ import annotations

PAGE_HELP = {
    "page": [
        "Choose anything, here or in a view: its facts appear here, with the sentences that state them.",
        "Filters hold everywhere: every number counts what they let through.",
        "Focus shows one thing and everything it is linked to. Table lists everything, to sort, filter and save.",
        "The page's address keeps what you see: copy it to come back or to share.",
    ],
    "set": "Add things to compare and save them: “Add to set” in the details, the ticks of the table, the lasso of the map or the key s. "
    "In the search field, “Sanofi and Deloitte” does it at once.",
    "file": "The file holds all rows of this list, as filtered and sorted, with IRIs. "
    "Texts that a spreadsheet could take for formulas begin with an apostrophe.",
    "focus": "Find something by name above, or begin with one of these; the view then shows what it is linked to.",
    "decisions": "Put these entries into decisions.yaml in the folder of the news: the next build follows them.",
    "lanes": "These lanes have nothing in the dates shown. “All dates” shows everything.",
    "topic": "Through a topic, which many articles have: this says little.",
    "unlinked": "Nothing in this graph links the two, even through articles.",
    "lasso": "Lasso: draw round things to add them to the set (or drag with Shift)",
    "closed": "The clipboard is closed to this page: copy the text by hand",
    "decided": "Written as a decision. The set shows the entries for decisions.yaml",
    "apart": "No article mentions both, and nothing else connects them.",
}
"""How to use the page, and what its parts say while they are empty or of what they hold."""
