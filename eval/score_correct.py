"""Correctness: whether the answer holds the words or figure that people gave as the answer."""

from eval.trial import Trial
from eval.types import Score
from eval.words import holds, shared_words, word_f1, words
from index import Index

METRICS = ("contains reference", "exact match", "reference recall", "answer F1")

LONGEST_SHORT_ANSWER = 10
"""Words; a longer reference is prose, which a right answer need not repeat word for word."""


def score_correct(trial: Trial, index: Index) -> list[Score]:
    """Score an answer against the reference; undefined when refused or without a reference."""
    if trial.answer.refused:
        return trial.unscored("refused", *METRICS)
    if not trial.case.answerable:
        return trial.unscored("unanswerable", *METRICS)
    text = " ".join(sentence.text for sentence in trial.answer.sentences)
    scored = compare(text, trial.case.reference)
    if scored is None:
        return trial.unscored("no reference", *METRICS)
    contains, recall, f1 = scored
    prose = "the reference is prose" if contains is None else None
    exact = None if prose else float(words(text) == words(trial.case.reference or ""))
    return [
        trial.score(METRICS[0], contains, prose),
        trial.score(METRICS[1], exact, prose),
        trial.score(METRICS[2], recall),
        trial.score(METRICS[3], f1),
    ]


def compare(text: str, reference: str | None) -> tuple[float | None, float, float] | None:
    """Return (contains, recall, F1) of a text against a reference; None if that has no words."""
    given, wanted = words(text), words(reference or "")
    if not wanted:
        return None
    contains = float(holds(given, wanted)) if len(wanted) <= LONGEST_SHORT_ANSWER else None
    return contains, shared_words(given, wanted) / len(wanted), word_f1(given, wanted)
