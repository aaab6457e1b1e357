"""`python -m eval.calibrate`: fit the chance that articles answer a question.

Writes `rag/answerability.json`. ClapNQ's third part by article is held back, and the figures come
from it. Weights are fitted on the rest of ClapNQ, on SQuAD 2, whose eight articles are too few to
be split, and on questions about our own passages. The chance and the threshold are set by what
weights that were fitted without a question's article say of it (cross-fitting).
"""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from eval.benches import load_bench
from eval.console import out
from eval.curves import auroc, refused_at
from eval.entailment_groups import held_out, read_groups
from eval.fitting import Numbers, Sample, Truths, calibrate, cross_fit, fit, share
from eval.fitting_command import run_fitting, today
from eval.measures import MOST_FALSE_REFUSALS
from eval.parts import fold_of, part_of
from eval.questions import (
    Group,
    Question,
    clapnq_questions,
    joined,
    squad2_questions,
    written_questions,
)
from index import Article, Hit, Index
from index.scratch import scratch_folder
from rag.answer import FOUND
from rag.answerability import WEIGHTS_FILE, Signals, measure_signals
from rag.evidence import rerank
from rag.quotes import rank_windows

GROUP_WEIGHTS: dict[Group, float] = {
    "clapnq": 1.0,
    "not said": 1.0,
    "near miss": 1.0,
    "written": 0.25,
}
"""Groups of questions that the weights are fitted on, and how much each counts in the fit.

Each of ours is asked of one passage alone, where nothing else can be found. With .15, .25, .5 and
1, at a tenth of ClapNQ's answerable questions refused, cross-fitted, .739, .714, .681 and .689 of
its others were; the AUROC of 180 questions about two news articles was .859, .866, .881 and .893.
"""


@dataclass(frozen=True)
class Asked:
    """A question, and what was seen of it."""

    question: Question
    signals: Signals


def main() -> int:
    """Ask, fit, set, report; return the exit code."""
    return run_fitting(
        "python -m eval.calibrate",
        __doc__,
        "clapnq/ and squad2/",
        WEIGHTS_FILE,
        lambda data: make_weights(ask_all(data)),
    )


def ask_all(data: Path) -> list[Asked]:
    """Ask the questions of both sets, each over its own articles."""
    clapnq = load_bench("clapnq", data / "clapnq")
    squad2 = load_bench("squad2", data / "squad2")
    articles, questions = written_questions(held_out(read_groups()))
    return [
        *ask("ClapNQ", clapnq_questions(clapnq), clapnq.articles),
        *ask("SQuAD 2", squad2_questions(squad2), joined(squad2.articles)),
        *ask("our passages", questions, articles),
    ]


def ask(name: str, questions: Sequence[Question], articles: Sequence[Article]) -> list[Asked]:
    """Ask questions over all articles of a set; those that find nothing teach nothing."""
    with scratch_folder("fitting") as scratch, Index.open(scratch) as index:
        out.print(f"Indexing {len(articles)} articles of {name} …")
        index.add_articles(articles)
        return [
            Asked(question, signals)
            for question in track(questions, description=f"Asking {name}")
            if (signals := signals_of(question, index))
        ]


def signals_of(question: Question, index: Index) -> Signals | None:
    """Return what the answering pipeline itself sees of a question; None if it finds nothing."""
    only = [question.only] if question.only else None
    found = index.search(question.text, FOUND, articles=only)
    if question.hidden:
        found = [hit for hit in found if not _shares(hit, question.hidden, index)]
    windows = rank_windows(question.text, rerank(question.text, found))
    if not windows:
        return None
    article = index.article(windows[0].hit.passage.article_id)
    if question.hidden:
        article = replace(article, text=article.text.replace(question.hidden, ""))
    return measure_signals(question.text, windows[0], article)


def _shares(hit: Hit, hidden: str, index: Index) -> bool:
    """Say whether a passage holds words of a hidden paragraph."""
    start = index.article(hit.passage.article_id).text.find(hidden)
    return start >= 0 and hit.passage.start < start + len(hidden) and start < hit.passage.end


def make_weights(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the weights, the threshold, and what they reach on questions not seen."""
    names = [field.name for field in fields(Signals)]
    seen = [each for each in asked if not _is_held_back(each.question)]
    groups = {name: [e for e in seen if e.question.group == name] for name in GROUP_WEIGHTS}
    samples = {
        name: replace(_sample(group), weight=GROUP_WEIGHTS[name]) for name, group in groups.items()
    }
    folds = [np.array([fold_of(e.question.article) for e in group]) for group in groups.values()]
    odds = cross_fit(names, list(samples.values()), folds)
    truths = [sample.positive for sample in samples.values()]
    fitted, scale = calibrate(fit(names, list(samples.values())), odds, truths)
    unseen = {name: scale(rows) for name, rows in zip(groups, odds, strict=True)}
    answerable = unseen["clapnq"][samples["clapnq"].positive]
    threshold = float(np.quantile(answerable, MOST_FALSE_REFUSALS))
    report = _sample([each for each in asked if _is_held_back(each.question)])
    return {
        **fitted.to_dict(threshold),
        "date": today(),
        "data": {name: len(group) for name, group in groups.items()}
        | {"clapnq, held back": len(report.positive)},
        "figures": {
            "clapnq, held back": _figures(fitted.chances(report), report.positive, threshold)
        }
        | {
            f"{name}, cross-fitted": _figures(unseen[name], sample.positive, threshold)
            for name, sample in samples.items()
        },
    }


def _is_held_back(question: Question) -> bool:
    return question.group == "clapnq" and part_of(question.article) == "report"


def _sample(asked: Sequence[Asked]) -> Sample:
    return Sample.of([(asdict(each.signals), each.question.answerable) for each in asked])


def _figures(chances: Numbers, answerable: Truths, threshold: float) -> dict[str, Any]:
    """Return what chances and a threshold reach."""
    refused = chances < threshold
    return {
        "refused": share(refused[~answerable]),
        "false refusals": share(refused[answerable]),
        "AUROC": auroc(chances, answerable),
        "refused at 10 % false refusals": refused_at(chances, answerable, MOST_FALSE_REFUSALS),
    }


if __name__ == "__main__":
    sys.exit(main())
