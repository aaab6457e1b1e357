"""The quotes writer: answer in the articles' own sentences, verbatim."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from index import Hit, Index
from index.models import load_reranker
from index.passages import headed
from rag.citations import cite_span
from rag.entailment import load_entailment
from rag.late_interaction import load_token_encoder, telling, word_coverage
from rag.mentions import forms_in
from rag.stories import newest_first
from rag.types import Sentence, Support
from rag.windows import MOST_SENTENCES, Window, windows_of

PASSAGES_READ = 4
"""Passages whose windows compete."""

WINDOWS_RERANKED = 6
"""Windows that the cross-encoder reads; more chose no better on ClapNQ's 200 answerable."""

COVERAGE_WEIGHT = 10.0
"""Puts a mean cosine on the scale of the cross-encoder's logits, for the first choice."""

PASSAGE_SHARE = 0.3
"""What a passage's logit adds to that choice; with more, one passage took all the places."""

LOGIT_WEIGHT, ANSWERED_WEIGHT, PASSAGE_WEIGHT = 0.5, 1.0, 0.25
"""What the window's logit, the entailment model's log odds and the passage's logit count in the
second choice. Of 240 questions about 24 news articles the first window then answered 215; without
the entailment model 198, with half its weight 209, with it alone 214."""

MOST_QUOTES = 3
MOST_WORDS = 120

COPY_SHARE = 0.8
"""Share of the shorter window's words above which two windows tell the same."""

MARGIN = 2.0
"""Logits by which a further quote may fall behind the first."""


def rank_windows(
    question: str, evidence: Sequence[Hit], longest: int = MOST_SENTENCES
) -> tuple[Window, ...]:
    """Return the windows that best answer a question, best first, with their scores.

    Late interaction proposes, at no cost beyond encoding each passage once; the cross-encoder,
    which knows what is about the question, and the entailment model, which knows what answers it,
    decide.

    Args:
        question: What is asked.
        evidence: Passages, best first, of which the first few are read.
        longest: Sentences that a window has at most.
    """
    proposed = _propose(question, evidence[:PASSAGES_READ], longest)
    pairs = [(question, window.text) for window in proposed]
    logits = load_reranker().predict(pairs)
    readings = load_entailment().read(pairs)
    scored = [
        replace(
            window,
            logit=float(logit),
            answered=reading.answered,
            score=LOGIT_WEIGHT * float(logit)
            + ANSWERED_WEIGHT * reading.answered
            + PASSAGE_WEIGHT * window.hit.score,
        )
        for window, logit, reading in zip(proposed, logits, readings, strict=True)
    ]
    return tuple(sorted(scored, key=lambda window: -window.score))


def choose_quotes(windows: Sequence[Window]) -> list[Window]:
    """Choose the best window and those that add to it; an article's stand in its own order.

    Of reports of one story the newer comes first.

    At most three quotes, and so at most three sources, and 120 words unless a single sentence is
    longer; each further quote is nearly as good as the first.
    """
    chosen: list[Window] = []
    for window in windows:
        words = sum(other.words for other in chosen) + window.words
        if chosen and (words > MOST_WORDS or window.score < windows[0].score - MARGIN):
            continue
        if any(_repeats(window, other) for other in chosen):
            continue
        chosen.append(window)
        if len(chosen) == MOST_QUOTES:
            break
    articles = newest_first(chosen)
    return sorted(chosen, key=lambda w: (articles.index(w.hit.passage.article_id), w.start))


def _repeats(window: Window, other: Window) -> bool:
    """Say whether a window adds nothing: it overlaps the other, or is a copy of it or of a part.

    A copy whose numbers differ does add something, and is shown.
    """
    if window.overlaps(other) or set(window.quotes) & set(other.quotes):
        return True
    ours, theirs = forms_in(window.text), forms_in(other.text)
    alike = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
    return alike >= COPY_SHARE and _figures(ours) == _figures(theirs)


def _figures(forms: frozenset[str]) -> set[str]:
    return {form for form in forms if form[0].isdigit()}


def cite(windows: Sequence[Window], library: Index) -> Iterator[Sentence]:
    """Yield each sentence of the windows with a footnote to its exact characters."""
    number = 0
    for window in windows:
        article = library.article(window.hit.passage.article_id)
        for start, end in window.sentences:
            number += 1
            citation = cite_span(article, start, end, number)
            quoted = Support(verdict="quoted")
            yield Sentence(text=citation.quote, citations=(citation,), support=quoted)


def _propose(question: str, evidence: Sequence[Hit], longest: int) -> list[Window]:
    encoder = load_token_encoder()
    asked = encoder.encode([question])[0]
    texts = [headed(hit.article, hit.passage.text) for hit in evidence]
    proposed: list[Window] = []
    for hit, tokens in zip(evidence, encoder.encode(texts), strict=True):
        shift = len(tokens.text) - len(hit.passage.text) - hit.passage.start
        for window in windows_of(hit, longest):
            if window.words > MOST_WORDS and len(window.sentences) > 1:
                continue
            evidence_tokens = tokens.within(window.start + shift, window.end + shift)
            words = telling(word_coverage(asked, evidence_tokens))
            coverage = float(np.mean([word.coverage for word in words]))
            score = COVERAGE_WEIGHT * coverage + PASSAGE_SHARE * hit.score
            proposed.append(replace(window, covered=tuple(words), score=score))
    proposed.sort(key=lambda window: -window.score)
    return proposed[:WINDOWS_RERANKED]
