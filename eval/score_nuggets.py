"""Nuggets: which of the facts that a good answer tells, as people listed them, the answer tells.

After TREC RAG 2024's AutoNuggetizer, with its strict reading: a nugget told in part is not told.
Whether one is told is read from words, not judged by a model: all of its words must stand in one
sentence of the answer. So a paraphrase counts as not told, and the figures are lower bounds.
"""

from collections import Counter

from eval.trial import Trial
from eval.types import Nugget, Score
from eval.words import words
from index import Index
from rag.types import Answer

METRICS = ("vital nuggets", "nuggets")

OKAY_WEIGHT = 0.5
"""What a nugget that is not vital counts for, as at TREC."""


def score_nuggets(trial: Trial, index: Index) -> list[Score]:
    """Score the nuggets told: the share of the vital ones, and the weighted share of all."""
    nuggets = trial.case.nuggets
    if not nuggets:
        return trial.unscored("no nuggets", *METRICS)
    if trial.answer.refused:
        return trial.unscored("refused", *METRICS)
    said = said_words(trial.answer)
    told = {nugget: is_told(nugget, said) for nugget in nuggets}
    missing = [nugget.text for nugget in nuggets if not told[nugget]]
    reason = f"not told: {missing}" if missing else None
    vital = [told[nugget] for nugget in nuggets if nugget.vital]
    weights = {nugget: 1.0 if nugget.vital else OKAY_WEIGHT for nugget in nuggets}
    weighted = sum(weights[nugget] for nugget in nuggets if told[nugget]) / sum(weights.values())
    return [
        trial.score(METRICS[0], sum(vital) / len(vital), reason)
        if vital
        else trial.score(METRICS[0], None, "none is vital"),
        trial.score(METRICS[1], weighted, reason),
    ]


def said_words(answer: Answer) -> list[Counter[str]]:
    """Return the words of each sentence of an answer, counted."""
    return [Counter(words(sentence.text)) for sentence in answer.sentences]


def is_told(nugget: Nugget, sentences: list[Counter[str]]) -> bool:
    """Say whether one sentence, given as counted words, holds every word of a nugget."""
    wanted = Counter(words(nugget.text))
    return any(wanted <= sentence for sentence in sentences)
