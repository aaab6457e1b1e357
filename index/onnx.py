"""A sentence-transformers module around an ONNX model."""

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule
from torch.nn.utils.rnn import pad_sequence

from index.onnx_model import OnnxModel, Tokens


class OnnxTransformer(InputModule):
    """Tokenizes texts, or pairs of texts, and has an ONNX model read them."""

    def __init__(self, model: OnnxModel, output: str) -> None:
        """Wrap a loaded model.

        Args:
            model: What reads the inputs.
            output: The feature that its first output becomes: "token_embeddings" for an encoder,
                "scores" for a cross-encoder.
        """
        super().__init__()
        self.model = model
        self.output = output

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Return token ids, mask and types, each of shape (inputs, longest of them)."""
        texts = [(prompt or "") + text if isinstance(text, str) else tuple(text) for text in inputs]
        encodings = self.model.encode(texts)
        return {
            "input_ids": _padded([encoding.ids for encoding in encodings]),
            "attention_mask": _padded([encoding.attention_mask for encoding in encodings]),
            "token_type_ids": _padded([encoding.type_ids for encoding in encodings]),
        }

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add the model's first output to the features; what was padding is 0 in it."""
        lengths = features["attention_mask"].sum(dim=1).tolist()
        rows = zip(features["input_ids"], features["token_type_ids"], lengths, strict=True)
        outputs = self.model.run(
            [Tokens(ids[:n].tolist(), types[:n].tolist()) for ids, types, n in rows]
        )
        features[self.output] = _padded(outputs)
        return features

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Refuse: the weights belong to the package that carries them."""
        raise NotImplementedError(
            f"{self.model.name} is its package's, and not saved to {output_path}"
        )


def _padded(rows: Sequence[Any]) -> torch.Tensor:
    """Return rows of unlike length as one tensor."""
    return pad_sequence([torch.as_tensor(row) for row in rows], batch_first=True)
