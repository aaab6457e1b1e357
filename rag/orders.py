"""Find text in an article that gives orders: to programs that read it, or to whoever answers.

Such text is data like the rest, and stays where it is; but it is never quoted as an answer. What an
order begins runs to the end of its paragraph, since the sentence that it wants said often follows
it; a short one that points back ("Be that machine.") takes what came before it, too. A report about
orders is none: what it tells stands in quotation marks or in the past tense.
"""

import base64
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.sentences import Span, block_spans, sentence_spans
from rag.mentions import form, telling_words
from rag.order_phrases import (
    ADDRESSES,
    COMMANDS,
    FOREIGN,
    LAWS,
    MARKERS,
    NARRATES,
    REQUESTS,
    TO_BE_CONTINUED,
)

TEXTS_KEPT = 512
"""Texts whose orders are remembered; a question looks at the same few passages several times."""

MOST_DRAWN_IN = 8
"""Sentences of a paragraph that an order draws in after it; more would lose an honest one."""

POINTS_BACK = re.compile(r"\b(?:that|so|it|them)\b", re.IGNORECASE)
POINTS_BACK_WITHIN = 6
"""Words: "Be that machine.", "Say so in every answer."."""

LONGEST_QUOTATION = 2_000
NARRATION_WITHIN = 80
"""Characters around a quotation in which a "said" or "reads" shows that it is only told."""

QUOTATION = re.compile(rf"“[^“”]{{1,{LONGEST_QUOTATION}}}”|\"[^\"]{{1,{LONGEST_QUOTATION}}}\"")
SPACED_OUT = re.compile(r"\b[^\W\d_](?: [^\W\d_]){3,40}\b")
MIXED = re.compile(r"(?<!\w)(?=\w{0,20}[a-z])(?=\w{0,20}[013\u0370-\u04ff])\w{3,40}(?!\w)", re.I)
LOOKALIKES = str.maketrans("013аеорсіухАЕІОРС", "oieaeopciyxAEIOPC")
"""Digits and Cyrillic letters that are read as Latin ones inside a Latin word."""

COMMENTS = (("<!--", "-->"), ("{#", "#}"), ("/*", "*/"))
LONGEST_COMMENT = 4_000
ENCODED = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
MOST_DECODED = 400
"""Characters of an encoded run that are looked at."""


def overlaps_order(text: str, start: int, end: int) -> bool:
    """Say whether any character of `text[start:end]` belongs to an order."""
    return any(first < end and start < last for first, last in order_spans(text))


def holds_order(text: str) -> bool:
    """Say whether a text holds an order anywhere."""
    return bool(order_spans(text))


@lru_cache(maxsize=TEXTS_KEPT)
def order_spans(text: str) -> tuple[Span, ...]:
    """Return the (start, end) of every sentence or line that is or belongs to an order."""
    comments = list(_comments(text))
    bare = _blanked(text, comments)
    found: list[Span] = []
    drawn_in = 0
    for start, end in block_spans(text):
        block = bare[start:end]
        plain = _without_told(block)
        scripted = MARKERS.dialogue.search(plain) is not None
        passed: list[Span] = []  # by no order so far
        for first, last in sentence_spans(text[start:end]):
            span = (start + first, start + last)
            if _is_order(block[first:last], plain[first:last]):
                drawn_in = 1 + MOST_DRAWN_IN
                if _points_back(block[first:last]):
                    found += passed
                    passed = []
            commented = block[first:last] != text[start + first : start + last]
            (found if drawn_in or scripted or commented else passed).append(span)
            drawn_in = max(0, drawn_in - 1)
        if not TO_BE_CONTINUED.search(block[-NARRATION_WITHIN:]):
            drawn_in = 0
    return tuple(sorted(found))


def ordered_words(texts: Sequence[str]) -> frozenset[str]:
    """Return the forms of the telling words that the texts have in their orders alone."""
    ordered: set[str] = set()
    told: set[str] = set()
    for text in texts:
        read = 0
        for start, end in order_spans(text):
            told |= _forms(text[read:start])
            ordered |= _forms(text[start:end])
            read = end
        told |= _forms(text[read:])
    return frozenset(ordered - told)


def echoes(claim: str, ordered: frozenset[str]) -> bool:
    """Say whether a claim has one of the words that stand in orders alone."""
    return not ordered.isdisjoint(_forms(claim))


def _forms(text: str) -> set[str]:
    return set(map(form, telling_words(text)))


def _comments(text: str) -> Iterator[Span]:
    """Yield what stands between the marks of a comment, marks included."""
    for opener, closer in COMMENTS:
        start = text.find(opener)
        while start >= 0:
            end = text.find(closer, start, start + LONGEST_COMMENT)
            after = end + len(closer) if end >= 0 else start + len(opener)
            if end >= 0:
                yield start, after
            start = text.find(opener, after)


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """Return a text of the same length with spaces for some of its spans."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _is_order(sentence: str, plain: str) -> bool:
    """Judge one sentence; `plain` is the same without what it only tells."""
    whole, plain = _undisguised(sentence), _undisguised(plain)
    if MARKERS.anywhere.search(whole) or _holds_encoded(whole):
        return True
    if COMMANDS.search(plain) or ADDRESSES.search(plain) or FOREIGN.search(plain):
        return True
    return REQUESTS.search(plain) is not None and not LAWS.search(plain)


def _points_back(order: str) -> bool:
    """Say whether an order has no words of its own, so that what it wants said stands before it."""
    return len(order.split()) <= POINTS_BACK_WITHIN and POINTS_BACK.search(order) is not None


def _undisguised(text: str) -> str:
    """Return a text in plain letters, where a word is spelt "1gn0re", "i g n o r e" or alike."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = SPACED_OUT.sub(lambda match: match.group().replace(" ", ""), text)
    return MIXED.sub(lambda match: match.group().translate(LOOKALIKES), text)


def _without_told(block: str) -> str:
    """Return a paragraph of the same length with spaces for quotations that it only tells."""

    def blank(match: re.Match[str]) -> str:
        before = block[max(0, match.start() - NARRATION_WITHIN) : match.start()]
        after = block[match.end() : match.end() + NARRATION_WITHIN]
        told = NARRATES.search(before) or NARRATES.search(after)
        return " " * len(match.group()) if told else match.group()

    return QUOTATION.sub(blank, block)


def _holds_encoded(text: str) -> bool:
    """Say whether a run of letters and digits is base64 for several words."""
    for match in ENCODED.finditer(text):
        run = match.group().rstrip("=")[:MOST_DECODED]
        run = run[: len(run) - len(run) % 4]
        decoded = base64.b64decode(run)
        if decoded.isascii() and decoded.decode("ascii").isprintable() and decoded.count(b" ") > 1:
            return True
    return False
