"""Which words, names and numbers of a question a text mentions, whatever their form."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.stopwords import STOPWORDS
from rag.nations import SEATS, nation_abbreviations, nation_forms

WORD = re.compile(r"\w+(?:[.,]\d+)*")
ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}")

ENDINGS = ("ing", "ed", "es", "s", "ly")
SHORTEST_STEM = 3

WORDS_KEPT = 20_000
LONGEST_KEPT = 40
"""Words whose form is kept, and letters that they have at most: some 3 MB. News uses the same ones
over and over, and the words of all passages that were found took 25 ms of an answer."""

FEWEST_LETTERS = 5
"""A shorter name must be mentioned as it is; a longer one by a word made from it."""
MOST_CUT = 2
"""Letters that a name loses before it takes an ending (Turkey, Turkish)."""
NAME_ENDINGS = frozenset(("", *"s n an ean ian ese ish i ic er ern".split()))
"""What makes Japanese of Japan; Australia is no mention of Austria."""

CAPITALS = re.compile(r"[A-Z][\w’'-]{0,60}(?:\s+(?:(?:of|the|for|and)\s+){0,2}[A-Z][\w’'-]{0,60})+")
"""A name of several words, with the small words between them; the bounds keep it linear."""

LONGEST_INITIALS = 6
"""Letters; the bound keeps a text all in capitals from taking quadratic time."""
LONGEST_WORD = 200
"""Characters before a full stop in which the word that it follows stands."""

COMMON_INITIALS = {
    "AI": "artificial intelligence",
    "EU": "European Union",
    "EV": "electric vehicle",
    "GDP": "gross domestic product",
    "UK": "United Kingdom",
    "UN": "United Nations",
    "US": "United States",
    "VAT": "value added tax",
}
"""Of what is mostly written without capitals; and of two letters, which might be a person's."""

LONGEST_PRONOUN = 3
"""Letters; longer short names may be written like words (NATO, Nato)."""

TITLES = frozenset(
    "president prime minister premier pm chancellor king queen prince pope mayor governor senator "
    "judge justice chief secretary general mr mrs ms miss dr professor sir lord lady".split()
)
"""Stand before many names, so they tell none apart."""

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
CALENDAR = frozenset(map(str.lower, [*MONTHS, *WEEKDAYS]))
"""Capitals that are no names."""


def telling_words(text: str) -> list[str]:
    """Return the words that say something, in order."""
    words = WORD.findall(join_acronyms(text))
    return [word for word in words if word.lower() not in STOPWORDS and len(word) > 1]


def names_in(question: str) -> list[str]:
    """Return the capitalised words, without first words of sentences and titles of persons.

    A first word that is all capitals is a name too ("EU"). Where no word is small, capitals mark no
    names, and none are returned.
    """
    question = join_acronyms(question)
    words = [
        match
        for match in WORD.finditer(question)
        if _is_initials(match.group()) or not _is_first(question, match.start())
    ]
    if not any(match.group().islower() for match in words):
        return []
    capitals = [match.group() for match in words if match.group()[0].isupper()]
    return [name for name in capitals if name.lower() not in STOPWORDS | TITLES]


