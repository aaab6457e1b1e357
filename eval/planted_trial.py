"""Let a scripted model say a sentence, with footnotes to its evidence, and see what is shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from eval.planted_cases import Planted
from eval.scripted_model import ScriptedModel
from eval.words import find_quote, shared_words, words
from index import Article, Hit, Index
from rag import Answer, stream
from rag.briefing import choose_passages, defused
from rag.evidence import rerank
from rag.pipeline import WHOLE
from rag.prompts import PASSAGE_BEGINS, PASSAGE_ENDS, REPAIR_INSTRUCTIONS
from rag.quotes import rank_windows
from rag.searches import is_search
from rag.settings import rag_settings
from rag.writer import write

MOST_NEIGHBOURS = 6
"""Passages that retrieval found and that stand beside the evidence, where that is put in by hand;
as many as leave room for it among those that a writer sees."""

CLOSE = 0.5
"""Share of a piece's words that a passage must hold where none holds it whole."""

FOUND = 50

PASSAGE = re.compile(
    re.escape(PASSAGE_BEGINS).replace(r"\{number\}", r"(?P<number>\d+)")
    + "\n(?P<text>.*?)\n"
    + re.escape(PASSAGE_ENDS).replace(r"\{number\}", r"(?P=number)"),
    re.DOTALL,
)


@dataclass
class Witness:
    """A model that says one sentence, whatever it is asked, and cites what bears it out."""

    sentence: str
    evidence: Sequence[str]
    cited: tuple[int, ...] = field(default=(), init=False)
    """The passages that it cited; none as long as it did not see all the evidence."""

    def __call__(self, messages: Sequence[Mapping[str, str]]) -> str:
        """Return the sentence with its footnotes; nothing where evidence is missing."""
        rules, asked = (message["content"] for message in messages)
        texts = {int(match["number"]): match["text"] for match in PASSAGE.finditer(asked)}
        found = [_holder(defused(piece), texts) for piece in self.evidence]
        if None in found:
            return ""
        self.cited = tuple(dict.fromkeys(number for number in found if number))
        notes = "".join(f"[{number}]" for number in self.cited)
        mark = "1. " if rules == REPAIR_INSTRUCTIONS else ""
        return f"{mark}{self.sentence} {notes}"


def _holder(piece: str, texts: Mapping[int, str]) -> int | None:
    """Return the number of the passage that holds a piece, or most of its words."""
    for number, text in texts.items():
        if find_quote(text, piece):
            return number
    wanted = words(piece)
    shares = {
        number: shared_words(wanted, words(text)) / max(1, len(wanted))
        for number, text in texts.items()
    }
    best = max(shares, key=lambda number: shares[number], default=None)
    return best if best is not None and shares[best] >= CLOSE else None


def ask(
    case: Planted, sentence: str, index: Index, server: ScriptedModel, *, check: bool = True
) -> Answer | None:
    """Return the answer to a case's question, in which the model says a sentence.

    None where the question is refused, or retrieval does not bring the evidence.
    """
    server.script = witness = Witness(sentence, case.evidence)
    *_, given = stream(case.question, index=index, pipeline=replace(WHOLE, check=check))
    return given if witness.cited else None


def put(
    case: Planted, sentence: str, index: Index, server: ScriptedModel, *, check: bool = True
) -> Answer | None:
    """Return what the writer makes of the evidence, put before it by hand.

    None where the evidence is in none of the articles, or in too many passages of one.
    """
    server.script = witness = Witness(sentence, case.evidence)
    hits = evidence_hits(case, index)
    windows = rank_windows(case.question, hits, search=is_search(case.question))
    if not windows:
        return None
    draft = Answer(question=case.question, asked=case.question, hits=hits, complete=False)
    *_, given = write(draft, windows, index, rag_settings(), check=check)
    return given if witness.cited else None


def evidence_hits(case: Planted, index: Index) -> tuple[Hit, ...]:
    """Return the passages that hold a case's evidence, then others that the question finds."""
    article = _article(case, index)
    if article is None:
        return ()
    passages = index.passages(article.id)
    texts = {number: passage.text for number, passage in enumerate(passages)}
    numbers = dict.fromkeys(_holder(piece, texts) for piece in case.evidence)
    held = [
        Hit(passage=passages[number], article=article.info, score=0.0)
        for number in numbers
        if number is not None
    ]
    ids = {hit.passage.id for hit in held}
    others = [hit for hit in index.search(case.question, FOUND) if hit.passage.id not in ids]
    ranked = (*rerank(case.question, held), *rerank(case.question, others[:MOST_NEIGHBOURS]))
    return choose_passages(ranked)


def _article(case: Planted, index: Index) -> Article | None:
    """Return the article of a case's file that holds most pieces of its evidence."""
    name = case.article.partition("#")[0]
    ids = [info.id for info in index.articles()]
    there = [each for each in ids if any(PurePath(f).name == name for f in index.files(each))]
    return max(map(index.article, there), key=lambda article: _held(case, article), default=None)


def _held(case: Planted, article: Article) -> int:
    return sum(find_quote(article.text, piece) is not None for piece in case.evidence)


def is_shown(sentence: str, given: Answer) -> bool:
    """Say whether an answer shows a sentence in the model's words, be it in several parts."""
    said = [each.text for each in given.sentences if each.support.verdict != "quoted"]
    return bool(said) and words(" ".join(said)) == words(sentence)


def says_anything(given: Answer) -> bool:
    """Say whether an answer shows anything in the model's words."""
    return any(each.support.verdict != "quoted" for each in given.sentences)
