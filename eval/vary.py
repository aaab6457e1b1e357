"""The grid of `--vary`: the pipeline with one part or several left out or exchanged."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval.errors import BadOption
from index.types import RETRIEVERS, Value
from rag.answer import FOUND
from rag.pipeline import WHOLE, Pipeline
from rag.windows import MOST_SENTENCES


def _on_or_off(text: str) -> bool:
    return {"on": True, "off": False}[text]


def _retrievers(text: str) -> tuple[str, ...]:
    named = text.split("+")
    if not named or not set(named) <= set(RETRIEVERS):
        raise ValueError
    return tuple(name for name in RETRIEVERS if name in named)


def _up_to(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not 1 <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def _spelled(value: Any) -> str:  # noqa: ANN401 - of whatever type the field has
    """Return the one way in which a value is named, however it was given."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return "+".join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True)
class Part:
    """A part of the pipeline that can be varied."""

    field: str
    read: Callable[[str], Any]
    values: str
    """What may stand behind the "=", in words."""


PARTS = {
    "rag.retrievers": Part("retrievers", _retrievers, "dense, words, dense+words"),
    "rag.rerank": Part("rerank", _on_or_off, "on, off"),
    "rag.reranked": Part("reranked", _up_to(FOUND), f"1 to {FOUND} passages"),
    "rag.longest_window": Part(
        "longest_window", _up_to(MOST_SENTENCES), f"1 to {MOST_SENTENCES} sentences"
    ),
    "rag.check": Part("check", _on_or_off, "on, off; matters where a language model writes"),
}


@dataclass(frozen=True, kw_only=True)
class Variant(Value):
    """One cell of the grid."""

    name: str
    """What was varied, such as "rag.rerank=off"."""
    pipeline: Pipeline


def read_grid(variations: Sequence[str], *, model_writes: bool) -> list[Variant]:
    """Return every combination of what `--vary` was given, in the order given.

    Args:
        variations: Such as "rag.rerank=off,on"; each names another part.
        model_writes: Whether a language model writes the answers.

    Raises:
        BadOption: a part or a value is unknown, a part is named twice, or its change would show
            nothing.
    """
    axes: list[list[tuple[str, str, Any]]] = []
    for variation in variations:
        name, equals, listed = variation.partition("=")
        if name not in PARTS:
            raise BadOption(f"--vary {variation}: {name!r} cannot be varied. {_known()}")
        if name in {axis[0][0] for axis in axes}:
            raise BadOption(f"--vary {variation}: {name} is varied twice. List all values at once.")
        if name == "rag.check" and not model_writes:
            raise BadOption(
                f"--vary {variation}: the check matters only where a language model writes. Set "
                "FOOTNOTE_LLM_BASE_URL and FOOTNOTE_LLM_MODEL."
            )
        if not equals:
            raise BadOption(
                f"--vary {variation}: say which values, as in --vary {name}=A,B. These are: "
                f"{PARTS[name].values}."
            )
        values = [_value(name, text) for text in listed.split(",")]
        if len(set(values)) < len(values):
            raise BadOption(f"--vary {variation}: a value stands twice. Name each once.")
        axes.append([(name, _spelled(value), value) for value in values])
    return [_variant(chosen) for chosen in itertools.product(*axes)]


def _value(name: str, text: str) -> Any:  # noqa: ANN401 - of whatever type the field has
    try:
        return PARTS[name].read(text)
    except (KeyError, ValueError) as error:
        raise BadOption(
            f"--vary {name}={text}: {text!r} is no value of {name}; these are: "
            f"{PARTS[name].values}."
        ) from error


def _variant(chosen: Sequence[tuple[str, str, Any]]) -> Variant:
    changes = {PARTS[name].field: value for name, _, value in chosen}
    name = " ".join(f"{name}={text}" for name, text, _ in chosen)
    return Variant(name=name, pipeline=replace(WHOLE, **changes))


def _known() -> str:
    return "These can: " + "; ".join(f"{name} ({part.values})" for name, part in PARTS.items())
