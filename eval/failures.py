"""What can go wrong with an answer, in words: by what people marked, never by our own check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eval.types import ClaimOutcome, Outcome

Values = Mapping[str, float | None]
"""The scores of one case by metric."""


@dataclass(frozen=True)
class Failure:
    """One kind of failure, and how to tell that a case has it."""

    name: str
    """For a class or an address: letters and hyphens."""
    words: str
    happened: Callable[[Outcome, Values], bool]


def _is(metric: str, failed: Callable[[float], bool]) -> Callable[[Outcome, Values], bool]:
    """Return a test of one score; an undefined one is no failure."""

    def happened(outcome: Outcome, values: Values) -> bool:
        value = values.get(metric)
        return value is not None and failed(value)

    return happened


def _misses_disagreement(outcome: Outcome, values: Values) -> bool:
    return bool(outcome.case.disputed) and not outcome.answer.disagreements


FAILURES = (
    Failure("false-answer", "false answer", _is("false answer", lambda value: value > 0)),
    Failure("false-refusal", "false refusal", _is("false refusal", lambda value: value > 0)),
    Failure("not-exact", "citation not exact", _is("citation valid", lambda value: value < 1)),
    Failure(
        "other-article",
        "no gold article cited",
        _is("gold article cited", lambda value: value < 1),
    ),
    Failure("reference", "reference missing", _is("contains reference", lambda value: value < 1)),
    Failure("disagreement", "disagreement missed", _misses_disagreement),
)
"""Every kind of failure, the gravest first."""


def failures_of(outcome: Outcome, values: Values) -> list[Failure]:
    """Return what went wrong with a case."""
    return [failure for failure in FAILURES if failure.happened(outcome, values)]


def claim_failure(outcome: ClaimOutcome) -> str | None:
    """Return "accepted" or "withheld" for a claim on which check and people differ, else None."""
    accepted = outcome.support.verdict == "supported"
    if accepted == outcome.claim.supported:
        return None
    return "accepted" if accepted else "withheld"
