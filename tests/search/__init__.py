"""How we find it: tokens, terms, the lexicon, queries, the index."""
