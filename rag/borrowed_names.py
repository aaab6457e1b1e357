"""Names that a sentence borrows: an article that it cites does not contain them.

An article may speak of "the prime minister" or of "him" and never say who that is. Another article,
or what a model once learnt, may give a name; whether it is the same person, nobody has checked. So
each article that a sentence cites must itself contain every name of the sentence: anywhere in its
text, title, outlet or byline. A sentence that joins two articles about two people fails too, and
can be written as two.

Limits: an article that names somebody else (a predecessor) lets that name through; a common word
that opens a sentence ("Rose", and most surnames and places, which the models' vocabulary holds) is
known for a name only if the passages use it as one; names of fewer capitals than English gives them
are missed. A rare word that opens a sentence is taken for a name unless it ends as names do not: of
228 words that people begin with it takes four for names, and of 877 sound sentences of other
writers it withholds three.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from index import Article
from index.stopwords import STOPWORDS
from rag.mentions import (
    CALENDAR,
    TITLES,
    is_mentioned,
    mentioned_forms,
    missing_names,
    names_in,
)
from rag.prompts import BORROWED_NAME
from rag.proper_names import is_common
from rag.types import Support

OFFICES = TITLES | frozenset("ceo cfo mp mps".split())

OPENING = re.compile(r"[\W_]*(?P<word>[^\W\d_]+)")
PLAIN_ENDING = re.compile(r"(?:s|ly|ing|ed|men|women|people|children|ment|ness|tion)\Z")
"""Of rare words that are no names: "Motorists", "Interestingly", "Policymakers", "Firemen"."""


def without_borrowed_names(
    support: Support, claim: str, articles: Sequence[Article], shown: Sequence[str]
) -> Support:
    """Return the support of a claim, which is none where it borrows a name.

    Args:
        support: What the check of the cited spans says.
        claim: One sentence.
        articles: Those that hold the cited spans.
        shown: The passages that its writer read, by which a name that opens the claim is known.
    """
    borrowed = borrowed_names(claim, articles, shown)
    if not borrowed:
        return support
    reasons = tuple(BORROWED_NAME.format(name=name) for name in borrowed)
    return replace(support, verdict="unsupported", reasons=(*reasons, *support.reasons))


def borrowed_names(claim: str, articles: Sequence[Article], shown: Sequence[str]) -> list[str]:
    """Return the names in a claim that one or more of the articles do not contain.

    The outlets of the articles are excused: a sentence may say which paper reports what.
    """
    claim = _without_accents(claim)
    opening = OPENING.match(claim)
    if opening and _is_name(opening["word"], shown):
        claim = f"so {claim[opening.start('word') :]}"  # `names_in` takes no first word for a name
    if not names_in(claim):
        return []
    outlets = mentioned_forms(
        _without_accents(" ".join(article.source or "" for article in articles))
    )
    missing = [name for article in articles for name in missing_names(claim, _whole(article))]
    return [
        name
        for name in dict.fromkeys(missing)
        if name.lower() not in CALENDAR | OFFICES and not is_mentioned(name, outlets)
    ]


def nameless(claim: str) -> str:
    """Return what a claim says apart from the names in it: "Prime Minister toured the coast."."""
    names = dict.fromkeys(names_in(f"so {claim}"))
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, names))})\b", "", claim) if names else claim


def _whole(article: Article) -> str:
    """Return everything in which an article names people."""
    bylines = [cut.text for cut in article.cut if cut.kind == "byline"]
    parts = [article.title, article.author, article.source, *bylines, article.text]
    return _without_accents("\n".join(part for part in parts if part))


def _is_name(word: str, shown: Sequence[str]) -> bool:
    """Say whether a claim's first word is a name: rare, or large in the midst of the passages."""
    if not word[0].isupper() or word.lower() in STOPWORDS | OFFICES:
        return False
    text = _without_accents("\n".join(shown))
    if re.search(rf"\b{re.escape(word.lower())}\b", text):
        return False
    if re.search(rf"[\w,;] {re.escape(word)}\b", text):
        return True
    return not is_common(word) and not PLAIN_ENDING.search(word)


def _without_accents(text: str) -> str:
    """Return text in which "José" and "Jose" are one."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(character for character in parts if not unicodedata.combining(character))
