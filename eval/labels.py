"""Labels that people gave, as JSON Lines: one line a key press, only ever added to.

Each line is written at once, so a killed program loses none, and several raters may share a file.
The last line of a rater about an item holds: that is how a label is changed or taken back.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from eval.errors import BadData, MissingData
from eval.label_items import Kind
from index.types import Value

Mark = Literal["full", "partial", "none", "skipped", "undone"]
"""What a rater says: one of `eval.weights.DEGREES`, or that there is none."""


@dataclass(frozen=True, kw_only=True)
class Label(Value):
    """What one rater says of one sentence and one span."""

    key: str
    """See `eval.label_items.Item.key`."""
    kind: Kind
    sentence: str
    quote: str
    article_id: str
    question: str
    rater: str
    label: Mark
    date: str
    """ISO 8601."""


LABEL = TypeAdapter(Label)

Marks = dict[str, dict[str, Mark]]
"""By item key and rater, what holds; what was undone is not there."""


def read_labels(path: str | Path) -> list[Label]:
    """Return the labels of a file in the order in which they were given.

    A last line that was cut off while it was written is left out.

    Raises:
        MissingData: there is no such file.
        BadData: names the line that is no label.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise MissingData(
            f"{path} cannot be read ({error.strerror}). Make it with `python -m eval label`."
        ) from error
    *lines, tail = content.split(b"\n")
    if _is_label(tail):
        lines.append(tail)
    labels = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            labels.append(LABEL.validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise BadData(
                f"{path}, line {number}: {where + ': ' if where else ''}{first['msg']}. "
                "Correct the line or delete it."
            ) from error
    return labels


def marks_of(labels: Iterable[Label]) -> Marks:
    """Return what holds of every item by rater."""
    marks: Marks = {}
    for label in labels:
        raters = marks.setdefault(label.key, {})
        raters.pop(label.rater, None)
        if label.label != "undone":
            raters[label.rater] = label.label
    return {key: raters for key, raters in marks.items() if raters}


class LabelFile:
    """A file that labels are added to, each in one write."""

    def __init__(self, path: str | Path) -> None:
        """Open or make the file, and mend an end that was cut off.

        Raises:
            MissingData: it cannot be written.
        """
        self._path = Path(path)
        try:
            self._mend()
            self._file = self._path.open("ab", buffering=0)
        except OSError as error:
            raise MissingData(
                f"{path} cannot be written ({error.strerror}). Name another file with --labels."
            ) from error

    def add(self, label: Label) -> None:
        """Write a label; once this returns, a kill cannot undo it.

        Raises:
            MissingData: it cannot be written; what was added before stays.
        """
        line = json.dumps(label.to_dict(), ensure_ascii=False) + "\n"
        left = line.encode("utf-8", "backslashreplace")
        try:
            while left:  # a disk that fills up takes a part, and refuses the next write
                left = left[self._file.write(left) :]
        except OSError as error:
            raise MissingData(
                f"{self._path} cannot be written ({error.strerror}). The labels before this one "
                "are saved: make room, and the same command goes on from there."
            ) from error

    def _mend(self) -> None:
        """Let the file end with a whole line: a fragment of a label goes, since it says nothing."""
        if not self._path.exists():
            return
        content = self._path.read_bytes()
        whole, newline, tail = content.rpartition(b"\n")
        if not tail:
            return
        if _is_label(tail):
            with self._path.open("ab") as file:
                file.write(b"\n")
        else:
            with self._path.open("r+b") as file:
                file.truncate(len(whole) + len(newline))

    def __enter__(self) -> "LabelFile":
        """Return the file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()


def raters_of(labels: Sequence[Label]) -> list[str]:
    """Return the raters in the order in which they first come."""
    return [*dict.fromkeys(label.rater for label in labels)]


def _is_label(line: bytes) -> bool:
    try:
        LABEL.validate_json(line)
    except ValidationError:
        return False
    return True
