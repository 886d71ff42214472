"""What we say: evidence, ranking, answers, and their figures."""
