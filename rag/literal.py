"""Words that a sentence gives as an article's own: quotations, and addresses of the web.

A check of what a sentence means lets a quotation pass with one word changed, and an address that
nobody gave. So both must stand in an article that the sentence cites, letter for letter; only the
kind of quotation marks, dashes and spaces, and which letters are capitals, may differ.

Limits: a quotation in single marks with an apostrophe in it is not known as one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index import Article
from rag.prompts import INVENTED_ADDRESS, MISQUOTED
from rag.types import Support
from rag.verbatim import flat

QUOTATION = re.compile(
    r"“(?P<curly>[^“”]{1,1000})”|\"(?P<plain>[^\"]{1,1000})\"|«(?P<angled>[^«»]{1,1000})»"
    r"|„(?P<low>[^„“”]{1,1000})[“”]|(?<!\w)‘(?P<single>[^‘’]{1,1000})’(?!\w)"
)
"""Of up to 1,000 characters: as long as a whole sentence of a model's may be."""

LEFT_OUT = re.compile(r"…|\.\.\.|\[[^\[\]]{0,100}\]")
"""What a quotation leaves out or puts in: its parts are looked for one by one."""

ADDRESS = re.compile(
    r"(?:https?://|www\.|\b(?:javascript|data|vbscript|file|mailto):)[^\s<>\"”“]{1,300}"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[a-z]{2,24}\b(?:/[^\s<>\"”“]{0,300})?"
)
AROUND = " .,;:!?'\"()[]-–—"
"""What may stand around a quotation's or an address's own characters."""


def without_invented_words(support: Support, claim: str, articles: Sequence[Article]) -> Support:
    """Return the support of a claim, which is none where it misquotes or invents an address.

    Args:
        support: What the check of the cited spans says.
        claim: One sentence.
        articles: Those that hold the cited spans.
    """
    given = list(_literal(claim))
    if not given:
        return support
    texts = [flat(f"{article.text} {article.url or ''}").casefold() for article in articles]
    reasons = [
        wording.format(words=words)
        for wording, words in given
        if not any(words.casefold() in text for text in texts)
    ]
    if not reasons:
        return support
    return replace(support, verdict="unsupported", reasons=(*reasons, *support.reasons))


def _literal(claim: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a quotation and each address, with what is said where it is invented."""
    for match in QUOTATION.finditer(claim):
        for part in LEFT_OUT.split(next(filter(None, match.groups()))):
            if words := flat(part).strip(AROUND):
                yield MISQUOTED, words
    for match in ADDRESS.finditer(claim):
        if words := flat(match.group()).strip(AROUND):
            yield INVENTED_ADDRESS, words
