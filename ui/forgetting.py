"""Take an erased article out of saved answers: every word that they have from it."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from rag.types import Answer, Citation, Disagreement, Sentence, Side
from ui import strings
from ui.types import Turn

WORD = re.compile(r"\w+")

COPIED_WORDS = 8
"""Words in a row that a reader hardly writes by chance as an article does: a short sentence."""


def articles_in(answer: Answer) -> set[str]:
    """Return the ids of the articles of which an answer holds words, or that it names."""
    ids = {hit.article.id for hit in answer.hits}
    for citation in _citations(answer):
        ids |= {citation.article_id, *citation.also_in}
    return ids


def forget_articles(answer: Answer, erased: Set[str]) -> Answer:
    """Return an answer without what it has from erased articles, and with a notice of it.

    A sentence goes whole, even if it cites others too: it may be written in the erased one's
    words. So does a disagreement of which a side is worded by it.
    """
    if not articles_in(answer) & erased:
        return answer
    names = _names(answer, erased)
    sentences = tuple(
        _without_copies(sentence, erased)
        for sentence in answer.sentences
        if not any(citation.article_id in erased for citation in sentence.citations)
    )
    quoted = any(citation.article_id in erased for citation in _citations(answer))
    emptied = not sentences and (quoted or strings.ERASED_ALL in answer.notices)
    notices = [
        text
        for text in answer.notices
        if text not in (strings.ERASED_SOME, strings.ERASED_ALL)
        and not any(name in text for name in names)
    ]
    return replace(
        answer,
        sentences=sentences,
        disagreements=tuple(_disagreements(answer, erased)),
        hits=tuple(hit for hit in answer.hits if hit.article.id not in erased),
        notices=(*notices, strings.ERASED_ALL if emptied else strings.ERASED_SOME),
    )


def words_from(answer: Answer, erased: Set[str]) -> set[tuple[str, ...]]:
    """Return every run of `COPIED_WORDS` words that an answer shows of erased articles."""
    texts = [hit.passage.text for hit in answer.hits if hit.article.id in erased]
    texts += [c.quote for c in _citations(answer) if c.article_id in erased]
    return {run for text in texts for run in _runs(text)}


def without_copied(text: str, runs: Set[tuple[str, ...]]) -> str:
    """Return a reader's text, or why it went: because it repeats one of the runs of words."""
    return strings.ERASED_WORDS if any(run in runs for run in _runs(text)) else text


def forget_words(turn: Turn, runs: Set[tuple[str, ...]], *, follows: bool) -> Turn:
    """Return a turn of which nothing that its reader wrote repeats erased words.

    Args:
        turn: Any turn of a conversation that had words of an erased article.
        runs: See `words_from`.
        follows: Whether it comes after such an answer, so that its question may have been
            understood in that answer's words.
    """
    question = without_copied(turn.question, runs)
    answer = turn.answer
    if answer is not None:
        understood = question if follows else without_copied(answer.asked, runs)
        answer = replace(answer, question=without_copied(answer.question, runs), asked=understood)
    note = turn.thumb_note and without_copied(turn.thumb_note, runs)
    return replace(turn, question=question, answer=answer, thumb_note=note)


def _citations(answer: Answer) -> Iterator[Citation]:
    """Yield every citation of the sentences and of the disagreements."""
    for sentence in answer.sentences:
        yield from sentence.citations
    for disagreement in answer.disagreements:
        for side in disagreement.sides:
            yield from side.citations


def _without_copies(sentence: Sentence, erased: Set[str]) -> Sentence:
    return replace(sentence, citations=tuple(_kept(sentence.citations, erased)))


def _kept(citations: Iterable[Citation], erased: Set[str]) -> Iterator[Citation]:
    for citation in citations:
        if citation.article_id not in erased:
            also_in = tuple(other for other in citation.also_in if other not in erased)
            yield replace(citation, also_in=also_in)


def _disagreements(answer: Answer, erased: Set[str]) -> Iterator[Disagreement]:
    """Yield those of which each side is worded by an article that is still there."""
    for disagreement in answer.disagreements:
        worded_by = {side.citations[0].article_id for side in disagreement.sides if side.citations}
        if not worded_by & erased:
            sides = tuple(_side(side, erased) for side in disagreement.sides)
            yield replace(disagreement, sides=sides)


def _side(side: Side, erased: Set[str]) -> Side:
    citations = tuple(_kept(side.citations, erased))
    dates = [citation.published for citation in citations if citation.published]
    return replace(side, citations=citations, published=min(dates, default=None))


def _names(answer: Answer, erased: Set[str]) -> set[str]:
    """Return the titles and keys by which notices may name the erased articles."""
    infos = [hit.article for hit in answer.hits if hit.article.id in erased]
    names = {name for info in infos for name in (info.title, info.key) if name}
    return names | {
        citation.title
        for citation in _citations(answer)
        if citation.article_id in erased and citation.title
    }


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    for start in range(len(words) - COPIED_WORDS + 1):
        yield tuple(words[start : start + COPIED_WORDS])
