"""Read full dates, and nothing else: a date without a year stays unknown."""

import re
import warnings
from datetime import date, datetime

LONGEST = 100
"""Characters; a longer text is prose, not a date."""

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "ru")
"""Whose month names are understood."""

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})(?:日|(?=\D|$))(.*)")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})(?=\D|$)(.*)")
_NAMED = re.compile(r"([^\W\d_]{3,})\.?/(\d{1,2})/(\d{4})")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)")
_MONTH = re.compile(r"[^\W\d_]{3}|\d{4}-\d\d-\d\d")
"""What may be a month's name, or a date that is already in order; bare numbers are no date."""

_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)
_OFFSET = re.compile(r"[+-]\d\d:?\d\d$|\b(?:UTC|GMT)\b")
_JOINT = re.compile(r"\s+(?:[-–—•·|]|at|um|à|a las|alle|kl\.?)\s+(?=\d)|,\s*(?=\d{1,2}:)")


def parse_date(text: str) -> str | None:
    """Return a date as ISO 8601 text, or None.

    "2025-10-28" for a day, "2025-10-28T06:24" where a clock time is given, with the offset
    ("+02:00") where that is given too. Day, month and year must all stand in the text. A numeric
    date such as 03/04/2025 is a different day in London and in New York, so it is None, unless
    one of the two is above 12 or they are equal; 3.4.2025 with full stops is the day first.
    Impossible dates are None.
    """
    text = " ".join(text.split()).strip(" ,;.|")
    if not text or len(text) > LONGEST:
        return None
    if iso := _ISO.fullmatch(text):
        return _from_iso(iso)
    if compact := _COMPACT.fullmatch(text):
        return _day(*compact.groups())
    if not _YEAR.search(text):
        return None
    ordered = _order(text)
    return _from_words(ordered) if ordered else None


def _from_iso(match: re.Match[str]) -> str | None:
    year, month, day, hour, minute, offset = match.groups()
    found = _day(year, month, day)
    if found is None or hour is None:
        return found
    if int(hour) > 23 or int(minute) > 59:
        return None
    if offset and offset != "Z":
        offset = f"{offset[:3]}:{offset[-2:]}"
    return f"{found}T{hour}:{minute}" + ("+00:00" if offset == "Z" else offset or "")


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _order(text: str) -> str | None:
    """Rewrite a date in numbers as ISO, so that nothing guesses which number is the month."""
    text = _NAMED.sub(r"\2 \1 \3", text)
    if match := _YEAR_FIRST.search(text):
        year, month, day, rest = match.groups()
    elif match := _NUMERIC.search(text):
        first, separator, second, year, rest = match.groups()
        day, month = first, second
        if separator != "." and int(first) <= 12:
            if int(second) <= 12 and first != second:
                return None
            day, month = second, first
    else:
        return text
    found = _day(year, month, day)
    return f"{text[: match.start()]}{found}{rest}" if found else None


def _from_words(text: str) -> str | None:
    """Read a date with dateparser, refusing whatever it would have to fill in."""
    import dateparser  # here, since it takes a while to import

    if not _MONTH.search(text):
        return None
    text = _JOINT.sub(" ", text)
    with warnings.catch_warnings():
        # dateparser hands strptime formats without a year, which Python 3.13 warns about
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="dateparser")
        found: datetime | None = dateparser.parse(
            text,
            languages=list(LANGUAGES),
            settings={
                "REQUIRE_PARTS": ["day", "month", "year"],
                "STRICT_PARSING": True,
                "PARSERS": ["absolute-time"],
            },
        )
    if found is None:
        return None
    if not _CLOCK.search(text):
        return found.date().isoformat()
    if not _OFFSET.search(text):  # other zone names are shared by countries: IST, BST, CST
        found = found.replace(tzinfo=None)
    return found.isoformat(timespec="minutes")
