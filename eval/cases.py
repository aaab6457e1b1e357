"""Read cases from JSON Lines, and name every line that cannot be used.

A line is an object: {"id", "question", "answerable"} and, where they apply, "reference",
"references" (other wordings of it), "spans" ([{"path", "quote"}]), "paths", "tags", "history"
([[question, answer]]), "as_of", "nuggets" ([{"text", "vital"}]), "disputed", "among" (paths of the
only articles to ask over), "cluster" (what such cases share, where it is not their article) and
"reviewed": false on a case that a program drafted and nobody has looked at yet. Such a case
measures nothing, so it is never asked.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from eval.errors import BadCases, MissingData, NotReviewed
from eval.types import Case, Nugget, Span
from index.types import Value

Filled = Annotated[str, Field(min_length=1, pattern=r"\S")]

REMEDY = (
    'Each line must be an object such as {"id": "pact-1", "question": "Who leads the pact?", '
    '"reference": "Ana Ruiz", "spans": [{"path": "pact.md", "quote": "Ana Ruiz leads the pact."}], '
    '"paths": ["pact.md"], "answerable": true, "tags": ["people"]}.'
)

REVIEW = (
    "Go through them with `python -m eval draft --review {path}`, or in a text editor: put "
    '"reviewed": true on a line that is right, correct it, or delete it.'
)
MOST_LINES_NAMED = 10


@dataclass(frozen=True, kw_only=True)
class CaseLine(Value):
    """A line of a file of cases, and what it says."""

    number: int
    """Counted from 1."""
    text: str
    case: Case
    reviewed: bool


class _SpanLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    path: Filled
    quote: Filled


class _NuggetLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    text: Filled
    vital: bool = True


def _real_day(text: str) -> str:
    """Return a day that there is.

    Raises:
        ValueError: there is none such.
    """
    date.fromisoformat(text)
    return text


Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real_day)]


class _CaseLine(BaseModel):
    """What a line may hold; a misspelt name is refused, since it would pass silently."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Filled
    question: Filled
    answerable: bool
    history: list[tuple[str, str]] = []
    as_of: Day | None = None
    reference: str | None = None
    references: list[Filled] = []
    spans: list[_SpanLine] = []
    paths: list[Filled] = []
    tags: list[Filled] = []
    nuggets: list[_NuggetLine] = []
    disputed: bool | None = None
    among: list[Filled] = []
    cluster: Filled | None = None
    reviewed: bool = True


def load_cases(path: str | Path, *, note: Callable[[str], None] | None = None) -> list[Case]:
    """Return the cases of a file, in order; blank lines are skipped.

    Args:
        path: The file.
        note: Told how many cases nobody has reviewed, which are then left out. Without it they are
            refused, so that none is left out unsaid.

    Raises:
        MissingData: there is no such file, or it holds no case.
        BadCases: lists every bad line with its number and cause.
        NotReviewed: cases are not reviewed, and there is no `note` or no other case.
    """
    lines = read_case_lines(path)
    reviewed = [line.case for line in lines if line.reviewed]
    if len(reviewed) < len(lines):
        message = _not_reviewed(path, lines)
        if note is None or not reviewed:
            raise NotReviewed(message)
        note(f"{message} They are left out.")
    return reviewed


def read_case_lines(path: str | Path) -> list[CaseLine]:
    """Return every case of a file with its line, reviewed or not.

    Raises:
        MissingData: there is no such file, or it holds no case.
        BadCases: lists every bad line with its number and cause.
    """
    lines = _read_lines(Path(path))
    problems: list[str] = []
    found: list[CaseLine] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case, reviewed = _parse(line)
        except ValueError as error:
            problems.append(f"line {number}: {error}")
            continue
        if case.id in first_line:
            problems.append(f"line {number}: id {case.id!r} stands on line {first_line[case.id]}")
        first_line.setdefault(case.id, number)
        found.append(CaseLine(number=number, text=line, case=case, reviewed=reviewed))
    if problems:
        raise BadCases(str(path), problems, REMEDY)
    if not found:
        raise MissingData(f"{path} holds no case. {REMEDY}")
    return found


def _not_reviewed(path: str | Path, lines: Sequence[CaseLine]) -> str:
    numbers = [str(line.number) for line in lines if not line.reviewed]
    named = ", ".join(numbers[:MOST_LINES_NAMED])
    more = ", …" if len(numbers) > MOST_LINES_NAMED else ""
    kinds = f"{len(numbers)} of {len(lines)} cases of {path} are drafted and not reviewed"
    return f"{kinds} (line {named}{more}). {REVIEW.format(path=path)}"


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise MissingData(
            f"{path} cannot be read ({error.strerror}). Name a file of cases with --cases."
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadCases(str(path), [f"line {line}: not UTF-8"], "Save it as UTF-8.") from error


def _parse(line: str) -> tuple[Case, bool]:
    """Return the case on a line, and whether it is reviewed.

    Raises:
        ValueError: says what is wrong with the line.
    """
    try:
        fields: Any = json.loads(line, object_pairs_hook=_refuse_doubled)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
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
    case = Case(
        id=parsed.id,
        question=parsed.question,
        history=tuple(parsed.history),
        as_of=parsed.as_of,
        reference=parsed.reference,
        references=tuple(parsed.references),
        spans=tuple(Span(path=span.path, quote=span.quote) for span in parsed.spans),
        paths=tuple(parsed.paths),
        answerable=parsed.answerable,
        tags=tuple(parsed.tags),
        nuggets=tuple(Nugget(text=nugget.text, vital=nugget.vital) for nugget in parsed.nuggets),
        disputed=parsed.disputed,
        among=tuple(parsed.among),
        cluster=parsed.cluster,
    )
    return case, parsed.reviewed


def _refuse_doubled(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object's fields; of two of one name, one would be lost unsaid."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = Counter(name for name, _ in pairs)
        twice = next(name for name, count in names.items() if count > 1)
        raise ValueError(f"{twice}: stands twice")
    return fields


def _cause(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(part) for part in place)}: {message}"
