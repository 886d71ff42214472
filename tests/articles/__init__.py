"""Tests of what we know: articles, their import and their store."""
