"""A sentence-transformers module that runs an ONNX model on the CPU."""

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule

from index.bundled import BundledModel


class OnnxTransformer(InputModule):
    """Tokenizes texts, or pairs of texts, and runs them through an ONNX file."""

    def __init__(self, model: BundledModel, output: str, longest: int) -> None:
        """Load network and tokenizer.

        Args:
            model: The two files' content.
            output: The feature that the model's first output becomes: "token_embeddings" for
                an encoder, "scores" for a cross-encoder.
            longest: Tokens at which an input is cut.
        """
        super().__init__()
        self.name = model.name
        self.output = output
        self.tokenizer = model.open_tokenizer(longest)
        self.session = model.open_session()
        self.inputs = [value.name for value in self.session.get_inputs()]

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Return token ids, mask and types, each of shape (inputs, longest of them)."""
        texts = [(prompt or "") + text if isinstance(text, str) else tuple(text) for text in inputs]
        encodings = self.tokenizer.encode_batch(texts)
        return {
            "input_ids": torch.tensor([e.ids for e in encodings]),
            "attention_mask": torch.tensor([e.attention_mask for e in encodings]),
            "token_type_ids": torch.tensor([e.type_ids for e in encodings]),
        }

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add the model's first output to the features."""
        feed = {name: features[name].numpy() for name in self.inputs}
        features[self.output] = torch.from_numpy(self.session.run(None, feed)[0])
        return features

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Refuse: the weights belong to the package that carries them."""
        raise NotImplementedError(f"{self.name} is its package's, and not saved to {output_path}")
