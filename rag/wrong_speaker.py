"""Whether a claim gives a statement to another speaker than the evidence does."""

from collections.abc import Sequence

from rag.mentions import form, telling_words
from rag.speakers import attributions

PRONOUNS = frozenset("he she they it".split())
"""Speakers that could be anyone."""


def gives_to_another(claim: str, evidence: str, sentences: Sequence[str]) -> bool:
    """Say whether claim and evidence name different speakers for one statement.

    Where either names none, or the evidence only a pronoun, they are not taken to differ.

    Args:
        claim: One sentence.
        evidence: The text that the sentences are from.
        sentences: The evidence sentences that say the same, the best first.
    """
    ours = {
        word
        for each in attributions(claim)
        if each.name.lower() not in PRONOUNS
        for word in _forms(each.speaker)
    }
    if not ours:
        return False
    for sentence in sentences:
        start = evidence.find(sentence)
        theirs = [
            each
            for each in attributions(evidence)
            if each.start < start + len(sentence) and start < each.end
        ]
        if theirs:
            named = [each for each in theirs if each.name.lower() not in PRONOUNS]
            return bool(named) and not any(ours & _forms(each.speaker) for each in named)
    return False


def _forms(text: str) -> set[str]:
    return set(map(form, telling_words(text)))
