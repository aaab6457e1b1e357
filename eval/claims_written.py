"""Claims about the passages that the entailment model was not trained on.

Each stands beside its passage, and beside the altered ones that turn its label, so that its wording
says nothing of it.
"""

from collections.abc import Sequence

from eval.entailment_examples import every_example
from eval.entailment_groups import PassageGroup
from eval.types import Claim


def written_claims(groups: Sequence[PassageGroup]) -> list[Claim]:
    """Return the claims of groups; all of one group count together."""
    return [
        Claim(
            id=f"written-{group.name}-{number}",
            group=group.name,
            text=example.text,
            evidence=example.evidence,
            supported=example.label == "supported",
            label=example.label,
        )
        for group in groups
        for number, example in enumerate(every_example([group]), start=1)
        if example.is_claim
    ]
