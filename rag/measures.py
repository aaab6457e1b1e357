"""An amount, the units that news measures with, and how far a writer may have rounded."""

import math
import re
from dataclasses import dataclass

from index.types import Value

EXACT_BELOW = 100
"""Whole numbers below it are counted, those above are often rounded to their last digits."""

ABOUT = 0.075
"""Share by which "about", "nearly" or "almost" may be off; on the development pairs at most .04."""

HALF = 0.499_999
"""Of the last digit; a whole half, and neighbours such as 3 and 4 million would touch."""

BEYOND = 0.25
"""Share by which "more than" may fall short of, and "up to" may go beyond, the exact amount."""

LOOK_BACK = 24
"""Characters before an amount in which such words are looked for."""

APPROXIMATE = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|approximately|an estimated|close to|"
    r"just (?:over|under|below|above)|well over|or so)\s+(?:\w+\s)?\Z",
    re.IGNORECASE,
)
AT_LEAST = re.compile(
    r"(?:(?<!\bno\s)(?<!\bnot\s)\bmore than|\b(?:no|not) (?:less|fewer) than|"
    r"\b(?:over|at least|above|upwards of|a minimum of))\s+\Z",
    re.IGNORECASE,
)
AT_MOST = re.compile(
    r"(?:(?<!\bno\s)(?<!\bnot\s)\b(?:less|fewer) than|\b(?:no|not) more than|"
    r"(?<!\btwice\s)(?<!\btimes\s)\bas (?:many|much) as|"
    r"\b(?:under|at most|up to|below|a maximum of))\s+\Z",
    re.IGNORECASE,
)
TURNED_ROUND = re.compile(
    r"\bnot\b(?! (?:more|less|fewer) than)|"
    r"\b(?:never|hardly|scarcely|barely|cannot|little)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Before such words: "must not be over 40"."""
DURING = re.compile(r"\bover\s+\Z", re.IGNORECASE)
"""Before a time, as well as "more than" it."""

CURRENCY_NAMES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₩": "won"}
CURRENCIES = frozenset(
    "crown dollar euro pound mark yen yuan won rupee franc peso krona krone zloty rouble ruble "
    "shilling dinar lira real cent".split()
)

DAY = 86_400.0
MEASURES: dict[str, tuple[str, float]] = {
    word: (dimension, worth)
    for dimension, words in {
        "duration": (
            ("second", 1.0),
            ("minute", 60.0),
            ("hour", 3_600.0),
            ("day", DAY),
            ("week", 7 * DAY),
            ("fortnight", 14 * DAY),
            ("month", 30.4 * DAY),
            ("year", 365.25 * DAY),
            ("decade", 3_652.5 * DAY),
        ),
        "length": (
            ("millimetre", 0.001),
            ("millimeter", 0.001),
            ("mm", 0.001),
            ("centimetre", 0.01),
            ("centimeter", 0.01),
            ("cm", 0.01),
            ("metre", 1.0),
            ("meter", 1.0),
            ("kilometre", 1_000.0),
            ("kilometer", 1_000.0),
            ("km", 1_000.0),
            ("mile", 1_609.3),
            ("foot", 0.3048),
            ("feet", 0.3048),
            ("inch", 0.0254),
            ("yard", 0.9144),
        ),
        "mass": (
            ("gram", 0.001),
            ("gramme", 0.001),
            ("kilo", 1.0),
            ("kilogram", 1.0),
            ("kilogramme", 1.0),
            ("kg", 1.0),
            ("tonne", 1_000.0),
            ("ton", 1_000.0),
        ),
        "area": (("hectare", 1.0), ("acre", 0.4047)),
        "volume": (("litre", 1.0), ("liter", 1.0)),
        "speed": (("km/h", 1.0), ("kph", 1.0), ("mph", 1.6093), ("m/s", 3.6), ("knot", 1.852)),
        "temperature": (("degree", 1.0),),
    }.items()
    for word, worth in words
}
"""What news measures with: the dimension, and what one is worth in the dimension's unit."""

TIMES = "|".join(
    word for word, (kind, _) in MEASURES.items() if kind == "duration" and word != "second"
)
"""Words for a time, as a pattern; "second" is a rank as well."""

OFTEN_UNSAID = frozenset(("count", "money", "age"))
"""Dimensions of which a number alone may be: "he was 34", "it lost 75 million"."""

SPEED = re.compile(
    r"\s?(?:(?P<kmh>km/h|kmh|kilomet(?:re|er)s (?:per|an) hour)|(?P<ms>m/s|met(?:re|er)s (?:per|a) "
    r"second)|(?P<mph>mph|miles (?:per|an) hour))",
    re.IGNORECASE,
)
SPEEDS = {"kmh": 1.0, "ms": 3.6, "mph": 1.6093}


@dataclass(frozen=True, kw_only=True)
class Amount(Value):
    """An amount as written, what it measures, and the range that it may stand for."""

    text: str
    start: int
    end: int
    dimension: str
    """"share", "count", "money crown", "length" and so on; "" where it cannot be told."""
    noun: str
    """The form of the word that it counts."""
    low: float
    high: float
    worth: float = 1.0
    """What one of its unit is worth, by which the range was multiplied."""
    least: float | None = None
    """What it is "at least" or "over", where that is said."""
    most: float | None = None
    """What it is "up to" or "under", where that is said."""

    @property
    def put(self) -> str:
        """The amount as written, with the end of a range that it is said to be."""
        if self.least is not None:
            return f"at least {self.text}"
        return self.text if self.most is None else f"at most {self.text}"

    def agrees(self, other: "Amount") -> bool:
        """Say whether both may stand for one amount."""
        return self.low <= other.high and other.low <= self.high

    def is_other_end_of(self, other: "Amount") -> bool:
        """Say whether one is "at least" what the other is "up to"; of a count both may be true."""
        ends = ((self.least, other.most), (self.most, other.least))
        return any(
            end is not None and opposite is not None and math.isclose(end, opposite)
            for end, opposite in ends
        )

    def is_comparable(self, other: "Amount") -> bool:
        """Say whether both measure the same kind of thing, as far as can be told."""
        if self.dimension == other.dimension:
            return True
        unknown, known = sorted((self.dimension, other.dimension))
        return not unknown and known.partition(" ")[0] in OFTEN_UNSAID

    def is_alike(self, other: "Amount") -> bool:
        """Say whether both could be told of one thing: comparable, or money of two currencies."""
        money = all(each.dimension.startswith("money") for each in (self, other))
        return money or self.is_comparable(other)

    def has_number_of(self, bare: "Amount") -> bool:
        """Say whether a number without a unit may be this one: "from 31 weeks to 22"."""
        return (
            not bare.dimension
            and self.low <= bare.high * self.worth
            and bare.low * self.worth <= self.high
        )

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    def ratio(self, other: "Amount") -> float:
        """Return how many times the smaller goes into the larger."""
        small, large = sorted((self.middle, other.middle))
        return large / small if small > 0 else float("inf")


def spread(text: str, start: int, value: float, step: float) -> tuple[float, float]:
    """Return the range that a number may stand for, by its last digit and the words before it.

    Args:
        text: What it stands in.
        start: Where it starts.
        value: The number.
        step: What one in its last digit that counts is worth.
    """
    before = _before(text, start)
    half = step * HALF if value >= EXACT_BELOW or step < 1 else 0.0
    low, high = value - half, value + half
    if APPROXIMATE.search(before):
        return min(low, value * (1 - ABOUT)), max(high, value * (1 + ABOUT))
    if AT_LEAST.search(before):
        return low, max(high, value * (1 + BEYOND))
    if AT_MOST.search(before):
        return min(low, value * (1 - BEYOND)), high
    return low, high


def ends(
    text: str, start: int, value: float, dimension: str = ""
) -> tuple[float | None, float | None]:
    """Return a number as the least and as the most that words before it call it.

    Args:
        text: What it stands in.
        start: Where it starts.
        value: The number, in the unit of its dimension.
        dimension: What it measures.
    """
    before = _before(text, start)
    if APPROXIMATE.search(before) or TURNED_ROUND.search(before):
        return None, None
    least, most = AT_LEAST.search(before), AT_MOST.search(before)
    if dimension == "duration" and DURING.search(before):
        least = None
    return value if least else None, value if most else None


def _before(text: str, start: int) -> str:
    return text[max(0, start - LOOK_BACK) : start].rstrip(" $€£¥₹₩₽\n") + " "
