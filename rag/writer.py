"""Write an answer, sentence by sentence: in quotes, or by a language model whose words are checked.

What a model writes is shown only if it cites passages that are there and their words carry it. What
fails is written again once, gives way to a quote or is held back; a model that fails, to quotes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index import Hit, Index
from rag.breaker import breaker_of
from rag.briefing import Message, choose_passages, write_briefing
from rag.citations import Footnotes, cite_span
from rag.drafted import Drafted, SentenceStream
from rag.errors import ModelBrokeOff, ModelFailure, ModelTooSlow
from rag.judge import Judge, Judgement
from rag.prompts import (
    INSTEAD,
    NOTHING_HELD,
    REPLACED,
    REST_QUOTED,
    REWRITTEN,
    TOO_LONG,
    TOO_SLOW,
)
from rag.quotes import MARGIN, choose_quotes, cite
from rag.repair import Failed, Rewritten, read_repair, write_repair
from rag.settings import RagSettings
from rag.thoughts import Said, ThoughtFilter
from rag.types import Answer, Sentence, Support
from rag.windows import Window

if TYPE_CHECKING:
    from rag.model import Conversation

UNCHECKED = Support(verdict="unchecked")

ENOUGH_SENTENCES = 6
"""Shown; as many as a model is asked for, so nothing is written again beyond them."""

MOST_SENTENCES = 100
"""Checked of one reply; what a model thinks aloud cites nothing, and may be longer."""

LONGEST_SENTENCE = 1_000
"""Characters; the models that check it read some 2,000, evidence included."""

MOST_REWRITTEN = 6
"""Sentences that one further request asks for."""

MOST_REPLIES = 2
"""Sentences into which one may be parted."""

SHORTEST_REWRITE = 5.0
"""Seconds that must be left for it; a model answers in some two."""


def write(
    draft: Answer,
    windows: Sequence[Window],
    library: Index,
    settings: RagSettings,
    *,
    check: bool = True,
    began: float | None = None,
) -> Iterator[Answer]:
    """Yield the answer as it grows; what was once shown stays.

    Args:
        draft: The answer without its sentences; its hits are the evidence.
        windows: Ranked windows, best first; at least one.
        library: Where the articles are.
        settings: Which model writes; without one, the answer is in quotes.
        check: Whether what the model writes must pass the support check to be shown.
        began: When the reader began to wait, by `time.monotonic`.
    """
    if settings.llm_model is None:
        for sentence in cite(choose_quotes(windows), library):
            draft = replace(draft, sentences=(*draft.sentences, sentence))
            yield draft
        return
    writing = ModelWriter(draft, windows, library, settings, check=check)
    try:
        yield from writing.sentences(began)
        failure = None if writing.draft.sentences else NOTHING_HELD
    except ModelFailure as error:
        yield writing.hold_back()
        failure = str(error)
    if failure:
        yield from writing.quotes(failure)


class ModelWriter:
    """One answer that a model writes: `draft` is what may be shown of it so far.

    Sentences that pass the check are shown as they come. Those that fail wait until the model has
    ended, and what then stands in for them comes behind what is shown already, out of the order in
    which the model told it: putting it in between would move sentences while somebody reads them,
    and asking at once would keep all later ones waiting. First come those written again, then
    quotes, so that no quote repeats what a sentence tells.
    """

    def __init__(
        self,
        draft: Answer,
        windows: Sequence[Window],
        library: Index,
        settings: RagSettings,
        *,
        check: bool = True,
    ) -> None:
        """Start with nothing shown; see `write`."""
        self.draft = draft
        self._windows = windows
        self._library = library
        self._settings = settings
        self._passages = choose_passages(draft.hits)
        self._judge = Judge(self._passages, library)
        self._check = check
        self._footnotes = Footnotes()
        self._shown: list[Window] = []
        self._failed: list[Failed] = []
        self._rejected = 0
        self._judged = 0

    def sentences(self, began: float | None = None) -> Iterator[Answer]:
        """Yield the answer after each sentence that the check lets through, then after repairs.

        Raises:
            ModelFailure: the model gives no answer, or not all of it, or too much.
        """
        from rag.model import Conversation

        breaker = breaker_of(self._settings.llm_base_url or "")
        conversation = Conversation(self._settings, began=began, breaker=breaker)
        parser = SentenceStream()
        for said in self._said(conversation, write_briefing(self.draft.asked, self._passages)):
            if said.afresh:  # so what was read is neither shown nor counted
                parser = SentenceStream()
                self._failed, self._rejected = [], 0
            for drafted in parser.feed(said.text):
                yield self._take(drafted, conversation)
        for drafted in parser.finish():
            yield self._take(drafted, conversation)
        yield from self._repair(conversation)
        yield self.hold_back()

    def hold_back(self) -> Answer:
        """Count what failed and was not replaced as held back, and return the answer."""
        withheld = self.draft.withheld + self._rejected + len(self._failed)
        self.draft = replace(self.draft, withheld=withheld)
        self._failed, self._rejected = [], 0
        return self.draft

    def quotes(self, failure: str) -> Iterator[Answer]:
        """Yield the answer after each quote that stands in for what the model did not write."""
        model, wording = self._settings.writer, REST_QUOTED if self.draft.sentences else INSTEAD
        self._add_notice(wording.format(model=model, reason=failure))
        yield self.draft
        fresh = [window for window in choose_quotes(self._windows) if not self._is_shown(window)]
        for sentence in cite(fresh, self._library):
            yield self._show(sentence, by=self.draft.writer)

    def _said(self, conversation: "Conversation", messages: list[Message]) -> Iterator[Said]:
        """Yield what the model answers, without its thoughts, and add up the tokens it takes."""
        thoughts = ThoughtFilter()
        for piece in conversation.stream(messages):
            if piece.usage:
                used = self.draft.usage or {}
                total = {name: used.get(name, 0) + n for name, n in piece.usage.items()}
                self.draft = replace(self.draft, usage=total)
            yield thoughts.feed(piece.text)
        yield thoughts.finish()

    def _take(self, drafted: Drafted, conversation: "Conversation") -> Answer:
        """Show a sentence if its sources carry it; else keep it for repair, or reject it."""
        if conversation.seconds_left <= 0:
            raise ModelTooSlow(TOO_SLOW)
        if any(drafted.text == sentence.text for sentence in self.draft.sentences):
            return self.draft
        if any(drafted == failed.drafted for failed in self._failed):
            return self.draft
        cited = self._cited(drafted)
        if not cited or not self._is_fit(drafted):
            self._rejected += 1
            return self.draft
        self._judged += 1
        if self._judged > MOST_SENTENCES:
            raise ModelBrokeOff(TOO_LONG)
        judgement = self._judge.judge(drafted.text, cited)
        if judgement.holds:
            return self._show_judged(drafted, judgement)
        if not self._check:
            return self._show_judged(drafted, replace(judgement, support=UNCHECKED))
        self._failed.append(Failed(drafted=drafted, reasons=judgement.support.reasons))
        return self.draft

    def _repair(self, conversation: "Conversation") -> Iterator[Answer]:
        """Yield the answer after each sentence or quote that stands in for one that failed."""
        rewritten = self._rewritten(conversation)
        left: list[Failed] = []
        for number, failed in enumerate(self._failed, start=1):
            replies = [each.drafted for each in rewritten if each.number == number]
            if any([self._take_rewritten(drafted) for drafted in replies[:MOST_REPLIES]]):
                yield self.draft
            else:
                left.append(failed)
        self._note(REWRITTEN, len(self._failed) - len(left))
        replaced = len(left)
        self._failed = []
        for failed in left:
            quote = self._closest_quote(failed.drafted)
            if quote is None:
                self._failed.append(failed)
                continue
            self._shown.append(quote)
            for sentence in cite([quote], self._library):
                yield self._show(sentence, by=self._settings.writer)
        self._note(REPLACED, replaced - len(self._failed))

    def _rewritten(self, conversation: "Conversation") -> list[Rewritten]:
        """Ask once for all failed sentences; none where it is not worth while or goes wrong."""
        failed = self._failed[:MOST_REWRITTEN]
        enough = len(self.draft.sentences) >= ENOUGH_SENTENCES
        if not failed or enough or conversation.seconds_left < SHORTEST_REWRITE:
            return []
        messages = write_repair(self.draft.asked, self._passages, failed)
        reply = ""
        try:
            for said in self._said(conversation, messages):
                reply = said.text if said.afresh else reply + said.text
        except ModelFailure:
            return []  # quotes stand in: the sentences that are shown are still the model's
        return read_repair(reply)

    def _take_rewritten(self, drafted: Drafted) -> bool:
        """Show a rewritten sentence if its sources carry it, and say whether it now is shown."""
        if any(drafted.text == sentence.text for sentence in self.draft.sentences):
            return True
        cited = self._cited(drafted)
        again = any(drafted == failed.drafted for failed in self._failed)
        if again or not cited or not self._is_fit(drafted):
            return False
        judgement = self._judge.judge(drafted.text, cited)
        if judgement.holds:
            self._show_judged(drafted, judgement)
        return judgement.holds

    def _is_fit(self, drafted: Drafted) -> bool:
        """Say whether a sentence is short enough to be checked, and gives no secret away."""
        is_short = len(drafted.text) <= LONGEST_SENTENCE
        return is_short and not self._settings.tells_secret(drafted.text)

    def _cited(self, drafted: Drafted) -> list[Hit]:
        """Return the passages that a sentence cites; none if any of them is not there."""
        there = range(1, len(self._passages) + 1)
        if any(number not in there for number in drafted.numbers):
            return []
        return [self._passages[number - 1] for number in drafted.numbers]

    def _closest_quote(self, drafted: Drafted) -> Window | None:
        """Return the window of the cited passages that is closest to a sentence.

        It must itself be a good answer, as the quotes writer would judge, and not be shown yet.
        """
        ids = {hit.passage.id for hit in self._cited(drafted)}
        lowest = self._windows[0].score - MARGIN
        good = [
            window
            for window in self._windows
            if window.hit.passage.id in ids
            and window.score >= lowest
            and not self._is_shown(window)
        ]
        return self._judge.closest(drafted.text, good)

    def _is_shown(self, window: Window) -> bool:
        return any(window.overlaps(other) for other in self._shown)

    def _show_judged(self, drafted: Drafted, judgement: Judgement) -> Answer:
        self._shown += judgement.spans
        citations = tuple(
            cite_span(self._library.article(span.hit.article.id), span.start, span.end, number=0)
            for span in judgement.spans
        )
        sentence = Sentence(text=drafted.text, citations=citations, support=judgement.support)
        return self._show(sentence, by=self._settings.writer)

    def _show(self, sentence: Sentence, *, by: str) -> Answer:
        sentences = (*self.draft.sentences, self._footnotes.numbered(sentence))
        self.draft = replace(self.draft, sentences=sentences, writer=by)
        return self.draft

    def _note(self, wording: str, count: int) -> None:
        if count:
            self._add_notice(wording.format(model=self._settings.writer, count=count))

    def _add_notice(self, notice: str) -> None:
        self.draft = replace(self.draft, notices=(*self.draft.notices, notice))
