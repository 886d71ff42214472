"""Fetching from the web, safely: pages and feeds, by addresses that anybody may have written."""
