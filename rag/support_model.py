"""A hub model named by a setting, in place of the fitted weights of the support check.

One adapter for classifiers that read evidence and claim as a pair: HHEM 1 (one logit), MiniCheck's
RoBERTa and DeBERTa (two labels), any NLI cross-encoder (three), and LettuceDetect (labels for each
token). This module is imported late: torch takes seconds.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from index.errors import BadValue, BrokenModel
from index.models import LONGEST_INPUT
from rag.settings import rag_settings

SETTING = "FOOTNOTE_SUPPORT_MODEL"
LABEL_SETTING = "FOOTNOTE_SUPPORT_LABEL"

MEANS_SUPPORTED = frozenset(
    "entailment entailed entails entail supported supports support consistent factual "
    "grounded".split()
)
"""Labels that say that the evidence carries the claim, without case and punctuation."""

NOT_A_LETTER = re.compile(r"[\W\d_]+")

LONGEST_WAIT = 5.0
"""Seconds for the hub to show that it can be reached."""

KINDS = (
    "one that classifies pairs of texts or their tokens (HHEM 1, MiniCheck's RoBERTa and DeBERTa, "
    "NLI cross-encoders, LettuceDetect)"
)

Chance = Callable[[str, str], float]
"""The chance, 0 to 1, that evidence carries a claim, given both in this order."""


def named_chance(claim: str, evidence: Sequence[str]) -> float:
    """Return what the named model says: the chance, 0 to 1, that evidence carries a claim.

    Raises:
        BrokenModel: the model cannot be loaded, or is not of a kind that can be used.
        BadValue: which of its labels means "supported" cannot be told.
    """
    settings = rag_settings()
    model = _load(settings.support_model or "", settings.support_label)
    return model(" ".join(evidence), claim)


@cache
def _load(name: str, label: str | None) -> Chance:
    """Load a model; what this machine has is taken without a look at the hub."""
    try:
        return _open(name, label, local=True)
    except BrokenModel:
        if Path(name).is_dir() or Path(name).is_absolute() or name.startswith("."):
            raise
    return _open(name, label, local=False)


def _open(name: str, label: str | None, *, local: bool) -> Chance:
    from transformers import AutoConfig

    try:
        if not local:
            _knock()
        config = AutoConfig.from_pretrained(name, local_files_only=local)
        architecture = (config.architectures or ["of no known kind"])[0]
        if architecture.endswith("ForSequenceClassification"):
            return _pair_classifier(name, config, label, local=local)
        if architecture.endswith("ForTokenClassification"):
            return _token_classifier(name, config, label, local=local)
    except (OSError, ValueError, ImportError, RuntimeError, httpx.HTTPError) as error:
        raise _failure(name, error) from error
    raise BrokenModel(f"{SETTING}: {name!r} is a model {architecture}. Name {KINDS}.")


def _knock() -> None:
    """Ask the hub for a sign of life; its own client tries again for half a minute.

    Raises:
        HTTPError: it cannot be reached.
    """
    from huggingface_hub import constants

    if not constants.HF_HUB_OFFLINE:
        httpx.head(constants.ENDPOINT, timeout=LONGEST_WAIT)


def _pair_classifier(
    name: str,
    config: Any,  # noqa: ANN401 - a late import
    label: str | None,
    *,
    local: bool,
) -> Chance:
    from sentence_transformers import CrossEncoder
    from torch.nn import Sigmoid, Softmax

    place = None if config.num_labels == 1 else _supported(name, config, label)
    activation = Sigmoid() if place is None else Softmax(dim=-1)
    model = CrossEncoder(name, local_files_only=local)

    def chance(evidence: str, claim: str) -> float:
        scores = model.predict(
            [(evidence, claim)], activation_fn=activation, show_progress_bar=False
        ).reshape(-1)
        return float(scores[place or 0])

    return chance


def _token_classifier(
    name: str,
    config: Any,  # noqa: ANN401 - a late import
    label: str | None,
    *,
    local: bool,
) -> Chance:
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    place = _supported(name, config, label)
    tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=local)
    model = AutoModelForTokenClassification.from_pretrained(name, local_files_only=local).eval()
    most = getattr(config, "max_position_embeddings", LONGEST_INPUT)
    longest = min(tokenizer.model_max_length, most)

    def chance(evidence: str, claim: str) -> float:
        """Return the chance of the least supported token: one invented word is enough."""
        read = tokenizer(
            evidence, claim, truncation="only_first", max_length=longest, return_tensors="pt"
        )
        with torch.inference_mode():
            chances = model(**read).logits[0].softmax(dim=-1)[:, place]
        of_claim = [float(chances[i]) for i, part in enumerate(read.sequence_ids(0)) if part == 1]
        return min(of_claim, default=0.0)

    return chance


def _supported(name: str, config: Any, label: str | None) -> int:  # noqa: ANN401
    """Return the place of the label that means "supported"."""
    names = {int(place): str(given) for place, given in config.id2label.items()}
    wanted = {_plain(label, digits=True)} if label else MEANS_SUPPORTED
    found = [place for place, given in names.items() if _plain(given, digits=bool(label)) in wanted]
    if len(found) == 1:
        return found[0]
    raise BadValue(
        f"{SETTING}: the labels of {name!r} are {', '.join(names.values())}, and none plainly says "
        f'"supported". Set {LABEL_SETTING} to the one that does (LABEL_1 for MiniCheck, LABEL_0 '
        "for LettuceDetect)."
    )


def _plain(label: str, *, digits: bool) -> str:
    """Return a label without case and punctuation, and without digits unless they tell it."""
    return label.strip().lower() if digits else NOT_A_LETTER.sub("", label.lower())


def _failure(name: str, error: Exception) -> BrokenModel:
    """Say why a model cannot be used, and what to do."""
    said = str(error)
    if "trust_remote_code" in said or "custom code" in said:
        return BrokenModel(
            f"{SETTING}: {name!r} brings code of its own (as HHEM 2.1 does), which is never run "
            f"here. Name {KINDS}."
        )
    first = (said.splitlines() or ["no reason given"])[0]
    return BrokenModel(
        f"{SETTING}: the model {name!r} could not be loaded ({first}). Name a hub model that this "
        "machine can reach or has in its cache, a local folder, or unset the setting."
    )
