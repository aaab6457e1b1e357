"""What might be suggested: the questions that an article's sentences answer, each with a score."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index import Article
from index.sentences import Span, sentence_spans
from index.types import Value
from rag.drafted_questions import draft_questions
from rag.mentions import form, telling_words
from rag.question_forms import DraftedQuestion
from rag.sound_questions import has_name
from rag.verbatim import flat

LONGEST_READ = 20_000
"""Characters of an article that are read."""
FORMS_REMEMBERED = 4_096

KINDS = {
    "amount": 1.0,
    "reason": 1.0,
    "day": 0.9,
    "said": 0.8,
    "place": 0.5,
    "person": 0.4,
    "what": 0.3,
    "told": 0.1,
}
"""How readily each kind is asked by people who read news; by judgement, not measured."""
ABOUT_TITLE = 1.5
"""What a question gains whose every telling word stands in the title."""
ABOUT_TOLD = 1.0
"""What a follow-up gains whose every telling word was asked or told."""
NAMED = 0.4
"""What a question gains that names something: it says more to somebody who knows no article."""
LEADING = 0.8
"""What a question gains that the first sentence answers; it fades with every further one."""
NEAR = 1.0
NEAR_WITHIN = 200
"""What a follow-up gains right beside what was cited, and the characters by which half is lost."""


@dataclass(frozen=True, kw_only=True)
class Candidate(Value):
    """A drafted question that is not proven yet."""

    drafted: DraftedQuestion
    article_id: str
    start: int
    end: int
    sentence: str
    score: float


def candidates_in(
    article: Article, *, near: Sequence[Span] = (), known: frozenset[str] = frozenset()
) -> list[Candidate]:
    """Return the questions that an article's sentences answer.

    Args:
        article: What is read.
        near: Spans beside which they are wanted.
        known: Forms of the words that they had better speak of.
    """
    article = replace(article, text=article.text[:LONGEST_READ])
    title = forms_of(article.title or "")
    found: list[Candidate] = []
    for place, span in enumerate(sentence_spans(article.text)):
        away = min((distance(span, s) for s in near), default=0)
        beside = NEAR_WITHIN / (NEAR_WITHIN + max(0, away))
        for drafted in draft_questions(article, *span):
            words = forms_of(drafted.question)
            score = KINDS[drafted.kind] + LEADING / (1 + place) + NEAR * beside * bool(near)
            score += ABOUT_TITLE * len(words & title) / len(words)
            score += ABOUT_TOLD * len(words & known) / len(words)
            score += NAMED * has_name(drafted.question)
            found.append(
                Candidate(
                    drafted=drafted,
                    article_id=article.id,
                    start=span[0],
                    end=span[1],
                    score=score,
                    sentence=flat(article.text[slice(*span)]),
                )
            )
    return found


def distance(one: Span, other: Span) -> int:
    """Return the characters between two spans of an article; less than nothing if they overlap."""
    return max(other[0] - one[1], one[0] - other[1])


@lru_cache(maxsize=FORMS_REMEMBERED)
def forms_of(text: str) -> frozenset[str]:
    """Return the forms of the words that say something."""
    return frozenset(map(form, telling_words(text)))
