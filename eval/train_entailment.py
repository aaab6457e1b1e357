"""`python -m eval.train_entailment`: train the model that reads claims and questions beside texts.

Writes `rag/entailment.onnx`, and prints what the weights reach, before they are rounded to eight
bits, on the groups of `eval/entailment/` that are held out. Some forty minutes on a GPU; two cores,
which learn from nine examples a second, would need a week. `make entailment` installs what it
needs, and runs it.

The model is the mean of several runs (a model soup, Wortsman and others 2022), each from the
bundled cross-encoder, over all groups, in an order and with examples of its own. Those of the
weights in the repository took nine minutes each, beside one or two others on one H200, and were
ended by the clock: three after twelve of their epochs and a part of the next, two after fifteen; at
rates of 2e-4 (three), 1.6e-4 and 1.2e-4.

AUROC on claims and questions of held-out groups, of each run before its weights are rounded: .903
to .912 and .937 to .941; of a quarter of these groups, rounded, .888 and .944, of the longest run
.902 and .938. On texts of another kind the mean is the better one: on the refusal's news questions
the best window's log odds alone give .903 (the longest run .900, what was in use before .897), on
its held-out ones .928 (.910, .916), on the two-document ones .893 (.853, .891). Its outputs for
claims were then fitted anew, on what the rounded network made of 9,800 of them.
"""

import argparse
import hashlib
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.entailment_encoder import Encoded, Encoder
from eval.entailment_examples import CLAIMS, Label, every_example, is_of_claim, make_examples
from eval.entailment_groups import GROUPS_FOLDER, PassageGroup, held_out, learnt, read_groups
from eval.entailment_network import load_network, write_network
from eval.errors import EvalFailure

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor, nn

NETWORK_FILE = Path(__file__).parent.parent / "rag" / "entailment.onnx"

RUNS = 5
EPOCHS = 14
BATCH = 128
RATE = 2e-4
"""AUROC on claims and questions of held-out groups after one run of eight epochs: .894 and .935, at
3e-4 .890 and .932. Of twelve epochs: .904 to .907, .937 to .938; of fifteen .912 and .941."""
HEAD_FACTOR = 5
"""By how much faster the new outputs learn."""
WARM_UP = 0.06
"""Share of the steps in which the rate rises; then it falls to nothing."""
SMOOTHING = 0.05
CLIP = 1.0
WEIGHT_DECAY = 0.01

REFIT, REFIT_STEPS = 10_000, 300
"""Claims on which the outputs of the mean are fitted anew, and the most steps of it."""
REFIT_PULL = 1e-5
"""What the square of a weight's distance from the mean's adds to the loss. Of the held-out groups'
contradicted claims the mean told .51, fitted anew .72; with ten and a hundred times as much .72 and
.71."""

SORTED_BATCHES = 20
"""Batches whose examples are sorted by length together, so that little is padded."""


@dataclass(frozen=True)
class Base:
    """The cross-encoder that is trained further."""

    network: bytes
    tokenizer: "Tokenizer"


