"""Which words, names and numbers of a question a text mentions, whatever their form."""

import re

from index.stopwords import STOPWORDS

WORD = re.compile(r"\w+(?:[.,]\d+)*")
ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}")

ENDINGS = ("ing", "ed", "es", "s", "ly")
SHORTEST_STEM = 3

FEWEST_LETTERS = 5
"""A shorter name must be mentioned as it is; a longer one by its beginning (Japan, Japanese)."""
ENDING_LETTERS = 2

MOST_CAPITALS = 0.6
"""Where more of the words than this are capitalised, capitals mark no names."""

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80"}

MONTHS = (
    "January February March April May June July August September October November December"
).split()


def telling_words(text: str) -> list[str]:
    """Return the words that say something, in order."""
    words = WORD.findall(_joined(text))
    return [word for word in words if word.lower() not in STOPWORDS and len(word) > 1]


def names_in(question: str) -> list[str]:
    """Return the capitalised words after the first, which is always one."""
    words = WORD.findall(_joined(question))
    capitals = [word for word in words[1:] if word[0].isupper()]
    if len(capitals) > MOST_CAPITALS * len(words):
        return []
    return [name for name in capitals if name.lower() not in STOPWORDS]


def numbers_in(question: str) -> list[str]:
    """Return the words that hold a digit."""
    return [word for word in WORD.findall(question) if any(map(str.isdigit, word))]


def forms_in(text: str) -> frozenset[str]:
    """Return the forms under which a text's words are known: see `form`."""
    return frozenset(map(form, WORD.findall(_joined(text))))


def form(word: str) -> str:
    """Return a word without its ending ("votes" and "voted" are one), a number as digits."""
    word = word.lower()
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if word[0].isdigit():
        return word.replace(",", "")
    if word.endswith(("ies", "ied")) and len(word) > SHORTEST_STEM + 1:
        return word[:-3] + "y"
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def is_mentioned(name: str, forms: frozenset[str]) -> bool:
    """Say whether a name, or a word that begins like it, is among a text's forms."""
    if form(name) in forms:
        return True
    beginning = name.lower()[: max(FEWEST_LETTERS - 1, len(name) - ENDING_LETTERS)]
    return len(name) >= FEWEST_LETTERS and any(word.startswith(beginning) for word in forms)


def date_words(day: str | None) -> str:
    """Return a day's year, month by name and number: "2025-10-28" gives "2025 October 28"."""
    if not day:
        return ""
    year, month, number = day[:10].split("-")
    return f"{year} {MONTHS[int(month) - 1]} {int(number)}"


def _joined(text: str) -> str:
    """Write acronyms without their full stops: "U.S." and "US" are one."""
    return ACRONYM.sub(lambda match: match.group().replace(".", "") + " ", text)
