"""A correction that an article prints: it names the wrong figure and the right one."""

import re
from collections.abc import Sequence

from rag.facts import Report
from rag.rivals import Fact, Rival, strength

CORRECTION = re.compile(
    r"\b(?:corrections?|corrected|clarification|erratum|editor[’']s note)\b\s?[:,(–—-]"
    r"|\b(?:an )?earlier (?:version|report|article)s? (?:of|said|gave|stated|wrote)"
    r"|\b(?:we|our report)\b[^.]{0,80}?\b(?:wrongly|incorrectly|in error|gave a wrong)\b"
    r"|\b(?:was|were) (?:wrongly|incorrectly) (?:given|stated|reported)\b"
    r"|\bin (?:our|an earlier) (?:report|article|story)\b[^.]{0,120}"
    r"\bwe (?:wrote|said|reported|gave)\b"
    r"|\bapologi[sz]e for (?:the|this|an|our) (?:error|mistake)\b"
    r"|\bcorrect (?:figure|number|date|name|age|sum|amount)\b",
    re.IGNORECASE,
)


def find_correction(
    first: Sequence[Fact], second: Sequence[Fact], correcting: Report
) -> Rival | None:
    """Return what a first report says and the second corrects; None where it corrects nothing.

    Args:
        first: What the first report gives of the asked kind.
        second: What the correcting report gives.
        correcting: That report.
    """
    notes = _notes(correcting)
    told = [fact for fact in second if fact.place.sentence.start in notes]
    right = [fact for fact in told if not any(fact.repeats(other) for other in first)]
    pairs = [
        (old, new)
        for old in first
        for new in right
        if any(old.repeats(other) for other in told) and old.is_comparable(new)
    ]
    best = max(pairs, key=lambda pair: strength(*pair), default=None)
    if best is None:
        return None
    old, new = best
    return Rival(
        first=old.place.sentence,
        second=new.place.sentence,
        words=(old.given.text, new.given.text),
        strength=strength(old, new),
        facts=best,
    )


def may_correct(one: Report, other: Report) -> bool:
    """Say whether one of two reports may be a correction of the other: of one outlet, and marked.

    Such a note need not repeat whom and where the report was about.
    """
    outlets = {report.article.source for report in (one, other)}
    return len(outlets) == 1 and None not in outlets and any(map(_notes, (one, other)))


def _notes(report: Report) -> set[int]:
    """Return where the sentences start that a correction is made of: up to its third."""
    sentences = list(report.sentences)
    found: set[int] = set()
    for position, sentence in enumerate(sentences):
        if CORRECTION.search(sentence.text):
            found |= {each.start for each in sentences[position : position + 3]}
    return found
