"""The moderators' commands, `/kb`: what they do, their previews, forms and buttons."""
