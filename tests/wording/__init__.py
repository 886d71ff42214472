"""Our words in every language."""
