"""What the support check reaches on claims that were read: by claim, by kind, by pair."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from eval.curves import auroc, balanced_accuracy
from eval.fitting import Fitted, Numbers, Sample, Truths, share
from eval.types import Claim
from rag.support import PAGE, PASSAGE, model_for
from rag.support_signals import SupportSignals

Models = Mapping[str, Fitted]


@dataclass(frozen=True)
class Read:
    """A claim of a set, and what the check sees of it."""

    set: str
    claim: Claim
    signals: SupportSignals
    contradicted: bool

    @property
    def kind(self) -> str:
        """The claim's label; BUMP's kinds of error are too rare to be told apart."""
        return "" if self.set == "bump" else self.claim.label


@dataclass(frozen=True)
class Scored:
    """Claims and their chances: arrays of shape (claims,)."""

    chances: Numbers
    supported: Truths
    kinds: tuple[str, ...]


def sample_of(read: Sequence[Read]) -> Sample:
    """Return the signals of claims, with whether each is supported."""
    return Sample.of([(asdict(r.signals), r.claim.supported) for r in read])


def odds_of(fitted: Models, read: Sequence[Read]) -> Numbers:
    """Return the log odds of each claim, by the model that its evidence is for."""
    sample = sample_of(read)
    is_page = np.array([model_for(len(each.claim.evidence)) == PAGE for each in read])
    return np.where(is_page, fitted[PAGE].odds(sample), fitted[PASSAGE].odds(sample))


def chances_of(odds: Numbers, read: Sequence[Read]) -> Numbers:
    """Return the chance of each claim, 0 where it is contradicted."""
    return np.where([r.contradicted for r in read], 0.0, 1 / (1 + np.exp(-odds)))


def by_claim(scores: Numbers, read: Sequence[Read]) -> Scored:
    """Return the scores of claims, averaged over the evidence that each was read with."""
    found: dict[tuple[str, bool, str], list[float]] = defaultdict(list)
    for each, score in zip(read, scores, strict=True):
        found[each.claim.text, each.claim.supported, each.kind].append(float(score))
    return Scored(
        chances=np.array([np.mean(values) for values in found.values()]),
        supported=np.array([supported for _, supported, _ in found], dtype=bool),
        kinds=tuple(kind for *_, kind in found),
    )


def figures_of(chances: Numbers, threshold: float, read: Sequence[Read]) -> dict[str, Any]:
    """Return figures by claim, beside the floor of how many of a claim's words are missing."""
    scored = by_claim(chances, read)
    floor = by_claim(np.array([-r.signals.missing_words for r in read]), read)
    accepted, supported = scored.chances >= threshold, scored.supported
    kinds = [kind for kind, sound in zip(scored.kinds, supported, strict=True) if not sound]
    return {
        "AUROC": auroc(scored.chances, supported),
        "AUROC of missing words alone": auroc(floor.chances, supported),
        "sound claims accepted": share(accepted[supported]),
        "unsound claims accepted": share(accepted[~supported]),
        "balanced accuracy": balanced_accuracy(accepted, supported),
        "unsound claims accepted, by kind": _by_kind(accepted[~supported], kinds),
    }


def pair_consistency(odds: Numbers, pairs: Sequence[Read]) -> dict[str, Any]:
    """Return how often what was edited ranks below what it was made from.

    What is contradicted ranks last; where both are, or neither, the odds decide.

    Args:
        odds: The log odds of each claim, shape (claims,).
        pairs: The claims, each original before what was made from it.
    """
    ranks = odds - np.where([r.contradicted for r in pairs], 2 * np.abs(odds).max() + 1, 0.0)
    return share(ranks[0::2] > ranks[1::2])


def _by_kind(accepted: Truths, kinds: Sequence[str]) -> dict[str, Any]:
    """Return how many unsound claims of each kind are accepted."""
    by_kind = defaultdict(list)
    for kind, passes in zip(kinds, accepted, strict=True):
        by_kind[kind].append(passes)
    return {kind: share(np.array(passed, dtype=bool)) for kind, passed in sorted(by_kind.items())}
