"""What the page does, without the page: ask a library, open its articles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from index import Index, IndexFailure
from rag import AnswerFailure, stream
from rag.settings import rag_settings
from ui import strings
from ui.render import date_in_words, render_conversation, render_welcome
from ui.render_source import render_library, render_problem, render_source
from ui.turnstile import Turnstile
from ui.types import Turn


class Chat:
    """A library as the page sees it; safe to share between visitors, since it keeps nothing."""

    def __init__(self, index: Index, turnstile: Turnstile | None = None) -> None:
        """Talk about the articles of an open library."""
        self._index = index
        self._turnstile = turnstile or Turnstile()

    def ask(
        self,
        question: str,
        turns: Sequence[Turn],
        *,
        since: str | None = None,
        until: str | None = None,
        outlets: Sequence[str] = (),
    ) -> Iterator[tuple[Turn, ...]]:
        """Yield the conversation as it grows by whole sentences.

        What goes wrong becomes a message in the conversation; nothing is raised for it.
        """
        earlier = tuple(turns)
        turn = Turn(question=question.strip())
        yield (*earlier, turn)
        try:
            with self._turnstile.admit():
                for partial in stream(
                    turn.question,
                    index=self._index,
                    history=_history(earlier),
                    since=since or None,
                    until=until or None,
                    sources=list(outlets) or None,
                ):
                    turn = replace(turn, answer=partial)
                    yield (*earlier, turn)
        except (AnswerFailure, IndexFailure) as error:
            yield (*earlier, replace(turn, problem=str(error)))

    def stop(self, turns: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the conversation with its last answer marked as stopped, if it was under way."""
        if not turns or not turns[-1].is_open:
            return tuple(turns)
        return (*turns[:-1], replace(turns[-1], stopped=True))

    def fail(self, turns: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the conversation with its last answer marked as broken off by a fault of ours."""
        if not turns or not turns[-1].is_open:
            return tuple(turns)
        return (*turns[:-1], replace(turns[-1], problem=strings.FAULT))

    def conversation(self, turns: Sequence[Turn]) -> str:
        """Return the conversation as HTML, with a welcome while it is empty."""
        welcome = ""
        if not turns:
            welcome = render_welcome(str(self._index.folder), len(self._index.articles()))
        return render_conversation(turns, welcome)

    def library(self) -> str:
        """Return the list of articles as HTML."""
        try:
            return render_library(self._index.articles())
        except IndexFailure as error:
            return render_problem(str(error))

    def article(self, article_id: str, start: int, end: int) -> str:
        """Return an article as HTML with `text[start:end]` marked, or why it cannot be shown."""
        try:
            article = self._index.article(article_id)
            files = self._index.files(article_id)
        except IndexFailure as error:
            return render_problem(str(error))
        also_in = [PurePath(path).name for path in files if path != article.path]
        return render_source(article, start, end, also_in)

    def facts(self) -> str:
        """Return in words how much there is to ask, how fresh it is, and what writes."""
        articles = self._index.articles()
        if not articles:
            return strings.EMPTY_LIBRARY
        many = strings.MANY_ARTICLES.format(count=f"{len(articles):,}")
        newest = articles[0].published
        model = rag_settings().llm_model
        return strings.LIBRARY_FACTS.format(
            count=strings.ONE_ARTICLE if len(articles) == 1 else many,
            newest=date_in_words(newest) if newest else strings.NO_DATE,
            writer=strings.BY_MODEL.format(model=model) if model else strings.IN_QUOTES,
        )

    def outlets(self) -> list[str]:
        """Return the outlets of the library, in alphabetical order."""
        return sorted({info.source for info in self._index.articles() if info.source})


def _history(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """Return what was asked and answered before: nothing for a refusal, and no failures."""
    return [(turn.question, turn.answer.text) for turn in turns if turn.answer is not None]
