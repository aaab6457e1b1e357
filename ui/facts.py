"""What the head of the page tells: how much there is to ask, how fresh it is, what writes."""

from index import Index
from rag.settings import rag_settings
from ui import strings
from ui.elements import date_in_words


def library_facts(index: Index) -> str:
    """Return in words how many articles there are, of what day the newest is, and what writes."""
    articles = index.articles()
    if not articles:
        return strings.EMPTY_LIBRARY
    many = strings.MANY_ARTICLES.format(count=f"{len(articles):,}")
    newest = articles[0].published
    model = rag_settings().llm_model
    return strings.LIBRARY_FACTS.format(
        count=strings.ONE_ARTICLE if len(articles) == 1 else many,
        newest=date_in_words(newest) if newest else strings.NO_DATE,
        writer=strings.BY_MODEL.format(model=model) if model else strings.IN_QUOTES,
    )
