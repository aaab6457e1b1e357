"""The chance that the articles answer a question, from what retrieval and reranking saw.

Two logistic regressions over cheap signals: one for questions, one for searches. The
cross-encoder, which learnt from searches, tells best whether one is answered; of a question the
entailment model does. `eval/calibrate.py` fits both, and writes `answerability.json` with the data,
the date and the figures that they reached, of which those on questions held back count.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

from index import Article
from rag.logistic import load_logistic
from rag.mentions import date_words, missing_but_for_seats, missing_numbers
from rag.windows import Window

WEIGHTS_FILE = Path(__file__).with_name("answerability.json")
SEARCH, QUESTION = "search", "question"
"""Names of the two models in the file; one threshold serves both."""


@dataclass(frozen=True, kw_only=True)
class Signals:
    """What speaks for and against an answer; every figure has the same scale for any library."""

    passage: float
    """Cross-encoder logit of the best window's passage, or `answered`, whichever is higher: an
    answer in quite other words, which only the entailment model sees, is forgiven."""
    window: float
    """The same of the best window alone, which tells of searches: of no other question does the
    cross-encoder read windows, and this is `answered` once more."""
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
    # stops between them, lest the last word of one and the first of the next be read as a name
    given = (article.title, article.source, date_words(article.published))
    facts = "".join(f"{fact}. " for fact in given if fact)
    anywhere, near = f"{facts}{article.text}", f"{facts}{best.hit.passage.text}"
    names = len(missing_but_for_seats(question, anywhere))
    numbers = len(missing_numbers(question, anywhere))
    return Signals(
        passage=max(best.hit.score, best.answered),
        window=best.answered if best.logit is None else max(best.logit, best.answered),
        answered=best.answered,
        least_covered=min((word.coverage for word in best.covered), default=0.0),
        missing_names=float(names),
        distant_names=float(max(0, len(missing_but_for_seats(question, near)) - names)),
        missing_numbers=float(numbers),
        distant_numbers=float(max(0, len(missing_numbers(question, near)) - numbers)),
    )


def answer_chance(signals: Signals, *, search: bool) -> float:
    """Return the chance, 0 to 1, that the articles answer a question.

    Args:
        signals: What was seen of a question.
        search: Whether it was put as to a search box.
    """
    name = SEARCH if search else QUESTION
    return load_logistic(WEIGHTS_FILE, name).chance(asdict(signals))


def threshold() -> float:
    """Return the chance below which a question is refused."""
    return load_logistic(WEIGHTS_FILE, QUESTION).threshold
