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

from eval.benches import load_bench, sample_cases
from eval.curves import auroc, refused_at
from eval.errors import EvalFailure
from eval.fitting import Fitted, Sample, add, calibrate, fit, share
from eval.floor import question_word_chances
from eval.measures import MOST_FALSE_REFUSALS
from eval.parts import Part, part_of
from eval.types import Case
from index import Index, IndexFailure
from rag.answer import FOUND
from rag.answerability import WEIGHTS_FILE, Signals, measure_signals
from rag.evidence import rerank
from rag.mentions import names_in, numbers_in
from rag.quotes import rank_windows

SETS = {"clapnq": None, "squad2": 900}
"""The public sets, and how many of their questions are asked (drawn by a hash of their ids)."""

SWAPPED_SET = "squad2"
"""The set whose answerable questions are asked again with one name or number of another's."""

NEAR_MISS = "near-miss"

FOREIGN = ("missing_names", "missing_numbers")
"""Signals that only near misses teach; the other weights are fitted first, without them."""

MOST_REFUSED = 0.08
"""Share of the second part's answerable questions that the threshold may refuse; a tenth is the
most that may be refused in the end, and 160 questions tell the share to some 4 points."""

out = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Asked:
    """A question, the part and group of sets that it counts in, and what was seen of it."""

    group: str
    part: Part
    case: Case
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
        asked = [each for name in SETS for each in ask_set(name, arguments.data / name)]
    except (EvalFailure, IndexFailure) as error:
        Console(stderr=True, soft_wrap=True).print(error, style="red", markup=False)
        return 2
    written = make_weights(asked)
    arguments.output.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    out.print_json(json.dumps(written))
    return 0


def ask_set(name: str, folder: Path) -> list[Asked]:
    """Ask a set's questions over all its passages."""
    bench = load_bench(name, folder)
    cases = sample_cases(bench.cases, SETS[name])
    if name == SWAPPED_SET:
        cases += near_misses(cases)
    titles = {article.path: article.title or article.key for article in bench.articles}
    with tempfile.TemporaryDirectory() as scratch, Index.open(scratch) as index:
        out.print(f"Indexing {len(bench.articles)} passages of {name} …")
        index.add_articles(bench.articles)
        return [
            Asked(name, part_of(titles[case.paths[0]]), case, signals_of(case.question, index))
            for case in track(cases, description=f"Asking {name}")
        ]


def near_misses(cases: Sequence[Case]) -> list[Case]:
    """Return answerable questions with one name or number exchanged for another question's.

    The sets hold few questions of this kind, and people who check facts ask many.
    """
    answerable = [case for case in cases if case.answerable]
    swapped = []
    for find in (names_in, numbers_in):
        pool = [(case, word) for case in answerable for word in find(case.question)[-1:]]
        for (case, word), (_, other) in zip(pool, pool[len(pool) // 2 :] + pool, strict=False):
            if word != other:
                question = case.question.replace(word, other)
                case = replace(case, question=question, answerable=False, tags=(NEAR_MISS,))
                swapped.append(case)
    return swapped


def signals_of(question: str, index: Index) -> Signals:
    """Return what the answering pipeline itself sees of a question."""
    evidence = rerank(question, index.search(question, FOUND))
    windows = rank_windows(question, evidence)
    article = index.article(windows[0].hit.passage.article_id)
    return measure_signals(question, evidence, windows, article)


def make_weights(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the weights, the threshold, and what they reach on the third part."""
    names = [field.name for field in fields(Signals)]
    fitted = fit(names, _samples(asked, "fit"), without=FOREIGN)
    fitted = add(fitted, FOREIGN, _sample([e for e in asked if e.part == "fit" and is_swap(e)]))
    fitted = calibrate(fitted, _samples(asked, "calibrate"))
    sound = [e for e in asked if e.part == "calibrate" and e.case.answerable]
    threshold = float(np.quantile(fitted.chances(_sample(sound)), MOST_REFUSED))
    return {
        **fitted.to_dict(threshold),
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "data": {
            name: {
                part: sum(e.part == part for e in asked if e.group == name)
                for part in ("fit", "calibrate", "report")
            }
            for name in SETS
        },
        "figures": {
            name: _figures(
                fitted, threshold, [e for e in asked if e.group == name and e.part == "report"]
            )
            for name in SETS
        },
    }


def _samples(asked: Sequence[Asked], part: Part) -> list[Sample]:
    return [
        _sample([e for e in asked if e.part == part and e.group == name and counts(e.case)])
        for name in SETS
    ]


def is_swap(asked: Asked) -> bool:
    """Say whether a question is a near miss, or of the kind that they were made from."""
    return asked.group == SWAPPED_SET and counts(asked.case)


def counts(case: Case) -> bool:
    """Say whether a question is fitted on.

    SQuAD 2's own unanswerable questions are not: they were written to be told apart by reasoning
    alone, these signals tell them with an AUROC of .64, and fitting on them cost more elsewhere.
    """
    return case.answerable or NEAR_MISS in case.tags or SWAPPED_SET not in case.tags


def _sample(asked: Sequence[Asked]) -> Sample:
    return Sample.of([(asdict(each.signals), each.case.answerable) for each in asked])


def _figures(fitted: Fitted, threshold: float, asked: Sequence[Asked]) -> dict[str, Any]:
    """Return what the weights and the threshold reach on questions that they have not seen."""
    own = [each for each in asked if NEAR_MISS not in each.case.tags]
    sample = _sample(own)
    chances, answerable = fitted.chances(sample), sample.positive
    refused = chances < threshold
    near = [each for each in asked if NEAR_MISS in each.case.tags]
    floor = question_word_chances([each.case for each in own])
    words = None if floor is None else np.array(floor)
    return {
        "AUROC": auroc(chances, answerable),
        "AUROC, question words alone": None if words is None else auroc(words, answerable),
        "refused at 10 % false refusals": refused_at(chances, answerable, MOST_FALSE_REFUSALS),
        "false refusals": share(refused[answerable]),
        "refused": share(refused[~answerable]),
        "near misses refused": share(fitted.chances(_sample(near)) < threshold) if near else None,
    }


if __name__ == "__main__":
    sys.exit(main())
