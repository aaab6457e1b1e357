"""Citations: whether each span exists, and stands where people marked the answer."""

from statistics import median

from eval.trial import Trial
from eval.types import Score
from eval.words import word_f1, words
from index import Index, IndexFailure
from rag.types import Citation

OF_CITATIONS = ("citation valid", "cited words", "cited span words")
AGAINST_GOLD = ("gold article cited", "gold span cited", "citations in gold", "cited span F1")


def score_citation(trial: Trial, index: Index) -> list[Score]:
    """Score an answer's citations; undefined for a refusal, the gold ones also without gold."""
    citations = trial.answer.citations
    if trial.answer.refused:
        return trial.unscored("refused", *OF_CITATIONS, *AGAINST_GOLD)
    if not citations:
        unscored = trial.unscored("nothing cited", *OF_CITATIONS)
    else:
        broken = [c.number for c in citations if not is_valid(c, index)]
        reason = f"not exact: {broken}" if broken else None
        lengths = [len(words(citation.quote)) for citation in citations]
        unscored = [
            trial.score(OF_CITATIONS[0], 1 - len(broken) / len(citations), reason),
            trial.score(OF_CITATIONS[1], float(sum(lengths))),
            trial.score(OF_CITATIONS[2], float(median(lengths))),
        ]
    return [*unscored, *_against_gold(trial)]


def is_valid(citation: Citation, index: Index) -> bool:
    """Say whether the cited characters of the article are exactly the quote."""
    try:
        text = index.article(citation.article_id).text
    except IndexFailure:
        return False
    in_bounds = 0 <= citation.start < citation.end <= len(text)
    return in_bounds and text[citation.start : citation.end] == citation.quote


def _against_gold(trial: Trial) -> list[Score]:
    gold, citations = trial.gold, trial.answer.citations
    if not gold.article_ids:
        return trial.unscored("no gold", *AGAINST_GOLD)
    touching = [bool(gold.touched(c.article_id, c.start, c.end, c.quote)) for c in citations]
    from_gold = [
        citation.article_id in gold.article_ids or touches
        for citation, touches in zip(citations, touching, strict=True)
    ]
    article = trial.score("gold article cited", float(any(from_gold)))
    if not gold.spans:
        return [article, *trial.unscored("no gold quote", *AGAINST_GOLD[1:])]
    return [
        article,
        trial.score("gold span cited", float(any(touching))),
        *_by_citation(trial, touching),
    ]


def _by_citation(trial: Trial, touching: list[bool]) -> list[Score]:
    """Scores that are a mean over citations, so undefined without any."""
    if not touching:
        return trial.unscored("nothing cited", *AGAINST_GOLD[2:])
    golds = [words(span.quote) for span in trial.gold.spans]
    nearest = [
        max(word_f1(words(citation.quote), gold) for gold in golds)
        for citation in trial.answer.citations
    ]
    return [
        trial.score("citations in gold", sum(touching) / len(touching)),
        trial.score("cited span F1", sum(nearest) / len(nearest)),
    ]
