"""Questions for fitting the refusal: ClapNQ's own, SQuAD 2's made unanswerable two ways, and ours.

The sets hold few questions of the kinds that news brings: an article that speaks of the matter
but does not say, and a question with one fact wrong. Both are made from SQuAD 2's answerable
questions, whose paragraphs are joined to whole articles first. Its own unanswerable questions were
written to be told apart by reasoning alone, and are left out. Ours are those about the passages
that the entailment model was not trained on (`eval/entailment_groups.py`).
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.bench_files import Bench, make_article
from eval.benches import sample_cases
from eval.entailment_examples import every_example
from eval.entailment_groups import PassageGroup
from eval.swaps import drawn, exchange
from index import Article
from index.sentences import sentence_spans
from index.types import Value
from rag.mentions import form, forms_in, join_acronyms, names_in, numbers_in

Group = Literal["clapnq", "not said", "near miss", "written"]

_Facts = dict[Callable[[str], list[str]], set[str]]
"""What each finder finds in an article: its names, its numbers."""

SQUAD2_CASES = 600
"""Cases of SQuAD 2, drawn by a hash of their ids; some half of them have an answer."""


@dataclass(frozen=True, kw_only=True)
class Question(Value):
    """A question, and whether the articles answer it."""

    group: Group
    article: str
    """The title of the article that it is about, or the name of the group of passages."""
    text: str
    answerable: bool
    hidden: str | None = None
    """A paragraph that is taken away before the question is asked."""
    only: str | None = None
    """Id of the article that alone is asked; all are without."""


def clapnq_questions(bench: Bench) -> list[Question]:
    """Return ClapNQ's own questions."""
    titles = {article.path: article.title or article.key for article in bench.articles}
    return [
        Question(
            group="clapnq",
            article=titles[case.paths[0]],
            text=case.question,
            answerable=case.answerable,
        )
        for case in bench.cases
    ]


def squad2_questions(bench: Bench) -> list[Question]:
    """Return SQuAD 2's answerable questions, each beside what makes it unanswerable."""
    paragraphs = {article.path: article for article in bench.articles}
    wholes = {article.title: article for article in joined(bench.articles)}
    facts = {title: _facts_of(article) for title, article in wholes.items()}
    questions = []
    for case in sample_cases(bench.cases, SQUAD2_CASES):
        if not case.answerable:
            continue
        paragraph = paragraphs[case.paths[0]]
        title, own = paragraph.title or paragraph.key, case.question
        questions += [
            Question(group="not said", article=title, text=own, answerable=True),
            Question(
                group="not said", article=title, text=own, answerable=False, hidden=paragraph.text
            ),
        ]
        others = [found for other, found in facts.items() if other != paragraph.title]
        for wrong in _with_one_fact_wrong(own, case.id, wholes[paragraph.title], others):
            questions += [
                Question(group="near miss", article=title, text=own, answerable=True),
                Question(group="near miss", article=title, text=wrong, answerable=False),
            ]
    return questions


def written_questions(groups: Sequence[PassageGroup]) -> tuple[list[Article], list[Question]]:
    """Return our passages as articles, altered ones too, and the questions about each.

    The questions do not name their passage, so each is asked of that alone; and each has both
    labels, beside a passage that answers it and one that does not.
    """
    articles: dict[str, Article] = {}
    questions = []
    for group in groups:
        for example in every_example([group]):
            if not example.is_claim:
                text = " ".join(example.evidence)
                article = make_article(f"{group.name} {len(articles)}", text)
                questions.append(
                    Question(
                        group="written",
                        article=group.name,
                        text=example.text,
                        answerable=example.label == "answered",
                        only=articles.setdefault(text, article).id,
                    )
                )
    return [*articles.values()], questions


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


def _with_one_fact_wrong(
    question: str, seed: str, article: Article, others: Sequence[_Facts]
) -> Iterator[str]:
    """Yield the question with its last name, and its last number, exchanged.

    The other comes from another article, and this one lacks it. One that the article has as well
    takes understanding to tell, more than the signals can.
    """
    question = join_acronyms(question)
    known = forms_in(f"{article.text} {question}")
    for find in (names_in, numbers_in):
        for word in find(question)[-1:]:
            found = {each for facts in others for each in facts[find] if form(each) not in known}
            if found:
                yield exchange(question, word, drawn(found, seed)[0])


def _facts_of(article: Article) -> _Facts:
    """Return an article's names and numbers, sentence by sentence, since a first word is none."""
    sentences = [article.text[start:end] for start, end in sentence_spans(article.text)]
    return {
        find: {word for sentence in sentences for word in find(sentence)}
        for find in (names_in, numbers_in)
    }
