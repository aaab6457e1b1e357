"""Amounts that follow from a sentence which does not write them: differences, shares, "a decade".

"19 votes to 16" and "won 19-16" give a margin of three, "from 58 to 66 percent" eight points, "a
year ago" twelve months, "between 10 and 12 October" three days, "37 of the 94" a share.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from rag.measures import CURRENCIES as CURRENCY_WORDS
from rag.measures import MEASURES, TIMES, Amount
from rag.mentions import MONTHS, form
from rag.quantities import CURRENCIES, IN_WORDS, SCALES, number_in

A_TIME = re.compile(
    rf"\bthe (?:past|last|next|coming|previous) (?!day)(?P<passing>{TIMES})\b"
    r"|\b(?:in|within|for|after|over|under|than|least|about|almost|nearly)"
    rf" an? (?P<lasting>{TIMES})\b(?! and a half)"
    rf"|\ban? (?P<gone>{TIMES}) (?:ago|later|earlier|before)\b",
    re.IGNORECASE,
)
"""A rate ("40 pounds a week") and a part ("half an hour") are none, nor is "the next day"."""
ROUGHLY = 0.01
"""Share by which twelve months are not a year."""

ERROR = 1e-9
"""Share by which a difference of floating numbers may be off."""

POINTS = 100
"""Of a share that rises or falls."""
POINT = form("points")
WIDEST = 0.02
"""Share of an amount within which it must be known, so that differences are: "about 60" is not."""

UNITS = "|".join(("per", "percent", "percentage", *SCALES, *MEASURES, *CURRENCY_WORDS, *MONTHS))
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})*|{IN_WORDS})"
ALONE = r"(?<![\w.,-])"
OF_ALL = r"of (?:the |its |their |all |his |her )?"
NO_UNIT = rf"\b(?![.,:]\d|\s?%|-\w|[ -](?:{UNITS})s?\b)"
OUT_OF = re.compile(
    rf"{ALONE}(?P<part>{NUMBER}) {OF_ALL}(?P<whole>{NUMBER}){NO_UNIT} (?P<noun>[^\W\d_]+)"
    rf"|(?:\A|[.;:–—]\s){OF_ALL}(?P<first>{NUMBER}) (?P<counted>[^\W\d_]+)[^,.;:\d]{{0,60}}, "
    rf"(?P<later>{NUMBER}){NO_UNIT}",
    re.IGNORECASE,
)
""""37 of the 94 children" and "Of the 94 children in class six, 37": both are 37 out of 94."""
SHARE_ROUGHLY = 0.005
"""By which a percentage without decimals is off; of a small share less."""
SHARE_MOST = 0.02

MONTH = "|".join(rf"{month[:3]}(?:{month[3:]}|t?\.)" for month in MONTHS)
DAYS_OF_A_MONTH = re.compile(
    rf"{ALONE}(?:[Bb]etween (?P<one>\d{{1,2}}) and (?P<other>\d{{1,2}}) (?:{MONTH})"
    rf"|(?P<from>\d{{1,2}})(?:\s?[-–]\s?| (?:to|until|through) )(?P<to>\d{{1,2}}) (?:{MONTH})"
    rf"|(?:{MONTH}) (?P<first>\d{{1,2}})(?:\s?[-–]\s?| (?:to|until|through) )(?P<last>\d{{1,2}})"
    r"\b(?=\s*(?:[,.;)]|$|(?:and|in|at|on)\b))(?![.,]\d))"
)
"""With its month after it or before; not the "10 to 12 wolves" of "in October 10 to 12 wolves"."""

RESULT = re.compile(
    rf"(?<![\w.,:–{CURRENCIES}-])(?P<ours>\d{{1,3}})(?:[-–]| (?:votes )?(?:to|against) )"
    r"(?P<theirs>\d{1,3})\b"
    rf"(?![:–-]|[.,]\d|\s?%|[ -](?:{UNITS})(?:e?s)?\b)",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:won|wins?|lost|lose|beat|beaten|defeat(?:ed|s)?|vot(?:e|es|ed|ing)|passed|rejected|"
    r"approved|elected|carried|scored?|drew|victory|majority)\b",
    re.IGNORECASE,
)
"""In a sentence that tells a result; "rooms 12-15" is none."""
NO_RESULT_BEFORE = re.compile(
    rf"\b(?:age|ages|aged|between|from|rooms?|pages?|routes?|{'|'.join(MONTHS)})"
    r"(?: (?:of|about))? \Z",
    re.IGNORECASE,
)
LOOK_BACK = 16
MARGIN = "margin"
"""Stands as the noun of a result's difference, which says itself what it counts."""
MARGINS = frozenset(
    map(
        form,
        "vote votes ballot ballots member members councillor councillors goal goals point points "
        "run runs set sets try tries seat seats".split(),
    )
)
"""What a result counts; a claim that counts anything else does not put one."""

