"""An article that contradicts itself: one promise, plan or deal that it calls by two purposes.

"She promised a fund for schools" and, further down, "the health fund", where the article has
introduced one fund alone. Whatever hints at a second fund keeps the rule silent.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import Article
from index.sentences import Span, is_sentence, sentence_spans
from rag.citations import Footnotes, cite_span
from rag.mentions import form, forms_in
from rag.orders import overlaps_order
from rag.prompts import DESCRIBED
from rag.purposes import FIELDS_OF, fields_in
from rag.types import Citation, Disagreement, Side

HEADS = (
    "fund plan agreement pact deal programme program scheme bill treaty loan grant tax levy "
    "project initiative strategy package committee commission taskforce contract budget office"
).split()
"""Nouns for a promise or a body that news names by its purpose."""

_MENTION = re.compile(
    rf"\b(?P<head>{'|'.join(HEADS)})(?P<plural>s|es)?\b|\b(?P<ies>strateg|treat|lev)ies\b",
    re.IGNORECASE,
)
LOOK_BACK = 60
"""Characters before a noun in which its article and modifiers stand; bounds the time of each."""

_WORDS_BEFORE = re.compile(r"(?:[^\W_][\w’'-]*\s{1,2}){1,5}\Z")
_CLAUSE = re.compile(r"[^.;:!?()—–,]*")
_SERVES = re.compile(r"\s+(?:for|to|that|which|of|on|aimed|meant|designed|dedicated|worth)\b")
_PLACE = re.compile(
    r"\s+(?:in|across|throughout|by|at|over|from|with|after|before|during|within)\b"
)

INDEFINITE = frozenset("a an".split())
POINTING = frozenset("the this that its his her their our my".split())
LIGHT = frozenset(
    "new newly first proposed planned promised pledged announced agreed big large huge major small "
    "special national government federal public ambitious long-awaited multi-year joint whole "
    "entire final draft future".split()
)
"""Modifiers that tell no thing from another."""
VERB_BEFORE = frozenset(
    "to will would can could may might must should shall not and or we they i you who".split()
)
"""After these the noun is likely a verb: "to fund", "will tax"."""
ANOTHER = frozenset(
    "another second third other separate further additional existing earlier previous old former "
    "different each every any some no two three several many both similar rival current".split()
)
"""Before a noun they say that there are several, so that two descriptions are no contradiction."""

MOST_ARTICLES = 3


@dataclass(frozen=True)
class _Mention:
    """A noun of `HEADS` where it stands, and what stands before it."""

    head: str
    start: int
    """Where its article starts, or the noun itself."""
    end: int
    article: str
    """"a", "the" or nothing."""
    modifiers: tuple[str, ...]
    plural: bool

    @property
    def named(self) -> bool:
        """Whether it is part of a name: "the European Fund"."""
        return any(not word.islower() for word in self.modifiers)


@dataclass(frozen=True)
class Contradiction:
    """Two sentences of one article that describe one thing as two."""

    article: Article
    introduction: Span
    later: Span
    called: tuple[str, str]
    """What each sentence calls it."""
    words: frozenset[str]
    """Forms of the noun, and of what the two sentences say it is for."""


def show_contradictions(
    question: str,
    articles: Sequence[Article],
    cited: Sequence[Citation],
    footnotes: Footnotes,
) -> tuple[Disagreement, ...]:
    """Return where articles contradict themselves about what is asked, or what is quoted.

    Args:
        question: What is asked, standalone.
        articles: Those that the answer rests on, best first; three are read.
        cited: The footnotes of the answer.
        footnotes: Numbers them on from there.
    """
    asked = forms_in(question)
    return tuple(
        _show(found, footnotes)
        for article in articles[:MOST_ARTICLES]
        for found in find_contradictions(article)
        if found.words & asked or any(_touches(found, citation) for citation in cited)
    )


def find_contradictions(article: Article) -> list[Contradiction]:
    """Return every pair of sentences in which an article gives one thing two purposes."""
    by_head: dict[str, list[_Mention]] = {}
    for mention in _mentions(article.text):
        by_head.setdefault(mention.head, []).append(mention)
    pairs = [pair for mentions in by_head.values() if (pair := _rivals(article.text, mentions))]
    if not pairs:
        return []
    spans = [
        (start, end)
        for start, end in sentence_spans(article.text)
        if is_sentence(article.text[start:end]) and not overlaps_order(article.text, start, end)
    ]
    return [found for pair in pairs if (found := _quoted(article, spans, *pair))]


def _mentions(text: str) -> Iterator[_Mention]:
    for match in _MENTION.finditer(text):
        words_before = _WORDS_BEFORE.search(text[max(0, match.start() - LOOK_BACK) : match.start()])
        before = words_before.group().split() if words_before else []
        modifiers: list[str] = []
        for word in reversed(before):
            if word.lower() in INDEFINITE | POINTING:
                article = "a" if word.lower() in INDEFINITE else "the"
                break
            modifiers.insert(0, word)
        else:
            article, modifiers = "", before[-1:]
        if not article and before and before[-1].lower() in VERB_BEFORE:
            continue
        plural = bool(match["plural"] or match["ies"])
        head = match["head"].lower() if match["head"] else f"{match['ies'].lower()}y"
        head = "programme" if head == "program" else head
        start = match.start()
        if words_before and article:
            begins = [word.start() for word in re.finditer(r"\S+", words_before.group())]
            start += begins[-len(modifiers) - 1] - len(words_before.group())
        yield _Mention(head, start, match.end(), article, tuple(modifiers), plural)


def _rivals(text: str, mentions: Sequence[_Mention]) -> tuple[_Mention, _Mention] | None:
    """Return an introduction and the later mention that gives the thing another purpose."""
    if any(
        each.plural
        or each.named
        or not each.article
        or {word.lower() for word in each.modifiers} & ANOTHER
        for each in mentions
    ):
        return None
    introductions = [each for each in mentions if each.article == "a"]
    if len(introductions) != 1 or introductions[0] is not mentions[0]:
        return None
    first = mentions[0]
    purposes = fields_in(_described(text, first))
    if not purposes:
        return None
    for later in mentions[1:]:
        telling = [word for word in later.modifiers if word not in LIGHT]
        theirs = fields_in(" ".join(telling))
        if len(telling) > 2 or not theirs:
            continue
        # A field that the text between names may be part of the promise, told in other words.
        between = text[first.end : later.start]
        if not theirs & purposes and not _names_any(telling, between):
            return first, later
    return None


def _described(text: str, first: _Mention) -> str:
    """Return how the introduction calls the thing, up to the end of its clause or the place."""
    head = text[first.start : first.end]
    if fields_in(head) or not _SERVES.match(text, first.end, first.end + 30):
        return head
    clause = _CLAUSE.match(text, first.end, first.end + 200)
    rest = clause.group() if clause else ""
    for place in _PLACE.finditer(rest):
        if fields_in(head + rest[: place.start()]):
            return head + rest[: place.start()]
    return head + rest


def _names_any(words: Sequence[str], text: str) -> bool:
    fields = [FIELDS_OF[form(word)] for word in words if form(word) in FIELDS_OF]
    return any(names & fields_in(text) for names in fields)


def _quoted(
    article: Article, spans: Sequence[Span], first: _Mention, later: _Mention
) -> Contradiction | None:
    """Return two mentions with their sentences; None where a sentence may not be quoted."""
    sentences = [
        next((span for span in spans if span[0] <= each.start and each.end <= span[1]), None)
        for each in (first, later)
    ]
    introduction, further = sentences
    if introduction is None or further is None or introduction == further:
        return None
    described = _described(article.text, first)
    called = (_plain(described), _plain(article.text[later.start : later.end]))
    words = {form(word) for each in called for word in each.split()}
    return Contradiction(
        article,
        introduction,
        further,
        called,
        frozenset({form(first.head)} | {word for word in words if word in FIELDS_OF}),
    )


def _plain(phrase: str) -> str:
    """Return a phrase without the modifiers that tell nothing, its article small."""
    words = phrase.split()
    kept = [
        word
        for word, before in zip(words[1:], words, strict=False)
        if word not in LIGHT or before.lower() not in INDEFINITE | POINTING
    ]
    return " ".join([words[0].lower(), *kept])


def _touches(found: Contradiction, citation: Citation) -> bool:
    return citation.article_id == found.article.id and any(
        start < citation.end and citation.start < end
        for start, end in (found.introduction, found.later)
    )


def _show(found: Contradiction, footnotes: Footnotes) -> Disagreement:
    sides = []
    for start, end in (found.introduction, found.later):
        citation = footnotes.number(cite_span(found.article, start, end, number=0))
        sides.append(Side(text=citation.quote, citations=(citation,), published=citation.published))
    one, other = found.called
    return Disagreement(
        about=DESCRIBED.format(one=one, other=other), sides=tuple(sides), kind="within"
    )
