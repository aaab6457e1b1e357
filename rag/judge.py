"""Judge a model's sentences: which spans carry each, or why it is not shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import Article, Hit, Index
from rag.borrowed_names import nameless, without_borrowed_names
from rag.citations import coverages, narrow
from rag.literal import without_invented_words
from rag.orders import echoes, ordered_words
from rag.premises import LONGEST_PASSAGE, Premises, encode_premises, join_premises
from rag.prompts import REPEATS_ORDER
from rag.support import check_claim
from rag.types import Support
from rag.windows import Window, grown, outside_orders


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What a check found, and the spans against which it was made."""

    spans: tuple[Window, ...]
    support: Support

    @property
    def holds(self) -> bool:
        """Whether the sentence may be shown."""
        return self.support.verdict == "supported"


class Judge:
    """Checks sentences against the passages that they cite; each text is encoded once."""

    def __init__(self, passages: Sequence[Hit], library: Index) -> None:
        """Start with nothing encoded; `passages` are those that the writer read."""
        self._library = library
        self._shown = [f"{hit.article.title or ''}\n{hit.passage.text}" for hit in passages]
        self._ordered = ordered_words([hit.passage.text for hit in passages])
        self._premises: dict[tuple[str, ...], Premises] = {}

    def judge(self, claim: str, cited: Sequence[Hit]) -> Judgement:
        """Narrow each cited passage to the span that carries a claim, and check the claim.

        Where no span of three sentences does, more of the passage may. A passage without a whole
        sentence carries nothing, and is passed over.
        """
        found = [narrow(claim, hit) for hit in cited]
        spans = outside_orders([span for span in found if span is not None], self._library)
        judgement = self._check(claim, spans)
        if not judgement.holds:
            judgement = self._with_neighbours(claim, judgement)
        if judgement.holds and echoes(claim, self._ordered):
            repeated = Support(verdict="unsupported", score=0.0, reasons=(REPEATS_ORDER,))
            return Judgement(spans=judgement.spans, support=repeated)
        if not judgement.holds:
            return self._without_borrowed(claim, judgement)
        judgement = self._without_idle(claim, judgement)
        # A span that tells what was done counts even where the check passes without it: else a
        # footnote to the article that only gives the name could stand there alone.
        acting = self.closest(nameless(claim), spans)
        articles = self._articles([*judgement.spans, *([acting] if acting else [])])
        support = without_borrowed_names(judgement.support, claim, articles, self._shown)
        support = without_invented_words(support, claim, articles)
        return Judgement(spans=judgement.spans, support=support)

    def closest(self, claim: str, windows: Sequence[Window]) -> Window | None:
        """Return the window that covers a claim best; None where there is none."""
        gains = coverages(claim, windows)
        ranked = sorted(zip(gains, windows, strict=True), key=lambda pair: -pair[0])
        return ranked[0][1] if ranked else None

    def _with_neighbours(self, claim: str, judgement: Judgement) -> Judgement:
        """Return a judgement of the least around its spans that carries a claim which they do not.

        A span's "he" may be named in the sentence before, or two facts stand apart. Unless all that
        is tried carries the claim, nothing does.
        """
        wider = [list(spans) for spans in self._growing(judgement.spans)]
        if not wider or not (widest := self._check(claim, wider[-1])).holds:
            return judgement
        tried = (self._check(claim, spans) for spans in wider[:-1])
        return next((each for each in tried if each.holds), widest)

    def _growing(self, spans: Sequence[Window]) -> Iterator[Sequence[Window]]:
        """Yield spans with one more sentence on either side, then with two, as far as they go.

        Beyond the length of a passage the check would read only a part of them.
        """
        while True:
            wider = [self._grown(span) for span in spans]
            length = sum(len(span.sentences) for span in wider)
            if wider == [*spans] or length > LONGEST_PASSAGE:
                return
            yield wider
            spans = wider

    def _grown(self, span: Window) -> Window:
        """Return a span with a sentence more on either side, unless an order reaches it then."""
        wider = grown(span)
        return wider if outside_orders([wider], self._library) else span

    def _without_borrowed(self, claim: str, judgement: Judgement) -> Judgement:
        """Say of a claim that fails the check which of its names an article does not give."""
        articles = self._articles(judgement.spans)
        support = without_borrowed_names(judgement.support, claim, articles, self._shown)
        return Judgement(spans=judgement.spans, support=support)

    def _articles(self, spans: Sequence[Window]) -> list[Article]:
        """Return the articles of spans, each once."""
        told = {span.hit.article.id for span in spans}
        return [self._library.article(article_id) for article_id in sorted(told)]

    def _without_idle(self, claim: str, judgement: Judgement) -> Judgement:
        """Leave out each span that alone does not carry the claim, if the others do without it.

        Those that carry least are tried first.
        """
        if len(judgement.spans) == 1:
            return judgement
        alone = [(span, self._check(claim, [span])) for span in judgement.spans]
        alone.sort(key=lambda pair: pair[1].support.score or 0.0)
        for span, own in alone:
            others = [other for other in judgement.spans if other is not span]
            if others and not own.holds and (without := self._check(claim, others)).holds:
                judgement = without
        return judgement

    def _check(self, claim: str, spans: Sequence[Window]) -> Judgement:
        premises = join_premises([self._encoded(span.quotes) for span in spans])
        return Judgement(spans=tuple(spans), support=check_claim(claim, premises))

    def _encoded(self, quotes: tuple[str, ...]) -> Premises:
        if quotes not in self._premises:
            self._premises[quotes] = encode_premises(quotes)
        return self._premises[quotes]
