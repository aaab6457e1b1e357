"""Check a library from end to end, for `python -m index verify`."""

from pathlib import Path

from index.base import base_problem
from index.base_digests import damage
from index.catalogue import Catalogue
from index.copies import COPIED_EVERY, is_sound
from index.copy_files import newest_copy
from index.database import Database
from index.errors import BrokenLibrary
from index.passages import cut_passages
from index.vectors import VectorStore


def find_problems(folder: Path, catalogue: Catalogue, vectors: VectorStore) -> list[str]:
    """Return what is wrong with a library, in words.

    Args:
        folder: The library's.
        catalogue: Its catalogue.
        vectors: Its vectors.
    """
    problems = [*_in_file(catalogue.database), *_in_file(vectors.database)]
    if problems:  # what would be read next is damaged
        return [*problems, *_in_copy(folder)]
    problems += _in_copy(folder)
    if lost := vectors.missing(key for _, key in catalogue.vectors()):
        problems.append(f"{len(lost)} passages have no vector")
    for info in catalogue.articles():
        if cut_passages(catalogue.article(info.id)) != catalogue.passages(info.id):
            problems.append(f"article {info.id}: its passages are not those of its text")
    name = catalogue.fact("base")
    if name and not catalogue.database.read_only:
        problem = damage(folder / name) or base_problem(
            folder / name, int(catalogue.fact("base_size") or 0)
        )
        if problem:
            problems.append(f"the search base: {problem}")
    return problems


def _in_file(database: Database) -> list[str]:
    """Return what SQLite finds wrong with a file."""
    try:
        with database.reading():
            told = database.connection.execute("PRAGMA integrity_check").fetchall()
    except BrokenLibrary as error:
        return [str(error)]
    return [f"{database.path.name}: {row[0]}" for row in told if row[0] != "ok"]


def _in_copy(folder: Path) -> list[str]:
    """Return what is wrong with the copy that a damaged catalogue is restored from."""
    while (copy := newest_copy(folder)) is not None and not is_sound(copy):
        if newest_copy(folder) == copy:  # else a writer replaced it meanwhile
            return [
                f"{copy.path} is damaged, and a damaged catalogue could not be restored from it: "
                "run `python -m index add` with your articles, which replaces it (a large one at "
                f"most every {COPIED_EVERY / 60:.0f} minutes)"
            ]
    return []
