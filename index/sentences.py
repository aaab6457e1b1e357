"""Find sentences in plain text by rule, with exact offsets, in time linear in its length.

Text comes from web pages, so a line may be a paragraph, a caption, or a piece of hard-wrapped
prose. Lines are first gathered into blocks; then each block is split at full stops that end a
sentence. Where a full stop is ambiguous ("the U.S. Army"), two sentences are rather kept together
than one broken in two: a quote that is too long can be read, one that is too short cannot.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

WIDEST_WRAP = 120
"""Characters; a longer line is a paragraph of its own, not a piece of hard-wrapped prose."""

NARROWEST_WRAP = 45
"""Characters; lines in a run that stays below it are labels, list items or verse."""

FEWEST_WORDS = 4
"""A shorter text is a label, even with a full stop."""

FEWESTUNSPACED = 8
"""Characters; the same bound for scripts that put no spaces between words."""

LOOK_BACK = 40
LOOK_AHEAD = 90
"""Characters around a full stop that are read to judge it; they keep the judging linear."""

_CLOSERS = "\"'”’»›)\\]}」』）】*_"
_AFTER_MARK = rf"(?:[{_CLOSERS}]|[“«](?=\s|\Z)|[ \u00a0\u202f]»|\[\w{{1,3}}\]|[¹²³⁰⁴-⁹])*"
"""Closing quotes of several languages (German closes with “, French with " »"), note marks."""
_ENDER = re.compile(rf"[.!?…。！？｡।؟۔።]+{_AFTER_MARK}")
_OPENERS = re.compile(r"[\s\"'“‘«‹„‚(\[{「『（¿¡*_—–-]*")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»„(\[{/—–]*\Z")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}|Ph\.D")
_INITIAL = re.compile(r"[A-Z]\.")
_GLUED = re.compile(r"[A-Z][a-z]*(?=[\s,])|[“‘][A-Z]")
_DOMAIN = re.compile(r"(?:Com|Net|Org|Io|Js|Co|Ai)\b")
_ATTRIBUTION = re.compile(
    r"(?!(?:He|She|They|It|We|I)\b)(?:[A-Z][\w.’'-]+ ){1,3}"
    r"(?:said|says|asked|asks|added|wrote|told|replied|shouted|cried|wondered)\b"
)
_LIST_MARK = re.compile(r"\s*(?:[-*•·–—▪●]|\(?\w{1,2}[.)])\s")
_END_OF_SENTENCE = re.compile(rf"[.!?…。！？｡।؟۔።]{_AFTER_MARK}\s*\Z")
_CREDIT = re.compile(
    r"(?i)(?:additional )?(?:reporting|editing|writing|photographs?|photography|graphics?|text|"
    r"translation|translated|compiled|edited|written) by\b|(?:photo|image|picture|credit|source|"
    r"caption|foto|bild|quelle)s?\s*[:：]"
)
_BYLINE = re.compile(r"(?:By|BY|Von|Par|Por)(?: [A-Z][\w.’'-]*,?| and| und| et| y| &)+")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")

TITLES = frozenset(
    "Mr Mrs Ms Mx Dr Prof Gen Lt Col Sgt Capt Maj Cmdr Adm Brig Cpl Pvt Sen Rep Gov Pres Rev Hon "
    "Msgr Supt Insp Det Atty M MM Mme Mlle Hr Fr Sr Sra Srta Dra vs bzw ca vgl sog geb Dipl "
    "Ing".split()
)
"""Never end a sentence when a word follows."""

BEFORE_NUMBERS = frozenset(
    "no nos nr art abs vol fig figs sec ch chap p pp para approx ca c circa est rs bd kap seite "
    "núm num pág jan feb mar apr jun jul aug sep sept oct okt nov dec dez janv févr avr juil déc "
    "ene abr ago dic".split()
)
"""End no sentence when a number follows."""

MAYBE = frozenset(
    "Inc Corp Co Ltd LLC Bros Jr St Ste Mt Ft Ave Blvd Rd Hwy Dept Univ Assn Natl Govt Dist "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill "
    "Ind Kan Ky Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo "
    "inc etc al cf eg ie viz usw".split()
)
"""End a sentence only if the next word plainly begins one."""

STARTERS = frozenset(
    "the a an in on at it he she they we i but and however this that these those there when while "
    "after before as if then his her their its our my you what who why how for from by with since "
    "under some many most several both all another meanwhile still yet so or also now here not no "
    "according although though because during despite until unlike nor each every neither either "
    "der die das ein eine es er sie wir ich im am aber und doch nach auch bei mit "
    "le la les un une il elle ils elles nous dans en mais ce cette ces selon pour "
    "el los las una pero según".split()
)
"""Words that, with a capital, begin a sentence rather than go on a name."""

AFTER_ORDINALS = frozenset(
    "januar jänner februar märz april mai juni juli august september oktober november dezember "
    "jahrhundert jahrhunderts liga bundesliga platz runde stock klasse".split()
)
"""What follows a German ordinal: "am 3. Oktober"."""

AFTER_CLOCK = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december eastern central pacific mountain local "
    "gmt utc est edt cst cdt mst mdt pst pdt bst cet cest ist jst aest et pt ct".split()
)
"""What may follow "p.m." within a sentence."""


def sentence_spans(text: str) -> list[Span]:
    """Return the (start, end) of every sentence and lone line, in order.

    Each span starts and ends with a character that is no space, and together they hold every
    such character once. Offsets count characters of `text`.
    """
    return [span for block in block_spans(text) for span in split_block(text, *block)]


def is_sentence(text: str) -> bool:
    """Tell whether a span reads as a sentence, and not as a caption, label, credit or byline.

    It needs terminal punctuation, closing quotes and footnote marks aside, and a few words.
    """
    text = text.strip()
    if not _END_OF_SENTENCE.search(text[-LOOK_BACK:]):
        return False
    if _CREDIT.match(text) or _BYLINE.fullmatch(text[:LOOK_AHEAD].rstrip(".")):
        return False
    words = len(text[:1000].split())
    return words >= FEWEST_WORDS or (
        len(text) >= FEWESTUNSPACED and bool(UNSPACED.search(text[:1000]))
    )


def count_words(text: str) -> int | None:
    """Return how many words a text has; None where its script puts no spaces between words."""
    sample = text[:1000]
    if len(UNSPACED.findall(sample)) > len(sample) / 2:
        return None
    return len(text.split())


def block_spans(text: str) -> list[Span]:
    """Return the (start, end) of every paragraph or lone line.

    A blank line always parts two blocks; a single newline does, unless it only wraps prose.
    """
    blocks: list[Span] = []
    for run in _runs(text):
        width = max(end - start for start, end in run)
        # In wrapped prose some line goes on in the middle of a sentence; in a list none does.
        prose = any(text[start].islower() for start, _ in run[1:])
        blocks.append(run[0])
        for line, following in pairwise(run):
            if _wraps(text, line, following, width=width, prose=prose):
                blocks[-1] = (blocks[-1][0], following[1])
            else:
                blocks.append(following)
    return blocks


def _runs(text: str) -> Iterator[list[Span]]:
    """Yield runs of neighbouring lines that may be one hard-wrapped text; a long line is alone."""
    run: list[Span] = []
    start = 0
    while start <= len(text):
        newline = text.find("\n", start)
        stop = len(text) if newline < 0 else newline
        line = text[start:stop]
        stripped = line.strip()
        left = start + len(line) - len(line.lstrip())
        wide = len(stripped) > WIDEST_WRAP
        if run and (not stripped or wide):
            yield run
            run = []
        if wide:
            yield [(left, left + len(stripped))]
        elif stripped:
            run.append((left, left + len(stripped)))
        start = stop + 1
    if run:
        yield run


def _wraps(text: str, line: Span, following: Span, *, width: int, prose: bool) -> bool:
    """Tell whether the newline between two lines of a run only wraps prose.

    A wrapped line breaks where the next word would not have fitted, so a line with room for it
    was ended on purpose, unless the next goes on in the middle of a sentence.
    """
    after = text[following[0] : following[1]]
    if width < NARROWEST_WRAP or _LIST_MARK.match(after):
        return False
    length = line[1] - line[0]
    ended = _END_OF_SENTENCE.search(text[max(line[0], line[1] - LOOK_BACK) : line[1]]) is not None
    if after[0].islower() and not ended and length >= width / 2:
        return True
    if len(after.split(maxsplit=1)[0]) < width - length:
        return False
    return prose or (not ended and _END_OF_SENTENCE.search(after[-LOOK_BACK:]) is not None)


def split_block(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the (start, end) of the sentences of one block; see `block_spans`."""
    for match in _ENDER.finditer(text, start, end):
        if match.start() < start or match.end() >= end:
            continue
        if _ends_sentence(text, match, start, end):
            yield start, match.end()
            start = match.end()
            while start < end and text[start].isspace():
                start += 1
    if start < end:
        yield start, end


