"""`python -m eval.calibrate`: fit the chance that articles answer a question.

Writes `rag/answerability.json`: a model for searches, and one for questions (see
`rag/answerability.py`). Searches are ClapNQ's, whose third part by article is held back; questions
are our own about news articles (`eval/news_learnt.jsonl`), and the figures come from others
(`eval/news_held_out.jsonl`). Chances are set by what weights that were fitted without a question's
article say of it (cross-fitting). One threshold serves both: that at which `MOST_REFUSED` of
ClapNQ's answerable questions are refused; the odds of questions are moved so that it refuses the
same share of those about news.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from eval.benches import load_bench
from eval.console import out
from eval.curves import auroc, refused_at
from eval.fitting import Fitted, Numbers, Sample, Truths, fit_calibrated, share
from eval.fitting_command import run_fitting, today
from eval.measures import MOST_FALSE_REFUSALS
from eval.parts import fold_of, part_of
from eval.questions import (
    HELD_OUT_FILE,
    LEARNT_FILE,
    Library,
    Question,
    clapnq_questions,
    news_libraries,
)
from index import Index
from index.scratch import scratch_folder
from rag.answer import FOUND
from rag.answerability import QUESTION, SEARCH, WEIGHTS_FILE, Signals, measure_signals
from rag.evidence import rerank_until_near
from rag.quotes import rank_windows
from rag.searches import is_search

MOST_REFUSED = 0.07
"""Share of the answerable that the threshold refuses, cross-fitted. Of others it is to be a tenth
at most; of the 79 held back it is more, of the 80 about news less: see the figures. With .08 no
more of ClapNQ's others are refused, of the news questions' .679 instead of .646."""

ALL_SIGNALS = [field.name for field in fields(Signals)]
SIGNALS_OF = {
    SEARCH: ALL_SIGNALS,
    QUESTION: [name for name in ALL_SIGNALS if name != "window"],
}
"""What each model is fitted over; of a question `window` says what `answered` does."""


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
        "clapnq/",
        WEIGHTS_FILE,
        lambda data: make_weights(ask_all(data)),
    )


def ask_all(data: Path) -> list[Asked]:
    """Ask all questions, each over its own articles."""
    clapnq = load_bench("clapnq", data / "clapnq")
    searches = [
        replace(question, group="clapnq, held back")
        if part_of(question.article) == "report"
        else question
        for question in clapnq_questions(clapnq)
    ]
    libraries = [
        Library(clapnq.articles, searches),
        *news_libraries(LEARNT_FILE, "news"),
        *news_libraries(HELD_OUT_FILE, "news, held out"),
    ]
    return [asked for library in libraries for asked in ask(library)]


def ask(library: Library) -> list[Asked]:
    """Ask the questions of a library; those that find nothing teach nothing."""
    with scratch_folder("fitting") as scratch, Index.open(scratch) as index:
        out.print(f"Indexing {len(library.articles)} articles …")
        index.add_articles(library.articles)
        return [
            Asked(question, signals)
            for question in track(library.questions, description="Asking")
            if (signals := signals_of(question.text, index))
        ]


def signals_of(question: str, index: Index) -> Signals | None:
    """Return what the answering pipeline itself sees of a question; None if it finds nothing."""
    hits = rerank_until_near(question, index.search(question, FOUND))
    windows = rank_windows(question, hits, search=is_search(question))
    if not windows:
        return None
    return measure_signals(question, windows[0], index.article(windows[0].hit.passage.article_id))


def make_weights(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the weights of both models, the threshold, and what they reach on unseen questions."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        groups[each.question.group].append(each)
    samples = {
        name: _sample(group, QUESTION if "news" in name else SEARCH)
        for name, group in groups.items()
    }
    search, of_searches = _fit(SEARCH, samples["clapnq"], groups["clapnq"])
    question, of_questions = _fit(QUESTION, samples["news"], groups["news"])
    lowest = _lowest(of_searches, samples["clapnq"])
    moved = lowest - _lowest(of_questions, samples["news"])
    question = replace(question, bias=question.bias + moved)
    held_back, held_out = samples["clapnq, held back"], samples["news, held out"]
    unseen = {
        "clapnq, cross-fitted": (of_searches, samples["clapnq"]),
        "clapnq, held back": (search.odds(held_back), held_back),
        "news, cross-fitted": (of_questions + moved, samples["news"]),
        "news, held out": (question.odds(held_out), held_out),
    }
    threshold = float(1 / (1 + np.exp(-lowest)))
    return {
        SEARCH: search.to_dict(threshold),
        QUESTION: question.to_dict(threshold),
        "date": today(),
        "data": {name: len(group) for name, group in groups.items()},
        "figures": {
            name: _figures(odds, sample.positive, lowest) for name, (odds, sample) in unseen.items()
        },
    }


def _fit(model: str, sample: Sample, group: Sequence[Asked]) -> tuple[Fitted, Numbers]:
    """Return a model, and the log odds of each question without the fold of its article."""
    folds = np.array([fold_of(each.question.article) for each in group])
    return fit_calibrated(SIGNALS_OF[model], [sample], [folds])


def _lowest(odds: Numbers, sample: Sample) -> float:
    """Return the log odds below which `MOST_REFUSED` of the answerable questions lie."""
    return float(np.quantile(odds[sample.positive], MOST_REFUSED))


def _sample(asked: Sequence[Asked], model: str) -> Sample:
    names = SIGNALS_OF[model]
    return Sample.of(
        [
            ({name: getattr(each.signals, name) for name in names}, each.question.answerable)
            for each in asked
        ]
    )


def _figures(odds: Numbers, answerable: Truths, lowest: float) -> dict[str, Any]:
    """Return what log odds and a threshold reach."""
    refused = odds < lowest
    return {
        "refused": share(refused[~answerable]),
        "false refusals": share(refused[answerable]),
        "AUROC": auroc(odds, answerable),
        "refused at 10 % false refusals": refused_at(odds, answerable, MOST_FALSE_REFUSALS),
    }


if __name__ == "__main__":
    sys.exit(main())
