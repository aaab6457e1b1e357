"""`answer` and `search` as tools for programs that speak MCP; off unless a setting asks for it."""

import json
from collections.abc import Sequence

import gradio as gr

from index import IndexFailure
from rag import AnswerFailure
from rag import answer as answer_question
from ui.api import answer_json
from ui.shelf import Shelf
from ui.turnstile import Turnstile


def add_tools(page: gr.Blocks, shelf: Shelf, turnstile: Turnstile) -> None:
    """Add the two tools to a page. Whatever else the page can do must be private.

    They return JSON as text: of anything else, Gradio gives programs Python's own notation.
    """

    def answer(
        request: gr.Request,
        question: str,
        since: str = "",
        until: str = "",
        sources: Sequence[str] = (),
        library: str = "",
    ) -> str:
        """Answer a question from news articles, every sentence with footnotes to exact characters.

        Args:
            request: Whose question it is; Gradio fills it in.
            question: What is asked.
            since: First day of publication, such as 2025-10-28.
            until: Last day of publication.
            sources: Outlets to answer from.
            library: The library's name; the main one by default.
        """
        try:
            with turnstile.admit(user=request.scope["user"]):
                answered = answer_question(
                    question,
                    index=shelf.open(library or None),
                    since=since or None,
                    until=until or None,
                    sources=list(sources) or None,
                )
        except (AnswerFailure, IndexFailure) as error:
            raise gr.Error(str(error), print_exception=False) from error
        return json.dumps(answer_json(answered))

    def search(question: str, k: int = 8, library: str = "") -> str:
        """Find the passages of news articles that best match a question.

        Args:
            question: What is looked for.
            k: How many passages at most, up to 50.
            library: The library's name; the main one by default.
        """
        try:
            hits = shelf.open(library or None).search(question, max(1, min(k, 50)))
        except IndexFailure as error:
            raise gr.Error(str(error), print_exception=False) from error
        return json.dumps([hit.to_dict() for hit in hits])

    with page:
        for tool in (answer, search):
            gr.api(tool, api_name=tool.__name__, queue=False)