def main() -> int:
    """Train, report, write; return the exit code."""
    given = _parser().parse_args()
    try:
        _train_and_write(given)
    except (EvalFailure, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _train_and_write(given: argparse.Namespace) -> None:
    groups = read_groups(given.groups)
    base = _read_base(given.base)
    network = given.further.read_bytes() if given.further else base.network
    encoder = Encoder(base.tokenizer)
    runs = [
        train(network, learnt(groups), encoder, given.epochs, given.rate, seed)
        for seed in range(given.runs)
    ]
    model = mean_of(runs)
    refit_claims(model, learnt(groups), encoder)
    for label, (right, n) in accuracy(model, held_out(groups), encoder).items():
        print(f"{label}: {right / n:.3f} of {n} right")  # noqa: T201
    write_network(model, base.network, given.output)
    digest = hashlib.sha256(given.output.read_bytes()).hexdigest()
    print(f"{given.output}: SHA-256 {digest}, which rag/entailment.py must name")  # noqa: T201


def train(
    base: bytes,
    groups: Sequence[PassageGroup],
    encoder: Encoder,
    epochs: int,
    rate: float = RATE,
    seed: int = 0,
) -> "nn.Module":
    """Return the cross-encoder, trained on groups in one run.

    Args:
        base: The content of the cross-encoder's ONNX file, or of one that was trained already.
        groups: What it learns from.
        encoder: Of examples.
        epochs: How often each group is seen, every time in other examples.
        rate: The highest learning rate.
        seed: Of what is drawn: examples, their order and the new outputs' first weights.
    """
    import torch

    rng = random.Random(seed)  # noqa: S311 - no secret
    torch.manual_seed(seed)
    model = load_network(base).to(_device()).train()
    drawn = [list(map(encoder.encode, make_examples(groups, rng))) for _ in range(epochs)]
    batches = [batch for each in drawn for batch in _batches(each, rng)]
    optimiser, schedule = _optimiser(model, len(batches), rate)
    for step, batch in enumerate(batches):
        loss = _loss(_logits(model, batch), batch)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimiser.step()
        schedule.step()
        if step % 200 == 0:
            print(f"step {step} of {len(batches)}: loss {float(loss.detach()):.3f}")  # noqa: T201
    return model.eval()


def mean_of(models: Sequence["nn.Module"]) -> "nn.Module":
    """Return the first of several trained networks, with the mean of all their weights."""
    import torch

    states = [model.state_dict() for model in models]
    mean = {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    models[0].load_state_dict(mean)
    return models[0]


def refit_claims(model: "nn.Module", groups: Sequence[PassageGroup], encoder: Encoder) -> None:
    """Fit the outputs for claims anew, on what the rest of a network makes of examples.

    Each run's outputs started from other numbers, which blurs their mean. The output for questions
    starts from the cross-encoder's in every run, and gained nothing.

    Args:
        model: The mean of several networks; it gets new outputs.
        groups: What it learns from.
        encoder: Of examples.
    """
    import torch

    rng = random.Random(0)  # noqa: S311 - no secret
    examples = [each for each in make_examples(groups, rng) if each.is_claim]
    encoded = [encoder.encode(each) for each in rng.sample(examples, min(REFIT, len(examples)))]
    batches = list(_batches(encoded, rng))
    given: list[Tensor] = []
    head: Any = model.classifier
    hook = head.register_forward_pre_hook(lambda _, inputs: given.append(inputs[0].float()))
    with torch.no_grad():
        for batch in batches:
            _logits(model, batch)
    hook.remove()
    read, labelled = torch.cat(given), [each for batch in batches for each in batch]
    mean = head.weight.detach().clone()
    optimiser = torch.optim.LBFGS(
        head.parameters(), max_iter=REFIT_STEPS, line_search_fn="strong_wolfe"
    )

    def loss() -> "Tensor":
        optimiser.zero_grad()
        far: Tensor = ((head.weight - mean) ** 2).sum()
        total = _loss(head(read), labelled) + REFIT_PULL * far
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]


def accuracy(
    model: "nn.Module", groups: Sequence[PassageGroup], encoder: Encoder
) -> dict[Label, tuple[int, int]]:
    """Return how often a model is right on groups: for each label, how often of how many."""
    import torch

    counted: dict[Label, tuple[int, int]] = defaultdict(lambda: (0, 0))
    encoded = sorted(map(encoder.encode, every_example(groups)), key=lambda each: len(each.ids))
    with torch.inference_mode():
        for start in range(0, len(encoded), BATCH):
            batch = encoded[start : start + BATCH]
            for each, logits in zip(batch, _logits(model, batch).tolist(), strict=True):
                right, n = counted[each.label]
                counted[each.label] = (right + (_said(each.label, logits) == each.label), n + 1)
    return dict(sorted(counted.items()))


def _said(asked: Label, logits: Sequence[float]) -> Label:
    """Return the label that logits give, of a claim or of a question."""
    if is_of_claim(asked):
        said = max(zip(logits, CLAIMS, strict=False))[1]
        return said if asked in CLAIMS or said == "supported" else "not supported"
    return "answered" if logits[len(CLAIMS)] > 0 else "not answered"


def _loss(logits: "Tensor", batch: Sequence[Encoded]) -> "Tensor":
    """Return the mean loss: of claims over three labels or two, of questions over two."""
    import torch
    from torch.nn import functional

    def tensor(values: Sequence[int], dtype: torch.dtype = torch.long) -> "Tensor":
        return torch.tensor(values, dtype=dtype, device=logits.device)

    def places(*labels: Label) -> list[int]:
        return [place for place, each in enumerate(batch) if each.label in labels]

    claims, either = places(*CLAIMS), places("not supported")
    questions = places("answered", "not answered")
    stated = tensor([CLAIMS.index(batch[i].label) for i in claims])
    supported = functional.log_softmax(logits[either, : len(CLAIMS)], dim=1)[:, 0].exp()
    answered = tensor([batch[i].label == "answered" for i in questions], torch.float)
    return (
        functional.cross_entropy(
            logits[claims, : len(CLAIMS)], stated, label_smoothing=SMOOTHING, reduction="sum"
        )
        + functional.binary_cross_entropy(
            supported, torch.full_like(supported, SMOOTHING / len(CLAIMS)), reduction="sum"
        )
        + functional.binary_cross_entropy_with_logits(
            logits[questions, len(CLAIMS)],
            answered * (1 - SMOOTHING) + SMOOTHING / 2,
            reduction="sum",
        )
    ) / len(batch)


def _logits(model: "nn.Module", batch: Sequence[Encoded]) -> "Tensor":
    """Return the network's outputs, shape (batch, outputs)."""
    import torch

    longest = max(len(each.ids) for each in batch)
    shape = (len(batch), longest)
    ids, types, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    for row, each in enumerate(batch):
        ids[row, : len(each.ids)] = torch.tensor(each.ids)
        types[row, each.first : len(each.ids)] = 1
        mask[row, : len(each.ids)] = 1
    device = _device()
    with torch.autocast(device, torch.bfloat16, enabled=_halves(device)):
        read: Tensor = model(
            input_ids=ids.to(device),
            attention_mask=mask.to(device),
            token_type_ids=types.to(device),
        ).logits
    return read.float()


def _batches(encoded: list[Encoded], rng: random.Random) -> Iterator[list[Encoded]]:
    """Yield batches of like length, in any order."""
    rng.shuffle(encoded)
    size = BATCH * SORTED_BATCHES
    sorted_parts = [
        sorted(encoded[start : start + size], key=lambda each: len(each.ids))
        for start in range(0, len(encoded), size)
    ]
    batches = [
        part[start : start + BATCH] for part in sorted_parts for start in range(0, len(part), BATCH)
    ]
    rng.shuffle(batches)
    yield from batches


def _optimiser(model: "nn.Module", steps: int, rate: float) -> tuple[Any, Any]:
    """Return AdamW, faster for the new outputs, and a rate that rises, then falls to nothing."""
    from torch.optim import AdamW
    from torch.optim.lr_scheduler import LambdaLR

    named = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]
    head = [weight for name, weight in named if name.startswith("classifier")]
    body = [weight for name, weight in named if not name.startswith("classifier")]
    optimiser = AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": HEAD_FACTOR * rate}],
        weight_decay=WEIGHT_DECAY,
    )

    def share(step: int) -> float:
        return min(1.0, (step + 1) / (steps * WARM_UP)) * (1 - step / steps)

    return optimiser, LambdaLR(optimiser, share)


