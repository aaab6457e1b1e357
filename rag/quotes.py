"""The quotes writer: answer in the articles' own sentences, verbatim."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from index import Hit, Index
from index.models import Reranker, load_reranker
from index.passages import headed
from rag.citations import cite_span
from rag.entailment import load_entailment
from rag.evidence import MOST_BEHIND
from rag.late_interaction import load_token_encoder, telling, word_coverage
from rag.mentions import forms_in
from rag.stories import newest_first
from rag.types import Sentence, Support
from rag.windows import MOST_SENTENCES, Window, windows_of

PASSAGES_READ = 4
"""Passages that have windows, at most: as many as the cross-encoder reads. With three the same
window came first for nearly all of 1,040 questions, but not among like reports, of which the
cross-encoder may put the right one last."""

WINDOWS_APART = 4
WINDOWS_AROUND = 2
"""Windows of a question that the entailment model reads: first some that do not overlap, then more
that overlap the best of these. Of 320 questions about 32 news articles the best then held the
answer to 301; of the eight first proposed, which are mostly variants of one or two places, to 296.
With three around the best it was 302."""

SEARCH_WINDOWS = 3
"""Windows of a search that both models read. With more, the chance told ClapNQ's answerable
searches no better from the others: AUROC .920 cross-fitted with three, .917 with six."""

COVERAGE_WEIGHT = 10.0
"""Puts a mean cosine on the scale of logits. Without it in the second choice the best window held
the answer to 295 of those 320 questions, with half as much to 297, with twice as much to 299."""

PASSAGE_SHARE = 0.3
"""What a passage's logit adds; with more, one passage took all the places."""

LOGIT_SHARE = 1 / 3
"""What the cross-encoder's logit of a search's window counts beside the entailment model's log odds
that it answers. The AUROC above is .919 with the logit alone."""

SENTENCE_PRICE = 0.2
"""What each further sentence costs the window of a question: beside more sentences, what answers is
said to answer as surely, or by a hundredth of the log odds more. The best windows of answerable
questions had 51 words, without it 55; of 60 whose answers are known they held 54, as without."""

MOST_QUOTES = 3
MOST_WORDS = 120

COPY_SHARE = 0.8
"""Share of the shorter window's words above which two windows tell the same."""

MARGIN = 2.0
"""By which a further quote's score may fall behind the first's. One of the quotes then answered 307
of those 320 questions, in 53 words; at half the margin 304, in 48."""


def rank_windows(
    question: str,
    evidence: Sequence[Hit],
    longest: int = MOST_SENTENCES,
    *,
    search: bool = False,
) -> tuple[Window, ...]:
    """Return the windows that best answer a question, best first, with their scores.

    Late interaction proposes, at no cost beyond encoding each passage once. To its score comes what
    the entailment model says, which knows what answers a question, or of a search a mean with the
    cross-encoder's, which learnt from searches. Either alone finds the answer less often.

    Args:
        question: What is asked.
        evidence: Passages, best first, of which the first few are read.
        longest: Sentences that a window has at most.
        search: Whether it was put as to a search box; see `rag/searches.py`.
    """
    proposed = _propose(question, evidence, longest)
    if search:
        return best_first(_read(question, proposed[:SEARCH_WINDOWS], load_reranker()))
    apart = best_first(_read(question, _apart(proposed)[:WINDOWS_APART]))
    around = _read(question, _around(apart[0], proposed)[:WINDOWS_AROUND]) if apart else []
    return best_first([*apart, *around])


def best_first(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return windows by their scores; those of one score stay in their order."""
    return tuple(sorted(windows, key=lambda window: -window.score))


def _apart(windows: Sequence[Window]) -> list[Window]:
    """Return windows without those that overlap one before them."""
    kept: list[Window] = []
    for window in windows:
        if not any(window.overlaps(other) for other in kept):
            kept.append(window)
    return kept


def _around(best: Window, windows: Sequence[Window]) -> list[Window]:
    """Return the other windows that overlap the best."""
    return [w for w in windows if w.overlaps(best) and w.sentences != best.sentences]


def _read(
    question: str, windows: Sequence[Window], reranker: Reranker | None = None
) -> list[Window]:
    """Return windows with what the models say of them: the entailment model, and a reranker."""
    pairs = [(question, window.text) for window in windows]
    logits = reranker.predict(pairs) if reranker else [None] * len(pairs)
    readings = load_entailment().read(pairs)
    return [
        _scored(window, None if logit is None else float(logit), reading.answered)
        for window, logit, reading in zip(windows, logits, readings, strict=True)
    ]


def _scored(window: Window, logit: float | None, answered: float) -> Window:
    """Return a proposed window with what the models say of it, which its score gains."""
    if logit is None:
        gain = answered - SENTENCE_PRICE * (len(window.sentences) - 1)
    else:
        gain = answered + LOGIT_SHARE * (logit - answered)
    return replace(window, logit=logit, answered=answered, score=window.score + gain)


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


def _propose(question: str, evidence: Sequence[Hit], longest: int) -> tuple[Window, ...]:
    """Return all windows, those first that cover the question's words best."""
    readable = ((hit, windows) for hit in evidence if (windows := windows_of(hit, longest)))
    read = list(islice(readable, PASSAGES_READ))
    best = max((hit.score for hit, _ in read), default=0.0)
    read = [(hit, windows) for hit, windows in read if hit.score > best - MOST_BEHIND]
    texts = [headed(hit.article, hit.passage.text) for hit, _ in read]
    asked, *passages = load_token_encoder().encode([question, *texts])
    proposed: list[Window] = []
    for (hit, windows), tokens in zip(read, passages, strict=True):
        shift = len(tokens.text) - len(hit.passage.text) - hit.passage.start
        for window in windows:
            if window.words > MOST_WORDS and len(window.sentences) > 1:
                continue
            evidence_tokens = tokens.within(window.start + shift, window.end + shift)
            words = telling(word_coverage(asked, evidence_tokens))
            coverage = float(np.mean([word.coverage for word in words]))
            score = COVERAGE_WEIGHT * coverage + PASSAGE_SHARE * hit.score
            proposed.append(replace(window, covered=tuple(words), score=score))
    return best_first(proposed)
