"""Ask every case, score every answer, and put the report together."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any, Protocol

from eval.errors import CaseFailed
from eval.fallbacks import failure_of
from eval.floor import compute_floors
from eval.gold import Gold, locate_gold
from eval.journal import Journal
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
from index.progress import Progress
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


class Stream(Protocol):
    """What is measured: `rag.stream`, or another that answers as it does."""

    def __call__(
        self,
        question: str,
        *,
        index: Index,
        history: Sequence[tuple[str, str]],
        as_of: str | None,
        articles: Sequence[str] | None,
    ) -> Iterator[Answer]:
        """Yield an answer that grows; the last one is complete."""


def run_cases(
    cases: Sequence[Case],
    index: Index,
    *,
    stream: Stream,
    progress: Progress | None = None,
    journal: Journal | None = None,
    at_once: int = 1,
) -> list[Trial]:
    """Ask every case over an index, and return the trials in order.

    The first question is asked once more beforehand, so that no model is loaded on the clock.

    Args:
        cases: What is asked.
        index: Where the answers are.
        stream: What answers.
        progress: Called at the start and after each case.
        journal: Keeps each answer as it comes; what it holds already is not asked again.
        at_once: Questions asked at the same time. More than one pays where a language model's
            server is what is waited for; seconds then include waiting for each other.

    Raises:
        BadCases: a gold quote stands in no article.
        CaseFailed: a question could not be asked; names the case.
        MissingData: the journal cannot be written.
    """
    gold = locate_gold(cases, index)
    outcomes = journal.kept(cases) if journal else {}
    left = [case for case in cases if case.id not in outcomes]
    if left:
        _ask(left[0], gold[left[0].id], index, stream)

    def ask(case: Case) -> Outcome:
        outcome = _ask(case, gold[case.id], index, stream)
        if journal and failure_of(outcome) is None:
            journal.add(outcome)
        return outcome

    if progress:
        progress(len(outcomes), len(cases), "")
    with ThreadPoolExecutor(at_once) as threads:
        asking = [threads.submit(ask, case) for case in left]
        try:
            for future in as_completed(asking):
                outcome = future.result()
                outcomes[outcome.case.id] = outcome
                if progress:
                    progress(len(outcomes), len(cases), outcome.case.question)
        except BaseException:
            threads.shutdown(cancel_futures=True)  # what is asked already is waited for, no more
            raise
    return [Trial(outcome=outcomes[case.id], gold=gold[case.id]) for case in cases]


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
    scores = tuple(score_trials(trials, index, prices))
    return Report(
        settings=settings,
        versions=versions(),
        commit=commit(),
        scores=scores,
        outcomes=tuple(trial.outcome for trial in trials),
        floors=compute_floors(trials, scores, index),
    )


def _ask(case: Case, gold: Gold, index: Index, stream: Stream) -> Outcome:
    first: float | None = None
    answer: Answer | None = None
    began = time.perf_counter()
    try:
        for answer in stream(
            case.question,
            index=index,
            history=case.history,
            as_of=case.as_of,
            articles=gold.among or None,
        ):
            if first is None and (answer.sentences or answer.complete):
                first = time.perf_counter() - began
    except (AnswerFailure, IndexFailure) as error:
        raise CaseFailed(f"Case {case.id!r} could not be asked: {error}") from error
    whole = time.perf_counter() - began
    if answer is None or first is None:
        raise CaseFailed(f"Case {case.id!r} was given no complete answer.")
    return Outcome(case=case, answer=answer, first_sentence=first, whole_answer=whole)
