"""Sentences with a planted error, made from a public set of questions.

The sound sentence is what people wrote or marked as the answer: a sentence of the set's reference
where that is one, else the gold sentence itself. The error is one name, day or number in it,
exchanged for another of its kind from another article, which the article at hand does not hold.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from eval.bench_files import Bench, sentences_of
from eval.draft_facts import Fact, facts_in, facts_of, fits_in_for
from eval.planted_cases import Planted
from eval.swaps import drawn, exchange
from eval.types import Case
from index import Article
from rag.mentions import forms_in

FEWEST_WORDS = 5
"""Words from which a reference is a sentence and no bare answer."""


def planted_cases(bench: Bench, cases: Sequence[Case]) -> list[Planted]:
    """Return one case for each question that has an answer with a fact to exchange in it."""
    articles = {article.path: article for article in bench.articles if article.path}
    facts = {article.id: facts_of(article) for article in bench.articles}
    made = (
        next(_planted(case, articles[case.paths[0]], facts), None)
        for case in cases
        if case.answerable and case.spans
    )
    return [case for case in made if case]


def _planted(case: Case, article: Article, facts: dict[str, tuple[Fact, ...]]) -> Iterator[Planted]:
    """Yield what can be made of a case, the first sentence of its answer first."""
    forms = forms_in(f"{article.title or ''}. {article.text}")
    others = {
        fact.text: fact
        for article_id, found in facts.items()
        if article_id != article.id
        for fact in found
        if not forms_in(fact.text) <= forms
    }
    for sentence in _answer_sentences(case):
        for fact in facts_in(sentence, facts[article.id]):
            fitting = [
                other.text
                for other in others.values()
                if (other.kind, other.shape) == (fact.kind, fact.shape) and fits_in_for(other, fact)
            ]
            for wrong in drawn(fitting, f"{case.id} {fact.text}")[:1]:
                yield Planted(
                    article=PurePath(case.paths[0]).name,
                    evidence=[span.quote for span in case.spans],
                    question=case.question,
                    sound=sentence,
                    planted=exchange(sentence, fact.text, wrong),
                    kind=fact.kind,
                )


def _answer_sentences(case: Case) -> tuple[str, ...]:
    if case.reference and len(case.reference.split()) >= FEWEST_WORDS:
        return sentences_of(case.reference)
    return tuple(span.quote for span in case.spans)
