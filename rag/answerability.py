"""The chance that the articles answer a question, from what retrieval and reranking saw.

A logistic regression over eight cheap signals. `eval/calibrate.py` fits it on public questions
with and without an answer, and writes `answerability.json` with the data, the date and the
figures that it reached on questions that it had not seen.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index import Article
from index.models import load_embedder
from rag.logistic import load_logistic
from rag.mentions import date_words, missing_names, missing_numbers
from rag.windows import Window

WEIGHTS_FILE = Path(__file__).with_name("answerability.json")

@dataclass(frozen=True, kw_only=True)
class Signals:
    """What speaks for and against an answer; every figure has the same scale for any library."""

    passage: float
    """Cross-encoder logit of the best window's passage."""
    window: float
    """Cross-encoder logit of the best window alone."""
    meaning: float
    """Cosine between the embedded question and the best window."""
    coverage: float
    """Mean cosine by which the best window covers the question's words (late interaction)."""
    least_covered: float
    """The same of the least-covered word."""
    missing_names: float
    """Names in the question that the best window's whole article lacks."""
    distant_names: float
    """Names that the article has, but not the best window's passage."""
    missing_numbers: float
    """Numbers in the question that the best window's whole article, title and date lack."""


def measure_signals(question: str, windows: Sequence[Window], article: Article) -> Signals:
    """Return the signals of a question.

    Args:
        question: What is asked, standalone.
        windows: Ranked windows, best first; at least one.
        article: The article of the best window.
    """
    best = windows[0]
    facts = f"{article.title} {article.source} {date_words(article.published)}"
    anywhere = f"{facts} {article.text}"
    missing = missing_names(question, anywhere)
    distant = missing_names(question, f"{facts} {best.hit.passage.text}")
    covered = [word.coverage for word in best.covered] or [0.0]
    embedder = load_embedder()
    return Signals(
        passage=best.hit.score,
        window=best.logit,
        meaning=float(embedder.encode_query(question) @ embedder.encode([best.text])[0]),
        coverage=float(np.mean(covered)),
        least_covered=min(covered),
        missing_names=float(len(missing)),
        distant_names=float(max(0, len(distant) - len(missing))),
        missing_numbers=float(len(missing_numbers(question, anywhere))),
    )


def answer_chance(signals: Signals) -> float:
    """Return the calibrated chance, 0 to 1, that the articles answer the question."""
    return load_logistic(WEIGHTS_FILE).chance(asdict(signals))


def threshold() -> float:
    """Return the chance below which a question is refused."""
    return load_logistic(WEIGHTS_FILE).threshold
