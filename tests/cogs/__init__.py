"""The Discord edge: how answers look, and how they are asked for."""
