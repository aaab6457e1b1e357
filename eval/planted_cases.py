"""Read cases with a planted error from JSON Lines, and name every line that cannot be used.

A line is an object: {"article", "evidence", "question", "sound", "planted", "kind"}. The article is
a file, or "file#id" where the file holds several; the evidence is a list of pieces that stand in it
word for word, and together carry the sound sentence.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import BadCases, MissingData

Filled = Annotated[str, Field(min_length=1, pattern=r"\S")]

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
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise MissingData(f"{path} cannot be read ({error.strerror}). Name a file.") from error
    cases: list[Planted] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(Planted.model_validate_json(line))
        except ValidationError as error:
            problems += [f"line {number}: {each['loc']}: {each['msg']}" for each in error.errors()]
    if problems:
        raise BadCases(str(path), problems, REMEDY)
    if not cases:
        raise MissingData(f"{path} holds no case. {REMEDY}")
    return cases
