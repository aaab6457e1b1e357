"""Words that a sentence gives as an article's own: quotations, and addresses of the web.

A check of what a sentence means lets a quotation pass with one word changed, and an address that
nobody gave. So both must stand in an article that the sentence cites, letter for letter and whole:
"5 million" is not in "15 million", nor "bank.example" in "mybank.example". Only the kind of
quotation marks, dashes and spaces, and which letters are capitals, may differ.

Limits: addresses in other letters than Latin ones are known by their scheme or "www." alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index import Article
from rag.prompts import INVENTED_ADDRESS, MISQUOTED
from rag.quotation_marks import MARK, quotations_in, with_plain_singles
from rag.types import Support
from rag.verbatim import flat

CHANGED_CAPITAL = re.compile(r"\[([^\W\d_])\](?=\w)")
"""A letter in brackets that begins a word: "[W]e agreed"."""

LEFT_OUT = re.compile(r"…|\.\.\.|\[[^\[\]]{0,100}\]")
"""What a quotation leaves out or puts in: its parts are looked for one by one."""

OTHER_MARK = re.compile("[«»‹›「」『』]")
TOKEN = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+(?:'t\b)?")
"""What is quoted whole or not at all: "1.5 million" does not say "5", nor "can't" "can"."""
EDGE = "\n"
"""Stands around each token; no flat text has it."""

_LABELS = r"(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*"
_REST = r"(?::\d{1,5}\b)?(?:[/?#][^\s<>\"]*)?"
ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{0,30}://|\bwww\."
    r"|\b(?:javascript|data|vbscript|file|mailto|tel|sms|blob|magnet):)[^\s<>\"]+"
    r"|\b[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)" + _REST + r"|\blocalhost\b" + _REST +
    r"|(?<![\w:])\[?(?=[0-9a-f:]{0,30}::|(?:[0-9a-f]{1,4}:){4})[0-9a-f:]{3,39}\]?" + _REST +
    # A capital in it begins a sentence whose space is missing, unless it is a well-known ending.
    r"|" + _LABELS + r"\.(?:com|org|net|info|biz|io|co|ai|js|xyz|ru|uk|cn|eu|example"
    r"|(?!(?-i:[A-Z][a-z]+\b)(?!/))(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59}))\b" + _REST,
    re.IGNORECASE,
)  # fmt: skip
BEGINNING = re.compile(r"((?:https?://)?)((?:www\.)?)")
AFTER_HOST = re.compile(r"[/?#]")
DOTS = str.maketrans("。．｡", "...")
"""Browsers take them for full stops."""

AROUND = " .,;:!?'\"()[]-–—"
"""What may stand around a quotation's or an address's own characters."""


def without_invented_words(support: Support, claim: str, articles: Sequence[Article]) -> Support:
    """Return the support of a claim, which is none where it misquotes or invents an address.

    Args:
        support: What the check of the cited spans says.
        claim: One sentence.
        articles: Those that hold the cited spans.
    """
    quoted = list(dict.fromkeys(_quoted(claim)))
    addresses = list(dict.fromkeys(_addresses(claim)))
    if not quoted and not addresses:
        return support
    texts = [f"{article.text} {article.url or ''}" for article in articles]
    reasons = []
    if quoted:
        told = [_edged(text) for text in texts]
        missing = [words for words in quoted if not any(_edged(words) in text for text in told)]
        reasons += [MISQUOTED.format(words=words) for words in missing]
    if addresses:
        given = {known for text in texts for known in _given(text)}
        invented = [address for address in addresses if address.casefold() not in given]
        reasons += [INVENTED_ADDRESS.format(words=address) for address in invented]
    if not reasons:
        return support
    return replace(support, verdict="unsupported", reasons=(*reasons, *support.reasons))


def _quoted(claim: str) -> Iterator[str]:
    """Yield each part of a quotation."""
    for quotation in quotations_in(claim):
        for part in LEFT_OUT.split(CHANGED_CAPITAL.sub(r"\1", quotation)):
            if words := flat(part).strip(AROUND):
                yield words


def _edged(text: str) -> str:
    """Return text with one kind of quotation marks, in small letters, an edge around each token.

    So a text holds words only where it holds them whole, and to see it takes linear time.
    """
    line = MARK.sub('"', OTHER_MARK.sub('"', flat(with_plain_singles(text)))).casefold()
    return TOKEN.sub(rf"{EDGE}\g<0>{EDGE}", line)


def _addresses(text: str) -> Iterator[str]:
    for match in ADDRESS.finditer(flat(text).translate(DOTS)):
        if address := match.group().strip(AROUND + "/"):
            yield address


def _given(text: str) -> Iterator[str]:
    """Yield what may be told of an article's addresses: each, without its scheme, and its host."""
    for address in map(str.casefold, _addresses(text)):
        scheme, www = BEGINNING.findall(address)[0]
        bare = address[len(scheme) + len(www) :]
        yield from (address, www + bare, bare)
        if "@" not in (host := AFTER_HOST.split(bare, maxsplit=1)[0]):
            yield from (scheme + www + host, www + host, host)
