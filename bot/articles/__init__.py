"""What we know: articles and their passages. Knows nothing of search, answers or Discord."""
