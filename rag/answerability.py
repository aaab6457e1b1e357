"""The chance that the articles answer a question, from what retrieval and reranking saw.

A logistic regression over eight cheap signals. `eval/calibrate.py` fits it on public questions
with and without an answer, and writes `answerability.json` with the data, the date and the
figures that it reached on questions that it had not seen.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index import Article, Hit
from rag.logistic import load_logistic
from rag.mentions import (
    date_words,
    form,
    forms_in,
    is_mentioned,
    names_in,
    numbers_in,
    telling_words,
)
from rag.windows import Window

WEIGHTS_FILE = Path(__file__).with_name("answerability.json")

LOWEST_LOGIT = -12.0
"""What the cross-encoder gives to a passage about something else."""

@dataclass(frozen=True, kw_only=True)
class Signals:
    """What speaks for and against an answer; every figure has the same scale for any library."""

    passage: float
    """Cross-encoder logit of the best passage."""
    second: float
    """The same of the second-best passage."""
    window: float
    """Cross-encoder logit of the best window."""
    coverage: float
    """Mean cosine by which the best window covers the question's words (late interaction)."""
    least_covered: float
    """The same over the three least-covered words."""
    missing_words: float
    """Share of the question's words that the best window's passage and title lack."""
    missing_names: float
    """Names in the question that the best window's whole article lacks."""
    missing_numbers: float
    """Numbers in the question that the best window's whole article, title and date lack."""


def measure_signals(
    question: str, evidence: Sequence[Hit], windows: Sequence[Window], article: Article
) -> Signals:
    """Return the signals of a question.

    Args:
        question: What is asked, standalone.
        evidence: Reranked passages, best first; at least one.
        windows: Ranked windows, best first; at least one.
        article: The article of the best window.
    """
    best = windows[0]
    words = telling_words(question)
    near = forms_in(f"{article.title} {date_words(article.published)} {best.hit.passage.text}")
    anywhere = near | forms_in(f"{article.source} {article.text}")
    covered = sorted(word.coverage for word in best.covered) or [0.0]
    logits = [hit.score for hit in evidence]
    return Signals(
        passage=logits[0],
        second=logits[1] if len(logits) > 1 else LOWEST_LOGIT,
        window=best.logit,
        coverage=float(np.mean(covered)),
        least_covered=float(np.mean(covered[:3])),
        missing_words=sum(form(word) not in near for word in words) / max(1, len(words)),
        missing_names=sum(not is_mentioned(name, anywhere) for name in names_in(question)),
        missing_numbers=sum(form(number) not in anywhere for number in numbers_in(question)),
    )


def answer_chance(signals: Signals) -> float:
    """Return the calibrated chance, 0 to 1, that the articles answer the question."""
    return load_logistic(WEIGHTS_FILE).chance(asdict(signals))


def threshold() -> float:
    """Return the chance below which a question is refused."""
    return load_logistic(WEIGHTS_FILE).threshold
