"""Take a conversation, or one answer, out of Footnote: as Markdown or as a page of its own."""

from ui.export_html import to_html
from ui.export_markdown import to_markdown

__all__ = ["to_html", "to_markdown"]
