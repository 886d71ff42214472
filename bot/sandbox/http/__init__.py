"""The HTTP side: routes of Discord's API, each a thin way in to what the modules beside do."""
