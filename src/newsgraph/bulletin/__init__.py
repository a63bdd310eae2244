"""What is written for people to read: a title, sections and their entries, as Markdown, an HTML page or an Atom feed."""
