"""Who said what in an article: the speaker of every sentence that has one, by rule.

A pronoun is given a name only inside one article, and only where a single person of fitting kind
was named and spoke just before; else it stays "he" or "she". An office without a name stays so.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from index.sentences import Span, block_spans, sentence_spans
from index.types import Value
from rag.attribution import GAP, Reported, read_attribution
from rag.people import People

TEXTS_KEPT = 64
"""Articles whose speakers are remembered."""

LONGEST_SPEAKER = 160
"""Characters that are shown of a speaker."""

MOST_TOGETHER = 2
"""Speakers of one span that are named; more would be a list of everybody."""

MARK = re.compile(r"[“”„«»\"]|(?<!\w)['‘](?=\w)|(?<=[\w,.?!…])['’](?!\w)")
CLOSED_BY = {"“": "”", "„": "“”", "«": "»", '"': '"', "'": "'", "‘": "’"}
SINGLE = "'‘"
LONGEST_QUOTATION = (1_000, 500)
"""Characters in double and in single marks."""
SCARE_QUOTE = 60
"""Characters of a few words in single marks, without a stop before the closing one."""

OPENERS = "“„«"
CLOSERS = "”»"


@dataclass(frozen=True, kw_only=True)
class Attribution(Value):
    """A sentence of an article and who is given as its source."""

    speaker: str
    """Who said it, to whom, and by whom it is reported, as the article has it."""
    name: str
    """The speaker's name or office alone, for comparison."""
    start: int
    end: int


def speaker_of(text: str, start: int, end: int) -> str | None:
    """Return who said `text[start:end]`, as the article has it.

    None where any sentence of the span is the article's own, or where there are many speakers.
    """
    spans = [span for span in _sentences(text) if span[0] < end and start < span[1]]
    found = {(each.start, each.end): each.speaker for each in attributions(text)}
    speakers = dict.fromkeys(found.get(span) for span in spans)
    if None in speakers or not 0 < len(speakers) <= MOST_TOGETHER:
        return None
    return "; ".join(speaker for speaker in speakers if speaker)


@lru_cache(maxsize=TEXTS_KEPT)
def attributions(text: str) -> tuple[Attribution, ...]:
    """Return every sentence of an article that has a speaker, in order; linear in its length."""
    people = People()
    found: list[Attribution] = []
    open_speaker: Attribution | None = None
    for start, end in block_spans(text):
        block = text[start:end]
        people.begin_paragraph()
        quoted = list(_quotations(block))
        last = open_speaker if block[:1] in OPENERS + '"' else None
        carried: Attribution | None = last
        own: list[Attribution] = []
        pending: list[Span] = []
        for first, after in sentence_spans(block):
            bare = _bare(block, first, after, quoted)
            span = (start + first, start + after)
            reported = read_attribution(bare)
            if reported is not None:
                carried = _attribution(reported, people, span)
                joined = _same_quotation(quoted, pending, first, start)
                own += [replace(carried, start=a, end=b) for a, b in joined]
                own.append(carried)
                pending = []
            elif _is_only_quoted(bare):
                if carried is not None:
                    own.append(replace(carried, start=span[0], end=span[1]))
                else:
                    pending.append(span)
            else:
                carried, pending = None, []
            people.read(bare)
        unclosed = bool(quoted) and quoted[-1][1] == len(block) and block[-1:] not in CLOSERS + '"'
        open_speaker = own[-1] if unclosed and own else None
        found += own
    return tuple(sorted(found, key=lambda each: each.start))


@lru_cache(maxsize=TEXTS_KEPT)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(text))


def _attribution(reported: Reported, people: People, span: Span) -> Attribution:
    """Put a speaker into words, under the name that the article has given."""
    who = people.resolve(reported)
    ways = [
        f"to {reported.listener}" if reported.listener else None,
        reported.medium,
        f"as reported by {reported.outlet}" if reported.outlet else None,
    ]
    speaker = ", ".join([who.shown, *(way for way in ways if way)])
    if len(speaker) > LONGEST_SPEAKER:
        speaker = who.shown
    if len(speaker) > LONGEST_SPEAKER:
        speaker = who.name
    return Attribution(speaker=speaker, name=who.name, start=span[0], end=span[1])


def _quotations(block: str) -> Iterator[Span]:
    """Yield what stands in quotation marks, marks included; one left open runs to the end.

    A single mark may be an apostrophe, so it closes only after a stop or around a few words. What
    is too long was opened or closed by mistake.
    """
    opened: int | None = None
    kind = ""
    for match in MARK.finditer(block):
        mark, place = match.group(), match.start()
        begins = not block[max(0, place - 1) : place].strip(" \n(—–:")
        if opened is not None and place - opened > LONGEST_QUOTATION[kind in SINGLE]:
            opened = None
        if opened is None:
            if mark in CLOSED_BY and (mark not in "\"'" or begins):
                opened, kind = place, mark
        elif mark in CLOSED_BY[kind] and (kind not in SINGLE or _closes(block, opened, place)):
            yield opened, place + 1
            opened = None
        elif kind in SINGLE and mark in '"“':
            opened, kind = place, mark
    if opened is not None and kind not in SINGLE:
        if len(block) - opened <= LONGEST_QUOTATION[False]:
            yield opened, len(block)


def _closes(block: str, opened: int, place: int) -> bool:
    """Say whether a single mark closes a quotation, and is no apostrophe."""
    if block[place - 1] in ",.?!…":
        return True
    return place - opened <= SCARE_QUOTE and not set(block[opened:place]) & set(".!?")


def _bare(block: str, first: int, after: int, quoted: list[Span]) -> str:
    """Return a sentence with a gap in the place of each quotation that it has a part of."""
    pieces: list[str] = []
    read = first
    for start, end in quoted[bisect_right(quoted, first, key=_end_of) :]:
        if start >= after:
            break
        pieces += [block[read : max(read, start)], GAP]
        read = min(end, after)
    return "".join([*pieces, block[read:after]])


def _is_only_quoted(bare: str) -> bool:
    return GAP in bare and not any(map(str.isalnum, bare))


def _same_quotation(quoted: list[Span], pending: list[Span], first: int, shift: int) -> list[Span]:
    """Return the sentences before `first` that stand in the quotation which goes on in it."""
    place = bisect_right(quoted, first, key=_end_of)
    if not pending or place == len(quoted) or quoted[place][0] >= first:
        return []
    return [span for span in pending if span[0] - shift >= quoted[place][0]]


def _end_of(span: Span) -> int:
    return span[1]
