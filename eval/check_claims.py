"""Put the claims of a public set to the support check, and score what it says.

The check's score is its calibrated chance of support, and 0 where a wrong number, name or day
overrules the chance.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from eval.bench_files import sentences_of
from eval.claim_floors import claim_floors
from eval.provenance import commit, versions
from eval.types import Claim, ClaimOutcome, Report, Score
from index.progress import Progress
from rag.premises import Premises, encode_premises
from rag.settings import rag_settings
from rag.support import PARTLY_SHARE, check_claim, fitted_threshold
from rag.types import Support


def check_claims(
    claims: Sequence[Claim], *, by_sentence: bool, progress: Progress | None = None
) -> list[ClaimOutcome]:
    """Check claims in order; evidence is encoded once for neighbours that share it.

    Args:
        claims: Those about the same evidence should follow each other.
        by_sentence: Whether each sentence of a claim is checked, and the least supported counts.
        progress: Told how many claims are done.
    """
    outcomes: list[ClaimOutcome] = []
    for evidence, sharing in groupby(claims, key=lambda claim: claim.evidence):
        premises = encode_premises(evidence)
        for claim in sharing:
            if progress:
                progress(len(outcomes), len(claims), claim.text)
            support = _least_supported(claim, premises, by_sentence=by_sentence)
            outcomes.append(ClaimOutcome(claim=claim, support=support))
    if progress:
        progress(len(claims), len(claims), "done")
    return outcomes


def score_claims(
    outcomes: Sequence[ClaimOutcome], pairs: Sequence[tuple[str, str]] = ()
) -> list[Score]:
    """Score claims, and the pairs (sound, edited) of which both were checked."""
    by_id = {outcome.claim.id: outcome for outcome in outcomes}
    scores = [score for outcome in outcomes for score in _scores(outcome)]
    for sound, edited in pairs:
        if sound in by_id and edited in by_id:
            lower = _rank(by_id[edited].support) < _rank(by_id[sound].support)
            scores.append(Score(case_id=edited, metric="pair consistency", value=float(lower)))
    return scores


def report_claims(
    outcomes: Sequence[ClaimOutcome],
    *,
    pairs: Sequence[tuple[str, str]],
    others: Sequence[Claim],
    settings: Mapping[str, Any],
    notes: Sequence[str],
) -> Report:
    """Return the report of checked claims; the floor's threshold is chosen on other claims."""
    claims = [outcome.claim for outcome in outcomes]
    return Report(
        settings=settings,
        versions=versions(),
        commit=commit(),
        scores=tuple(score_claims(outcomes, pairs)),
        claims=tuple(outcomes),
        floors=claim_floors(claims, others, pairs),
        notes=tuple(notes),
    )


def claim_score(support: Support) -> float:
    """Return the check's chance of support, 0 where something overrules it."""
    return 0.0 if _is_overruled(support) else _chance(support)


def _rank(support: Support) -> tuple[bool, float]:
    """Return what orders two claims: what is overruled comes last, then the chance decides."""
    return not _is_overruled(support), _chance(support)


def _is_overruled(support: Support) -> bool:
    """Say whether a claim is held back though its chance is high enough for "partly"."""
    return support.verdict == "unsupported" and _chance(support) >= PARTLY_SHARE * _threshold()


def _chance(support: Support) -> float:
    return support.score or 0.0


def _threshold() -> float:
    """Return the chance from which the check in use accepts."""
    settings = rag_settings()
    if settings.support_model:
        return settings.support_threshold
    return fitted_threshold()


def _least_supported(claim: Claim, premises: Premises, *, by_sentence: bool) -> Support:
    texts = (sentences_of(claim.text) if by_sentence else ()) or (claim.text,)
    return min((check_claim(text, premises) for text in texts), key=_rank)


def _scores(outcome: ClaimOutcome) -> Iterator[Score]:
    claim, support = outcome.claim, outcome.support
    accepted = support.verdict == "supported"
    yield Score(case_id=claim.id, metric="claim supported", value=float(claim.supported))
    yield Score(case_id=claim.id, metric="claim score", value=claim_score(support))
    yield Score(case_id=claim.id, metric="claim accepted", value=float(accepted))
    yield Score(
        case_id=claim.id,
        metric="unsupported claim accepted",
        value=None if claim.supported else float(accepted),
        reason="supported" if claim.supported else None,
    )
    yield Score(
        case_id=claim.id,
        metric="sound claim withheld",
        value=float(not accepted) if claim.supported else None,
        reason=None if claim.supported else "unsupported",
    )
