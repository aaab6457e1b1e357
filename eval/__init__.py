"""Footnote's evaluation: measures answers against what people marked as right."""
