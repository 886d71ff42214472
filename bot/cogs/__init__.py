"""What members of a server meet: commands, answers to mentions, and how an answer looks."""
