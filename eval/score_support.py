"""Support, graded by Footnote's own check: citation recall and precision, support, faithfulness.

The check that let a sentence through grades it here, so these figures say how far citations could
be narrower or more, not whether answers are grounded: reports show them as self-graded. Only what
a language model wrote is graded; a quote is verbatim, so nothing would be learned from it.

Citation recall and precision are ALCE's (Gao et al. 2023), weighted support is TREC RAG's (2024,
arXiv 2504.15205): full 1, partial .5, none 0. Faithfulness is RAGAS's, a sentence being a claim.
"""

from collections.abc import Sequence
from functools import cached_property
from statistics import fmean

from eval.trial import Trial
from eval.types import Score
from eval.weights import OF_VERDICT
from index import Index
from index.sentences import sentence_spans
from rag.premises import Premises, encode_premises, join_premises
from rag.support import check_claim
from rag.types import Answer, Citation, Sentence

METRICS = (
    "citation recall",
    "citation precision",
    "weighted recall",
    "weighted precision",
    "faithfulness",
)


def score_support(trial: Trial, index: Index) -> list[Score]:
    """Grade the sentences that a model wrote; undefined where it wrote none."""
    answer = trial.answer
    if answer.refused:
        return trial.unscored("refused", *METRICS)
    written = [s for s in answer.sentences if s.support.verdict != "quoted"]
    if not written:
        return trial.unscored("all quoted word for word: nothing to grade", *METRICS)
    graded = [_Graded(sentence) for sentence in written]
    citations = [degree for each in graded for degree in each.alone]
    needed = [float(use) for each in graded for use in each.needed]
    return [
        trial.score(METRICS[0], fmean(float(each.whole == 1.0) for each in graded)),
        _mean_or_none(trial, METRICS[1], needed),
        trial.score(METRICS[2], fmean(each.whole for each in graded)),
        _mean_or_none(trial, METRICS[3], citations),
        trial.score(METRICS[4], _faithfulness(answer, written)),
    ]


class _Graded:
    """A sentence held against all that it cites, and against each citation alone."""

    def __init__(self, sentence: Sentence) -> None:
        self._text = sentence.text
        self._premises = [_premises(citation) for citation in sentence.citations]

    @cached_property
    def whole(self) -> float:
        """How far all cited text together carries the sentence; 0 without any."""
        return self._degree(self._premises)

    @cached_property
    def alone(self) -> list[float]:
        """How far each citation carries it."""
        return [self._degree([premises]) for premises in self._premises]

    @property
    def needed(self) -> list[bool]:
        """Whether each citation helps: the whole carries the sentence, and not without it."""
        return [
            self.whole == 1.0 and not (degree < 1.0 and self._degree(self._others(place)) == 1.0)
            for place, degree in enumerate(self.alone)
        ]

    def _others(self, place: int) -> list[Premises]:
        return [each for other, each in enumerate(self._premises) if other != place]

    def _degree(self, premises: Sequence[Premises]) -> float:
        return _degree(self._text, join_premises(premises)) if premises else 0.0


def _premises(citation: Citation) -> Premises:
    quote = citation.quote
    return encode_premises([quote[start:end] for start, end in sentence_spans(quote)])


def _degree(claim: str, premises: Premises) -> float:
    return OF_VERDICT.get(check_claim(claim, premises).verdict, 0.0)


def _faithfulness(answer: Answer, written: Sequence[Sentence]) -> float:
    """Return the share of sentences that all that was retrieved carries."""
    texts = (hit.passage.text for hit in answer.hits)
    retrieved = encode_premises(
        [text[start:end] for text in texts for start, end in sentence_spans(text)]
    )
    return fmean(float(_degree(sentence.text, retrieved) == 1.0) for sentence in written)


def _mean_or_none(trial: Trial, metric: str, values: Sequence[float]) -> Score:
    reason = None if values else "nothing cited"
    return trial.score(metric, fmean(values) if values else None, reason)
