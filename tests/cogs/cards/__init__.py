"""How things look on Discord, without Discord."""
