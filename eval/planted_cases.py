"""Read cases with a planted error from JSON Lines, and name every line that cannot be used.

A line is an object: {"article", "evidence", "question", "sound", "planted", "kind"}. The article is
a file, or "file#id" where the file holds several; the evidence is a list of pieces that stand in it
word for word, and together carry the sound sentence.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.checked_lines import Filled, read_lines

REMEDY = (
    'Each line must be an object such as {"article": "ferry.txt", "evidence": ["It will cost 3 '
    'crowns."], "question": "What will it cost?", "sound": "The price is 3 crowns.", "planted": '
    '"The price is 4 crowns.", "kind": "number"}.'
)


class Planted(BaseModel):
    """A question, a sentence that answers it, and the same with an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    article: Filled
    evidence: list[Filled] = Field(min_length=1)
    question: Filled
    sound: Filled
    planted: Filled
    kind: Filled


def load_planted(path: Path) -> list[Planted]:
    """Return the cases of a file, in order; blank lines are skipped.

    Raises:
        MissingData: there is no such file, or it holds no case.
        BadCases: lists every bad line with its number and cause.
    """
    return read_lines(path, Planted, REMEDY)
