"""What the bot keeps: questions under keys, gaps, feedback and reports, in one small database."""
