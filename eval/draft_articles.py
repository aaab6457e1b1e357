"""The articles that cases are drafted from: of a folder, which is only read, or of a library."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from eval.errors import MissingData
from index import Article, Index
from index.errors import UnreadableArticle
from index.progress import Progress
from index.reading import read_safely
from index.types import Value
from index.walk import files_beneath

NOTHING_THERE = (
    "{place} holds no article that can be read. Put articles there (.txt, .md, .html, .pdf, .docx, "
    ".jsonl), or name another with --articles or --library."
)


@dataclass(frozen=True, kw_only=True)
class Pile(Value):
    """Articles, each text once, whose paths are those that cases name."""

    articles: tuple[Article, ...]
    rejected: tuple[tuple[str, str], ...] = ()
    """(path, reason) of every file that could not be read."""


def read_pile(folder: Path, progress: Progress) -> Pile:
    """Read a folder as a sync would, without keeping or embedding anything.

    Raises:
        MissingPath: there is no such folder.
        MissingData: no article is in it.
    """
    files, unreadable = files_beneath(folder)
    found: dict[str, Article] = {}
    rejected = [*unreadable]
    for done, file in enumerate(files):
        progress(done, len(files), file)
        try:
            for article in read_safely(Path(file)):
                found.setdefault(article.id, replace(article, path=file))
        except UnreadableArticle as error:
            rejected.append((error.path, error.reason))
    progress(len(files), len(files), "read")
    return _pile(found.values(), files, rejected, folder)


def library_pile(index: Index, folder: Path, progress: Progress) -> Pile:
    """Return the articles of a library; those that come from no file cannot be named by a case.

    Raises:
        MissingData: the library holds no article.
    """
    infos = index.articles()
    found: list[Article] = []
    files: list[str] = []
    for done, info in enumerate(infos):
        progress(done, len(infos), info.title or info.key)
        held = sorted(index.files(info.id))
        files += held
        if held:
            found.append(replace(index.article(info.id), path=held[0]))
    progress(len(infos), len(infos), "read")
    return _pile(found, files, (), folder)


def _pile(
    articles: Iterable[Article],
    files: Iterable[str],
    rejected: Iterable[tuple[str, str]],
    place: Path,
) -> Pile:
    names = short_names(files)
    named = [replace(article, path=names[article.path or ""]) for article in articles]
    if not named:
        raise MissingData(NOTHING_THERE.format(place=place))
    ordered = sorted(named, key=lambda article: (article.path or "", article.id))
    return Pile(articles=tuple(ordered), rejected=tuple(rejected))


def short_names(files: Iterable[str]) -> dict[str, str]:
    """Return each path's shortest end that no other path has: mostly the file's name alone.

    A case that names it finds the file wherever the articles are kept.
    """
    paths = {file: PurePath(file).parts for file in dict.fromkeys(files)}
    ends = Counter(parts[-n:] for parts in paths.values() for n in range(1, len(parts) + 1))
    return {
        file: str(PurePath(*_shortest([parts[-n:] for n in range(1, len(parts) + 1)], ends)))
        for file, parts in paths.items()
    }


def _shortest(candidates: list[tuple[str, ...]], ends: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    return next((end for end in candidates if ends[end] == 1), candidates[-1])
