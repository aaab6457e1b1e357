"""`python -m eval.calibrate`: fit the chance that articles answer a question.

Writes `rag/answerability.json`. Each part of the public sets is opened for one purpose: the
weights are fitted on the first, the chance and the threshold are set on the second, and the
figures come from the third. Parts are split by article.
"""

import argparse
import datetime
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from eval.benches import load_bench
from eval.curves import auroc, refused_at
from eval.errors import EvalFailure
from eval.fitting import Fitted, Sample, calibrate, fit, share
from eval.measures import MOST_FALSE_REFUSALS
from eval.parts import Part
from eval.questions import Group, Question, clapnq_questions, joined, squad2_questions
from index import Article, Hit, Index, IndexFailure
from rag.answer import FOUND
from rag.answerability import WEIGHTS_FILE, Signals, measure_signals
from rag.evidence import rerank
from rag.quotes import rank_windows

FITTED: tuple[Group, ...] = ("clapnq", "not said", "near miss")
"""Groups of questions that the weights are fitted on; each counts alike."""

REPORTED: tuple[Group, ...] = (*FITTED, "squad2")

MOST_REFUSED = 0.08
"""Share of the second part's answerable questions that the threshold may refuse; a tenth is the
most that may be refused in the end, and 150 questions tell the share to some 4 points."""

out = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Asked:
    """A question, and what was seen of it."""

    question: Question
    signals: Signals


def main() -> int:
    """Ask, fit, set, report; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.calibrate", description=__doc__.split("\n\n")[0]
    )
    parser.add_argument("--data", type=Path, required=True, help="holds clapnq/ and squad2/")
    parser.add_argument("--output", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    try:
        clapnq = load_bench("clapnq", arguments.data / "clapnq")
        squad2 = load_bench("squad2", arguments.data / "squad2")
        asked = [
            *ask("ClapNQ", clapnq_questions(clapnq), clapnq.articles),
            *ask("SQuAD 2", squad2_questions(squad2), joined(squad2.articles)),
        ]
    except (EvalFailure, IndexFailure) as error:
        Console(stderr=True, soft_wrap=True).print(error, style="red", markup=False)
        return 2
    written = make_weights(asked)
    arguments.output.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    out.print_json(json.dumps(written))
    return 0


def ask(name: str, questions: Sequence[Question], articles: Sequence[Article]) -> list[Asked]:
    """Ask questions over all articles of a set."""
    with tempfile.TemporaryDirectory() as scratch, Index.open(scratch) as index:
        out.print(f"Indexing {len(articles)} articles of {name} …")
        index.add_articles(articles)
        return [
            Asked(question, signals_of(question, index))
            for question in track(questions, description=f"Asking {name}")
        ]


def signals_of(question: Question, index: Index) -> Signals:
    """Return what the answering pipeline itself sees of a question."""
    found = index.search(question.text, FOUND)
    if question.hidden:
        found = [hit for hit in found if not _shares(hit, question.hidden, index)]
    windows = rank_windows(question.text, rerank(question.text, found))
    article = index.article(windows[0].hit.passage.article_id)
    if question.hidden:
        article = replace(article, text=article.text.replace(question.hidden, ""))
    return measure_signals(question.text, windows, article)


def _shares(hit: Hit, hidden: str, index: Index) -> bool:
    """Say whether a passage holds words of a hidden paragraph."""
    start = index.article(hit.passage.article_id).text.find(hidden)
    return start >= 0 and hit.passage.start < start + len(hidden) and start < hit.passage.end


def make_weights(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the weights, the threshold, and what they reach on the third part."""
    names = [field.name for field in fields(Signals)]
    fitted = fit(names, _samples(asked, "fit"))
    fitted = calibrate(fitted, _samples(asked, "calibrate"))
    sound = np.concatenate(
        [
            fitted.chances(sample)[sample.positive]
            for sample in _samples(asked, "calibrate", ("clapnq", "not said"))
        ]
    )
    threshold = float(np.quantile(sound, MOST_REFUSED))
    return {
        **fitted.to_dict(threshold),
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "data": {
            group: {
                part: len(_of(asked, part, group)) for part in ("fit", "calibrate", "report")
            }
            for group in REPORTED
        },
        "figures": {
            group: _figures(fitted, threshold, _of(asked, "report", group)) for group in REPORTED
        },
    }


def _of(asked: Sequence[Asked], part: Part, group: Group) -> list[Asked]:
    return [e for e in asked if e.question.part == part and e.question.group == group]


def _samples(
    asked: Sequence[Asked], part: Part, groups: Sequence[Group] = FITTED
) -> list[Sample]:
    return [_sample(_of(asked, part, group)) for group in groups]


def _sample(asked: Sequence[Asked]) -> Sample:
    return Sample.of([(asdict(each.signals), each.question.answerable) for each in asked])


def _figures(fitted: Fitted, threshold: float, asked: Sequence[Asked]) -> dict[str, Any]:
    """Return what the weights and the threshold reach on questions that they have not seen."""
    sample = _sample(asked)
    chances, answerable = fitted.chances(sample), sample.positive
    refused = chances < threshold
    figures: dict[str, Any] = {"refused": share(refused[~answerable])}
    if answerable.any():
        figures |= {
            "false refusals": share(refused[answerable]),
            "AUROC": auroc(chances, answerable),
            "refused at 10 % false refusals": refused_at(
                chances, answerable, MOST_FALSE_REFUSALS
            ),
        }
    return figures


if __name__ == "__main__":
    sys.exit(main())
