"""Answers that a language model was to write and did not, since its server failed.

Quotes stood in for them, so they say nothing of the model: a report says how many there are, a
journal does not keep them, and a run of nothing else has measured nothing.
"""

from collections.abc import Sequence

from eval.errors import CaseFailed
from eval.types import Outcome
from rag.prompts import INSTEAD, NOTHING_HELD

_ENDING = INSTEAD.partition("{reason}")[2]


def failure_of(outcome: Outcome) -> str | None:
    """Return what the answer says of the server that failed; None where none did."""
    told = (notice for notice in outcome.answer.notices if notice.endswith(_ENDING))
    return next((notice for notice in told if NOTHING_HELD not in notice), None)


def note_fallbacks(outcomes: Sequence[Outcome]) -> str | None:
    """Return what a report must say of answers that fell back to quotes; None without any.

    Raises:
        CaseFailed: all did, so nothing of the model was measured.
    """
    failures = [failure for outcome in outcomes if (failure := failure_of(outcome))]
    if not failures:
        return None
    written = [outcome for outcome in outcomes if not outcome.answer.refused]
    if len(failures) == len(written):
        raise CaseFailed(
            f"The language model wrote none of {len(written):,} answers: {failures[0]} See that "
            "its server runs, and ask again; or unset FOOTNOTE_LLM_BASE_URL and "
            "FOOTNOTE_LLM_MODEL to measure quotes."
        )
    return (
        f"{len(failures):,} of {len(written):,} answers fell back to quotes, since the server "
        f"failed: these figures are of both. The first: {failures[0]}"
    )
