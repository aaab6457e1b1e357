"""Runs made by hand, whose sentences a model is said to have written, for tests without models."""

from typing import Any

from eval.types import Case, Outcome, Report
from index.types import ArticleInfo, Hit, Passage
from rag.types import Answer, Citation, Sentence, Support

ARTICLE = "a" * 16
BEFORE = "The harbour office closed the ramp on Monday. Divers had found cracks in two supports. "
QUOTE = "Repairs will cost 3.4 million crowns, the harbour master Jonas Wede said."
AFTER = " The ramp is to open again in November. Until then buses run. The ride is free."


def citation(quote: str = QUOTE, start: int = len(BEFORE), **fields: Any) -> Citation:
    known = {"title": "Ramp closed", "source": "Courier", "url": None, "published": "2025-10-28"}
    return Citation(
        number=1,
        article_id=ARTICLE,
        start=start,
        end=start + len(quote),
        quote=quote,
        **(known | fields),
    )


def written(text: str, *citations: Citation, score: float | None = 0.9, **fields: Any) -> Sentence:
    known: dict[str, Any] = {"verdict": "supported", "score": score}
    return Sentence(
        text=text, citations=citations or (citation(),), support=Support(**(known | fields))
    )


def outcome(number: int, *sentences: Sentence, **fields: Any) -> Outcome:
    """The outcome of case "cN", about an article of its own."""
    text = BEFORE + QUOTE + AFTER
    passage = Passage(id="p", article_id=ARTICLE, start=0, end=len(text), text=text)
    hit = Hit(passage=passage, article=ArticleInfo(id=ARTICLE, key="ferry.txt"), score=1.0)
    question = f"What will repair {number} cost?"
    known: dict[str, Any] = {"question": question, "asked": question, "hits": (hit,), "score": 0.7}
    return Outcome(
        case=Case(id=f"c{number}", question=question, answerable=True, paths=(f"{number}.txt",)),
        answer=Answer(sentences=sentences, **(known | fields)),
        first_sentence=0.1,
        whole_answer=0.2,
    )


def run_of(*outcomes: Outcome) -> Report:
    return Report(settings={}, versions={}, commit=None, scores=(), outcomes=outcomes)


def repairs(n: int = 6) -> list[Outcome]:
    """So many cases of one written sentence each."""
    return [outcome(i, written(f"Repair {i} will cost 3.4 million crowns.")) for i in range(n)]
