"""The chance that the articles answer a question, from what retrieval and reranking saw.

A logistic regression over eight cheap signals. `eval/calibrate.py` fits it on public questions
with and without an answer, and writes `answerability.json` with the data, the date and the
figures that it reached, of which those on questions held back count.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

from index import Article
from rag.entailment import load_entailment
from rag.logistic import load_logistic
from rag.mentions import date_words, missing_names, missing_numbers
from rag.windows import Window

WEIGHTS_FILE = Path(__file__).with_name("answerability.json")


@dataclass(frozen=True, kw_only=True)
class Signals:
    """What speaks for and against an answer; every figure has the same scale for any library."""

    passage: float
    """Cross-encoder logit of the best window's passage, or `answered`, whichever is higher: an
    answer in quite other words, which only the entailment model sees, is forgiven."""
    window: float
    """The same of the best window alone."""
    answered: float
    """Log odds, by the entailment model, that the best window answers the question."""
    least_covered: float
    """How well the best window covers the question's least-covered word: cosine, at most 1."""
    missing_names: float
    """Names in the question that the best window's whole article lacks."""
    distant_names: float
    """Names that the article has, but not the best window's passage."""
    missing_numbers: float
    """Numbers in the question that the best window's whole article lacks."""
    distant_numbers: float
    """Numbers that the article has, but not the best window's passage."""


def measure_signals(question: str, best: Window, article: Article) -> Signals:
    """Return the signals of a question.

    Args:
        question: What is asked, standalone.
        best: The best of its windows.
        article: That window's article; its title, outlet and date belong to every passage.
    """
    facts = f"{article.title} {article.source} {date_words(article.published)}"
    anywhere, near = f"{facts} {article.text}", f"{facts} {best.hit.passage.text}"
    names = len(missing_names(question, anywhere))
    numbers = len(missing_numbers(question, anywhere))
    (reading,) = load_entailment().read([(question, best.text)])
    return Signals(
        passage=max(best.hit.score, reading.answered),
        window=max(best.logit, reading.answered),
        answered=reading.answered,
        least_covered=min((word.coverage for word in best.covered), default=0.0),
        missing_names=float(names),
        distant_names=float(max(0, len(missing_names(question, near)) - names)),
        missing_numbers=float(numbers),
        distant_numbers=float(max(0, len(missing_numbers(question, near)) - numbers)),
    )


def answer_chance(signals: Signals) -> float:
    """Return the calibrated chance, 0 to 1, that the articles answer the question."""
    return load_logistic(WEIGHTS_FILE).chance(asdict(signals))


def threshold() -> float:
    """Return the chance below which a question is refused."""
    return load_logistic(WEIGHTS_FILE).threshold
