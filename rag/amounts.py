"""Amounts that can be compared across two newsrooms' ways of writing them.

"About 1,500" and "1,512", "three quarters" and "75 percent", "9 kilometres" and "9,120 metres" are
one amount; "seven" and "nine" are two. An amount is a range: what its writer may have meant.
"""

import re

from rag.measures import (
    CURRENCIES,
    CURRENCY_NAMES,
    EXACT_BELOW,
    MEASURES,
    SPEED,
    SPEEDS,
    Amount,
    ends,
    spread,
)
from rag.quantities import PERCENT, QUANTITY, SCALES, Quantity, quantity_of
from rag.wordings import TO_THE_HOUR, worded_amounts

AGED = re.compile(r"\baged?\s(?:around\s|about\s)?\Z", re.IGNORECASE)
YEAR_OLD = re.compile(r"[\s-]years?[\s-]old\b", re.IGNORECASE)
LONGEST_LIFE = 150
ELIDED = re.compile(
    r"\s(?:to|and|or)\s\d[\d.,]{0,9}\s(?P<scale>thousand|million|billion)\b", re.IGNORECASE
)
"""After "75" in "from 75 to 40 million"."""
YEARS = range(1000, 2200)
IRREGULAR_PLURALS = frozenset(
    "people men women children police cattle sheep fish crew staff".split()
)
"""Of "60,000 promised crowns" the word beside the number counts nothing."""


def amounts_in(text: str) -> list[Amount]:
    """Return the amounts of a text in order; days of a month and years are none."""
    plain = (_plain(text, match) for match in QUANTITY.finditer(text))
    found: list[Amount] = []
    # In order, what is more than a number before what is one: each is held against the last alone.
    both = [(amount, 0) for amount in worded_amounts(text)]
    both += [(amount, 1) for amount in plain if amount]
    for amount, _ in sorted(both, key=lambda pair: (pair[0].start, pair[1])):
        if not found or amount.start >= found[-1].end:
            found.append(amount)
    return found


def _plain(text: str, match: re.Match[str]) -> Amount | None:
    """Return the amount of a number in digits or words; None for what only looks like one."""
    start, end = match.span("number")
    quantity = quantity_of(match)
    if quantity.is_date or _is_year(match) or _is_past_the_hour(text, match):
        return None
    dimension, worth = _measured(text, match, quantity)
    low, high = spread(text, match.start(), quantity.value, _step(quantity))
    least, most = ends(text, match.start(), quantity.value * worth, dimension)
    return Amount(
        text=quantity.text,
        start=start,
        end=end,
        dimension=dimension,
        noun=quantity.unit,
        low=low * worth,
        high=high * worth,
        worth=worth,
        least=least,
        most=most,
    )


def _measured(text: str, match: re.Match[str], quantity: Quantity) -> tuple[str, float]:
    """Return what a quantity measures, and what one of its units is worth."""
    if quantity.unit == PERCENT:
        return "share", 0.01
    if _is_age(text, match, quantity):
        return "age", 1.0
    speed = SPEED.match(text, match.end("scale") if match["scale"] else match.end("number"))
    if speed:
        return "speed", SPEEDS[speed.lastgroup or ""]
    if quantity.unit in CURRENCY_NAMES:
        return f"money {CURRENCY_NAMES[quantity.unit]}", 1.0
    word = (match["unit"] or "").lower()
    if word == "second" and text.startswith("-", match.end("unit")):
        return "", 1.0  # "nine second-hand carriages"
    for singular in (word, word.removesuffix("s")):
        if singular in MEASURES:
            return MEASURES[singular]
        if singular in CURRENCIES:
            return f"money {singular}", 1.0
    elided = ELIDED.match(text, match.end("number"))
    if elided and not match["scale"]:
        return "", SCALES[elided["scale"].lower()]
    counts = quantity.value.is_integer() and (word.endswith("s") or word in IRREGULAR_PLURALS)
    return ("count", 1.0) if counts else ("", 1.0)


def _step(quantity: Quantity) -> float:
    """Return what one in the last digit that counts is worth."""
    value, step = quantity.value, quantity.step
    while value >= EXACT_BELOW * step and value % (10 * step) == 0:
        step *= 10
    return step


def _is_year(match: re.Match[str]) -> bool:
    digits = match["number"]
    if not digits.isdigit() or len(digits) != 4 or match["currency"]:
        return False
    return int(digits) in YEARS and not match["scale"] and not match["percent"]


def _is_past_the_hour(text: str, match: re.Match[str]) -> bool:
    """Say whether a number stands in a time of day in words: "at ten to four"."""
    around = text[max(0, match.start("number") - 12) : match.end("number") + 12]
    return bool(TO_THE_HOUR.search(around))


def _is_age(text: str, match: re.Match[str], quantity: Quantity) -> bool:
    """Say whether a number is a person's age: "the captain, 58," or "a 16-year-old"."""
    end = match.end("number")
    if match["currency"]:
        return False
    if YEAR_OLD.match(text, end):
        return True
    if quantity.value > LONGEST_LIFE or match["scale"]:
        return False
    before = text[max(0, match.start("number") - 14) : match.start("number")]
    if AGED.search(before):
        unit = (match["unit"] or "").lower().removesuffix("s")
        return not match["percent"] and (unit == "year" or unit not in MEASURES)
    return before.endswith(", ") and text[end : end + 1] in {",", ".", ")"}
