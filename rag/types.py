"""The values that flow through answering: citations, checked sentences, answers."""

from dataclasses import dataclass
from typing import Literal

from index.types import Hit, Value
from rag.shown import shown

Verdict = Literal["quoted", "supported", "partly", "unsupported", "unchecked"]


@dataclass(frozen=True, kw_only=True)
class Citation(Value):
    """A span of an article: `article.text[start:end] == quote`, always."""

    number: int
    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None
    start: int
    end: int
    quote: str
    speaker: str | None = None
    page: int | None = None
    also_in: tuple[str, ...] = ()
    """Ids of other articles that have the quote word for word; a copy is no second source."""


@dataclass(frozen=True, kw_only=True)
class Support(Value):
    """How far the cited text carries a sentence."""

    verdict: Verdict
    score: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sentence(Value):
    """The unit that is checked and streamed."""

    text: str
    citations: tuple[Citation, ...]
    support: Support

    @property
    def marks(self) -> str:
        """The footnote numbers; "cf." stands before those that do not carry the sentence."""
        differs = self.support.verdict in {"partly", "unsupported"}
        return "".join(f"[{'cf. ' * differs}{c.number}]" for c in self.citations)


@dataclass(frozen=True, kw_only=True)
class Side(Value):
    """What one group of sources says."""

    text: str
    citations: tuple[Citation, ...]
    published: str | None = None
    """When the first of them was published."""
    note: str | None = None
    """That it is the later one, or a correction."""


@dataclass(frozen=True, kw_only=True)
class Disagreement(Value):
    """Sources that differ about one thing."""

    about: str
    """What each says, in a word or two: "seven people or nine people"; the question as understood,
    where whole sentences differ."""
    sides: tuple[Side, ...]
    kind: Literal["sources", "copies", "correction", "within"] = "sources"
    """Whether sources differ, copies of one report, a correction from what it corrects, or an
    article from itself."""


@dataclass(frozen=True, kw_only=True)
class Answer(Value):
    """An answer, with everything that its writer saw."""

    question: str
    asked: str
    """The question as understood: standalone, without its history."""
    period: tuple[str | None, str | None] | None = None
    """First and last day asked about, ISO 8601, either end open."""
    sentences: tuple[Sentence, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    hits: tuple[Hit, ...] = ()
    """What its writer saw; where it refuses, the closest passages, without orders to programs."""
    score: float = 0.0
    """Calibrated chance, 0 to 1, that the articles answer the question."""
    refused: bool = False
    reason: str | None = None
    withheld: int = 0
    """Sentences that the check held back."""
    notices: tuple[str, ...] = ()
    writer: str = "quotes"
    timings: dict[str, float] | None = None
    """Seconds by step."""
    usage: dict[str, int] | None = None
    complete: bool = True

    @property
    def text(self) -> str:
        """The sentences as they may be shown, each followed by its footnote numbers.

        A number in brackets is always a footnote of ours: see `rag.shown`.
        """
        return " ".join(shown(sentence.text) + sentence.marks for sentence in self.sentences)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, by number."""
        by_number = {c.number: c for sentence in self.sentences for c in sentence.citations}
        return tuple(by_number[number] for number in sorted(by_number))
