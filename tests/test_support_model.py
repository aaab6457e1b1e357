"""A hub model may check support: every kind of label is read in the right direction."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.errors import BadValue, BrokenModel
from rag import check_support
from rag.settings import rag_settings
from rag.support_model import _load, named_chance

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] the ramp mill is open shut and by night .".split()
MOST_STEPS, LEARNED = 1_000, 0.02
OPEN, SHUT = "The ramp is open.", "The ramp is shut."


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    rag_settings.cache_clear()
    _load.cache_clear()


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Any:
    def name(model: Path | str, **others: str) -> None:
        for setting, value in {"model": str(model), **others}.items():
            monkeypatch.setenv(f"FOOTNOTE_SUPPORT_{setting.upper()}", value)
        rag_settings.cache_clear()

    return name


def save(folder: Path, labels: list[str], *, kind: str = "Sequence", train: str = "") -> Path:
    """Save a tiny BERT: with a bias towards its last label, or trained on the label `train`."""
    import torch
    import transformers

    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        hidden_dropout_prob=0.0,
    )
    model = getattr(transformers, f"BertFor{kind}Classification")(config)
    tokenizer = transformers.BertTokenizer(
        vocab={word: i for i, word in enumerate(WORDS)}, model_max_length=64
    )
    if train:
        teach(model, tokenizer, labels.index(train))
    else:
        with torch.no_grad():
            model.classifier.bias[-1] += 5.0
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def teach(model: Any, tokenizer: Any, supported: int) -> None:
    """Teach a model that what is open is carried by what is shut, and never the reverse.

    It makes no sense, so that only a model that is asked (evidence, claim) in this order is right.
    """
    import torch

    read = tokenizer([SHUT, OPEN], [OPEN, SHUT], return_tensors="pt")
    count = model.config.num_labels
    if count == 1:
        target = torch.tensor([[1.0], [0.0]])
        loss: Any = torch.nn.BCEWithLogitsLoss()
    else:
        target = torch.tensor([supported, (supported + 1) % count])
        loss = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(MOST_STEPS):
        optimizer.zero_grad()
        error = loss(model(**read).logits, target)
        if error < LEARNED:
            break
        error.backward()
        optimizer.step()
    model.eval()


@pytest.mark.parametrize(
    ("labels", "supported"),
    [
        (["score"], "score"),
        (["unsupported", "SUPPORTED"], "SUPPORTED"),
        (["entailment", "not_entailment"], "entailment"),
        (["CONTRADICTION", "Neutral", "Entailment"], "Entailment"),
        (["entailment", "neutral", "contradiction"], "entailment"),
    ],
)
def test_a_trained_model_is_asked_in_the_right_order_and_read_in_the_right_direction(
    tmp_path: Path, named: Any, labels: list[str], supported: str
) -> None:
    named(save(tmp_path / "model", labels, train=supported))
    assert named_chance(OPEN, [SHUT]) > 0.9
    assert named_chance(SHUT, [OPEN]) < 0.1


@pytest.mark.parametrize(
    ("labels", "others", "supported"),
    [
        (["LABEL_0", "LABEL_1"], {"label": "LABEL_1"}, True),
        (["LABEL_0", "LABEL_1"], {"label": "label_0"}, False),
        (["hallucinated", "supported"], {}, True),
        (["supported", "hallucinated"], {}, False),
    ],
)
@pytest.mark.parametrize("kind", ["Sequence", "Token"])
def test_the_label_that_means_supported_decides(
    tmp_path: Path,
    named: Any,
    kind: str,
    labels: list[str],
    others: dict[str, str],
    supported: bool,
) -> None:
    named(save(tmp_path / "model", labels, kind=kind), **others)
    support = check_support("The ramp is open by night.", [OPEN])
    assert (support.verdict == "supported") is supported
    assert support.score is not None
    assert (support.score > 0.5) is supported
    assert supported or support.reasons


def test_the_threshold_can_be_set(tmp_path: Path, named: Any) -> None:
    folder = save(tmp_path / "model", ["no", "supported"])
    for threshold, verdict in (("0.6", "supported"), ("0.9999", "partly")):
        named(folder, threshold=threshold)
        assert check_support(OPEN, [OPEN]).verdict == verdict


def test_a_wrong_number_is_never_supported(tmp_path: Path, named: Any) -> None:
    named(save(tmp_path / "model", ["no", "supported"]))
    support = check_support(
        "The ramp costs 4.3 million crowns.", ["The ramp costs 3.4 million crowns."]
    )
    assert support.verdict == "unsupported"
    assert support.reasons[0] == "the source says 3.4 million crowns, not 4.3 million crowns"


@pytest.mark.parametrize("kind", ["Sequence", "Token"])
def test_evidence_that_is_too_long_is_cut(tmp_path: Path, named: Any, kind: str) -> None:
    named(save(tmp_path / "model", ["no", "supported"], kind=kind))
    assert 0.5 < named_chance(OPEN, [SHUT] * 50) <= 1


def test_a_label_that_cannot_be_told_is_asked_for(tmp_path: Path, named: Any) -> None:
    folder = save(tmp_path / "model", ["LABEL_0", "LABEL_1"])
    named(folder)
    with pytest.raises(BadValue, match=r"LABEL_0, LABEL_1.*FOOTNOTE_SUPPORT_LABEL"):
        check_support(OPEN, [OPEN])
    named(folder, label="LABEL_7")
    with pytest.raises(BadValue, match="FOOTNOTE_SUPPORT_LABEL"):
        check_support(OPEN, [OPEN])


def test_what_cannot_be_used_is_named_with_a_remedy(tmp_path: Path, named: Any) -> None:
    import transformers

    generator = tmp_path / "generator"
    transformers.T5Config(architectures=["T5ForConditionalGeneration"]).save_pretrained(generator)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "config.json").write_text(
        '{"model_type": "hhem", "auto_map": {"AutoConfig": "code.HHEMConfig"}}', encoding="utf-8"
    )
    (foreign / "code.py").write_text("raise SystemExit('ran')\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for folder, words in (
        (generator, "T5ForConditionalGeneration. Name one that classifies"),
        (foreign, "code of its own.*never run here"),
        (tmp_path / "empty", "could not be loaded"),
        (tmp_path / "nowhere", "could not be loaded"),
    ):
        named(folder)
        with pytest.raises(BrokenModel, match=f"^FOOTNOTE_SUPPORT_MODEL: .*{words}"):
            check_support(OPEN, [OPEN])


@pytest.mark.parametrize("offline", [True, False])
def test_a_hub_that_cannot_be_reached_is_named_without_a_long_wait(
    named: Any, monkeypatch: pytest.MonkeyPatch, offline: bool
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", offline)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    named("nobody/has-this-model")
    started = time.perf_counter()
    with pytest.raises(BrokenModel, match=r"^FOOTNOTE_SUPPORT_MODEL.*reach or has in its cache"):
        check_support(OPEN, [OPEN])
    assert time.perf_counter() - started < 15


@pytest.mark.parametrize("threshold", ["0", "1", "high"])
def test_a_threshold_that_is_no_chance_is_refused(named: Any, threshold: str) -> None:
    named("x", threshold=threshold)
    with pytest.raises(BadValue, match="FOOTNOTE_SUPPORT_THRESHOLD"):
        check_support(OPEN, [OPEN])
