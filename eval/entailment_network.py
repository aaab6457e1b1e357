"""The entailment model's network: taken out of the bundled cross-encoder, and put back into it.

The cross-encoder is an ONNX file of eight bits. Its weights are read into torch, trained, and
written into the same graph, whose last layer gets four outputs in place of one. Needs `onnx`, which
`make entailment` installs.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from eval.errors import BadData

if TYPE_CHECKING:
    from torch import nn

OUTPUTS = 4
"""Logits: supported, contradicted, not stated (these three against each other), answered."""

RELEVANT = 3
"""Which of them starts as what the cross-encoder gives: how well a passage answers a question."""

QUANTIZED, SCALE, ZERO_POINT = "_quantized", "_scale", "_zero_point"
EMBEDDINGS = "bert.embeddings."
HEAD_WIDTH = 32
"""Of an attention head: MiniLM-L12's 384 over twelve."""
LARGEST = 127
"""Of a weight of eight bits."""

Floats = NDArray[np.float32]


def load_network(base: bytes) -> "nn.Module":
    """Return the cross-encoder as a torch model with four outputs; only `RELEVANT` knows anything.

    Args:
        base: The content of its ONNX file, or of one that `write_network` wrote, of which all four
            outputs are kept.

    Raises:
        BadData: it is none.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    weights = _weights(base)
    if "bert.pooler.dense.bias" not in weights:
        raise BadData("This is no BERT cross-encoder. Name a network that this command wrote.")
    layers = 1 + max(int(name.split(".")[3]) for name in weights if ".layer." in name)
    width = weights["bert.pooler.dense.bias"].shape[0]
    config = BertConfig(
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=width // HEAD_WIDTH,
        intermediate_size=weights["bert.encoder.layer.0.intermediate.dense.bias"].shape[0],
    )
    config.num_labels = OUTPUTS
    model = BertForSequenceClassification(config)
    state = model.state_dict()
    for name in ("classifier.weight", "classifier.bias"):
        rows = torch.tensor(weights.pop(name))
        state[name][RELEVANT if len(rows) == 1 else slice(None)] = rows.squeeze(0)
    state |= {name: torch.from_numpy(weight.copy()) for name, weight in weights.items()}
    model.load_state_dict(state)
    model.bert.embeddings.requires_grad_(False)  # they stay as the graph has them
    return model


def write_network(model: "nn.Module", base: bytes, path: Path) -> None:
    """Write a trained model in eight bits.

    Args:
        model: What `load_network` returned, trained.
        base: The content of the ONNX file that it came from.
        path: Where the new one goes.
    """
    import onnx
    from onnx import numpy_helper

    network = onnx.load_model_from_string(base)
    trained = {name: value.float().cpu().numpy() for name, value in model.state_dict().items()}
    new: dict[str, NDArray[Any]] = {
        name: value for name, value in trained.items() if not name.startswith(EMBEDDINGS)
    }
    for name, matrix in _matrices(network).items():
        new |= _quantized(matrix, trained[name].T)
    for tensor in network.graph.initializer:
        if tensor.name in new:
            tensor.CopyFrom(numpy_helper.from_array(new.pop(tensor.name), tensor.name))
    if unknown := new.keys() - set(_matrices(network)):
        raise ValueError(f"the graph has no place for {', '.join(sorted(unknown))}")
    del network.graph.value_info[:]  # shapes within the old graph, of one output
    network.graph.output[0].type.tensor_type.shape.dim[1].dim_value = OUTPUTS
    onnx.save(network, str(path))


def _quantized(name: str, matrix: Floats) -> dict[str, NDArray[Any]]:
    """Return a matrix in eight bits, with a scale for each column."""
    scales = np.maximum(np.abs(matrix).max(axis=0), 1e-8) / LARGEST
    return {
        name + QUANTIZED: np.round(matrix / scales).astype(np.int8),
        name + SCALE: scales.astype(np.float32),
        name + ZERO_POINT: np.array(0, dtype=np.int8),
    }


def _weights(base: bytes) -> dict[str, Floats]:
    """Return every weight by its name in torch."""
    import onnx
    from google.protobuf.message import DecodeError
    from onnx import numpy_helper

    try:
        network = onnx.load_model_from_string(base)
    except DecodeError as error:
        raise BadData("This is no ONNX file. Name a network that this command wrote.") from error
    given = {tensor.name: numpy_helper.to_array(tensor) for tensor in network.graph.initializer}
    whole = {name: weight for name, weight in given.items() if weight.dtype == np.float32}
    tables = [name.removesuffix(QUANTIZED) for name in given if name.startswith(EMBEDDINGS)]
    read = {name: weight for name, weight in whole.items() if not name.endswith(SCALE)}
    read |= {name: _whole(name, given) for name in tables if name + QUANTIZED in given}
    matrices = _matrices(network).items()
    return read | {name: np.ascontiguousarray(_whole(matrix, given).T) for name, matrix in matrices}


def _whole(name: str, given: dict[str, NDArray[Any]]) -> Floats:
    steps = given[name + QUANTIZED].astype(np.float32) - given[name + ZERO_POINT].astype(np.float32)
    weight: Floats = steps * given[name + SCALE]
    return weight


def _matrices(network: Any) -> dict[str, str]:  # noqa: ANN401 - of a library without types
    """Return the graph's name of each matrix, by its name in torch.

    A node's name is the path of its layer, such as "/bert/encoder/layer.0/output/dense/MatMul".
    """
    found = {}
    for node in network.graph.node:
        if node.op_type == "MatMulInteger":
            *layer, _ = node.name.strip("/").split("/")
            found[".".join(layer) + ".weight"] = node.input[1].removesuffix(QUANTIZED)
    return found
