"""Copies of a shown sentence in another outlet's article, with another figure, day or name in it.

Who takes over a report and changes one figure leaves the rest as it was. So sentences are laid side
by side, word for word; where they part in one value alone, that value is what articles differ on.
No model reads them, so it holds whatever stands around the sentence.
"""

import re
from collections.abc import Iterator, Sequence

from index import Article, Hit, Index
from index.stopwords import STOPWORDS
from rag.alterations import FEWEST_SHARED, Alteration, find_alteration
from rag.asked import read_asked
from rag.mentions import forms_in, missing_names
from rag.orders import overlaps_order
from rag.rivals import Rival
from rag.timing import is_later_news
from rag.types import Citation
from rag.windows import Window, windows_of

LEAST_OVERLAP = 0.6
"""Share of the shorter sentence's telling words that the other has, for the two to be laid side by
side; the value itself may be two of them."""

MOST_ALIGNED = 24
"""Pairs of sentences laid side by side for an answer, those of most overlap: some 0.3 ms each."""

LEAST_IN_COMMON = 6
"""Telling words that are the same in two sentences, or of the question and in both passages."""

MOST_SHOWN = 2
"""Pairs of values that are shown; five papers with five figures would else fill the page."""

LOOKED_AT = 30
"""Passages that are looked through, best first: each costs some 0.3 ms."""

AGE = re.compile(r"\b(?:old|age)\b", re.IGNORECASE)
"""A year of birth or building answers it."""


def altered_copies(
    question: str, cited: Sequence[Citation], hits: Sequence[Hit], library: Index
) -> list[Rival]:
    """Return the cited sentences of which another outlet's article has an altered copy.

    Only what the question asks for counts, and no later news. Each pair of values comes once.

    Args:
        question: What is asked, standalone.
        cited: The footnotes of the answer.
        hits: The passages that were found, the cited ones among them.
        library: Where the articles are.
    """
    found: dict[frozenset[str], Rival] = {}
    for shown, other in _close_pairs(cited, hits):
        altered = find_alteration((shown.text, other.text), (_around(shown), _around(other)))
        if altered is None or not _is_asked(question, altered):
            continue
        articles = [library.article(each.hit.article.id) for each in (shown, other)]
        if not _is_of_one_story(question, altered, (shown, other), articles):
            continue
        words = frozenset(" ".join(text.lower().split()) for text in altered.words)
        found.setdefault(words, _rival(altered, shown, other))
        if len(found) == MOST_SHOWN:
            break
    return list(found.values())


def _close_pairs(cited: Sequence[Citation], hits: Sequence[Hit]) -> Iterator[tuple[Window, Window]]:
    """Yield cited sentences with those of other outlets that share most of their words."""
    places = {(w.hit.article.id, w.start): w for hit in hits for w in _cited_in(hit, cited)}
    shown = [(window, _telling(window.text)) for window in places.values()]
    pairs: list[tuple[float, Window, Window]] = []
    for hit in hits[:LOOKED_AT] if shown else ():
        words = _telling(hit.passage.text)
        near = [
            each for each in shown if _may_differ(each[0].hit, hit) and _may_hold(words, each[1])
        ]
        for window in windows_of(hit, 1) if near else ():
            ours = _telling(window.text)
            shares = [(_share(ours, theirs), one) for one, theirs in near if ours != theirs]
            pairs += [(share, one, window) for share, one in shares if share >= LEAST_OVERLAP]
    pairs.sort(key=lambda pair: -pair[0])
    yield from ((one, other) for _, one, other in pairs[:MOST_ALIGNED])


def _cited_in(hit: Hit, cited: Sequence[Citation]) -> Iterator[Window]:
    """Yield the sentences of a passage that footnotes cite."""
    spans = [(c.start, c.end) for c in cited if c.article_id == hit.article.id]
    for window in windows_of(hit, 1) if spans else ():
        if any(start < window.end and window.start < end for start, end in spans):
            yield window


def _may_differ(one: Hit, other: Hit) -> bool:
    """Say whether two passages are of two articles, and not of one outlet."""
    if one.article.id == other.article.id:
        return False
    outlets = [(hit.article.source or "").strip().casefold() for hit in (one, other)]
    return outlets[0] != outlets[1] or not outlets[0]


def _telling(text: str) -> frozenset[str]:
    return forms_in(text) - STOPWORDS


def _share(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return the share of the shorter sentence's words that the other has."""
    both = len(ours & theirs)
    return both / min(len(ours), len(theirs)) if both >= FEWEST_SHARED else 0.0


def _may_hold(passage: frozenset[str], sentence: frozenset[str]) -> bool:
    """Say whether a passage may hold a copy of a sentence, or of a part of it."""
    return len(passage & sentence) >= FEWEST_SHARED


def _around(window: Window) -> str:
    return f"{window.hit.article.title or ''}\n{window.hit.passage.text}"


def _is_asked(question: str, altered: Alteration) -> bool:
    """Say whether an altered value is of the kind that the question asks for."""
    asked = read_asked(question)
    kinds = {each.kind for each in asked}
    if altered.kind == "name":
        named = any(forms_in(text) <= forms_in(question) for text in altered.words)
        return not kinds or "name" in kinds or named
    if not kinds - {"outcome"}:
        return True
    if altered.kind == "day":
        return "day" in kinds or ("amount" in kinds and bool(AGE.search(question)))
    return "day" in kinds or any(  # "When does it leave?" is answered by an hour
        each.kind == "amount" and all(map(each.takes, altered.amounts or ())) for each in asked
    )


def _is_of_one_story(
    question: str,
    altered: Alteration,
    pair: tuple[Window, Window],
    articles: Sequence[Article],
) -> bool:
    """Say whether both sentences tell of one thing, and the later one may not simply know more."""
    if is_later_news(*articles) or any(
        missing_names(question, f"{article.title or ''}. {article.text}") for article in articles
    ):
        return False
    if any(
        overlaps_order(article.text, window.start, window.end)
        for article, window in zip(articles, pair, strict=True)
    ):
        return False
    asked = _telling(question)
    if asked & altered.parted:
        return False
    both = asked & _telling(_around(pair[0])) & _telling(_around(pair[1]))
    return len(both | altered.shared) >= LEAST_IN_COMMON


def _rival(altered: Alteration, shown: Window, other: Window) -> Rival:
    """Return the two sentences as rivals, the earlier first."""
    days = [(window.hit.article.published or "")[:10] for window in (shown, other)]
    sides = [(shown, altered.words[0]), (other, altered.words[1])]
    (first, one), (second, another) = sides[::-1] if days[0] > days[1] else sides
    return Rival(first=first, second=second, words=(one, another), strength=altered.share)
