"""What the head of the page tells: how much there is to ask, how fresh it is, what writes."""

from index import Index
from ui import strings
from ui.elements import date_in_words
from ui.writer_status import WriterStatus


def library_facts(index: Index) -> str:
    """Return in words how many articles there are, and of what day the newest is."""
    articles = index.articles()
    if not articles:
        return strings.EMPTY_LIBRARY
    many = strings.MANY_ARTICLES.format(count=f"{len(articles):,}")
    newest = articles[0].published
    return strings.LIBRARY_FACTS.format(
        count=strings.ONE_ARTICLE if len(articles) == 1 else many,
        newest=date_in_words(newest) if newest else strings.NO_DATE,
    )


def writer_facts(status: WriterStatus) -> str:
    """Return in words what writes the answers, and whether it can be reached."""
    if status.host is None:
        return strings.IN_QUOTES
    return strings.WRITER_REACH[status.reach].format(model=status.writer, host=status.host)
