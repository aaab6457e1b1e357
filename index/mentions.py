"""Every place where a phrase or a name stands: found by the word index, confirmed in the text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from index.catalogue import WORD, Catalogue
from index.clean import normalise
from index.errors import BadValue, UnknownArticle
from index.sentences import UNSPACED, Span, block_spans, split_block
from index.stopwords import STOPWORDS
from index.types import ArticleInfo, Mention

LONGEST_PHRASE = 200
"""Characters; longer text is no phrase but a quotation, and each word of it costs time."""

MOST_MENTIONS = 10_000
"""Given back at most, unless more are asked for, so that one common word cannot fill the memory."""

WIDEST_SENTENCE = 600
"""Characters; of a longer "sentence" (a table, a list) only the words around the phrase are given,
so that a hostile one with thousands of mentions is not given thousands of times."""

AROUND = 240
"""Characters that are given before and after a phrase in too long a sentence."""

_ALIKE = {
    character: f"[{re.escape(kinds)}]"
    for kinds in ("'‘’‚‛′´`＇", '"“”„‟″«»＂', "-‐‑‒–—―−﹣－", "σς")
    for character in kinds
}
"""What writers, typesetters and machines write differently, as a pattern for each kind."""
_APOSTROPHE = _ALIKE["'"]


class Phrase:
    """A phrase to be found in texts, whatever the case, the spacing and the kind of quotes."""

    def __init__(self, phrase: str) -> None:
        """Read a phrase.

        Raises:
            BadValue: it holds no letter or digit, or is too long.
        """
        bare = " ".join(_folded(normalise(phrase)).split()).strip(' "')
        if not any(map(str.isalnum, bare)):
            raise BadValue("The phrase holds no word. Give a word, a name or a figure.")
        if len(bare) > LONGEST_PHRASE:
            raise BadValue(
                f"The phrase has {len(bare)} characters; at most {LONGEST_PHRASE} are looked for. "
                "Give the few words that matter."
            )
        middle = "".join(r"\s++" if c == " " else _ALIKE.get(c, re.escape(c)) for c in bare)
        self._pattern = re.compile(_left_edge(bare[0]) + middle + _right_edge(bare[-1]))
        self._is_unspaced = UNSPACED.search(bare) is not None
        self._bare = bare

    @property
    def telling_words(self) -> list[str]:
        """The words by which the word index finds articles; none where it cannot know them.

        A script without spaces is one endless word to it.
        """
        if self._is_unspaced:
            return []
        words = list(dict.fromkeys(WORD.findall(self._bare)))
        return [word for word in words if word not in STOPWORDS] or words

    def spans(self, text: str) -> Iterator[Span]:
        """Yield the (start, end) of each place in a text, in order, in time linear in its length.

        A possessive "'s" after the phrase is no part of the span.
        """
        for match in self._pattern.finditer(_folded(text)):
            following = text[match.end() : match.end() + 1]
            if not following or unicodedata.category(following)[0] != "M":
                yield match.span()


def find_mentions(catalogue: Catalogue, phrase: Phrase) -> Iterator[Mention]:
    """Yield where a phrase stands in the live articles, oldest first, undated ones last.

    Each of its words need only stand somewhere in an article for its text to be read: a phrase may
    begin in one passage and end in the next, which a phrase query would miss.
    """
    infos = catalogue.articles_with(phrase.telling_words)
    infos.sort(key=lambda info: (info.published is None, info.published, info.key))
    for info in infos:
        try:
            text = catalogue.article(info.id).text
        except UnknownArticle:  # erased since the list was made
            continue
        yield from _in_article(info, text, phrase)


def _in_article(info: ArticleInfo, text: str, phrase: Phrase) -> Iterator[Mention]:
    sentences = _Sentences(text)
    for start, end in phrase.spans(text):
        first, last = sentences.around(start, end)
        yield Mention(
            article=info,
            start=start,
            end=end,
            sentence_start=first,
            sentence_end=last,
            sentence=text[first:last],
        )


class _Sentences:
    """The sentences of a text, of which only the paragraphs that are asked about are split."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: list[Span] = []
        self._split: dict[Span, list[Span]] = {}

    def around(self, start: int, end: int) -> Span:
        """Return the sentence around a span, or from the first to the last that it touches.

        Too long a one is cut, between words, to the neighbourhood of the span.
        """
        first, last = self._at(start)[0], self._at(end - 1)[1]
        if last - first > WIDEST_SENTENCE:
            if start - first > AROUND:
                space = self._text.find(" ", start - AROUND, start)
                first = start - AROUND if space < 0 else space + 1
            if last - end > AROUND:
                space = self._text.rfind(" ", end, end + AROUND)
                last = end + AROUND if space < 0 else space
        return first, last

    def _at(self, position: int) -> Span:
        self._blocks = self._blocks or block_spans(self._text)
        block = _last_before(self._blocks, position)
        if block not in self._split:
            self._split[block] = [*split_block(self._text, *block)]
        return _last_before(self._split[block], position)


def _last_before(spans: list[Span], position: int) -> Span:
    return spans[bisect_right(spans, position, key=lambda span: span[0]) - 1]


def _folded(text: str) -> str:
    """Return a text in small letters and of the same length; Turkish İ would become two."""
    return text.replace("İ", "i").lower()


def _left_edge(first: str) -> str:
    """Return what must not stand before a phrase: the rest of a word, a name or a figure."""
    if not first.isalnum() or UNSPACED.match(first):
        return ""
    return rf"(?<!\w)(?<!o{_APOSTROPHE})" + (r"(?<!\d[.,])" if first.isdigit() else "")


def _right_edge(last: str) -> str:
    """Return what must not follow a phrase; "Wede's" and "Wede'll" are mentions, "don't" is not."""
    if not last.isalnum() or UNSPACED.match(last):
        return ""
    return rf"(?!\w)(?!{_APOSTROPHE}t(?!\w))" + (r"(?![.,]\d)" if last.isdigit() else "")
