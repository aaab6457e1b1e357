"""Which parts of answering are at work: all of them, unless one is measured by leaving it out."""

from dataclasses import dataclass

from index.types import RETRIEVERS, Retriever, Value
from rag.evidence import RERANKED
from rag.windows import MOST_SENTENCES


@dataclass(frozen=True, kw_only=True)
class Pipeline(Value):
    """The parts that can be left out; `python -m eval --vary` shows what each of them earns.

    No setting reaches these: what a reader is shown has been through all of them.
    """

    retrievers: tuple[Retriever, ...] = RETRIEVERS
    """What finds passages, fused where there are two."""
    rerank: bool = True
    """Whether the cross-encoder orders what was found. Without it every passage scores 0, and the
    chance that the articles answer is told from windows alone, for which it was not fitted."""
    reranked: int = RERANKED
    """Passages that the cross-encoder reads at most."""
    longest_window: int = MOST_SENTENCES
    """Sentences that a quote has at most."""
    check: bool = True
    """Whether what a language model writes must pass the support check to be shown."""


WHOLE = Pipeline()
