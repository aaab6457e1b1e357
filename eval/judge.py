"""A language model as a judge: optional, pinned, never the writer, and itself held to account.

It judges three things: whether the cited spans carry each sentence that a model wrote, whether the
answer tells each nugget of the case, and whether it answers the question. What it says is a section
of its own, never the headline, and beside it stands how far it agrees with what is found without
it. A verdict that is missing or cannot be read has no value; the reason says what came instead.

This module is imported late, since its client takes a second.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from eval.agreement import Agreement, measure_pairs
from eval.judge_prompts import ask_answers, ask_nugget, ask_support
from eval.judge_verdicts import JudgeModel, Verdict
from eval.provenance import public_settings
from eval.score_correct import compare
from eval.score_nuggets import OKAY_WEIGHT, is_told
from eval.settings import EvalSettings, refuse_judge
from eval.types import Outcome, Report, Score
from eval.weights import OF_VERDICT
from index.progress import Progress
from index.types import Value
from rag.briefing import Message

SUPPORT, NUGGETS, ANSWERS = METRICS = ("judge: support", "judge: nuggets", "judge: answers")

OURS = {
    SUPPORT: "the check's verdicts",
    NUGGETS: "nuggets told in words",
    ANSWERS: "answers that hold the short reference",
}
"""What is found without a judge, and held beside it."""

STRICT = frozenset({NUGGETS, ANSWERS})
"""Where "partial" counts as not: a nugget told in part is not told, as at TREC RAG; and what these
are compared with is a yes or no."""

NO_QUESTIONS = {
    SUPPORT: "no sentence was written by a language model",
    NUGGETS: "no nuggets",
    ANSWERS: "no answer",
}

AT_ONCE = 4
"""Cases judged at the same time: a server idles less, and a small one is not swamped."""

FLOATING = ("latest", "preview", "default", "auto")
"""In a model's name, they mean that it may be another one tomorrow."""


@dataclass(frozen=True, kw_only=True)
class JudgeQuestion:
    """One thing to be judged."""

    metric: str
    messages: list[Message]
    ours: float | None
    """What is found without a judge; None where that is undefined."""
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Judged(Value):
    """A thing that was judged."""

    group: str
    metric: str
    verdict: Verdict
    ours: float | None
    weight: float


def judge_report(
    report: Report,
    settings: EvalSettings,
    progress: Progress | None = None,
    *,
    model: JudgeModel | None = None,
) -> Report:
    """Return a report with what a judge says, instead of what one may have said before.

    Raises:
        BadOption: no judge is named, or the writer itself is.
    """
    refuse_judge(settings, {outcome.answer.writer for outcome in report.outcomes})
    model = model or JudgeModel(settings)
    judged = judge_outcomes(report.outcomes, model, progress)
    scores = [score for score in report.scores if score.metric not in METRICS]
    for outcome, things in zip(report.outcomes, judged, strict=True):
        scores += score_judged(outcome, things)
    reported = ", ".join(model.reported) or None
    return replace(
        report,
        settings={**report.settings, **public_settings(settings), "judge_reported": reported},
        scores=tuple(scores),
        notes=(
            *(note for note in report.notes if not note.startswith("Judge")),
            *pinning_notes(model),
            *_agreement_notes([thing for things in judged for thing in things]),
        ),
    )


def judge_outcomes(
    outcomes: Sequence[Outcome], model: JudgeModel, progress: Progress | None = None
) -> list[list[Judged]]:
    """Return what a judge says of every answer, in order; failures are verdicts without a value."""
    judged: list[list[Judged]] = []
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        answers = pool.map(lambda outcome: _judge(outcome, model), outcomes)
        for outcome, things in zip(outcomes, answers, strict=True):
            judged.append(things)
            if progress:
                progress(len(judged), len(outcomes), outcome.case.question)
    finally:
        pool.shutdown(cancel_futures=True)
    return judged


def score_judged(outcome: Outcome, judged: Sequence[Judged]) -> list[Score]:
    """Return the scores of a case: the weighted mean of the verdicts that could be read."""
    scores = []
    for metric in METRICS:
        things = [thing for thing in judged if thing.metric == metric]
        known = [(_counted(metric, t.verdict.value), t.weight) for t in things if _is_read(t)]
        unread = "; ".join(dict.fromkeys(t.verdict.reason for t in things if t.verdict.reason))
        absent = "refused" if outcome.answer.refused else NO_QUESTIONS[metric]
        total = sum(weight for _, weight in known)
        scores.append(
            Score(
                case_id=outcome.case.id,
                metric=metric,
                value=sum(value * weight for value, weight in known) / total if known else None,
                reason=unread or (None if things else absent),
            )
        )
    return scores


