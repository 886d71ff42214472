"""What we say: an answer made of citations, or none. Knows nothing of Discord."""
