"""What people label: one sentence of an answer beside one span that it cites, in random order.

Two questions can be asked. "support": does the span say what the sentence says? It is asked of
sentences that a model wrote. A sentence quoted word for word needs no such label: it is grounded by
construction, and counting it would only raise the figure, so quotes are left out. What a quote may
fail at is to answer the question, so that is what "answers" asks, of quotes alone.

A sentence may cite several spans; they are shown one after the other, so that the labels of a
sentence are whole. The order is that of a hash over the texts: it is the same for every rater and
every run, so raters overlap from the start, and whatever stands before some place in it is a random
sample of the run's sentences.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from eval.types import Outcome
from eval.weights import OF_VERDICT
from index.sentences import sentence_spans
from index.types import Value
from rag.types import Answer, Citation, Sentence

Kind = Literal["support", "answers"]
KINDS: tuple[Kind, ...] = get_args(Kind)

KEY_DIGITS = 16
"""Hex digits of a SHA-256, as article ids have."""

SENTENCES_AROUND = 2
"""Shown on either side of a span: enough to see whom "she" means, and little to read."""


@dataclass(frozen=True, kw_only=True)
class Item(Value):
    """What a rater sees at once."""

    key: str
    """A hash over the kind, the sentence (or the question), the quote and the article's id."""
    kind: Kind
    question: str
    sentence: str
    quote: str
    before: str
    """The text of the article just before the quote, as far as the report holds it."""
    after: str
    citation: Citation
    position: int
    """Which of the sentence's spans this is, counted from 1."""
    spans: int
    """How many spans the sentence cites."""


@dataclass(frozen=True, kw_only=True)
class Unit(Value):
    """A sentence with all that it cites: it counts once all of its items are labelled."""

    key: str
    """By which units are ordered."""
    case_id: str
    items: tuple[Item, ...]
    prediction: float
    """What the check, or for quotes the refusal, takes the label to be; raters never see it."""


UNCHECKED = 0.5
"""The prediction of a sentence that the check did not read."""


def make_units(outcomes: Sequence[Outcome], kind: Kind) -> list[Unit]:
    """Return every sentence of a run that a label of this kind is for, in the order of labelling.

    A sentence that stands in several answers comes several times, with the same keys.
    """
    units = [
        _make_unit(outcome, sentence, kind)
        for outcome in outcomes
        for sentence in outcome.answer.sentences
        if sentence.citations and (sentence.support.verdict == "quoted") == (kind == "answers")
    ]
    return sorted(units, key=lambda unit: (unit.key, unit.case_id))


def list_items(units: Sequence[Unit]) -> list[Item]:
    """Return the items of units in order, each once."""
    return [*{item.key: item for unit in units for item in unit.items}.values()]


def _make_unit(outcome: Outcome, sentence: Sentence, kind: Kind) -> Unit:
    items = tuple(_make_items(outcome, sentence, kind))
    if kind == "answers":
        prediction = outcome.answer.score
    elif sentence.support.score is not None:
        prediction = sentence.support.score
    else:
        prediction = OF_VERDICT.get(sentence.support.verdict, UNCHECKED)
    return Unit(
        key=_hash("unit", *(item.key for item in items)),
        case_id=outcome.case.id,
        items=items,
        prediction=prediction,
    )


def _make_items(outcome: Outcome, sentence: Sentence, kind: Kind) -> Iterator[Item]:
    asked = outcome.answer.asked
    spans = {(c.article_id, c.quote): c for c in sentence.citations}
    for position, citation in enumerate(spans.values(), start=1):
        before, after = _around(outcome.answer, citation)
        judged = asked if kind == "answers" else sentence.text
        yield Item(
            key=_hash(kind, judged, citation.quote, citation.article_id),
            kind=kind,
            question=asked,
            sentence=sentence.text,
            quote=citation.quote,
            before=before,
            after=after,
            citation=citation,
            position=position,
            spans=len(spans),
        )


def _around(answer: Answer, citation: Citation) -> tuple[str, str]:
    """Return the sentences before and after a span, from the passage that holds it; else ""."""
    for hit in answer.hits:
        passage = hit.passage
        start, end = citation.start - passage.start, citation.end - passage.start
        same = passage.article_id == citation.article_id
        if same and start >= 0 and passage.text[start:end] == citation.quote:
            spans = sentence_spans(passage.text)
            starts = [s for s, _ in spans if s < start]
            ends = [e for _, e in spans if e > end]
            first = starts[-SENTENCES_AROUND:][0] if starts else start
            last = ends[:SENTENCES_AROUND][-1] if ends else end
            return passage.text[first:start], passage.text[end:last]
    return "", ""


def _hash(*parts: str) -> str:
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_DIGITS]
