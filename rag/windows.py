"""Candidate quotes: runs of one to three sentences that stand together in a passage.

The best single sentence often only repeats the question while its neighbour answers it, so
windows compete, not sentences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index import Hit, Index
from index.sentences import is_sentence, sentence_spans
from rag.late_interaction import CoveredWord
from rag.orders import overlaps_order

MOST_SENTENCES = 3


@dataclass(frozen=True, kw_only=True)
class Window:
    """Consecutive sentences of one passage; offsets count characters of the article's text."""

    hit: Hit
    sentences: tuple[tuple[int, int], ...]
    covered: tuple[CoveredWord, ...] = ()
    """The question's telling words, and how well this window covers each."""
    logit: float | None = None
    """What the cross-encoder says of the window alone, where it read it: in searches."""
    answered: float = 0.0
    """Log odds, by the entailment model, that the window answers the question."""
    score: float = 0.0
    """By which windows are ranked; see `rag/quotes.py`."""
    closeness: float = 0.0
    """How near its article's day comes to the days asked about, 0 to 1."""

    @property
    def start(self) -> int:
        """Where the first sentence starts."""
        return self.sentences[0][0]

    @property
    def end(self) -> int:
        """Where the last sentence ends."""
        return self.sentences[-1][1]

    @property
    def text(self) -> str:
        """The window's characters, as they stand in the article."""
        offset = self.hit.passage.start
        return self.hit.passage.text[self.start - offset : self.end - offset]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The characters of each sentence, in order."""
        offset, text = self.hit.passage.start, self.hit.passage.text
        return tuple(text[start - offset : end - offset] for start, end in self.sentences)

    @property
    def words(self) -> int:
        """How many words the window has."""
        return len(self.text.split())

    def overlaps(self, other: "Window") -> bool:
        """Say whether two windows share characters of one article."""
        same = self.hit.passage.article_id == other.hit.passage.article_id
        return same and self.start < other.end and other.start < self.end


def grown(window: Window) -> Window:
    """Return a window with one more sentence before it and after, as far as its run goes."""
    run = next(run for run in _runs(window.hit) if window.sentences[0] in run)
    first, last = run.index(window.sentences[0]), run.index(window.sentences[-1])
    return replace(window, sentences=tuple(run[max(0, first - 1) : last + 2]))


def windows_of(hit: Hit, longest: int = MOST_SENTENCES) -> list[Window]:
    """Return every run of one to three sentences, or to `longest`.

    Captions and subheads are never in one, nor is text that gives orders.
    """
    return [
        Window(hit=hit, sentences=tuple(run[first : first + size]))
        for run in _runs(hit)
        for size in range(1, longest + 1)
        for first in range(len(run) - size + 1)
    ]


def outside_orders(windows: Sequence[Window], library: Index) -> tuple[Window, ...]:
    """Return the windows that no order of their article reaches, though it begins before them."""
    return tuple(
        window
        for window in windows
        if not overlaps_order(library.article(window.hit.article.id).text, window.start, window.end)
    )


def _runs(hit: Hit) -> Iterator[Sequence[tuple[int, int]]]:
    """Yield the sentences of a passage, broken where something else stands between them."""
    text, offset = hit.passage.text, hit.passage.start
    run: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if is_sentence(text[start:end]) and not overlaps_order(text, start, end):
            run.append((offset + start, offset + end))
        elif run:
            yield run
            run = []
    if run:
        yield run
