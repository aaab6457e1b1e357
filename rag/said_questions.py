"""Ask what somebody said about something: "What did Jonas Wede say about the repairs?"."""

import re
from collections.abc import Iterator

from index import Article
from index.stopwords import STOPWORDS
from rag.attribution import is_outlet
from rag.grammar import PRONOUNS
from rag.mentions import form, telling_words
from rag.offices import NATIONALITY, is_office
from rag.orders import QUOTATION
from rag.people import NAME, is_person_name
from rag.person_questions import POSSESSIVE
from rag.phrases import full_noun_end, noun_end
from rag.question_forms import DraftedQuestion, make_question
from rag.sentence_clauses import subject_of
from rag.sentence_words import Line, Spelling
from rag.speakers import attributions

MOST_TOPIC_WORDS = 6
MOST_SPEAKER_WORDS = 8
OUTLET_WORDS = frozenset(
    "online express daily mail sun mirror guardian star globe magazine weekly review report "
    "journal reuters associated today media network insider".split()
)
RANKS = frozenset("Chief Financial Executive Operating Managing Deputy Acting Vice Officer".split())
NO_FIRST_NAMES = STOPWORDS | frozenset(
    "meanwhile however earlier later uncle aunt los san las downtown former late reverend founder "
    "superintendent commander".split()
)
UNKNOWN = frozenset("a an one two some many most several few no its his her their our my".split())
"""What begins a subject of which nobody knows which one it is."""
CONTRACTED = re.compile(r"[’'](?:ll|re|ve|d|m|t)\Z")
SAID_THAT = re.compile(
    r"\b(?:said|says|told|replied|added|argued|warned|insisted|noted|explained|confirmed|stressed|"
    r"announced|claimed|admitted|denied|promised|predicted|believes|thinks)"
    r"(?: [\w’'-]+){0,3}? that "
)


def ask_said(
    article: Article, start: int, end: int, spelling: Spelling
) -> Iterator[DraftedQuestion]:
    """Yield what the speaker of a sentence said about the thing that it speaks of.

    Only a speaker whom the article names, and a thing that its own words name.
    """
    spoken = [a for a in attributions(article.text) if (a.start, a.end) == (start, end)]
    name = (_person(spoken[0].name) or _office(spoken[0].name)) if spoken else None
    if name is None or (name[0].isupper() and any(map(spelling.is_word, name.split()))):
        return
    sentence = " ".join(article.text[start:end].split())
    for content in _contents(sentence):
        line = Line(content)
        topic = _subject(line, spelling) or _title_noun(line, article)
        if topic and not _forms(topic) & _forms(name):
            yield make_question(["What did", name, "say about", topic], "said", sentence)
            return
    if name[0].isupper() and len(name.split()) == 2:  # of more, the first may be no name
        yield make_question(["What did", name, "say"], "told", sentence)


def _person(name: str) -> str | None:
    """Return a speaker's full name without a trade before it; None if it is no person's."""
    words = name.split()
    while len(words) > 2 and (is_office(words[0].lower()) or words[0] in RANKS):
        words.pop(0)
    bare = " ".join(words)
    if not NAME.fullmatch(bare) or not is_person_name(bare) or is_outlet(bare):
        return None
    if OUTLET_WORDS & {*bare.lower().split()} or words[0].lower() in NO_FIRST_NAMES:
        return None
    if NATIONALITY.fullmatch(words[0]) or POSSESSIVE.search(bare):
        return None
    return None if any(len(word) > 1 and word.isupper() for word in words) else bare


def _office(name: str) -> str | None:
    """Return an office or body whose name says whose it is: "a spokesman for the hospital"."""
    line = Line(name)
    end = full_noun_end(line, 0)
    while line[end].lower in {"for", "at", "of"}:
        end = full_noun_end(line, end + 1)
    known = line[0].lower in {"the", "a", "an"} and len(line) <= MOST_SPEAKER_WORDS
    named = any(line[n].is_capital for n in range(1, len(line)))
    if end != len(line) or not known or not named or is_outlet(name):
        return None
    return name if is_office(line.low(noun_end(line, 0) - 1)) else None


def _contents(sentence: str) -> Iterator[str]:
    """Yield what may be the words that were said: a quotation, what follows "that", or all."""
    quotation = QUOTATION.search(sentence)
    if quotation:
        yield quotation.group()[1:-1].rstrip(",") + "."
        return
    that = SAID_THAT.search(sentence)
    if that:
        yield sentence[that.end() :]
    yield sentence


def _subject(line: Line, spelling: Spelling) -> str | None:
    """Return the subject of what was said, if it is a thing that "the" or a name makes known."""
    start, end = subject_of(line) or (0, 0)
    if not 0 < end - start <= MOST_TOPIC_WORDS or _pronouns(line, start, end):
        return None
    topic = spelling.lowered(line, start, end)
    if not topic or topic.split()[0] in UNKNOWN or "so-called" in topic.lower():
        return None
    told_by_itself = topic.startswith("the ") or topic[0].isupper()
    return topic if told_by_itself or len(topic.split()) == 2 else None


def _title_noun(line: Line, article: Article) -> str | None:
    """Return a "the ..." whose noun stands in the article's title."""
    title = _forms(article.title or "")
    for place in range(1, len(line)):
        end = full_noun_end(line, place) if line[place].lower == "the" else place
        if end > place and end - place <= MOST_TOPIC_WORDS and line.text[0].isupper():
            words = line.slice(place, end)
            if form(line.low(end - 1)) in title and not _pronouns(line, place, end):
                return words
    return None


def _pronouns(line: Line, start: int, end: int) -> bool:
    words = [line[n].lower for n in range(start, end)]
    return any(word in PRONOUNS or CONTRACTED.search(word) for word in words)


def _forms(text: str) -> set[str]:
    return set(map(form, telling_words(text)))
