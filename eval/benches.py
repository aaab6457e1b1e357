"""Public sets by name, read from a folder that the user names.

Two kinds: sets of questions are asked over their articles, sets of claims are put to the support
check. The files are in the shape that their authors publish (see `bench_*.py` and `claims_*.py`);
none of their text is in this repository.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, TypeVar, get_args

from eval.bench_clapnq import load_clapnq
from eval.bench_files import REMEDY, Bench, ClaimBench
from eval.bench_fitz_gov import load_fitz_gov
from eval.bench_multihop import load_multihop
from eval.bench_realtimeqa import load_realtimeqa
from eval.bench_squad2 import load_squad2
from eval.claims_bump import load_bump
from eval.claims_ragtruth import load_ragtruth
from eval.claims_wice import load_wice
from eval.errors import BadData, BadOption, MissingData
from eval.parts import Part, part_of
from eval.types import Case, Claim

BENCHES: dict[str, Callable[[Path], Bench]] = {
    "clapnq": load_clapnq,
    "squad2": load_squad2,
    "fitz_gov": load_fitz_gov,
    "multihop": load_multihop,
    "realtimeqa": load_realtimeqa,
}
"""Sets of questions."""

CLAIM_BENCHES: dict[str, Callable[[Path], ClaimBench]] = {
    "wice": load_wice,
    "bump": load_bump,
    "ragtruth": load_ragtruth,
}
"""Sets of claims."""

NAMES = (*BENCHES, *CLAIM_BENCHES)

Set = TypeVar("Set", Bench, ClaimBench)

PartAsked = Part | Literal["all"]
PARTS_ASKED: tuple[PartAsked, ...] = (*get_args(Part), "all")

FITTED_IN_PART = {
    "clapnq": "the refusal's weights",
    "wice": "the check's weights and threshold",
    "bump": "the check's weights",
}
"""Sets of which two parts were fitted on, and what was; only their report part is unseen."""


NOTHING = (
    "{folder} holds no {what} of {name} that is read: the set's files are there, with nothing for "
    "it in them. Fetch the set again from its authors, or name another folder with --data."
)


def load_bench(name: str, folder: str | Path) -> Bench:
    """Return a public set of questions by name.

    Raises:
        BadOption: there is no set of this name.
        MissingData: the folder does not hold the set's files, or they hold nothing to measure.
        BadData: a file is not in the shape that its authors publish; names the row.
    """
    bench = _read(BENCHES, name, folder)
    _refuse_unfit(name, folder, [case.id for case in bench.cases], "question")
    return bench


def load_claims(name: str, folder: str | Path) -> ClaimBench:
    """Return a public set of claims by name; fails as `load_bench` does."""
    bench = _read(CLAIM_BENCHES, name, folder)
    _refuse_unfit(name, folder, [claim.id for claim in bench.claims], "claim")
    return bench


def part_asked(name: str, part: PartAsked | None) -> PartAsked:
    """Return the part to measure: what is asked for, else what nothing was fitted on."""
    return part or ("report" if name in FITTED_IN_PART else "all")


def fitting_note(name: str, part: PartAsked) -> str | None:
    """Return what must be said where a set, or this part of it, was fitted on."""
    if name not in FITTED_IN_PART:
        return None
    if part == "report":
        return (
            "Only the report part, on which no weight and no threshold was fitted; --part all has "
            "the others too."
        )
    return (
        f"CAUTION: {FITTED_IN_PART[name]} were fitted on the parts fit and calibrate, so these "
        "figures flatter. --part report has the honest ones."
    )


def choose_part(bench: Bench, part: PartAsked) -> list[Case]:
    """Return the cases whose article falls into a part; all articles stay to be searched."""
    titles = {article.path: article.title or article.key for article in bench.articles}
    return [
        case for case in bench.cases if part in ("all", part_of(titles.get(case.group, case.group)))
    ]


def choose_claims(name: str, claims: Sequence[Claim], part: PartAsked) -> list[Claim]:
    """Return the claims whose group falls into a part."""
    return [claim for claim in claims if part in ("all", claim_part(name, claim))]


def claim_part(name: str, claim: Claim) -> Part:
    """Return the part that a claim of a set counts in."""
    return part_of(f"{name} {claim.group}")


def sample_cases(cases: Sequence[Case], limit: int | None) -> list[Case]:
    """Return at most `limit` cases, drawn by a hash of their ids and left in order."""
    if limit is None or limit >= len(cases):
        return [*cases]
    ranked = sorted(cases, key=lambda case: _drawn(case.id))
    chosen = {case.id for case in ranked[:limit]}
    return [case for case in cases if case.id in chosen]


def sample_claims(claims: Sequence[Claim], limit: int | None) -> list[Claim]:
    """Return whole groups of claims, drawn by a hash until `limit` is reached, and in order."""
    if limit is None or limit >= len(claims):
        return [*claims]
    sizes: dict[str, int] = {}
    for claim in claims:
        sizes[claim.group] = sizes.get(claim.group, 0) + 1
    chosen: set[str] = set()
    drawn = 0
    for group in sorted(sizes, key=_drawn):
        if drawn >= limit:
            break
        chosen.add(group)
        drawn += sizes[group]
    return [claim for claim in claims if claim.group in chosen]


def _drawn(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


def _read(loaders: dict[str, Callable[[Path], Set]], name: str, folder: str | Path) -> Set:
    if name not in loaders:
        raise BadOption(f"There is no set {name!r}. These can be read: {', '.join(NAMES)}.")
    if not Path(folder).is_dir():
        raise MissingData(f"{folder} cannot be read (no such folder). {REMEDY}")
    return loaders[name](Path(folder))


def _refuse_unfit(name: str, folder: str | Path, ids: Sequence[str], what: str) -> None:
    """Refuse a set without rows, and two rows with one id: their scores would overwrite each other.

    Args:
        name: The set.
        folder: Where it was read from.
        ids: Of its questions or claims.
        what: What the rows are.
    """
    if not ids:
        raise MissingData(NOTHING.format(folder=folder, name=name, what=what))
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise BadData(
                f"{name}: the id {each!r} stands twice. Fetch the set again, or drop one."
            )
        seen.add(each)
