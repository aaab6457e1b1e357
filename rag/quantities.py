"""Numbers with what they count, so that "3.4 percent" and "4.3 percent" can be told apart."""

import re
from dataclasses import dataclass

from index.stopwords import STOPWORDS
from rag.mentions import MONTHS, NUMBER_WORDS, form

SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
CURRENCIES = "$€£¥₹₩₽"
PERCENT = "percent"
LAST_DAY = 31

COUNTING_WORDS = [word for word in NUMBER_WORDS if word not in {"zero", "one"}]
""""One" is left out: it seldom counts."""
TENS = [word for word, digits in NUMBER_WORDS.items() if digits[-1] == "0" and digits != "10"]
UNITS = [word for word, digits in NUMBER_WORDS.items() if len(digits) == 1 and digits != "0"]
IN_WORDS = "|".join([f"(?:{'|'.join(TENS)})-(?:{'|'.join(UNITS)})", *COUNTING_WORDS])

QUANTITY = re.compile(
    rf"(?P<currency>[{CURRENCIES}])?\s?"
    rf"(?<![\w.,])(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|{IN_WORDS})"
    r"(?:(?P<short>k|m|bn|tn)\b|(?![\w]))"
    r"(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion)\b)?"
    r"(?P<percent>\s?%|[\s-]per\s?cent\b)?"
    rf"(?:[\s-](?!(?:{IN_WORDS})\b)(?P<unit>(?:percentage[ -])?[^\W\d_]+))?",
    re.IGNORECASE,
)
MONTH_UNITS = frozenset({form(month) for month in MONTHS} | {month.lower() for month in MONTHS})
MONTH_BEFORE = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})\s$")
LONGEST_MONTH = max(map(len, MONTHS)) + 1
"""Characters before a number in which its month stands."""


@dataclass(frozen=True)
class Quantity:
    """A number as written, what it is worth, and what it counts."""

    text: str
    value: float
    step: float
    """What one in the last digit is worth, by which a rounding is known."""
    unit: str
    """"percent", a currency sign, a month, the form of the word that follows, or nothing."""

    def agrees(self, other: "Quantity") -> bool:
        """Say whether another quantity is this one, or rounds to it."""
        rounded = round(other.value / self.step) * self.step
        return abs(rounded - self.value) <= 1e-6 * self.step

    @property
    def is_date(self) -> bool:
        """Whether it is a day of a month."""
        return self.unit in MONTH_UNITS


def quantity_of(match: re.Match[str]) -> Quantity:
    """Return what a match of `QUANTITY` says."""
    digits = _digits(match["number"].lower())
    scale = SCALES.get((match["scale"] or "").lower(), 1.0)
    scale *= SHORT_SCALES.get((match["short"] or "").lower(), 1.0)
    start = match.start("number")
    month = MONTH_BEFORE.search(match.string, max(0, start - LONGEST_MONTH), start)
    if float(digits) > LAST_DAY:
        month = None  # "November 2025" is a year of its own
    word = (match["unit"] or "").lower().removeprefix("percentage").lstrip(" -")
    end = max(match.end(name) for name in ("number", "short", "scale", "percent"))
    if month:
        unit = month["month"].lower()
    elif match["percent"]:
        unit = PERCENT
    elif match["currency"]:
        unit = match["currency"]
    elif word and word not in STOPWORDS:
        unit, end = form(word), match.end("unit")
    else:
        unit = ""
    start = month.start("month") if month else match.start()
    return Quantity(
        text=match.string[start:end].strip(),
        value=float(digits) * scale,
        step=scale * 10.0 ** -len(digits.partition(".")[2]),
        unit=unit,
    )


def number_in(written: str) -> float:
    """Return what a number in digits or words is worth, without a scale: "twenty-one" is 21."""
    return float(_digits(written.lower()))


def _digits(written: str) -> str:
    """Return a number in digits: "1,200" gives "1200", "twenty-one" gives "21"."""
    if written[0].isdigit():
        return written.replace(",", "")
    return str(sum(int(NUMBER_WORDS[word]) for word in written.split("-")))
