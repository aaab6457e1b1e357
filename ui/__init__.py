"""Footnote's web chat: ask on the left, read the cited article on the right."""
