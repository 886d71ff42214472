"""The stand-in for Discord, driven over its wire by a small bot made with discord.py."""
