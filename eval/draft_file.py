"""A file of drafted cases: written once, then changed line by line while somebody reviews it.

The file is the truth. What a reviewer decides is in it before the next case is shown, and all other
lines stay as they are, byte for byte, however they were edited.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from eval.cases import CaseLine
from eval.draft_cases import Pair
from eval.errors import BadOption, MissingData
from eval.files import replace_file
from eval.types import Case

CHANGED = (
    "{path} was changed by another program while it was reviewed here: line {number} is no longer "
    "what was shown. Nothing was overwritten; run the command again."
)


def case_to_line(case: Case, *, reviewed: bool) -> str:
    """Return a case as a line of JSON: first what a reviewer looks at, last its id."""
    spans = [{"path": span.path, "quote": span.quote} for span in case.spans]
    fields: dict[str, Any] = {
        "reviewed": reviewed,
        "answerable": case.answerable,
        "question": case.question,
        "reference": case.reference,
        "spans": spans,
        "paths": [*case.paths],
        "tags": [*case.tags],
        "id": case.id,
    }
    given = {name: value for name, value in fields.items() if value not in (None, [])}
    return json.dumps(given, ensure_ascii=False)


def pairs_to_text(pairs: Iterable[Pair]) -> str:
    """Return a file of cases that nobody has reviewed: a blank line after each pair."""
    return "\n".join(
        "".join(f"{case_to_line(case, reviewed=False)}\n" for case in pair.cases) for pair in pairs
    )


def refuse_to_overwrite(path: Path, *, overwrite: bool) -> None:
    """Refuse a file that is there, since somebody may have reviewed it.

    Raises:
        BadOption: it is there, and nobody said that it may go.
        MissingData: its folder is not there.
    """
    if path.is_dir():
        raise BadOption(f"{path} is a folder: name a file with --out.")
    if path.exists() and not overwrite:
        raise BadOption(
            f"{path} is there already, perhaps with your review in it. Name another file with "
            "--out, or say --overwrite to lose what it holds."
        )
    if not path.absolute().parent.is_dir():
        raise MissingData(f"{path} cannot be written: its folder is not there. Make it first.")


def change_line(path: Path, line: CaseLine, changes: dict[str, Any] | None) -> None:
    """Change some fields of one line, or delete it; all other lines stay as they are.

    Args:
        path: The file.
        line: The line as it was read.
        changes: Values by field; None to delete the line.

    Raises:
        MissingData: the file cannot be read or written.
        BadOption: the line is not in the file any more.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise MissingData(f"{path} cannot be read any more ({error}).") from error
    places = [place for place, text in enumerate(lines) if text.strip() == line.text.strip()]
    if len(places) != 1:
        raise BadOption(CHANGED.format(path=path, number=line.number))
    if changes is None:
        del lines[places[0]]
    else:
        ending = "\r" if lines[places[0]].endswith("\r") else ""
        changed = json.loads(line.text) | changes
        lines[places[0]] = json.dumps(changed, ensure_ascii=False) + ending
    replace_file(path, "\n".join(lines))