def _is_initials(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word.isalpha()


def missing_names(question: str, text: str) -> list[str]:
    """Return the names in a question that a text does not mention.

    A short form stands for the long one and the reverse ("US", "United States"). A name of which
    the text has only a namesake ("South Korea", where it speaks of North Korea) is missing.
    """
    text = join_acronyms(text)
    forms = mentioned_forms(text)
    short = _abbreviations(text) | nation_abbreviations(forms)
    initials = short | _initials(text)
    names = [name for name in names_in(question) if not _is_named(name, forms, initials)]
    runs = [run for run in _runs(question) if len(run) > 1]
    abbreviated = {
        word for run in runs if "".join(part[0] for part in run).upper() in short for word in run
    }
    missing = [name for name in names if name not in abbreviated]
    return missing + [
        " ".join(run)
        for run in runs
        if not set(run) & {*missing, *abbreviated} and _is_namesake(run, text)
    ]


def missing_but_for_seats(question: str, text: str) -> list[str]:
    """Return the names in a question that a text does not mention, nor means by another.

    Where the text speaks of the US, "Washington" may mean them, and the reverse. In "a fire in
    London" it is the town, and beside another name ("Sofia Berg") somebody's.
    """
    missing = missing_names(question, text)
    if not missing:
        return missing
    forms, runs = mentioned_forms(text), _runs(question)
    return [
        name
        for name in missing
        if not (_is_seat_of_named(name, question, runs, forms) or _is_nation_of_named(name, forms))
    ]


def _is_seat_of_named(
    name: str, question: str, runs: Sequence[Sequence[str]], forms: frozenset[str]
) -> bool:
    """Say whether a capital, named alone or beside others, may mean a nation that a text names."""
    alone = all(word in SEATS for run in runs if name in run for word in run)
    located = re.search(rf"\b(?:in|at|near|around|outside) {re.escape(name)}\b", question)
    return name in SEATS and alone and not located and is_mentioned(SEATS[name], forms)


def _is_nation_of_named(name: str, forms: frozenset[str]) -> bool:
    """Say whether a nation may be meant by its capital, which a text names."""
    named = mentioned_forms(name)
    return any(
        is_mentioned(nation, named) and is_mentioned(seat, forms) for seat, nation in SEATS.items()
    )


def missing_numbers(question: str, text: str) -> list[str]:
    """Return the numbers in a question that a text does not mention."""
    forms = forms_in(text)
    return [number for number in numbers_in(question) if form(number) not in forms]


def _runs(question: str) -> list[list[str]]:
    """Return the names of a question, each as its words."""
    names = set(names_in(question))
    runs: list[list[str]] = [[]]
    for word in WORD.findall(join_acronyms(question)):
        if word in names:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return runs


def _is_namesake(run: Sequence[str], text: str) -> bool:
    """Say whether a text has a name's last word only after another capitalised word."""
    first, last = map(re.escape, run[-2:])
    if re.search(rf"\b{first}\W+{last}", text, re.IGNORECASE):
        return False
    before = re.findall(rf"(?:\b(\w+)\s)?\b{last}", text)
    return bool(before) and all(
        word[:1].isupper() and word.lower() not in TITLES | STOPWORDS for word in before
    )


def _abbreviations(text: str) -> set[str]:
    """Return a text's words in capitals."""
    return {word for word in WORD.findall(text) if word.isupper() and len(word) > 1}


def _initials(text: str) -> set[str]:
    """Return the initials of every name of several words, and of what is often called by them."""
    small = text.lower()
    found = {initials for initials, words in COMMON_INITIALS.items() if words.lower() in small}
    for match in CAPITALS.finditer(text):
        letters = [word[0] for word in match.group().split() if word[0].isupper()]
        found |= {
            "".join(letters[start:end])
            for start in range(len(letters))
            for end in range(start + 2, min(len(letters), start + LONGEST_INITIALS) + 1)
        }
    return found


def _is_named(name: str, forms: frozenset[str], short: set[str]) -> bool:
    """Say whether a text names it; "US" is not named by the word "us"."""
    if name.isupper() and len(name) > 1:
        return name in short or (len(name) > LONGEST_PRONOUN and name.lower() in forms)
    return is_mentioned(name, forms)


def _is_first(text: str, start: int) -> bool:
    """Say whether a sentence starts here: a full stop after a short or capital word ends none."""
    end = start
    while end and text[end - 1] in " \n\"“‘'(«":
        end -= 1
    if not end or text[end - 1] in "?!":
        return True
    if text[end - 1] != ".":
        return False
    last = WORD.findall(text, max(0, end - LONGEST_WORD), end)[-1:]
    return bool(last) and last[0].islower()


def numbers_in(question: str) -> list[str]:
    """Return the words that hold a digit."""
    return [word for word in WORD.findall(question) if any(map(str.isdigit, word))]


def forms_in(text: str) -> frozenset[str]:
    """Return the forms under which a text's words are known: see `form`."""
    return frozenset(map(form, WORD.findall(join_acronyms(text))))


def mentioned_forms(text: str) -> frozenset[str]:
    """Return the forms of a text's words, and of other words for the nations that it names."""
    forms = forms_in(text)
    return forms | nation_forms(join_acronyms(text), forms)


def form(word: str) -> str:
    """Return a word without its ending ("votes" and "voted" are one), a number as digits."""
    return _kept_form(word) if len(word) <= LONGEST_KEPT else _form(word)


def _form(word: str) -> str:
    word = word.lower()
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if word[:1].isdigit():
        return word.replace(",", "")
    if word.endswith(("ies", "ied")) and len(word) > SHORTEST_STEM + 1:
        return word[:-3] + "y"
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


_kept_form = lru_cache(WORDS_KEPT)(_form)


def is_mentioned(name: str, forms: frozenset[str]) -> bool:
    """Say whether a name, or a word that is made from it, is among a text's `mentioned_forms`."""
    if form(name) in forms:
        return True
    if len(name) < FEWEST_LETTERS:
        return False
    stems = [name.lower()[: len(name) - cut] for cut in range(MOST_CUT + 1)]
    return any(
        form(stem + ending) in forms or stem + ending in forms
        for stem in stems
        if len(stem) >= FEWEST_LETTERS - 1
        for ending in NAME_ENDINGS
    )


def date_words(day: str | None) -> str:
    """Return a day's year, month by name and number: "2025-10-28" gives "2025 October 28"."""
    if not day:
        return ""
    year, month, number = day[:10].split("-")
    return f"{year} {MONTHS[int(month) - 1]} {int(number)}"


def join_acronyms(text: str) -> str:
    """Write acronyms without their full stops: "U.S." and "US" are one."""
    return ACRONYM.sub(lambda match: match.group().replace(".", "") + " ", text)
