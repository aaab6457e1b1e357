"""Whether two sentences that give different figures speak of different things.

"450 jobs at the plant" and "2,800 across the company" both hold. Told by words alone.
"""

import re

from rag.mentions import is_mentioned, mentioned_forms
from rag.proper_names import names_with_places

FARTHEST = 2.2
"""Ratio of two figures beyond which they count different things, unless one is a slip of the pen.

On the development pairs the conflicts reach 1.9, and 15 of the 20 differences in scope go beyond.
"""

SCOPES = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"before tax(?:es)?|pre-tax|gross|operating",
        r"after tax(?:es)?|net",
        r"alone|only the|just the|partly|part of the|of them|of these|of whom",
        r"in all|altogether|overall|in total|total|combined|taken together|all told|all (?:types|"
        r"departments|kinds|flats)|complete|entire|whole|counting all|including|excluding|"
        r"not (?:only|counting|including)",
        r"across|nationwide|nationally|countrywide|(?:whole|over the|across the) country|"
        r"country[’']s|worldwide|globally|statewide|province|county|district",
        r"primary|secondary|gold|silver|bronze|children[’']s|women[’']s|men[’']s|youth|adults?",
        r"overnight|in the night|first day|opening day|opening night|first (?:half|quarter|week|"
        r"month)|in (?:january|february|march|april|may|june|july|august|september|october|"
        r"november|december)|weekend|per week|a week|weekly|daily|a day|per day|a month|monthly|"
        r"annual(?:ly)?|a year|per year|yearly|past (?:seven|\w+) days|whole of|year on year",
        r"at its peak|peak|average|median|maximum|up to|highest|lowest|gusts?|sustained",
        r"seriously|severely|critically|slightly|lightly|fatally|confirmed|suspected|so far",
    )
)
"""Words of one kind; where only one of two sentences has any, they may differ in scope."""

PLACED = re.compile(
    r"\b(?:in|at|near|around|outside|of|for) (?:the )?(?:[a-z]+ )?\Z", re.IGNORECASE
)


def differ_in_scope(first: str, second: str, first_text: str, second_text: str) -> bool:
    """Say whether two sentences seem to speak of different things.

    Args:
        first: A sentence.
        second: The sentence of another report that contradicts it.
        first_text: All that the first report says.
        second_text: All that the second says.
    """
    if any(bool(scope.search(first)) != bool(scope.search(second)) for scope in SCOPES):
        return True
    return _has_place_of_its_own(first, first_text, second_text) and _has_place_of_its_own(
        second, second_text, first_text
    )


def _has_place_of_its_own(sentence: str, text: str, other: str) -> bool:
    """Say whether a sentence names a place that another text does not."""
    forms = mentioned_forms(other)
    return any(
        PLACED.search(sentence[: name.start][-24:])
        and not all(is_mentioned(word, forms) for word in name.words)
        for name in names_with_places(sentence, text)
    )
