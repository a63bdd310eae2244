"""Read saved web pages: the facts that a page declares about its article, and the article's text."""
