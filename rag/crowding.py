"""Near-copies of one outlet: more than two of them tell nothing new, and push others out of sight.

Whoever can put five articles into a pile could else fill the evidence with one sentence. Copies
whose figures differ all stay: they are news, or the first suspects for a disagreement.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index import Hit
from index.types import Value
from rag.mentions import NUMBER_WORDS, forms_in

MOST_ALIKE = 2
"""Passages of one outlet that may tell the same in nearly the same words."""

COPY_SHARE = 0.75
"""Share of the longer passage's word forms above which one is a near-copy, as between sentences."""


@dataclass(frozen=True, kw_only=True)
class _Told(Value):
    """What a passage tells, by its words."""

    outlet: str
    forms: frozenset[str]

    @property
    def figures(self) -> frozenset[str]:
        return frozenset(
            form for form in self.forms if form in NUMBER_WORDS or any(map(str.isdigit, form))
        )

    def repeats(self, other: "_Told") -> bool:
        """Say whether one outlet tells the same twice."""
        longer = max(1, len(self.forms), len(other.forms))
        return (
            self.outlet == other.outlet
            and len(self.forms & other.forms) >= COPY_SHARE * longer
            and self.figures == other.figures
        )


def without_crowd(found: Sequence[Hit]) -> list[Hit]:
    """Return passages without those that one outlet has told twice already in nearly these words.

    Passages of one article are no copies of each other. Where no outlet is given, all such
    articles count as one outlet's. All are looked at, some 0.2 ms each: whatever was left unread
    would move up to where others were left out, and the copies with it.

    Args:
        found: What the index found, best first.
    """
    kept: list[Hit] = []
    told: list[tuple[str, _Told]] = []
    for hit in found:
        outlet = (hit.article.source or "").strip().casefold()
        this = _Told(outlet=outlet, forms=forms_in(hit.passage.text))
        copies = {key for key, other in told if key != hit.article.id and this.repeats(other)}
        if len(copies) < MOST_ALIKE:
            kept.append(hit)
            told.append((hit.article.id, this))
    return kept
