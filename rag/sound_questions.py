"""Whether a drafted question may be shown: short, plain, and understood without its article."""

import re
from itertools import pairwise

from index import Article
from rag.grammar import ANYBODY, AUXILIARIES, DETERMINERS, PREPOSITIONS, tokens_of
from rag.mentions import CALENDAR, WEEKDAYS, form, names_in, telling_words
from rag.offices import NATIONALITY
from rag.orders import holds_order
from rag.phrases import INSIDE, noun_end
from rag.reference import stands_alone
from rag.sentence_words import Line
from rag.shown import shown
from rag.verb_forms import has_shape

LONGEST_QUESTION = 120
FEWEST_WORDS, MOST_WORDS = 4, 22
LEAD = 400
"""Characters of an article that tell what it is about."""
FEWEST_SHARED = 2
"""Telling words that a question without a name shares with the title."""
UNFIT_QUESTION = re.compile(r"[^\w\s’'.&‑,-]|,(?!\d{3})|[a-z]{3}[A-Z]")
"""In a question, its mark aside."""
LEANING = (
    ANYBODY - {"people"}
    | frozenset(
        "i we you me us my our your mine this these those here then now today yesterday "
        "tomorrow other others another same such latter former instead too otherwise therefore "
        "however similarly likewise respectively following above below one ones more further "
        "additional both each some many several any no not none who which whose whom he she "
        "him her first second third later earlier next last previous".split()
    )
    | frozenset(map(str.lower, WEEKDAYS))
)
"""Words by which a question would lean on what was said before, or on the day it is read."""
OPENERS = frozenset("how when where why who what by for at since until from in to into".split())
DANGLING = (PREPOSITIONS | DETERMINERS | AUXILIARIES | frozenset("and or but to not".split())) - {
    "up",
    "out",
    "off",
    "down",
    "for",
    "over",
    "do",
    "have",
}
STRANDED = frozenset("of with for about to on after against".split())
"""What may end a question for a thing: "What was the driver charged with?"."""
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
    "others day week month surprise".split()
)
"""Nouns that tell nobody what is meant, with a "the" and nothing more."""
STATES = frozenset("UK US EU UN".split())
INDEFINITE = re.compile(r"\A[\w ]{1,40}\b(?:is|are|was|were|did|will|has|have) an? ")
"""A question about "a vote" or "a trailer", of which there are many."""
KNOWN_NOUN = re.compile(r"\bthe ([a-z][\w-]*)")
"""What one "the" makes known, if it stands in the title: "the ramp"."""
TELLS = frozenset("of for between that who".split())
"""Words behind which it is told which one is meant."""
AGED = re.compile(r"-year-old\b")


def is_presentable(question: str, article: Article) -> bool:
    """Say whether a drafted question is short, plain and understood without the article."""
    words = tokens_of(question.rstrip("?"))
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS or len(question) > LONGEST_QUESTION:
        return False
    if UNFIT_QUESTION.search(question[:-1]) or not question.endswith("?"):
        return False
    lower = [re.sub(r"[’']s\Z", "", word.lower) for word in words]
    if lower[0] not in OPENERS or LEANING & {*lower[2:]}:
        return False
    if lower[-1] in DANGLING and not (lower[0] == "what" and lower[-1] in STRANDED):
        return False
    if any(one == other for one, other in pairwise(lower)):
        return False
    if holds_order(question) or shown(question) != question or not stands_alone(question):
        return False
    return _is_anchored(question, article)


def _is_anchored(question: str, article: Article) -> bool:
    """Say whether a question names something, or speaks of what the title speaks of."""
    title = set(map(form, telling_words(article.title or "")))
    about = title | set(map(form, telling_words(article.text[:LEAD])))
    if AGED.search(question) or _leaves_open(Line(question), title, about):
        return False
    indefinite = INDEFINITE.search(question) is not None
    if has_name(question):
        return not (indefinite and question.startswith("When"))
    shared = title & set(map(form, telling_words(question)))
    heads = {form(word) for word in KNOWN_NOUN.findall(question)}
    return not indefinite and (len(shared) >= FEWEST_SHARED or bool(heads & title))


def has_name(question: str) -> bool:
    """Say whether a question names something, by more than a month or the word for a country."""
    return any(
        name in STATES or (len(name) > 2 and not NATIONALITY.fullmatch(name))
        for name in names_in(question)
        if name.lower() not in CALENDAR
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
        if end == place or has_name(f"is {line.slice(place, end)}"):
            continue
        if line[place + 1].lower in GENERIC and has_shape(line.low(place + 2), "base"):
            return True  # "did the group release"
        after = line[end].lower
        if after in TELLS or (after in INSIDE and line[end + 1].is_capital):
            continue
        owner = line[place + 1]
        if owner.lower != line.low(place + 1) and form(line.low(place + 1)) not in title:
            return True  # "the owner's cats"
        head, single = form(line.low(end - 1)), end - place == 2
        if line.low(end - 1) in GENERIC and (single or not named or _is_said(line)):
            return True
        told = head in title or (named and head in about) or _is_said(line)
        if not told:
            return True
    return False


def _is_said(line: Line) -> bool:
    return line.text.startswith("What did ") and " say about " in line.text
