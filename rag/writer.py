"""Write an answer, sentence by sentence: in quotes, or by a language model whose words are checked.

Whatever a model writes is shown only if it cites passages that are there and the cited words carry
it. What fails gives way to a quote, or is held back; what fails altogether, to the quotes writer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index import Hit, Index
from rag.briefing import choose_passages, write_briefing
from rag.citations import Coverage, Footnotes, cite_span
from rag.drafted import Drafted, SentenceStream
from rag.errors import ModelFailure
from rag.orders import echoes, ordered_words
from rag.premises import encode_premises
from rag.prompts import INSTEAD, NOTHING_HELD, REST_QUOTED
from rag.quotes import MARGIN, choose_quotes, cite
from rag.settings import RagSettings
from rag.support import check_claim
from rag.types import Answer, Sentence
from rag.windows import Window, outside_orders


def write(
    draft: Answer, windows: Sequence[Window], library: Index, settings: RagSettings
) -> Iterator[Answer]:
    """Yield the answer as it grows; what was once shown stays.

    Args:
        draft: The answer without its sentences; its hits are the evidence.
        windows: Ranked windows, best first; at least one.
        library: Where the articles are.
        settings: Which model writes; without one, the answer is in quotes.
    """
    if settings.llm_model is None:
        for sentence in cite(choose_quotes(windows), library):
            draft = replace(draft, sentences=(*draft.sentences, sentence))
            yield draft
        return
    writing = ModelWriter(draft, windows, library, settings)
    try:
        yield from writing.sentences()
        failure = None if writing.draft.sentences else NOTHING_HELD
    except ModelFailure as error:
        failure = str(error)
    if failure:
        yield from writing.quotes(failure)


class ModelWriter:
    """One answer that a model writes: `draft` is what may be shown of it so far."""

    def __init__(
        self, draft: Answer, windows: Sequence[Window], library: Index, settings: RagSettings
    ) -> None:
        """Start with nothing shown; see `write`."""
        self.draft = draft
        self._windows = windows
        self._library = library
        self._settings = settings
        self._passages = choose_passages(draft.hits)
        self._ordered = ordered_words([hit.passage.text for hit in draft.hits])
        self._coverage = Coverage()
        self._footnotes = Footnotes()
        self._shown: list[Window] = []

    def sentences(self) -> Iterator[Answer]:
        """Yield the answer after each sentence that the model wrote and the check has judged.

        Raises:
            ModelFailure: the model gives no answer, or not all of it.
        """
        from rag.model import stream_model

        parser = SentenceStream()
        usage = None
        for piece in stream_model(
            self._settings, write_briefing(self.draft.asked, self._passages)
        ):
            usage = piece.usage or usage
            for drafted in parser.feed(piece.text):
                yield self._judge(drafted)
        for drafted in parser.finish():
            yield self._judge(drafted)
        self.draft = replace(self.draft, usage=usage)
        yield self.draft

    def quotes(self, failure: str) -> Iterator[Answer]:
        """Yield the answer after each quote that stands in for what the model did not write."""
        model, wording = self._settings.writer, REST_QUOTED if self.draft.sentences else INSTEAD
        notice = wording.format(model=model, reason=failure)
        self.draft = replace(self.draft, notices=(*self.draft.notices, notice))
        yield self.draft
        fresh = [window for window in choose_quotes(self._windows) if not self._is_shown(window)]
        for sentence in cite(fresh, self._library):
            yield self._show(sentence, by=self.draft.writer)

    def _judge(self, drafted: Drafted) -> Answer:
        """Show a sentence that its sources carry; else the closest quote; else hold it back."""
        if any(drafted.text == sentence.text for sentence in self.draft.sentences):
            return self.draft
        cited = self._cited(drafted)
        spans = [self._coverage.narrow(drafted.text, hit) for hit in cited]
        found = outside_orders([window for window in spans if window is not None], self._library)
        if found:
            quoted = dict.fromkeys(quote for window in found for quote in window.quotes)
            support = check_claim(drafted.text, encode_premises([*quoted]))
            if support.verdict == "supported" and not echoes(drafted.text, self._ordered):
                citations = tuple(
                    cite_span(self._library.article(w.hit.article.id), w.start, w.end, number=0)
                    for w in found
                )
                self._shown += found
                return self._show(
                    Sentence(text=drafted.text, citations=citations, support=support),
                    by=self._settings.writer,
                )
            quote = self._closest_quote(drafted.text, cited)
            if quote is not None:
                self._shown.append(quote)
                for sentence in cite([quote], self._library):
                    self._show(sentence, by=self._settings.writer)
                return self.draft
        self.draft = replace(self.draft, withheld=self.draft.withheld + 1)
        return self.draft

    def _cited(self, drafted: Drafted) -> list[Hit]:
        """Return the passages that a sentence cites; none if any of them is not there."""
        there = range(1, len(self._passages) + 1)
        if any(number not in there for number in drafted.numbers):
            return []
        return [self._passages[number - 1] for number in drafted.numbers]

    def _closest_quote(self, claim: str, cited: Sequence[Hit]) -> Window | None:
        """Return the window of the cited passages that is closest to a claim.

        It must itself be a good answer, as the quotes writer would judge, and not be shown yet.
        """
        ids = {hit.passage.id for hit in cited}
        lowest = self._windows[0].score - MARGIN
        good = [
            window for window in self._windows
            if window.hit.passage.id in ids and window.score >= lowest
            and not self._is_shown(window)
        ]
        if not good:
            return None
        gains = self._coverage.covers(claim, good)
        return max(zip(gains, good, strict=True), key=lambda pair: pair[0])[1]

    def _is_shown(self, window: Window) -> bool:
        return any(window.overlaps(other) for other in self._shown)

    def _show(self, sentence: Sentence, *, by: str) -> Answer:
        sentences = (*self.draft.sentences, self._footnotes.numbered(sentence))
        self.draft = replace(self.draft, sentences=sentences, writer=by)
        return self.draft
