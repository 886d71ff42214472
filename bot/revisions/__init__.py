"""Revisions: published states of the knowledge files. Knows nothing of search or Discord."""
