"""Small logistic models whose weights stand in a JSON file beside the code."""

import json
import math
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Logistic:
    """A chance from named signals.

    Weights are in the signals' own units. Each signal is held within the range that was seen when
    the weights were fitted, so that a strange input cannot run away.
    """

    weights: dict[str, float]
    bias: float
    range: dict[str, tuple[float, float]]
    threshold: float
    """The chance below which the answer is no; how it was chosen stands in the file."""

    def chance(self, signals: dict[str, float]) -> float:
        """Return the chance, 0 to 1, given a value for every weight."""
        odds = self.bias
        for name, weight in self.weights.items():
            low, high = self.range[name]
            odds += weight * min(max(signals[name], low), high)
        return 1 / (1 + math.exp(-odds))


@cache
def load_logistic(path: Path, name: str) -> Logistic:
    """Read a model, by its name, from a file that a script in `eval/` wrote."""
    written = json.loads(path.read_text(encoding="utf-8"))[name]
    return Logistic(**{field.name: written[field.name] for field in fields(Logistic)})