UNIT_SHARED = re.compile(r"(?:\s?%|\s[^\W\d_]+)?\s(?:to|from)\s(?:an?\s\w+\s)?")
"""Between two numbers of which one has the unit of both: "from 58 to 66 percent"."""

COMPARED = frozenset(map(form, ("more", "fewer", "less")))
"""In "40 more than residents had wanted" the word beside the number names nothing."""


def restated_amounts(text: str) -> list[Amount]:
    """Return the amounts that a sentence gives in other terms: see the patterns above."""
    times = [
        _implied(match.group(), dimension, "", worth, ROUGHLY * worth)
        for match in A_TIME.finditer(text)
        for dimension, worth in [MEASURES[match[match.lastgroup or ""].lower()]]
    ]
    return [*times, *_spans_of_days(text), *_shares_of_counts(text)]


def _spans_of_days(text: str) -> Iterator[Amount]:
    """Yield how long "between 10 and 12 October" is: three days, both counted, or two."""
    dimension, worth = MEASURES["day"]
    for match in DAYS_OF_A_MONTH.finditer(text):
        first, last = (int(number) for number in match.groups() if number)
        if first < last:
            yield _implied(match.group(), dimension, "", (last - first + 0.5) * worth, worth / 2)


def _shares_of_counts(text: str) -> Iterator[Amount]:
    """Yield which share of children "37 of the 94 children" are."""
    for match in OUT_OF.finditer(text):
        part, whole = match["part"] or match["later"], match["whole"] or match["first"]
        parts, wholes = number_in(part), number_in(whole)
        if 0 < parts <= wholes:
            share = parts / wholes
            slack = min(SHARE_ROUGHLY, SHARE_MOST * share)
            noun = form(match["noun"] or match["counted"])
            yield _implied(match.group(), "share", noun, share, slack)


def differences(text: str, given: Sequence[Amount]) -> list[Amount]:
    """Return by how much a sentence's results and amounts differ.

    Args:
        text: The sentence.
        given: The amounts that it writes.
    """
    return [*_margins(text), *_differences(_with_units(text, given))]


def is_margin_of(amount: Amount, margin: Amount) -> bool:
    """Say whether an amount may count what a difference counts."""
    if margin.noun == MARGIN:
        return amount.noun in {"", *MARGINS}
    both_count = amount.dimension in {"", "count"} and amount.noun and margin.noun
    return not both_count or amount.noun in {margin.noun, *COMPARED}


def _margins(text: str) -> Iterator[Amount]:
    if not TOLD.search(text):
        return
    for match in RESULT.finditer(text):
        if not NO_RESULT_BEFORE.search(text[max(0, match.start() - LOOK_BACK) : match.start()]):
            margin = abs(float(match["ours"]) - float(match["theirs"]))
            yield _implied(match.group(), "count", MARGIN, margin)


def _with_units(text: str, given: Sequence[Amount]) -> list[Amount]:
    """Return amounts of which the 58 of "from 58 to 66 percent" has the unit of the other."""
    united = list(given)
    for place, (one, other) in enumerate(pairwise(given)):
        if UNIT_SHARED.fullmatch(text, one.end, other.start):
            if _is_bare(one):
                united[place] = _in_unit_of(other, one)
            elif _is_bare(other):
                united[place + 1] = _in_unit_of(one, other)
    return united


def _is_bare(amount: Amount) -> bool:
    return not amount.dimension and not amount.noun


def _in_unit_of(known: Amount, bare: Amount) -> Amount:
    return replace(
        bare,
        dimension=known.dimension,
        noun=known.noun,
        low=bare.low * known.worth,
        high=bare.high * known.worth,
        worth=known.worth,
        least=None,
        most=None,
    )


def _differences(given: Sequence[Amount]) -> Iterator[Amount]:
    for one, other in combinations(filter(_is_exact, given), 2):
        dimension = one.dimension or other.dimension
        nouns = {one.noun, other.noun} - {""}
        if not dimension or not one.is_comparable(other):
            continue
        if dimension == "count" and len(nouns) > 1:
            continue
        text, noun = f"{one.text}, {other.text}", next(iter(nouns), "")
        difference = abs(one.middle - other.middle)
        slack = (one.high - one.low + other.high - other.low) / 2
        yield _implied(text, dimension, noun, difference, slack)
        if dimension == "share":
            yield _implied(text, "count", POINT, POINTS * difference, POINTS * slack)


def _is_exact(amount: Amount) -> bool:
    """Say whether an amount is known so well that a difference follows from it."""
    subtracted = amount.dimension not in {"score", "clock", "age"}
    return subtracted and amount.high - amount.low <= WIDEST * amount.middle


def _implied(text: str, dimension: str, noun: str, value: float, slack: float = 0.0) -> Amount:
    return Amount(
        text=text,
        start=0,
        end=len(text),
        dimension=dimension,
        noun=noun,
        low=value - slack - ERROR * value,
        high=value + slack + ERROR * value,
    )
