"""Read cases from JSON Lines, and name every line that cannot be used.

A line is an object: {"id", "question", "answerable"} and, where they apply, "reference", "spans"
([{"path", "quote"}]), "paths", "tags", "history" ([[question, answer]]), "as_of", "nuggets"
([{"text", "vital"}]), "disputed" and "among" (paths of the only articles to ask over).
"""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import BadCases, MissingData
from eval.types import Case, Nugget, Span

Filled = Annotated[str, Field(min_length=1, pattern=r"\S")]

REMEDY = (
    'Each line must be an object such as {"id": "pact-1", "question": "Who leads the pact?", '
    '"reference": "Ana Ruiz", "spans": [{"path": "pact.md", "quote": "Ana Ruiz leads the pact."}], '
    '"paths": ["pact.md"], "answerable": true, "tags": ["people"]}.'
)


class _SpanLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    path: Filled
    quote: Filled


class _NuggetLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    text: Filled
    vital: bool = True


class _CaseLine(BaseModel):
    """What a line may hold; a misspelt name is refused, since it would pass silently."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Filled
    question: Filled
    answerable: bool
    history: list[tuple[str, str]] = []
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    reference: str | None = None
    spans: list[_SpanLine] = []
    paths: list[Filled] = []
    tags: list[Filled] = []
    nuggets: list[_NuggetLine] = []
    disputed: bool | None = None
    among: list[Filled] = []


def load_cases(path: str | Path) -> list[Case]:
    """Return the cases of a file, in order; blank lines are skipped.

    Raises:
        MissingData: there is no such file, or it holds no case.
        BadCases: lists every bad line with its number and cause.
    """
    lines = _read_lines(Path(path))
    problems: list[str] = []
    cases: list[Case] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = _parse(line)
        except ValueError as error:
            problems.append(f"line {number}: {error}")
            continue
        if case.id in first_line:
            problems.append(f"line {number}: id {case.id!r} stands on line {first_line[case.id]}")
        first_line.setdefault(case.id, number)
        cases.append(case)
    if problems:
        raise BadCases(str(path), problems, REMEDY)
    if not cases:
        raise MissingData(f"{path} holds no case. {REMEDY}")
    return cases


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise MissingData(
            f"{path} cannot be read ({error.strerror}). Name a file of cases with --cases."
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadCases(str(path), [f"line {line}: not UTF-8"], "Save it as UTF-8.") from error


def _parse(line: str) -> Case:
    """Return the case on a line.

    Raises:
        ValueError: says what is wrong with the line.
    """
    try:
        fields: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(fields, dict):
        raise ValueError(f"not an object but {type(fields).__name__}")
    try:
        # JSON has no tuples, so strictness must be judged as JSON is
        parsed = _CaseLine.model_validate_json(line)
    except ValidationError as error:
        raise ValueError("; ".join(_cause(e["loc"], e["msg"]) for e in error.errors())) from error
    if not parsed.answerable and parsed.spans:
        raise ValueError("spans: an unanswerable question has no gold quote")
    if not parsed.answerable and parsed.nuggets:
        raise ValueError("nuggets: an unanswerable question has no answer that could tell them")
    return Case(
        id=parsed.id,
        question=parsed.question,
        history=tuple(parsed.history),
        as_of=parsed.as_of,
        reference=parsed.reference,
        spans=tuple(Span(path=span.path, quote=span.quote) for span in parsed.spans),
        paths=tuple(parsed.paths),
        answerable=parsed.answerable,
        tags=tuple(parsed.tags),
        nuggets=tuple(Nugget(text=nugget.text, vital=nugget.vital) for nugget in parsed.nuggets),
        disputed=parsed.disputed,
        among=tuple(parsed.among),
    )


def _cause(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(part) for part in place)}: {message}"
