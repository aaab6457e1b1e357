"""Answer a question from a library: the whole way, top to bottom."""

import os
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from index import Hit, Index
from index.settings import index_settings
from rag.answerability import answer_chance, measure_signals, threshold
from rag.closest import closest_passages
from rag.copies import mark_copies
from rag.crowding import without_crowd
from rag.disagreements import find_disagreements
from rag.erasures import anew_if_erased
from rag.errors import BadQuestion, EmptyLibrary
from rag.evidence import as_found, read_on, rerank_until_near
from rag.followup import understand
from rag.history import Turn
from rag.logs import logged
from rag.orders import holds_order
from rag.period import When, read_when
from rag.pipeline import WHOLE, Pipeline
from rag.prompts import EMPTY_LIBRARY, NOTHING_FOUND, ORDERS_FOUND, REFUSED
from rag.recency import (
    lead_by_time,
    may_lead,
    near_evidence_first,
    of_the_time,
    rank_windows_in_time,
    search_near,
)
from rag.searches import is_search
from rag.settings import rag_settings
from rag.standing import standing_notices
from rag.types import Answer
from rag.windows import Window, outside_orders
from rag.writer import write

FOUND = 50
"""Passages asked of the index."""

LEADING = 3
"""Passages that lead the evidence: orders farther down could not have been quoted anyway."""

LONGEST_QUESTION = 2_000
"""Characters; the models read some 500 words, so more would be cut without a word."""


def answer(
    question: str,
    *,
    index: Index | None = None,
    history: Sequence[Turn] = (),
    as_of: str | None = None,
    since: str | None = None,
    until: str | None = None,
    sources: Sequence[str] | None = None,
    articles: Sequence[str] | None = None,
) -> Answer:
    """Answer a question from a library's articles, or refuse where they do not say.

    Args:
        question: What is asked.
        index: The library; the one that the settings name by default.
        history: The conversation so far, oldest first, for follow-up questions.
        as_of: The day on which the reader stands, ISO 8601; nothing later is looked at, and
            "yesterday" is the day before. Today (UTC) by default, which hides nothing.
        since: First day of publication.
        until: Last day of publication. Under any limit of time undated articles are left out.
        sources: Outlets to answer from.
        articles: Ids of articles to answer from; no other is looked at, not even for a
            disagreement.

    Raises:
        AnswerFailure: the question or the period cannot be used, or there are no articles.
        IndexFailure: the library cannot be searched.
    """
    *_, last = stream(
        question,
        index=index,
        history=history,
        as_of=as_of,
        since=since,
        until=until,
        sources=sources,
        articles=articles,
    )
    return last


@logged("answer")
@anew_if_erased
def stream(
    question: str,
    *,
    index: Index | None = None,
    history: Sequence[Turn] = (),
    as_of: str | None = None,
    since: str | None = None,
    until: str | None = None,
    sources: Sequence[str] | None = None,
    articles: Sequence[str] | None = None,
    in_quotes: bool = False,
    pipeline: Pipeline = WHOLE,
) -> Iterator[Answer]:
    """Yield an answer that grows by whole sentences; the last is complete. See `answer`.

    With `in_quotes` no language model is asked, whether one is named or not, and nothing is logged.
    A `pipeline` leaves parts out, so that an evaluation can tell what each earns.
    """
    settings = rag_settings()
    if in_quotes:
        settings = settings.model_copy(update={"llm_base_url": None, "llm_model": None})
    library = index or default_library()
    began, clock = time.monotonic(), _Clock()
    typed = _checked(question)
    understood = understand(typed, history, settings)
    search = is_search(understood.judged)
    when = read_when(understood.asked, since=since, until=until, as_of=as_of)
    searched = when.without_words(understood.search)
    about = when.without_words(understood.judged)
    within = when.without_words(understood.judged, within=True)
    found = search_near(library, searched, FOUND, when, sources, articles, pipeline.retrievers)
    if not found and not library.articles():
        raise EmptyLibrary(EMPTY_LIBRARY)
    found = without_crowd(found)
    clock.lap("search")
    if pipeline.rerank:
        competes = partial(may_lead, when=when)
        ranked = rerank_until_near(searched, found, pipeline.reranked, competes)
    else:
        ranked = as_found(found)
    evidence = near_evidence_first(ranked, when)
    clock.lap("rerank")
    windows = rank_windows_in_time(
        about, within, evidence, when, pipeline.longest_window, search=search
    )
    windows = outside_orders(windows, library)
    timely = of_the_time(evidence, when)
    clock.lap("windows")

    def chance(window: Window) -> float:
        asked = within if window.hit.article.id in timely else about
        article = library.article(window.hit.passage.article_id)
        return answer_chance(measure_signals(asked, window, article), search=search)

    windows = lead_by_time(windows, when, lambda window: chance(window) >= threshold())
    score = chance(windows[0]) if windows else 0.0
    clock.lap("answerability")

    draft = Answer(
        question=question,
        asked=understood.asked,
        period=when.limits,
        hits=evidence,
        score=score,
        notices=_notices(when, evidence, library, sources, articles),
        complete=False,
    )
    if score < threshold():
        yield replace(
            draft,
            refused=True,
            reason=REFUSED if evidence else NOTHING_FOUND,
            hits=closest_passages(evidence, library),
            timings=clock.laps(),
            complete=True,
        )
        return
    grown = draft
    writing = write(draft, windows, library, settings, check=pipeline.check, began=began)
    for grown in map(mark_copies, writing):
        yield replace(grown, timings=clock.laps())
    clock.lap("write")
    differing = find_disagreements(
        understood.judged,
        near_evidence_first(read_on(searched, evidence), when),
        library,
        cited=grown.citations,
        found=found,
    )
    clock.lap("compare")
    yield replace(
        grown,
        disagreements=differing,
        notices=grown.notices + standing_notices(grown, when),
        timings=clock.laps(),
        complete=True,
    )


def _checked(question: str) -> str:
    if not any(unicodedata.category(character)[0] in "LN" for character in question):
        raise BadQuestion(
            "The question is empty: it has no word. Ask something about the articles."
        )
    if any(unicodedata.category(character) == "Cs" for character in question):
        raise BadQuestion("The question is not in UTF-8. Type it again.")
    if len(question) > LONGEST_QUESTION:
        raise BadQuestion(
            f"The question has {len(question):,} characters; at most {LONGEST_QUESTION:,} can be "
            "read. Ask for one thing at a time."
        )
    return question.strip()


def _notices(
    when: When,
    evidence: Sequence[Hit],
    library: Index,
    sources: Sequence[str] | None,
    articles: Sequence[str] | None,
) -> tuple[str, ...]:
    """Return what the reader is told before the answer."""
    among = library.articles() if when.limits else ()
    notices = when.notices([a for a in among if not articles or a.id in articles], sources)
    if any(holds_order(hit.passage.text) for hit in evidence[:LEADING]):
        notices = (*notices, ORDERS_FOUND)
    return notices


def default_library() -> Index:
    """Return the library that the settings name."""
    return _open_library(os.path.abspath(index_settings().home))  # noqa: PTH100


@cache
def _open_library(folder: str) -> Index:
    return Index.open(Path(folder), create=False)


class _Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._seconds: dict[str, float] = {}

    def lap(self, step: str) -> None:
        """Note the seconds since the lap before."""
        now = time.perf_counter()
        self._seconds[step] = now - self._last
        self._last = now

    def laps(self) -> dict[str, float]:
        """Return the seconds of each step so far."""
        return dict(self._seconds)
