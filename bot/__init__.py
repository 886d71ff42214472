"""Receipts: answers about a public dispute, made of the exact passages, cited."""
