"""What a question needs of a graph, for a language model or a person to answer from: sentences, facts, sources and disagreements.

No model is inside: full text (BM25), names, and one step along events, ranked together by their reciprocal ranks.
"""
