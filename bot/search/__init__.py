"""How we find it: text to terms, the lexicon, the index. Knows nothing of answers or Discord."""
