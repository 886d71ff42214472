"""Keeping the knowledge base fresh, for whoever asks for it. Knows no terminal and no Discord."""
