"""Write files so that nothing is lost: whole or not at all, and never over what is read."""

import os
from collections.abc import Mapping
from pathlib import Path

from eval.errors import BadOption, MissingData

OURS = (b"\xc2\xb7 Footnote</title>", b'"made_with": {')
"""What the beginnings of a report's page and of a journal hold."""
HEAD_READ = 2_000


def replace_file(path: str | Path, text: str) -> None:
    """Put a text in a file's place, whole or not at all.

    Raises:
        MissingData: it cannot be written; what stood there is still there.
    """
    target = Path(path).resolve()  # a link stays one
    beside = target.with_name(f".{target.name}.new")
    try:
        if target.exists() and not target.is_file():  # /dev/stdout, a pipe
            target.write_text(text, encoding="utf-8")
            return
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise MissingData(
            f"{path} cannot be written ({error.strerror}). Make room, or name another file."
        ) from error


def refuse_outputs(
    outputs: Mapping[str, str | None],
    inputs: Mapping[str, str | None],
    articles: str | Path | None,
) -> None:
    """Refuse files that cannot be written, or that would take something from the user.

    Args:
        outputs: What is to be written, by option.
        inputs: What is read, by option.
        articles: The folder of the articles.

    Raises:
        BadOption: two options name one file, an output is a folder, or it would overwrite an
            article.
        MissingData: the folder of an output is not there.
    """
    read = {Path(path).resolve(): option for option, path in inputs.items() if path}
    taken: dict[Path, str] = {}
    for option, path in outputs.items():
        if not path:
            continue
        target = Path(path).resolve()
        if target.is_dir():
            raise BadOption(f"{option} {path} is a folder. Name a file in it.")
        if not target.parent.is_dir():
            raise MissingData(f"{path} cannot be written: its folder is not there. Make it first.")
        if target in read:
            raise BadOption(f"{option} {path} would overwrite {read[target]}. Name another file.")
        if target in taken and (target.is_file() or not target.exists()):
            raise BadOption(f"{taken[target]} and {option} both name {path}. Name two files.")
        if articles and _is_article(target, Path(articles).resolve()):
            raise BadOption(f"{option} {path} would overwrite an article. Name another file.")
        taken[target] = option


def _is_article(target: Path, articles: Path) -> bool:
    """Say whether a file that is there is an article; what an earlier run wrote is none."""
    from index.read import SUFFIXES  # late: it brings the readers of every kind

    if not target.is_relative_to(articles) or target.suffix.lower() not in SUFFIXES:
        return False
    if not target.is_file():
        return False
    with target.open("rb") as file:
        head = file.read(HEAD_READ)
    return not any(mark in head for mark in OURS)