def _ends_sentence(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Tell whether the punctuation ends a sentence; the block goes on after it."""
    mark = match.group()
    ahead = text[match.end() : min(end, match.end() + LOOK_AHEAD)]
    if mark[0] in "。！？｡":
        return not (mark[-1] in "」』" and ahead[0] == "と")
    before = _word_before(text, match.start(), start)
    if not ahead[0].isspace():
        return _is_glued(before, ahead)
    following = ahead[_OPENERS.match(ahead).end() :]  # type: ignore[union-attr]
    if not following or following[0].islower() or following[0] in ".,;:!?…":
        return False
    if mark[0] != ".":
        closes_quote = len(mark) > 1 and mark[-1] in "\"'”’»"
        return not (closes_quote and mark[0] in "!?" and _ATTRIBUTION.match(following))
    if mark.startswith(".."):
        return True
    if len(mark) > 1:
        opened = text[max(start, match.start() - len(before) - 1)]
        return not (mark[1] in ")]" and opened in "([")
    return _period_ends(before, following, at_start=match.start() - len(before) == start)


def _period_ends(before: str, following: str, *, at_start: bool) -> bool:
    """Judge a lone full stop between a word and what may be the next sentence."""
    word = before.lower()
    next_word = _WORD_AFTER.match(following)
    name = next_word.group().lower() if next_word else ""
    begins = name in STARTERS and not following[len(name) : len(name) + 1] == "."
    if before.isdigit():
        return not (at_start or (len(before) <= 2 and name in AFTER_ORDINALS))
    if following[0].isdigit() and word in BEFORE_NUMBERS:
        return False
    if before in TITLES or (len(before) == 1 and _INITIAL.match(following)):
        return False
    if word in {"a.m", "p.m"}:
        return following[0].isalpha() and name not in AFTER_CLOCK
    initial = len(before) == 1 and before.isupper()
    if initial or before in MAYBE or _ACRONYM.fullmatch(before):
        return begins
    return True


def _word_before(text: str, position: int, start: int) -> str:
    window = text[max(start, position - LOOK_BACK) : position]
    match = _WORD_BEFORE.search(window)
    return match.group() if match else ""


def _is_glued(before: str, ahead: str) -> bool:
    """Tell whether a space got lost between two sentences ("the end.The next")."""
    plain = len(before) > 2 and before.isalpha() and before.islower()
    return plain and bool(_GLUED.match(ahead)) and not _DOMAIN.match(ahead)
