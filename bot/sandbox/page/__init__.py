"""The sandbox's own chat page: people at a browser talk to the bot as they would on Discord.

It knows the sandbox and no bot. Nothing is built, vendored or fetched at run time: the files under
`static` are what the browser gets.
"""

from bot.sandbox.page.page import Page

__all__ = ["Page"]
