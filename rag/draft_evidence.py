"""What articles have to say about a sentence: the narrowest spans that carry it, or the nearest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index import Hit
from rag.citations import Coverage
from rag.premises import Premises, encode_premises
from rag.prompts import NOT_ALL
from rag.support import check_claim
from rag.types import Support
from rag.windows import Window

PASSAGES_TRIED = 4
"""Passages that may carry a sentence."""

COVERED, LOST = 0.75, 0.7
"""Cosine above which a span covers a word, and below which a part of the span covers it no more.

The first is the one below which the support check says that a word is not spoken of.
"""


OTHER_ARTICLE_WORDS = 2
"""Words that a second span must add where it is another article's; of the same, one will do."""


@dataclass(frozen=True)
class Finding:
    """Spans, what the check says of them, and how well the first covers the sentence."""

    windows: tuple[Window, ...]
    support: Support
    coverage: float
    titled: bool = False
    """Whether the article's title was read with them: it says what its sentences are about."""

    @property
    def carries(self) -> bool:
        """Whether the spans carry the sentence."""
        return self.support.verdict == "supported"


class DraftEvidence:
    """Weighs sentences of a draft against passages; each span is encoded once for all of them."""

    def __init__(self) -> None:
        """Start with nothing encoded."""
        self._coverage = Coverage()
        self._premises: dict[tuple[str, ...], Premises] = {}

    def weigh(self, claim: str, passages: Sequence[Hit]) -> list[Finding]:
        """Return what carries a claim, the surest first; else the one span nearest to it.

        Nothing comes back where the passages hold no whole sentence. One span of one passage is
        tried first; where none carries the claim, each under its article's title; where none does
        even so, the nearest together with another.
        """
        spans = [self._coverage.narrow(claim, hit) for hit in passages[:PASSAGES_TRIED]]
        windows = [window for window in spans if window is not None]
        if not windows:
            return []
        covers = self._coverage.covers(claim, windows)
        windows = [windows[i] for i in sorted(range(len(windows)), key=lambda i: -covers[i])]
        findings = [self._check(claim, [window]) for window in windows]
        tries = (
            findings,
            (self._check(claim, [window], titled=True) for window in windows),
            self._pairs(claim, windows),
        )
        for tried in tries:
            carrying = [self._slimmed(claim, finding) for finding in tried if finding.carries]
            if carrying:
                return sorted(carrying, key=lambda finding: -(finding.support.score or 0.0))
        nearest = self._slimmed(claim, findings[0])
        if not nearest.support.reasons:
            nearest = replace(nearest, support=replace(nearest.support, reasons=(NOT_ALL,)))
        return [nearest]

    def _pairs(self, claim: str, windows: Sequence[Window]) -> Iterator[Finding]:
        """Yield the first window with each that covers a word of the claim that it does not."""
        first = self._words(claim, windows[:1])
        for other in windows[1:]:
            theirs = self._words(claim, [other])
            added = sum(a < LOST and b >= COVERED for a, b in zip(first, theirs, strict=True))
            same = other.hit.article.id == windows[0].hit.article.id
            if added >= (1 if same else OTHER_ARTICLE_WORDS):
                yield self._check(claim, [windows[0], other])

    def _slimmed(self, claim: str, finding: Finding) -> Finding:
        """Return a finding with the fewest sentences that cover the same words, to the same end."""
        for place, window in enumerate(finding.windows):
            for part in _parts(window):
                windows = [*finding.windows]
                windows[place] = part
                if not self._keeps(claim, finding.windows, windows):
                    continue
                slim = self._check(claim, windows, titled=finding.titled)
                if slim.carries == finding.carries:
                    finding = slim
                    break
        return finding

    def _keeps(self, claim: str, whole: Sequence[Window], part: Sequence[Window]) -> bool:
        """Say whether every word that the whole covers is covered by the part."""
        before, after = self._words(claim, whole), self._words(claim, part)
        return not any(a >= COVERED and b < LOST for a, b in zip(before, after, strict=True))

    def _words(self, claim: str, windows: Sequence[Window]) -> list[float]:
        """Return how well the best of some windows covers each telling word of a claim."""
        covered = [self._coverage.words(claim, window) for window in windows]
        return [max(word.coverage for word in words) for words in zip(*covered, strict=True)]

    def _check(
        self, claim: str, windows: Sequence[Window], *, titled: bool = False
    ) -> Finding:
        titles = [window.hit.article.title or "" for window in windows] if titled else []
        quotes = [quote for window in windows for quote in window.quotes]
        evidence = tuple(dict.fromkeys([*titles, *quotes]))
        if evidence not in self._premises:
            self._premises[evidence] = encode_premises(evidence)
        support = check_claim(claim, self._premises[evidence])
        coverage = self._coverage.covers(claim, windows[:1])[0]
        return Finding(tuple(windows), support, coverage, titled)


def _parts(window: Window) -> Iterator[Window]:
    """Yield the shorter runs of a window's sentences, the shortest first."""
    for size in range(1, len(window.sentences)):
        for first in range(len(window.sentences) - size + 1):
            yield replace(window, sentences=window.sentences[first : first + size])