def _read_base(folder: Path | None) -> Base:
    """Read the cross-encoder: the bundled one, or that of a folder.

    A machine that only trains need not have the packages that carry the bundled one.
    """
    from tokenizers import Tokenizer

    if folder:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        return Base((folder / "model.onnx").read_bytes(), tokenizer)
    from index.bundled import read_bundled

    bundled = read_bundled("reranker_en")
    return Base(bundled.network, Tokenizer.from_buffer(bundled.tokenizer))


def _positive(text: str) -> int:
    """Read a number from 1 on."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 on")
    return int(text)


def _rate(text: str) -> float:
    """Read a rate of learning, above nothing and at most 1."""
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no number between 0 and 1, such as {RATE}")
    return rate


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def _halves(device: str) -> bool:
    """Whether a device reckons faster with half the bits; processors of short vectors do not."""
    import torch

    return device == "cuda" or torch.backends.cpu.get_cpu_capability().startswith("AVX512")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.train_entailment",
        description="Train the model that reads claims and questions beside texts.",
    )
    parser.add_argument(
        "--base",
        type=Path,
        help="holds the cross-encoder's model.onnx and tokenizer.json (default: the bundled ones)",
    )
    parser.add_argument("--groups", type=Path, default=GROUPS_FOLDER, help="what it learns from")
    parser.add_argument(
        "--further", type=Path, metavar="NETWORK", help="go on training these weights instead"
    )
    parser.add_argument("--rate", type=_rate, default=RATE, help="of learning (%(default)s)")
    parser.add_argument("--epochs", type=_positive, default=EPOCHS, help="of a run (%(default)s)")
    parser.add_argument(
        "--runs", type=_positive, default=RUNS, help="whose mean is taken (%(default)s)"
    )
    parser.add_argument(
        "--output", type=Path, default=NETWORK_FILE, help="where the weights go (%(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
