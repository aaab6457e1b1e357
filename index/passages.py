"""Cut an article into passages: runs of whole sentences, of about 100 to 160 tokens."""

import hashlib
from collections.abc import Iterator
from functools import cache

from tokenizers import Tokenizer

from index.bundled import read_bundled
from index.sentences import sentence_spans
from index.types import Article, ArticleInfo, Passage

RULES = "sentences 100-160 v1"
"""Names the rules below; a library cut by others says that it must be rebuilt."""

FEWEST_TOKENS = 100
MOST_TOKENS = 160
MOST_LAST_TOKENS = 200
"""A short last passage joins the one before it up to this length."""

LONGEST_SENTENCE = 240
"""Tokens; a longer "sentence" (a table, a list without full stops) is cut between words."""

CHARACTERS_A_TOKEN = 3
"""A low estimate, for cutting endless sentences without counting them token by token."""

Span = tuple[int, int]


def heading(article: ArticleInfo) -> str:
    """Return what stands above a passage when it is embedded or ranked: title, outlet and date."""
    parts = [article.title, article.source, article.published and article.published[:10]]
    return " · ".join(part for part in parts if part)


def headed(article: ArticleInfo, text: str) -> str:
    """Return a passage's text under its article's heading, as the models read it."""
    head = heading(article)
    return f"{head}\n{text}" if head else text


def cut_passages(article: Article) -> list[Passage]:
    """Return passages in order; together they hold every sentence of the article once."""
    text = article.text
    pieces = [piece for span in sentence_spans(text) for piece in _bounded(text, span)]
    sizes = count_tokens([text[start:end] for start, end in pieces])
    return [
        Passage(
            id=_passage_id(article.id, start, end),
            article_id=article.id,
            start=start,
            end=end,
            text=text[start:end],
        )
        for start, end in _group(pieces, sizes)
    ]


def count_tokens(texts: list[str]) -> list[int]:
    """Return each text's length in tokens of the bundled embedder."""
    encodings = _tokenizer().encode_batch(texts, add_special_tokens=False)
    return [len(encoding.ids) for encoding in encodings]


def _group(pieces: list[Span], sizes: list[int]) -> list[Span]:
    """Join sentences until the next would pass the most, keeping the last from being tiny."""
    groups: list[list[int]] = []
    for (start, end), size in zip(pieces, sizes, strict=True):
        if groups and groups[-1][2] + size <= MOST_TOKENS:
            groups[-1][1] = end
            groups[-1][2] += size
        else:
            groups.append([start, end, size])
    if (
        len(groups) > 1
        and groups[-1][2] < FEWEST_TOKENS
        and groups[-2][2] + groups[-1][2] <= MOST_LAST_TOKENS
    ):
        last = groups.pop()
        groups[-1][1] = last[1]
    return [(start, end) for start, end, _ in groups]


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """Yield the span, cut between words where it is longer than any sentence should be."""
    start, end = span
    limit = LONGEST_SENTENCE * CHARACTERS_A_TOKEN
    while end - start > limit:
        space = text.rfind(" ", start + limit // 2, start + limit)
        stop = space if space > 0 else start + limit
        yield start, stop
        start = stop
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _passage_id(article_id: str, start: int, end: int) -> str:
    return hashlib.sha256(f"{article_id} {start} {end}".encode()).hexdigest()[:16]


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.from_buffer(read_bundled("bge_small_en").tokenizer)
