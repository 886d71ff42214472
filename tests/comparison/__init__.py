"""What each part of the search is worth, and what others find: one table, made in one run."""
