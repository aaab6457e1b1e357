"""Usage: the tokens that a language model took, and what they cost at given prices."""

from dataclasses import dataclass

from eval.trial import Scorer, Trial
from eval.types import Score
from index import Index

METRICS = ("tokens read", "tokens written", "cost")
NO_MODEL = "no model wrote, or its server counts no tokens"
PER_MILLION = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Prices:
    """What a million tokens cost, in the currency of the reader's bill."""

    read: float
    written: float


def usage_scorer(prices: Prices | None) -> Scorer:
    """Return the scorer of tokens, and of their cost where the prices are known."""

    def score_usage(trial: Trial, index: Index) -> list[Score]:
        usage = trial.answer.usage
        if not usage:
            return trial.unscored(NO_MODEL, *METRICS)
        read, written = usage.get("prompt_tokens"), usage.get("completion_tokens")
        if read is None or written is None:
            return trial.unscored(NO_MODEL, *METRICS)
        cost = None
        if prices:
            cost = (read * prices.read + written * prices.written) / PER_MILLION
        return [
            trial.score(METRICS[0], float(read)),
            trial.score(METRICS[1], float(written)),
            trial.score(METRICS[2], cost, None if prices else "no prices given"),
        ]

    return score_usage
