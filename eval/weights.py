"""What a degree of support counts, whoever gives it: a person, a judge or the check.

TREC RAG's weights (Upadhyay and others 2024, arXiv 2504.15205): full 1, partial .5, none 0.
"""

from rag.types import Verdict

DEGREES = {"full": 1.0, "partial": 0.5, "none": 0.0}
"""By the word that a rater or a judge gives."""

OF_VERDICT: dict[Verdict, float] = {
    "supported": DEGREES["full"],
    "partly": DEGREES["partial"],
    "unsupported": DEGREES["none"],
}
"""By the check's verdict; a quote and what is unchecked have no degree."""
