"""Correctness: whether the answer holds the words or figure that people gave as the answer."""

from collections.abc import Iterable, Sequence

from eval.trial import Trial
from eval.types import Score
from eval.words import holds, shared_words, word_f1, words
from index import Index

METRICS = ("contains reference", "exact match", "reference recall", "answer F1")

LONGEST_SHORT_ANSWER = 10
"""Words; a longer reference is prose, which a right answer need not repeat word for word."""


def score_correct(trial: Trial, index: Index) -> list[Score]:
    """Score an answer against the reference, of several against the one that each score is best by.

    Undefined when refused or without a reference.
    """
    if trial.answer.refused:
        return trial.unscored("refused", *METRICS)
    if not trial.case.answerable:
        return trial.unscored("unanswerable", *METRICS)
    text = " ".join(sentence.text for sentence in trial.answer.sentences)
    scored = compare(text, *trial.case.golds)
    if scored is None:
        return trial.unscored("no reference", *METRICS)
    contains, recall, f1 = scored
    prose = "the reference is prose" if contains is None else None
    return [
        trial.score(METRICS[0], contains, prose),
        trial.score(METRICS[1], match_exactly(text, *trial.case.golds), prose),
        trial.score(METRICS[2], recall),
        trial.score(METRICS[3], f1),
    ]


def compare(text: str, *references: str | None) -> tuple[float | None, float, float] | None:
    """Return (contains, recall, F1) of a text, each by the best reference.

    Contains is None where every reference is prose; all is None where none has words.
    """
    given, golds = words(text), _golds(references)
    if not golds:
        return None
    return (
        max((float(holds(given, gold)) for gold in golds if _is_short(gold)), default=None),
        max(shared_words(given, gold) / len(gold) for gold in golds),
        max(word_f1(given, gold) for gold in golds),
    )


def match_exactly(text: str, *references: str | None) -> float | None:
    """Return whether a text is one of the short references; None where there is none."""
    given = words(text)
    return max(
        (float(given == gold) for gold in _golds(references) if _is_short(gold)), default=None
    )


def _golds(references: Iterable[str | None]) -> list[list[str]]:
    return [gold for reference in references if (gold := words(reference or ""))]


def _is_short(gold: Sequence[str]) -> bool:
    return len(gold) <= LONGEST_SHORT_ANSWER
