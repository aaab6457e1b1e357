"""Copies: sentences that stand word for word, or nearly, in several articles."""

from collections.abc import Sequence
from dataclasses import replace

from index import Hit
from rag.mentions import forms_in
from rag.types import Answer

COPY_SHARE = 0.75
"""Share of the longer sentence's word forms above which one is a copy of the other."""

FEWEST_FORMS = 8
"""A shorter sentence may resemble another by chance."""


def are_copies(first: str, second: str) -> bool:
    """Say whether two sentences are one but for a word or two."""
    ours, theirs = forms_in(first), forms_in(second)
    longer = max(len(ours), len(theirs))
    return longer >= FEWEST_FORMS and len(ours & theirs) >= COPY_SHARE * longer


def also_in(quote: str, article_id: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the ids of the other articles among the hits that have a quote word for word."""
    words = " ".join(quote.split())
    return tuple(
        dict.fromkeys(
            hit.article.id
            for hit in hits
            if hit.article.id != article_id and words in " ".join(hit.passage.text.split())
        )
    )


def mark_copies(answer: Answer) -> Answer:
    """Return an answer whose citations name the other articles among its hits that say the same.

    Word for word, so that no number, name or "not" can differ.
    """
    return replace(
        answer,
        sentences=tuple(
            replace(
                sentence,
                citations=tuple(
                    replace(c, also_in=also_in(c.quote, c.article_id, answer.hits))
                    for c in sentence.citations
                ),
            )
            for sentence in answer.sentences
        ),
    )
