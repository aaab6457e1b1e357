"""Keep every answer in a file as it comes, so that a run that was cut short goes on where it was.

The first line says what the answers were made with; each further one is an outcome as JSON. A line
that a kill tore in two is cut off; whatever else cannot be read is an error, since a mended journal
might mix the answers of two versions.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.errors import BadData, MissingData
from eval.types import Case, Outcome

FORMAT = 1
OUTCOME = TypeAdapter(Outcome)

REMEDY = "Name another file with --resume, or delete this one to ask everything anew."


class Journal:
    """The outcomes of one run, in a file that only grows."""

    def __init__(self, path: str | Path, made_with: Mapping[str, Any]) -> None:
        """Open a journal, or begin one.

        Args:
            path: The file; its folder must be there.
            made_with: All that can change an answer; a journal made with anything else is refused.

        Raises:
            MissingData: the file cannot be read or written.
            BadData: it is no journal, or one made with something else.
        """
        self.path = Path(path)
        self._header = json.dumps({"format": FORMAT, "made_with": made_with}, sort_keys=True)
        self._outcomes: dict[str, Outcome] = {}
        self._lock = Lock()
        try:
            if self.path.exists():
                self._read()
            if not self._outcomes:
                self.path.write_text(self._header + "\n", encoding="utf-8")
        except OSError as error:
            raise MissingData(f"{path} cannot be used ({error.strerror}). {REMEDY}") from error

    def kept(self, cases: Sequence[Case]) -> dict[str, Outcome]:
        """Return, by case id, what came back for those of the cases that were asked already."""
        known = ((case, self._outcomes.get(case.id)) for case in cases)
        return {case.id: kept for case, kept in known if kept is not None and kept.case == case}

    def add(self, outcome: Outcome) -> None:
        """Write an outcome; when this returns, no kill can lose it. Threads may do so at once.

        Raises:
            MissingData: the file cannot be written, as on a full disk.
        """
        line = json.dumps(outcome.to_dict(), ensure_ascii=False) + "\n"
        try:
            with self._lock, self.path.open("a", encoding="utf-8") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise MissingData(
                f"{self.path} cannot be written ({error.strerror}). What was asked so far is kept: "
                "make room and run the command again."
            ) from error
        self._outcomes[outcome.case.id] = outcome

    def _read(self) -> None:
        content = self.path.read_bytes()
        whole, _, torn = content.rpartition(b"\n")
        lines = whole.split(b"\n") if whole else []
        if lines or not self._header.encode().startswith(torn):
            self._refuse_other(lines[0] if lines else torn)
        for number, line in enumerate(lines[1:], start=2):
            try:
                outcome = OUTCOME.validate_json(line)
            except ValidationError as error:
                cause = error.errors()[0]["msg"]
                raise BadData(f"{self.path}: line {number}: {cause}. {REMEDY}") from error
            self._outcomes[outcome.case.id] = outcome
        if torn:
            with self.path.open("r+b") as file:
                file.truncate(len(content) - len(torn))

    def _refuse_other(self, line: bytes) -> None:
        try:
            found = json.loads(line)
            made_with = dict(found["made_with"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadData(f"{self.path} is no journal of answers. {REMEDY}") from error
        wanted = json.loads(self._header)
        if found == wanted:
            return
        names = sorted({*made_with, *wanted["made_with"]})
        changed = [n for n in names if made_with.get(n) != wanted["made_with"].get(n)]
        raise BadData(
            f"{self.path} was begun with other {', '.join(changed) or 'rules'}, so its answers do "
            f"not belong to this run. {REMEDY}"
        )
