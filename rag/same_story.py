"""Whether two reports tell one story, and both speak of what is asked."""

from collections.abc import Sequence

from index import Article, Hit, Index
from rag.facts import Report
from rag.mentions import CALENDAR, forms_in, missing_names
from rag.proper_names import names_with_places
from rag.timing import days_apart

LEAST_LIKENESS = 0.69
"""How well two reports of one story cover each other; conflicts for development have .70 or more.
Of 11,100 pairs of reports on different stories 89 percent stay below; 4 of the rest share a name.
"""

UNDATED_LIKENESS = 0.85
"""The same where a date is missing, so that one may simply be later news."""

FAR_BELOW = 8.0
"""Logits by which a passage may fall behind the best before it is left unread."""


def read_reports(question: str, evidence: Sequence[Hit], library: Index) -> list[Report]:
    """Return the articles among the evidence, best first; those with every name of it lead."""
    by_article: dict[str, list[Hit]] = {}
    best = max((hit.score for hit in evidence), default=0.0)  # time may have put others first
    for hit in evidence:
        if hit.score >= best - FAR_BELOW:
            by_article.setdefault(hit.article.id, []).append(hit)
    reports = [
        _report(question, library.article(key), tuple(hits)) for key, hits in by_article.items()
    ]
    return sorted(reports, key=lambda report: not report.has_all_names)


def _report(question: str, article: Article, hits: tuple[Hit, ...]) -> Report:
    missing = missing_names(question, f"{article.title or ''}. {article.text}")
    return Report(article, hits, has_all_names=not missing)


def share_names(first: Report, second: Report) -> bool:
    """Say whether two reports name one person, place or body, and one has all of the question's.

    The other may say "the general" of whom the question names; which story it tells, the likeness
    of both shows.
    """
    if not first.has_all_names and not second.has_all_names:
        return False
    return bool(_names(first) & _names(second))


def least_likeness(first: Report, second: Report) -> float:
    """Return how well two reports must cover each other to be taken for one story."""
    undated = days_apart(first.article, second.article) is None
    return UNDATED_LIKENESS if undated else LEAST_LIKENESS


def _names(report: Report) -> set[str]:
    names = (
        name
        for hit in report.hits
        for name in names_with_places(hit.passage.text, hit.passage.text)
    )
    words = {word for name in names for word in name.words}
    return {form for word in words - CALENDAR for form in forms_in(word)}
