"""Ask every case, score every answer, and put the report together."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from eval.errors import CaseFailed
from eval.floor import compute_floors
from eval.gold import Gold, locate_gold
from eval.provenance import commit, versions
from eval.score_abstention import score_abstention
from eval.score_articles import score_articles
from eval.score_citation import score_citation
from eval.score_correct import score_correct
from eval.score_disagreement import score_disagreement
from eval.score_latency import score_latency
from eval.score_nuggets import score_nuggets
from eval.score_retrieval import score_retrieval
from eval.score_support import score_support
from eval.score_usage import Prices, usage_scorer
from eval.trial import Scorer, Trial
from eval.types import Case, Outcome, Report, Score
from index import Index, IndexFailure
from rag.errors import AnswerFailure
from rag.types import Answer

SCORERS: tuple[Scorer, ...] = (
    score_retrieval,
    score_articles,
    score_citation,
    score_correct,
    score_nuggets,
    score_abstention,
    score_disagreement,
    score_support,
    score_latency,
)

Progress = Callable[[int, int, str], None]
"""Called with cases done, cases in all, and the question at hand."""


class Stream(Protocol):
    """What is measured: `rag.stream`, or another that answers as it does."""

    def __call__(
        self,
        question: str,
        *,
        index: Index,
        history: Sequence[tuple[str, str]],
        as_of: str | None,
    ) -> Iterator[Answer]:
        """Yield an answer that grows; the last one is complete."""


def run_cases(
    cases: Sequence[Case],
    index: Index,
    *,
    stream: Stream,
    progress: Progress | None = None,
) -> list[Trial]:
    """Ask every case over an index, one after the other, and return the trials in order.

    The first question is asked once more beforehand, so that no model is loaded on the clock.

    Raises:
        BadCases: a gold quote stands in no article.
        CaseFailed: a question could not be asked; names the case.
    """
    gold = locate_gold(cases, index)
    if cases:
        _ask(cases[0], gold[cases[0].id], index, stream)
    trials = []
    for done, case in enumerate(cases):
        if progress:
            progress(done, len(cases), case.question)
        trials.append(_ask(case, gold[case.id], index, stream))
    if progress:
        progress(len(cases), len(cases), "done")
    return trials


def score_trials(
    trials: Sequence[Trial], index: Index, prices: Prices | None = None
) -> list[Score]:
    """Return what every scorer says about every trial."""
    scorers = (*SCORERS, usage_scorer(prices))
    return [score for trial in trials for scorer in scorers for score in scorer(trial, index)]


def make_report(
    trials: Sequence[Trial],
    index: Index,
    settings: Mapping[str, Any],
    *,
    prices: Prices | None = None,
) -> Report:
    """Score the trials and put them beside the floors and what they were made with.

    Args:
        trials: What came back for each case.
        index: What was asked.
        settings: What the run was made with.
        prices: What a language model's tokens cost.
    """
    return Report(
        settings=settings,
        versions=versions(),
        commit=commit(),
        scores=tuple(score_trials(trials, index, prices)),
        outcomes=tuple(trial.outcome for trial in trials),
        floors=compute_floors(trials, index),
    )


def _ask(case: Case, gold: Gold, index: Index, stream: Stream) -> Trial:
    first: float | None = None
    answer: Answer | None = None
    began = time.perf_counter()
    try:
        for answer in stream(case.question, index=index, history=case.history, as_of=case.as_of):
            if first is None and (answer.sentences or answer.complete):
                first = time.perf_counter() - began
    except (AnswerFailure, IndexFailure) as error:
        raise CaseFailed(f"Case {case.id!r} could not be asked: {error}") from error
    whole = time.perf_counter() - began
    if answer is None or first is None:
        raise CaseFailed(f"Case {case.id!r} was given no complete answer.")
    outcome = Outcome(case=case, answer=answer, first_sentence=first, whole_answer=whole)
    return Trial(outcome=outcome, gold=gold)
