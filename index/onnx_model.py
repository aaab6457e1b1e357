"""An ONNX model that reads its inputs one by one, side by side on the processor's cores.

The bundled weights are of eight bits, and what they read is scaled over a whole batch: in a batch
a text's numbers would depend on its neighbours. Alone they never do, nothing is padded, and one
core to an input takes a tenth less of the processor than all cores to a batch.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.bundled import BundledModel

Floats = NDArray[np.float32]


class OnnxModel:
    """A bundled model's network and tokenizer, on the CPU."""

    def __init__(self, model: BundledModel, longest: int) -> None:
        """Load both.

        Args:
            model: The files' content.
            longest: Tokens at which an input is cut.
        """
        self.name = model.name
        self.tokenizer = Tokenizer.from_buffer(model.tokenizer)
        self.tokenizer.enable_truncation(longest)
        self.tokenizer.no_padding()
        self._alone = _open(model, threads=0)
        self._side_by_side = _open(model, threads=1)
        self._inputs = [value.name for value in self._alone.get_inputs()]

    def encode(self, inputs: Sequence[Any]) -> list[Encoding]:
        """Return the tokens of each text, or of each pair of texts."""
        return list(self.tokenizer.encode_batch(list(inputs)))

    def run(self, inputs: Sequence[Encoding]) -> list[Floats]:
        """Return the model's first output for each input that `encode` returned, in that order.

        Several go side by side, the longest first, so that no core waits long for the last; a
        single one has all cores.
        """
        if len(inputs) == 1:
            return [self._run(self._alone, inputs[0])]
        order = sorted(range(len(inputs)), key=lambda i: -len(inputs[i].ids))
        outputs = _cores().map(lambda i: self._run(self._side_by_side, inputs[i]), order)
        by_place = dict(zip(order, outputs, strict=True))
        return [by_place[i] for i in range(len(inputs))]

    def _run(self, session: onnxruntime.InferenceSession, tokens: Encoding) -> Floats:
        ids = np.array([tokens.ids])
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.array([tokens.type_ids]),
        }
        output: Floats = session.run(None, {name: given[name] for name in self._inputs})[0][0]
        return output


def _open(model: BundledModel, threads: int) -> onnxruntime.InferenceSession:
    """Load a model for so many threads; 0 are as many as there are cores.

    They sleep between runs instead of spinning: several models take turns here, and one's
    spinning threads would slow the next by a tenth to a fifth. No plan of memory is kept for each
    length of input, since lengths are many: with plans, a server grew for thousands of questions.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model.network, options, providers=["CPUExecutionProvider"])


@cache
def _cores() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="model")
