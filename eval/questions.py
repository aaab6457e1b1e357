"""Questions for fitting the refusal: as the public sets ask them, and made unanswerable two ways.

The sets hold few questions of the kinds that news brings: an article that speaks of the matter
but does not say, and a question with one fact wrong. Both are made from SQuAD 2's answerable
questions, whose paragraphs are joined to whole articles first.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.benches import Bench, sample_cases
from eval.parts import Part, part_of
from eval.types import Case
from index import Article
from index.sentences import sentence_spans
from index.types import Value
from rag.mentions import form, forms_in, names_in, numbers_in

Group = Literal["clapnq", "not said", "near miss", "squad2"]

SQUAD2_CASES = 600
"""Questions of SQuAD 2 that are asked, drawn by a hash of their ids."""


@dataclass(frozen=True, kw_only=True)
class Question(Value):
    """A question, and whether the articles answer it."""

    group: Group
    part: Part
    text: str
    answerable: bool
    hidden: str | None = None
    """A paragraph that is taken away before the question is asked."""


def clapnq_questions(bench: Bench) -> list[Question]:
    """Return ClapNQ's own questions."""
    titles = {article.path: article.title or article.key for article in bench.articles}
    return [
        Question(
            group="clapnq",
            part=part_of(titles[case.paths[0]]),
            text=case.question,
            answerable=case.answerable,
        )
        for case in bench.cases
    ]


def squad2_questions(bench: Bench) -> list[Question]:
    """Return SQuAD 2's answerable questions, twice made unanswerable, and its own unanswerable.

    The last were written to be told apart by reasoning alone; they are reported, and not fitted.
    """
    paragraphs = {article.path: article for article in bench.articles}
    wholes = {article.title: article for article in joined(bench.articles)}
    questions = []
    for case in sample_cases(bench.cases, SQUAD2_CASES):
        paragraph = paragraphs[case.paths[0]]
        whole = wholes[paragraph.title]
        part = part_of(paragraph.title or paragraph.key)
        if not case.answerable:
            questions.append(
                Question(group="squad2", part=part, text=case.question, answerable=False)
            )
            continue
        own, other = case.question, _with_one_fact_wrong(case, paragraph.text, whole.text)
        questions += [
            Question(group="not said", part=part, text=own, answerable=True),
            Question(
                group="not said", part=part, text=own, answerable=False, hidden=paragraph.text
            ),
        ]
        if other is not None:
            questions += [
                Question(group="near miss", part=part, text=own, answerable=True),
                Question(group="near miss", part=part, text=other, answerable=False),
            ]
    return questions


def joined(paragraphs: Sequence[Article]) -> list[Article]:
    """Return one article a title, its paragraphs in order."""
    by_title: dict[str, list[str]] = defaultdict(list)
    for paragraph in paragraphs:
        by_title[paragraph.title or paragraph.key].append(paragraph.text)
    articles = []
    for title, texts in by_title.items():
        text = "\n\n".join(texts)
        identity = hashlib.sha256(text.encode()).hexdigest()[:16]
        articles.append(Article(id=identity, key=title, title=title, text=text, language="en"))
    return articles


def _with_one_fact_wrong(case: Case, paragraph: str, article: str) -> str | None:
    """Return the question with its last name or number exchanged for another of the article."""
    near = forms_in(f"{paragraph} {case.question}")
    finders: tuple[Callable[[str], list[str]], ...] = (names_in, numbers_in)
    for find in finders:
        for word in find(case.question)[-1:]:
            others = {
                other
                for sentence in _sentences(article)
                for other in find(sentence)
                if form(other) not in near
            }
            if others:
                return case.question.replace(word, _drawn(others, case.id))
    return None


def _sentences(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in sentence_spans(text))


def _drawn(words: set[str], seed: str) -> str:
    """Return one of the words, always the same one for a seed."""
    return min(words, key=lambda word: hashlib.sha256(f"{seed} {word}".encode()).digest())
