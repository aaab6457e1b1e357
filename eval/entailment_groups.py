"""The texts that the entailment model learns from: passages, what follows from them, what does not.

`eval/entailment/*.txt` were written for this and for nothing else. A group is a passage, a numbered
sentence a line, and beneath it, each with the sentences that it rests on:

    + 1,4 | a claim that the passage supports
    - 2 | one that it contradicts
    ? 3 | one of which it says nothing
    ! 3 | one that it does not support, whichever of the two it is
    A 4 | a question that it answers
    X 4 | one that it does not
    ~ 2 -1 +2 | sentence 2, altered so that the first `-` becomes true and the second `+` false
    ^ 4 X2 | sentence 4, altered so that it answers the second `X`
    ^ 3 A1 | sentence 3, altered so that it no longer answers the first `A`

Without the altered sentences a model tells the labels from the wording of claims and questions
alone: it was right on nine of ten of these groups, and on little else. In groups that have none,
each `+` and `A` is followed by its own twin with another label, `!` or `X`, in much the same words.

A tenth of the groups are marked "held out": the model is never trained on them, so that what it
reaches can be measured there. The mark stays with a group; a new group may
have it, an old one neither gets nor loses it unless the model is trained anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import BadData

GROUPS_FOLDER = Path(__file__).with_name("entailment")

HEAD = re.compile(r"# ?(\w+)( held out)?$")
SENTENCE = re.compile(r"(\d+) (.+)$")
STATEMENT = re.compile(r"([-+?!AX]) ([\d, ]+)\| ?(.+)$")
ALTERED = re.compile(r"[~^] (\d+) ((?:[-+?AX]\d+[ ,]*)+)\| ?(.+)$")
TURNED = re.compile(r"([-+?AX])(\d+)")


@dataclass(frozen=True)
class Statement:
    """A claim or a question about a passage."""

    sign: str
    """One of + - ? ! A X."""
    rests_on: tuple[int, ...]
    """Places of the sentences that it follows from, conflicts with or comes nearest to, from 0."""
    text: str


@dataclass(frozen=True)
class Altered:
    """A sentence of a passage, rewritten so that it turns the labels of statements."""

    place: int
    """Which sentence it stands for, from 0."""
    turns: tuple[Statement, ...]
    """What has the opposite label beside it."""
    text: str


@dataclass(frozen=True)
class PassageGroup:
    """A passage and what is said of it."""

    name: str
    sentences: tuple[str, ...]
    statements: tuple[Statement, ...]
    altered: tuple[Altered, ...]
    is_held_out: bool = False
    """Whether the model is never trained on it."""


def read_groups(folder: Path = GROUPS_FOLDER) -> tuple[PassageGroup, ...]:
    """Read every group of a folder, in the order of the files' names.

    Raises:
        BadData: there is none, or a line is not in the form above; the message names it.
    """
    groups = tuple(group for path in sorted(folder.glob("*.txt")) for group in _groups(path))
    if not groups:
        raise BadData(f"{folder} holds no groups in .txt files. Name the folder that does.")
    return groups


def learnt(groups: Sequence[PassageGroup]) -> tuple[PassageGroup, ...]:
    """Return the groups that the model is trained on."""
    return tuple(group for group in groups if not group.is_held_out)


def held_out(groups: Sequence[PassageGroup]) -> tuple[PassageGroup, ...]:
    """Return the groups that it is not trained on."""
    return tuple(group for group in groups if group.is_held_out)


def _groups(path: Path) -> Iterator[PassageGroup]:
    head: re.Match[str] | None = None
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if found := HEAD.match(line):
            if head:
                yield _group(path, head, lines)
            head, lines = found, []
        elif line.strip():
            lines.append((number, line))
    if head:
        yield _group(path, head, lines)


def _group(path: Path, head: re.Match[str], lines: list[tuple[int, str]]) -> PassageGroup:
    sentences: list[str] = []
    statements: list[Statement] = []
    altered: list[Altered] = []
    for number, line in lines:
        try:
            if found := SENTENCE.match(line):
                sentences.append(_next(found, len(sentences)))
            elif found := STATEMENT.match(line):
                rests_on = tuple(_place(part, len(sentences)) for part in found[2].split(","))
                statements.append(Statement(found[1], rests_on, found[3]))
            elif found := ALTERED.match(line):
                turns = tuple(
                    _turned(sign, which, statements) for sign, which in TURNED.findall(found[2])
                )
                altered.append(Altered(_place(found[1], len(sentences)), turns, found[3]))
            else:
                raise ValueError("is in none of the forms that eval/entailment_groups.py names")
        except (ValueError, IndexError) as error:
            raise BadData(f"{path}, line {number}: {error}. Mend the line: {line[:60]}") from error
    if not sentences:
        raise BadData(f"{path}: group {head[1]} has no sentences. Write some, or cut the group.")
    return PassageGroup(
        name=f"{path.stem} {head[1]}",
        sentences=tuple(sentences),
        statements=tuple(statements),
        altered=tuple(altered),
        is_held_out=bool(head[2]),
    )


def _next(found: re.Match[str], before: int) -> str:
    if int(found[1]) != before + 1:
        raise ValueError(f"sentence {before + 1} was expected")
    return found[2]


def _place(number: str, sentences: int) -> int:
    place = int(number) - 1
    if not 0 <= place < sentences:
        raise ValueError(f"there is no sentence {number.strip()}")
    return place


def _turned(sign: str, which: str, statements: list[Statement]) -> Statement:
    of_sign = [statement for statement in statements if statement.sign == sign]
    if not 0 < int(which) <= len(of_sign):
        raise ValueError(f"there is no {sign}{which}")
    return of_sign[int(which) - 1]
