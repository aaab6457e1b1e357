"""Draft the questions that one sentence of an article answers, by rule; pure functions.

Nothing here knows a library: whether a question finds its answer is for `suggestions.py` to prove,
and an evaluation may draft its cases here. What is not surely a sound question that stands alone is
left out, and so is every sentence that only its neighbours explain.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from index import Article
from index.sentences import is_sentence
from rag.clause_questions import ask_clauses
from rag.grammar import PRONOUNS
from rag.orders import QUOTATION, overlaps_order
from rag.person_questions import ask_persons
from rag.plain_clauses import GAP
from rag.question_forms import DraftedQuestion
from rag.said_questions import ask_said
from rag.sentence_words import Line, Spelling
from rag.sound_questions import LEANING, is_presentable

LONGEST_SENTENCE = 400
"""Characters; a longer one is a list, or too much for one question."""
ARTICLES_KEPT = 32
DATELINE = re.compile(
    r"\A(?:\([A-Z]{2,10}\)(?: ?[-–—]+ ?)?|[A-Z][A-Z .,’'-]{2,30}(?:, [A-Z][a-z]+\.?(?: \d{1,2})?)?"
    r"(?: ?\([^()]{1,30}\))? ?[-–—]+ )"
)
IN_BRACKETS = re.compile(r" ?\([^()]{1,80}\)")
SINGLE_QUOTATION = re.compile(r"‘[^‘’]{1,300}’(?!\w)|(?<!\w)'[^']{1,200}'(?!\w)")
UNFIT = re.compile(r"[\[\]{}|<>@#*_=\\^~•…\"“”„«»`]|https?:|www\.|\w\.(?:com|org|net)\b")
"""In a sentence, quotations aside: no plain prose."""


def draft_questions(article: Article, start: int, end: int) -> tuple[DraftedQuestion, ...]:
    """Return the questions that a sentence answers, each once; often none.

    Args:
        article: What it stands in.
        start: Where the sentence starts in the article's text.
        end: Where it ends.
    """
    sentence = article.text[start:end]
    if not _is_fit(article, start, end):
        return ()
    line, spelling = Line(_plain(sentence)), _spelling(article.text)
    if UNFIT.search(line.text):
        return ()
    found: dict[str, DraftedQuestion] = {}
    for drafted in _drafts(article, start, end, line, spelling):
        if drafted.question not in found and is_presentable(drafted.question, article):
            found[drafted.question] = drafted
    return tuple(found.values())


def _drafts(
    article: Article, start: int, end: int, line: Line, spelling: Spelling
) -> Iterator[DraftedQuestion]:
    if line[0].lower not in (LEANING | PRONOUNS) - {"there"}:
        yield from ask_clauses(line, spelling)
    yield from ask_persons(line, spelling)
    yield from ask_said(article, start, end, spelling)


def _is_fit(article: Article, start: int, end: int) -> bool:
    sentence = article.text[start:end]
    if article.language not in {None, "en"} or len(sentence) > LONGEST_SENTENCE:
        return False
    return is_sentence(sentence) and not overlaps_order(article.text, start, end)


def _plain(sentence: str) -> str:
    """Return a sentence in one line, with a gap for each quotation, without its dateline."""
    line = " ".join(sentence.split())
    line = DATELINE.sub("", line, count=1)
    line = SINGLE_QUOTATION.sub(GAP, QUOTATION.sub(GAP, line))
    return IN_BRACKETS.sub(_without_brackets, line)


def _without_brackets(found: re.Match[str]) -> str:
    """Return what stands in for brackets: a gap where two names would run into one."""
    after = found.string[found.end() : found.end() + 2].strip()
    return f" {GAP}" if after[:1].isupper() else ""


@lru_cache(maxsize=ARTICLES_KEPT)
def _spelling(text: str) -> Spelling:
    return Spelling(text)
