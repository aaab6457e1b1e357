"""Answers made by hand, for tests that need no model."""

from typing import Any

from index.types import ArticleInfo, Hit, Passage
from rag.types import Answer, Citation, Disagreement, Sentence, Side, Support
from ui.types import Turn

A, B, C = "a" * 16, "b" * 16, "c" * 16

FERRY = "Repairs of the ferry ramp will cost 3.4 million crowns, said its master Jonas Wede today."
MILL = "The Norden Group bought the old paper mill from the town and plans ninety flats there."
DEARER = "The harbour office of Varnholm said that the repairs will cost 4.1 million crowns in all."


def citation(quote: str = FERRY, number: int = 1, article: str = A, **fields: Any) -> Citation:
    known = {
        "title": f"Title of {article[:2]}",
        "source": "Varnholm Courier",
        "published": "2025-10-28",
        "url": "https://courier.example/ferry",
        "start": 0,
        "end": len(quote),
    }
    return Citation(number=number, article_id=article, quote=quote, **(known | fields))


def sentence(text: str, *citations: Citation, verdict: Any = "quoted", **fields: Any) -> Sentence:
    return Sentence(text=text, citations=citations, support=Support(verdict=verdict, **fields))


def hit(text: str = FERRY, article: str = A, **fields: Any) -> Hit:
    known = {
        "key": f"/news/{article[:2]}.txt",
        "title": f"Title of {article[:2]}",
        "source": "Varnholm Courier",
        "published": "2025-10-28",
        "path": f"/news/{article[:2]}.txt",
    }
    passage = Passage(id=f"{article}-0", article_id=article, start=0, end=len(text), text=text)
    return Hit(passage=passage, article=ArticleInfo(id=article, **(known | fields)), score=1.5)


def quoted(*quotes: tuple[str, str], question: str = "What will it cost?", **fields: Any) -> Answer:
    """An answer in quotes; each is given as its words and its article's id."""
    sentences = [
        sentence(quote, citation(quote, number, article))
        for number, (quote, article) in enumerate(quotes, start=1)
    ]
    known = {
        "question": question,
        "asked": question,
        "sentences": tuple(sentences),
        "score": 0.9,
        "hits": tuple(hit(quote, article) for quote, article in quotes),
    }
    return Answer(**(known | fields))


def refused(*quotes: tuple[str, str], question: str = "Who paid?", **fields: Any) -> Answer:
    hits = tuple(hit(quote, article) for quote, article in quotes)
    known = {
        "question": question,
        "asked": question,
        "refused": True,
        "score": 0.1,
        "hits": hits,
        "reason": "The articles do not seem to answer this. These passages come closest.",
    }
    return Answer(**(known | fields))


def differing(first: Citation, second: Citation, **fields: Any) -> Disagreement:
    known = {
        "about": "3.4 million crowns or 4.1 million crowns",
        "sides": (
            Side(text=first.quote, citations=(first,), published=first.published),
            Side(text=second.quote, citations=(second,), note="the later report"),
        ),
    }
    return Disagreement(**(known | fields))


def turn(question: str = "What will it cost?", answer: Answer | None = None, **fields: Any) -> Turn:
    if answer is None and "problem" not in fields:
        answer = quoted((FERRY, A), question=question)
    return Turn(question=question, answer=answer, **fields)
