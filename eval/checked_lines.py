"""Read JSON Lines into checked rows, and name every line that cannot be used."""

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, ValidationError

from eval.errors import BadCases, MissingData

Filled = Annotated[str, Field(min_length=1, pattern=r"\S")]
"""Text with at least one character that is seen."""

Row = TypeVar("Row", bound=BaseModel)


def read_lines(path: Path, kind: type[Row], remedy: str) -> list[Row]:
    """Return the rows of a file, in order; blank lines are skipped.

    Args:
        path: The file.
        kind: What each line must be.
        remedy: A sentence that shows what a line should look like.

    Raises:
        MissingData: there is no such file, it is not UTF-8, or it holds no row.
        BadCases: lists every bad line with its number and cause.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise MissingData(f"{path} cannot be read ({error.strerror}). Name a file.") from error
    except UnicodeDecodeError as error:
        raise MissingData(f"{path} is not in UTF-8. Save it as UTF-8.") from error
    rows: list[Row] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(kind.model_validate_json(line))
        except ValidationError as error:
            for each in error.errors():
                where = ".".join(map(str, each["loc"]))
                problems.append(f"line {number}: {where + ': ' if where else ''}{each['msg']}")
    if problems:
        raise BadCases(str(path), problems, remedy)
    if not rows:
        raise MissingData(f"{path} holds nothing. {remedy}")
    return rows
