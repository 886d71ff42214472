"""Tests of what is kept: the store, its file, its crashes."""
