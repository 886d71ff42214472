"""How what we know looks on Discord: cards, within every limit, word for word. Sends nothing."""
