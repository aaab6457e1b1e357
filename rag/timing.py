"""Whether two reports stand so far apart in time that the later one tells what came since."""

import re
from datetime import date

from index import Article

SAME_NEWS_DAYS = 3
"""Days between two reports beyond which a different figure is news, and no contradiction.

On the development pairs the updates lie a week and more apart, conflicts a day at most."""

MOVED_ON = re.compile(
    r"\b(?:(?:has|have|had) (?:now )?(?:risen|climbed|grown|fallen|dropped|increased|doubled)"
    r"|(?:rose|climbed|fell|dropped|jumped|rises|climbs|falls|up|down) (?:to|from)"
    r"|now (?:stands?|stood|speaks?|puts?|expects?|says?|at|costs?|counts?|intends?|plans?)"
    r"|no longer|so far|to date|until now|as of|at least for now|for the time being"
    r"|provisional(?:ly)?|preliminary|initial(?:ly)?|final (?:count|result|toll|tally|figure)"
    r"|revised|updated|originally|(?:was|were|been) (?:first )?(?:raised|lowered|postponed|put off)"
    r"|(?:raised|lowered|cut|reduced|increased|moved|postponed|extended) (?:it |the \w+ )?from"
    r"|(?:instead|rather) (?:of|than) the|than (?:first|was first|previously|originally)"
    r"|(?:two|three|four|five|\d+) (?:more|fewer) (?:than|people|bodies|victims))\b",
    re.IGNORECASE,
)
"""Says that things moved, or had not settled yet."""


def days_apart(first: Article, second: Article) -> int | None:
    """Return the days between the publication of two articles; None if either has no date."""
    days = [_day(article.published) for article in (first, second)]
    if days[0] is None or days[1] is None:
        return None
    return abs((days[0] - days[1]).days)


def is_later_news(first: Article, second: Article) -> bool:
    """Say whether the later of two articles may simply know more."""
    apart = days_apart(first, second)
    return apart is not None and apart > SAME_NEWS_DAYS


def has_moved_on(*sentences: str) -> bool:
    """Say whether one of two sentences tells that things moved, or had not settled yet."""
    return any(MOVED_ON.search(sentence) for sentence in sentences)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
