"""What others have published on the public sets: figures alone, with who, where and on what.

A figure stands here only where its source could be looked up.
"""

from dataclasses import dataclass
from functools import partial

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


_wice = partial(
    Published,
    set="wice",
    measure="balanced accuracy",
    metric="claim balanced accuracy",
    on=AGGREFACT_TEST,
    source=AGGREFACT,
)
_bump = partial(
    Published, set="bump", measure="AUROC", metric="claim AUROC", on=BUMP_PAIRS, source=BUMP_PAPER
)
_ragtruth = partial(
    Published,
    set="ragtruth",
    measure="response-level F1",
    metric="unsupported F1",
    on=RAGTRUTH_TEST,
)
_multihop = partial(Published, set="multihop", source=MULTIHOP_PAPER)
_squad2 = partial(
    Published,
    set="squad2",
    measure="unanswerable refused",
    metric="refusal recall",
    on=SQUAD2_DEV,
)

PUBLISHED = (
    _wice(who="Bespoke-MiniCheck-7B", value=0.830),
    _wice(who="HHEM-2.1-open, 0.1B", value=0.759),
    _wice(who="MiniCheck-RoBERTa-L", value=0.676),
    _wice(who="AlignScore-large", value=0.660),
    _wice(who="T5-11B judge of ALCE", value=0.553),
    _bump(who="QAFactEval", value=0.715),
    _bump(who="SummaC", value=0.559),
    _bump(who="word overlap", value=0.535),
    _ragtruth(who="RAG-HAT, 8B", value=0.839, source="Song and others 2024"),
    _ragtruth(who="LettuceDetect-large", value=0.792, source="Kovács and Recski 2025"),
    _ragtruth(who="TinyLettuce, 68M, on a CPU", value=0.750, source="TinyLettuce model card"),
    _ragtruth(who="TinyLettuce, 17M, on a CPU", value=0.685, source="TinyLettuce model card"),
    _ragtruth(who="GPT-4, prompted", value=0.634, source="Niu and others 2024 (ACL)"),
    _multihop(
        who="best embedding, bge-reranker-large",
        measure="hits@4",
        value=0.6625,
        metric=None,
        on=MULTIHOP_RETRIEVED,
    ),
    _multihop(
        who="best embedding, bge-reranker-large",
        measure="hits@10",
        value=0.7467,
        metric=None,
        on=MULTIHOP_RETRIEVED,
    ),
    _multihop(
        who="best embedding, bge-reranker-large",
        measure="MRR@10",
        value=0.5860,
        metric="MRR",
        on=MULTIHOP_RETRIEVED,
    ),
    _multihop(
        who="GPT-4, retrieved chunks",
        measure="accuracy",
        value=0.56,
        metric=None,
        on="retrieved chunks",
    ),
    _multihop(
        who="GPT-4, the evidence given",
        measure="accuracy",
        value=0.89,
        metric=None,
        on="the gold evidence given",
    ),
    _squad2(who="roberta-base-squad2", value=0.818, source="deepset model card"),
    _squad2(who="tinyroberta-squad2", value=0.812, source="deepset model card"),
    _squad2(who="SCDNet", value=0.770, source="Liu and others 2019"),
    _squad2(
        who="bert-base-uncased-finetuned-squadv2", value=0.734, source="real-jiakai model card"
    ),
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