def list_questions(outcome: Outcome) -> Iterator[JudgeQuestion]:
    """Yield what is to be judged of an answer; nothing of a refusal."""
    case, answer = outcome.case, outcome.answer
    if answer.refused or not answer.sentences:
        return
    for sentence in answer.sentences:
        if sentence.support.verdict != "quoted" and sentence.citations:
            ours = OF_VERDICT.get(sentence.support.verdict)
            yield JudgeQuestion(metric=SUPPORT, messages=ask_support(sentence), ours=ours)
    text = " ".join(sentence.text for sentence in answer.sentences)
    said = [sentence.text for sentence in answer.sentences]
    for nugget in case.nuggets:
        yield JudgeQuestion(
            metric=NUGGETS,
            messages=ask_nugget(text, answer.asked, nugget.text),
            ours=float(is_told(nugget, said)),
            weight=1.0 if nugget.vital else OKAY_WEIGHT,
        )
    found = compare(text, *case.golds) if case.answerable else None
    yield JudgeQuestion(
        metric=ANSWERS,
        messages=ask_answers(text, answer.asked),
        ours=found[0] if found else None,
    )


def _judge(outcome: Outcome, model: JudgeModel) -> list[Judged]:
    return [
        Judged(
            group=outcome.case.group,
            metric=question.metric,
            verdict=model.ask(question.messages),
            ours=question.ours,
            weight=question.weight,
        )
        for question in list_questions(outcome)
    ]


def pinning_notes(model: JudgeModel) -> Iterator[str]:
    """Yield what keeps a judge from being the same one tomorrow."""
    others = [name for name in model.reported if name != model.name]
    if others:
        yield (
            f"Judge: {model.name} was asked for, and its server answered as {', '.join(others)}. "
            "Name that one to have the same judge again."
        )
    elif any(word in model.name.casefold() for word in FLOATING):
        yield (
            f"Judge: {model.name} names no version, so it may be another model tomorrow. Name one "
            "with its version or date."
        )


def _agreement_notes(judged: Sequence[Judged]) -> Iterator[str]:
    causes = [thing.verdict.cause for thing in judged if thing.verdict.cause]
    for metric in METRICS:
        things = [t for t in judged if t.metric == metric]
        both = [t for t in things if _is_read(t) and t.ours is not None]
        unread = [thing.verdict.cause for thing in things if not _is_read(thing)]
        if both:
            rows = [(_counted(metric, t.verdict.value), t.ours or 0.0) for t in both]
            agreement = measure_pairs(
                np.array(rows), [thing.group for thing in both], raters=("judge", OURS[metric])
            )
            yield f"Judge and {OURS[metric]}: {_in_words(agreement)}."
        if unread:
            told = f"{len(unread):,} of {len(things):,} verdicts unscored ({metric})"
            yield f"Judge: {told}{_in_the_main(list(filter(None, unread)) or causes)}."


def _in_the_main(causes: Sequence[str]) -> str:
    """Return the commonest of some causes as the end of a sentence, "" where there is none."""
    if not causes:
        return ""
    ((commonest, _),) = Counter(causes).most_common(1)
    return f"{', most often' if len(set(causes)) > 1 else ''}: {commonest}"


def _in_words(agreement: Agreement) -> str:
    low, high = agreement.alike_interval
    told = f"alike on {agreement.alike:.3f} ({low:.3f} to {high:.3f}) of {agreement.n:,}"
    if agreement.kappa is None:
        return f"{told}, Cohen's kappa undefined as all verdicts are the same"
    low, high = agreement.kappa_interval
    if low == high == 0:
        return f"{told}, Cohen's kappa 0 as one of the two gave the same verdict throughout"
    kappa = f"{told}, Cohen's kappa {agreement.kappa:.2f}"
    return kappa if low is None or high is None else f"{kappa} ({low:.2f} to {high:.2f})"


def _is_read(thing: Judged) -> bool:
    return thing.verdict.value is not None


def _counted(metric: str, value: float | None) -> float:
    """Return what a verdict counts."""
    return float(value == 1.0) if metric in STRICT else float(value or 0.0)
