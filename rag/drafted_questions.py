"""Draft the questions that one sentence of an article answers, by rule; pure functions.

Nothing here knows a library: whether a question finds its answer is for `suggestions.py` to prove,
and an evaluation may draft its cases here. What is not surely a sound question that stands alone is
left out, and so is every sentence that only its neighbours explain.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from index import Article
from index.sentences import is_sentence
from rag.clause_questions import ask_clauses
from rag.grammar import ANYBODY, AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, tokens_of
from rag.mentions import form, names_in, telling_words
from rag.offices import NATIONALITY
from rag.orders import QUOTATION, holds_order, overlaps_order
from rag.person_questions import ask_persons
from rag.phrases import INSIDE, noun_end
from rag.plain_clauses import GAP
from rag.question_forms import DraftedQuestion
from rag.reference import stands_alone
from rag.said_questions import ask_said
from rag.sentence_words import Line, Spelling
from rag.shown import shown
from rag.verb_forms import has_shape

LONGEST_SENTENCE = 400
"""Characters; a longer one is a list, or too much for one question."""
LONGEST_QUESTION = 120
FEWEST_WORDS, MOST_WORDS = 4, 22
ARTICLES_KEPT = 32
LEAD = 400
"""Characters of an article that tell what it is about."""
FEWEST_TELLING = 4
"""Telling words of a question that shares but one with them."""

DATELINE = re.compile(
    r"\A(?:\([A-Z]{2,10}\)(?: ?[-–—]+ ?)?|[A-Z][A-Z .,’'-]{2,30}(?:, [A-Z][a-z]+\.?(?: \d{1,2})?)?"
    r"(?: ?\([^()]{1,30}\))? ?[-–—]+ )"
)
IN_BRACKETS = re.compile(r" ?\([^()]{1,80}\)")
SINGLE_QUOTATION = re.compile(r"‘[^‘’]{1,300}’(?!\w)|(?<!\w)'[^']{1,200}'(?!\w)")
UNFIT = re.compile(r"[\[\]{}|<>@#*_=\\^~•…\"“”„«»`]|https?:|www\.|\w\.(?:com|org|net)\b")
"""In a sentence, quotations aside: no plain prose."""
UNFIT_QUESTION = re.compile(r"[^\w\s’'.&/‑,-]|,(?!\d{3})")
"""In a question, its mark aside."""

LEANING = ANYBODY - {"people"} | frozenset(
    "i we you me us my our your mine this these those here there then now today yesterday "
    "tomorrow other others another same such latter former instead too otherwise therefore "
    "however similarly likewise respectively following above below one ones more further "
    "additional both each some many several any no not none who which whose whom he she "
    "him her first second third later earlier next last previous".split()
)
OPENERS = frozenset("how when where why who what by for at since until from".split())
DANGLING = (PREPOSITIONS | DETERMINERS | AUXILIARIES | frozenset("and or but to not".split())) - {
    "up", "out", "off", "down", "for", "over", "do", "have",
}
GENERIC = frozenset(
    "company firm group agency report study team club man woman official ministry council court "
    "police work project plan programme program proposal building case place person people boy "
    "girl film book song show series season match game event area region city town village county "
    "country state government party family couple victim suspect driver author number decision "
    "move name term word part time year incident attack crash accident plane version product "
    "system service act law bill vote album band idea reason player actor character story article "
    "post page site website board committee union school hospital university college station "
    "house home community organisation organization association foundation fund deal agreement "
    "pact trial video single track thing way problem issue question answer result process rest "
    "others day week month".split()
)
"""Nouns that tell nobody what is meant, with a "the" and nothing more."""
STATES = frozenset("UK US EU UN".split())
INDEFINITE = re.compile(r"\A[\w ]{1,40}\b(?:is|are|was|were|did|will|has|have) an? ")
"""A question about "a vote" or "a trailer", of which there are many."""
TELLS = frozenset("of for between that who".split())
"""Words behind which it is told which one is meant."""
AGED = re.compile(r"-year-old\b")


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


def is_presentable(question: str, article: Article) -> bool:
    """Say whether a drafted question is short, plain and understood without the article."""
    words = tokens_of(question.rstrip("?"))
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS or len(question) > LONGEST_QUESTION:
        return False
    if UNFIT_QUESTION.search(question[:-1]) or not question.endswith("?"):
        return False
    lower = [word.lower for word in words]
    if lower[0] not in OPENERS or lower[-1] in DANGLING or LEANING & {*lower[2:]}:
        return False
    if any(one == other for one, other in pairwise(lower)):
        return False
    if holds_order(question) or shown(question) != question or not stands_alone(question):
        return False
    return _is_anchored(question, article)


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


def _is_anchored(question: str, article: Article) -> bool:
    """Say whether a question names something, or speaks of what the title speaks of."""
    title = set(map(form, telling_words(article.title or "")))
    about = title | set(map(form, telling_words(article.text[:LEAD])))
    if AGED.search(question) or _leaves_open(Line(question), title, about):
        return False
    if _has_name(question):
        return True
    telling = set(map(form, telling_words(question)))
    shared = telling & title
    known = not INDEFINITE.search(question)
    return known and (len(shared) > 1 or (bool(shared) and len(telling) >= FEWEST_TELLING))


def _has_name(question: str) -> bool:
    return any(
        name in STATES or (len(name) > 2 and not NATIONALITY.fullmatch(name))
        for name in names_in(question)
    )


def _leaves_open(line: Line, title: set[str], about: set[str]) -> bool:
    """Say whether a "the" with a common noun leaves open what is meant.

    The title may tell, or a phrase that hangs on it, or a name before it if the article begins with
    it. What somebody says about a thing tells by itself.
    """
    named = False
    for place in range(1, len(line)):
        named = named or line[place].is_capital
        end = noun_end(line, place) if line[place].lower == "the" else place
        if end == place or any(line[n].is_capital for n in range(place, end)):
            continue
        if line[place + 1].lower in GENERIC and has_shape(line.low(place + 2), "base"):
            return True  # "did the group release"
        after = line[end].lower
        if after in TELLS or (after in INSIDE and line[end + 1].is_capital):
            continue
        owner = line[place + 1]
        if owner.lower != line.low(place + 1) and form(line.low(place + 1)) not in about:
            return True  # "the owner's cats"
        head, single = form(line.low(end - 1)), end - place == 2
        if line.low(end - 1) in GENERIC and (single or not named or _is_said(line)):
            return True
        told = head in title or ((named or not single) and head in about) or _is_said(line)
        if not told:
            return True
    return False


def _is_said(line: Line) -> bool:
    return line.text.startswith("What did ") and " say about " in line.text
