"""What is said beside the sentences of an answer, in plain words: for the page and its exports."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from index import ArticleInfo
from rag.types import Answer, Citation
from ui import strings
from ui.elements import date_in_words, plain, safe_url
from ui.types import Limits, Turn

UNSAFE_IN_ADDRESS = " <>\"'`\\^{}|[]"
"""Characters that end an address in some format, so that they are percent-encoded in all."""

DRAFT_WRITER, QUOTES_WRITER = "draft", "quotes"


def turn_facts(turn: Turn) -> list[str]:
    """Return when a question was asked, what wrote the answer and what limited it."""
    facts = []
    if turn.asked_at:
        facts.append(_asked(turn.asked_at))
    if turn.answer is not None and not turn.answer.refused:
        facts.append(_written_by(turn.answer.writer))
    return facts + _limits(turn.limits)


def understood(answer: Answer) -> list[str]:
    """Return how a question was taken, where that is not simply as it was typed."""
    facts = []
    if answer.asked.strip() != answer.question.strip():
        facts.append(strings.UNDERSTOOD_AS.format(question=plain(answer.asked)))
    period = period_in_words(answer)
    return [*facts, period] if period else facts


def period_in_words(answer: Answer) -> str:
    """Return the days to which an answer was limited; nothing for any time."""
    first, last = answer.period or (None, None)
    words = {"first": date_in_words(first or ""), "last": date_in_words(last or "")}
    if first and last:
        return strings.PERIOD_BETWEEN.format(**words)
    if first:
        return strings.PERIOD_SINCE.format(**words)
    return strings.PERIOD_UNTIL.format(**words) if last else ""


def notices(turn: Turn) -> list[str]:
    """Return all that a reader is told of an answer."""
    told = [plain(notice) for notice in turn.answer.notices] if turn.answer else []
    if turn.answer is not None:
        told += withheld_in_words(turn.answer)
    if turn.stopped:
        told.append(strings.STOPPED)
    if turn.problem:
        told.append(plain(turn.problem))
    return told


def withheld_in_words(answer: Answer) -> list[str]:
    """Return how many sentences the check held back, if any."""
    if answer.withheld == 1:
        return [strings.WITHHELD_ONE]
    return [strings.WITHHELD_MANY.format(count=answer.withheld)] if answer.withheld else []


def reason_of(answer: Answer) -> str:
    """Return why a question was refused."""
    return plain(answer.reason or "") or strings.REFUSED_WITHOUT_REASON


def disagreement_title(kind: str, about: str) -> str:
    """Return the heading of a disagreement."""
    return strings.DISAGREEMENTS[kind].format(about=plain(about))


def title_of(article: ArticleInfo | Citation) -> str:
    """Return an article's title, or that it has none."""
    return plain(article.title or "") or strings.UNTITLED


def place_facts(article: ArticleInfo | Citation) -> list[str]:
    """Return an article's outlet and date of publication."""
    source = plain(article.source or "") or strings.UNKNOWN_OUTLET
    return [source, date_in_words(article.published) if article.published else strings.NO_DATE]


def source_facts(citation: Citation, answer: Answer) -> list[str]:
    """Return what is known of a footnote's article and span, but for its title and address."""
    info = _article(citation.article_id, answer)
    facts = [plain(citation.source or "") or strings.UNKNOWN_OUTLET]
    if info and info.author:
        facts.append(strings.BY_AUTHOR.format(author=plain(info.author)))
    published = citation.published
    facts.append(
        strings.PUBLISHED.format(date=date_in_words(published))
        if published
        else strings.PUBLISHED_NO_DATE
    )
    if info and info.updated and info.updated != published:
        facts.append(strings.UPDATED.format(date=date_in_words(info.updated)))
    if citation.page is not None:
        facts.append(strings.PAGE.format(page=citation.page))
    if citation.speaker:
        facts.append(strings.SPOKEN_BY.format(speaker=plain(citation.speaker)))
    others = [info for other in citation.also_in if (info := _article(other, answer))]
    if others:
        names = dict.fromkeys(plain(info.source or info.title or info.key) for info in others)
        facts.append(strings.ALSO_PRINTED.format(places=", ".join(names)))
    return facts


def language_of(citation: Citation, answer: Answer) -> str | None:
    """Return the ISO 639-1 code of the quote's language, where it is known."""
    info = _article(citation.article_id, answer)
    code = (info and info.language) or ""
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def address_of(citation: Citation) -> str | None:
    """Return the article's address if a reader may safely follow it, fit for any format."""
    url = safe_url(citation.url)
    if url is None:
        return None
    return "".join(quote(c) if c in UNSAFE_IN_ADDRESS or not c.isprintable() else c for c in url)


def verdicts_of(turns: Sequence[Turn]) -> list[str]:
    """Return the verdicts that the sentences of some turns have, in the order of their words."""
    used = {
        sentence.support.verdict
        for turn in turns
        if turn.answer is not None and not turn.answer.refused
        for sentence in turn.answer.sentences
    }
    return [verdict for verdict in strings.VERDICTS if verdict in used]


def _asked(moment: str) -> str:
    try:
        asked = datetime.fromisoformat(moment)
    except ValueError:
        return plain(moment)
    asked = asked.astimezone(UTC) if asked.tzinfo else asked
    day = date_in_words(asked.date().isoformat())
    return strings.ASKED_AT.format(day=day, clock=f"{asked:%H:%M}")


def _written_by(writer: str) -> str:
    if writer == QUOTES_WRITER:
        return strings.WRITTEN_IN_QUOTES
    if writer == DRAFT_WRITER:
        return strings.DRAFT_CHECKED
    return strings.WRITTEN_BY.format(model=plain(writer))


def _limits(limits: Limits) -> list[str]:
    """Return what the reader set; days of publication are told with the question."""
    facts = []
    if limits.outlets:
        outlets = ", ".join(map(plain, limits.outlets))
        facts.append(strings.LIMITED_OUTLETS.format(outlets=outlets))
    if limits.articles:
        one = len(limits.articles) == 1
        wording = strings.LIMITED_ARTICLES_ONE if one else strings.LIMITED_ARTICLES
        facts.append(wording.format(count=len(limits.articles)))
    return facts


def _article(article_id: str, answer: Answer) -> ArticleInfo | None:
    """Return what was known of an article when it was found; citations hold less."""
    return next((hit.article for hit in answer.hits if hit.article.id == article_id), None)


def limits_in_words(limits: Limits) -> list[str]:
    """Return what a reader limited the search to, limit by limit."""
    facts = [
        strings.ONLY_SINCE.format(day=limits.since) if limits.since else "",
        strings.ONLY_UNTIL.format(day=limits.until) if limits.until else "",
        strings.ONLY_OUTLETS.format(names=", ".join(limits.outlets)) if limits.outlets else "",
        strings.ONLY_ARTICLES.format(count=len(limits.articles)) if limits.articles else "",
    ]
    return list(filter(None, facts))
