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
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from eval.benches import load_bench, sample_cases
from eval.curves import auroc, refused_at
from eval.errors import EvalFailure
from eval.intervals import wilson
from eval.measures import MOST_FALSE_REFUSALS
from eval.parts import part_of
from eval.types import Case
from index import Index, IndexFailure
from rag.answer import FOUND
from rag.answerability import WEIGHTS_FILE, Signals, measure_signals
from rag.evidence import rerank
from rag.mentions import names_in, numbers_in
from rag.quotes import rank_windows

SETS = {"clapnq": None, "squad2": 900}
"""The public sets, and how many of their questions are asked (drawn by a hash of their ids)."""

NEAR_MISS = "near-miss"

SWAPPED_SET = "squad2"
"""The set whose answerable questions are asked again with one name or number of another's."""

REGULARISATION = 0.3
"""The inverse strength; from .03 to 3 the cross-validated AUROC moved by less than .005."""

RANGE_PERCENT = (1.0, 99.0)
"""Signals are held within what was seen here, so that a strange question cannot run away."""

MOST_REFUSED = 0.10
"""Share of the answerable questions of the second part that the threshold may refuse."""

out = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Sample:
    """Questions of one set and part: signals, shape (n, signals), and of which kind each is."""

    signals: NDArray[np.float64]
    answerable: NDArray[np.bool_]
    near_miss: NDArray[np.bool_]


def main() -> int:
    """Ask, fit, set, report; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.calibrate", description=__doc__.split("\n\n")[0]
    )
    parser.add_argument("--data", type=Path, required=True, help="holds clapnq/ and squad2/")
    parser.add_argument("--output", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    try:
        samples = {name: ask_set(name, arguments.data / name) for name in SETS}
    except (EvalFailure, IndexFailure) as error:
        Console(stderr=True, soft_wrap=True).print(error, style="red", markup=False)
        return 2
    fitted = fit([by_part["fit"] for by_part in samples.values()])
    fitted = set_chance(fitted, [by_part["calibrate"] for by_part in samples.values()])
    fitted["figures"] = {
        name: figures(fitted, by_part["report"]) for name, by_part in samples.items()
    }
    fitted["date"] = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    fitted["sizes"] = {
        name: {part: len(sample.answerable) for part, sample in by_part.items()}
        for name, by_part in samples.items()
    }
    arguments.output.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
    out.print_json(json.dumps(fitted))
    return 0


def ask_set(name: str, folder: Path) -> dict[str, Sample]:
    """Ask a set's questions over all its passages, and return the samples by part."""
    bench = load_bench(name, folder)
    cases = sample_cases(bench.cases, SETS[name])
    if name == SWAPPED_SET:
        cases += near_misses(cases)
    titles = {article.path: article.title or article.key for article in bench.articles}
    rows: dict[str, list[tuple[Signals, Case]]] = {"fit": [], "calibrate": [], "report": []}
    with tempfile.TemporaryDirectory() as scratch, Index.open(scratch) as index:
        out.print(f"Indexing {len(bench.articles)} passages of {name} …")
        index.add_articles(bench.articles)
        for case in track(cases, description=f"Asking {name}"):
            signals = signals_of(case.question, index)
            rows[part_of(titles[case.paths[0]])].append((signals, case))
    return {part: _sample(chosen) for part, chosen in rows.items()}


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


def fit(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return the weights by signal, each set counting alike."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    signals = np.concatenate([sample.signals for sample in samples])
    answerable = np.concatenate([sample.answerable for sample in samples])
    shares = np.concatenate([_balanced(sample.answerable) for sample in samples])
    low, high = np.percentile(signals, RANGE_PERCENT, axis=0)
    held = np.clip(signals, low, high)
    mean, spread = held.mean(axis=0), np.maximum(held.std(axis=0), 1e-6)
    model = LogisticRegression(C=REGULARISATION, max_iter=1_000)
    model.fit((held - mean) / spread, answerable, sample_weight=shares * len(shares))
    weights = model.coef_[0] / spread
    names = [field.name for field in fields(Signals)]
    return {
        "weights": dict(zip(names, weights.tolist(), strict=True)),
        "bias": float(model.intercept_[0] - weights @ mean),
        "range": dict(zip(names, zip(low.tolist(), high.tolist(), strict=True), strict=True)),
    }


def set_chance(fitted: dict[str, Any], samples: Sequence[Sample]) -> dict[str, Any]:
    """Return the weights scaled so that their chance is calibrated, with the threshold."""
    from sklearn.linear_model import LogisticRegression

    totals = np.concatenate([total(fitted, sample) for sample in samples])
    answerable = np.concatenate([sample.answerable for sample in samples])
    shares = np.concatenate([_balanced(sample.answerable) for sample in samples])
    model = LogisticRegression(C=1e6, max_iter=1_000)
    model.fit(totals[:, None], answerable, sample_weight=shares * len(shares))
    slope, shift = float(model.coef_[0, 0]), float(model.intercept_[0])
    scaled = {
        "weights": {name: weight * slope for name, weight in fitted["weights"].items()},
        "bias": fitted["bias"] * slope + shift,
        "range": fitted["range"],
    }
    chances = _chance(totals * slope + shift)
    return {"threshold": float(np.quantile(chances[answerable], MOST_REFUSED)), **scaled}


def figures(fitted: dict[str, Any], sample: Sample) -> dict[str, Any]:
    """Return what the weights and the threshold reach on questions that they have not seen."""
    chances, answerable = _chance(total(fitted, sample)), sample.answerable
    refused = chances < fitted["threshold"]
    false, true = refused[answerable], refused[~answerable & ~sample.near_miss]
    near = refused[sample.near_miss]
    return {
        "auroc": auroc(chances, answerable),
        "refused at 10 % false refusals": refused_at(chances, answerable, MOST_FALSE_REFUSALS),
        "false refusals": _share(false),
        "refused": _share(true),
        "near misses refused": _share(near) if len(near) else None,
    }


def total(fitted: dict[str, Any], sample: Sample) -> NDArray[np.float64]:
    """Return the log odds of each question, shape (n,)."""
    low, high = np.array(list(fitted["range"].values())).T
    weights = np.array(list(fitted["weights"].values()))
    held = np.clip(sample.signals, low, high)
    odds: NDArray[np.float64] = held @ weights + float(fitted["bias"])
    return odds


def _sample(rows: Sequence[tuple[Signals, Case]]) -> Sample:
    return Sample(
        signals=np.array([list(asdict(signals).values()) for signals, _ in rows], dtype=np.float64),
        answerable=np.array([case.answerable for _, case in rows], dtype=bool),
        near_miss=np.array([NEAR_MISS in case.tags for _, case in rows], dtype=bool),
    )


def _share(chosen: NDArray[np.bool_]) -> dict[str, Any]:
    low, high = wilson(float(chosen.sum()), len(chosen))
    return {"share": float(chosen.mean()), "interval": [low, high], "n": len(chosen)}


def _balanced(answerable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return weights under which both kinds count alike, and each set as one."""
    share = answerable.mean()
    weights: NDArray[np.float64] = np.where(answerable, 0.5 / share, 0.5 / (1 - share))
    return weights / len(answerable)


def _chance(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-totals))
    return chances


if __name__ == "__main__":
    sys.exit(main())
