"""What others have published on the public sets: figures alone, with who, where and on what.

A figure stands here only where its source could be looked up.
"""

from dataclasses import dataclass

from index.types import Value

AGGREFACT = "LLM-AggreFact leaderboard"
AGGREFACT_TEST = "test split, whole documents, by claim"
BUMP_PAPER = "Ma and others 2023 (ACL)"
BUMP_PAIRS = "the authors' pairs, whole summaries"
RAGTRUTH_TEST = "test split, 2,700 responses"
MULTIHOP_PAPER = "Tang and Yang 2024 (arXiv 2401.15391)"
MULTIHOP_RETRIEVED = "all answerable questions, chunks of 256 tokens"
SQUAD2_DEV = "whole dev set, the right paragraph given"


@dataclass(frozen=True, kw_only=True)
class Published(Value):
    """A figure of others."""

    set: str
    who: str
    measure: str
    """What it measures, in the field's words."""
    value: float
    """A share, 0 to 1."""
    metric: str | None
    """Our figure that comes nearest, by its name in `MEASURES`; None where there is none."""
    on: str
    """Which split, and under which conditions."""
    source: str


def _wice(who: str, value: float) -> Published:
    return Published(
        set="wice",
        who=who,
        measure="balanced accuracy",
        value=value,
        metric="claim balanced accuracy",
        on=AGGREFACT_TEST,
        source=AGGREFACT,
    )


def _bump(who: str, value: float) -> Published:
    return Published(
        set="bump",
        who=who,
        measure="AUROC",
        value=value,
        metric="claim AUROC",
        on=BUMP_PAIRS,
        source=BUMP_PAPER,
    )


def _ragtruth(who: str, value: float, source: str) -> Published:
    return Published(
        set="ragtruth",
        who=who,
        measure="response-level F1",
        value=value,
        metric="unsupported F1",
        on=RAGTRUTH_TEST,
        source=source,
    )


def _multihop(who: str, measure: str, value: float, metric: str | None, on: str) -> Published:
    return Published(
        set="multihop",
        who=who,
        measure=measure,
        value=value,
        metric=metric,
        on=on,
        source=MULTIHOP_PAPER,
    )


def _squad2(who: str, value: float, source: str) -> Published:
    return Published(
        set="squad2",
        who=who,
        measure="unanswerable refused",
        value=value,
        metric="refusal recall",
        on=SQUAD2_DEV,
        source=source,
    )


PUBLISHED = (
    _wice("Bespoke-MiniCheck-7B", 0.830),
    _wice("HHEM-2.1-open, 0.1B", 0.759),
    _wice("MiniCheck-RoBERTa-L", 0.676),
    _wice("AlignScore-large", 0.660),
    _wice("T5-11B judge of ALCE", 0.553),
    _bump("QAFactEval", 0.715),
    _bump("SummaC", 0.559),
    _bump("word overlap", 0.535),
    _ragtruth("RAG-HAT, 8B", 0.839, "Song and others 2024"),
    _ragtruth("LettuceDetect-large", 0.792, "Kovács and Recski 2025"),
    _ragtruth("TinyLettuce, 68M, on a CPU", 0.750, "TinyLettuce model card"),
    _ragtruth("TinyLettuce, 17M, on a CPU", 0.685, "TinyLettuce model card"),
    _ragtruth("GPT-4, prompted", 0.634, "Niu and others 2024 (ACL)"),
    _multihop("best embedding, bge-reranker-large", "hits@4", 0.6625, None, MULTIHOP_RETRIEVED),
    _multihop("best embedding, bge-reranker-large", "hits@10", 0.7467, None, MULTIHOP_RETRIEVED),
    _multihop("best embedding, bge-reranker-large", "MRR@10", 0.5860, "MRR", MULTIHOP_RETRIEVED),
    _multihop("GPT-4, retrieved chunks", "accuracy", 0.56, None, "retrieved chunks"),
    _multihop("GPT-4, the evidence given", "accuracy", 0.89, None, "the gold evidence given"),
    _squad2("roberta-base-squad2", 0.818, "deepset model card"),
    _squad2("tinyroberta-squad2", 0.812, "deepset model card"),
    _squad2("SCDNet", 0.770, "Liu and others 2019"),
    _squad2("bert-base-uncased-finetuned-squadv2", 0.734, "real-jiakai model card"),
    Published(
        set="fitz_gov",
        who="fitz-ai's classifier, trained for this set",
        measure="accuracy of the mode",
        value=0.813,
        metric=None,
        on="2,910 harder cases (tier 1)",
        source="fitz-gov README 2026",
    ),
)


def published_for(name: str) -> tuple[Published, ...]:
    """Return what others have published on a set, none where no source was found."""
    return tuple(each for each in PUBLISHED if each.set == name)
