"""Take articles out of a library together with its own files: so that they can return, or for good.

The steps stand in an order that makes a kill harmless. A discard is first recorded in the
catalogue; then the files move, and `finish` moves what a kill left behind. An erasure first
deletes the files: as long as the article is still listed, it can be asked for again.
"""

from collections.abc import Sequence
from pathlib import Path

from index.discards import discard_article, discard_of, discarded_articles, restore_article
from index.errors import BadValue, MissingPath
from index.folder import Folder
from index.read import without_articles
from index.types import ArticleInfo, Discarded, Erased
from index.upload_folders import UploadFolders

STALE = 3_600.0
"""Seconds after which a file that is still not written to its end never will be."""


class Removals:
    """Discards, restores and erases; the caller holds the folders."""

    def __init__(self, folders: UploadFolders) -> None:
        """Remove from the library of some folders."""
        self._folders = folders
        self._index = folders.index

    def discarded(self) -> list[Discarded]:
        """Return what can be restored, the last discarded first."""
        live = {info.id for info in self._index.articles()}
        found = discarded_articles(self._index.catalogue)
        return [discarded for discarded in found if discarded.article.id not in live]

    def discard(self, article_id: str) -> Discarded:
        """Take an article out so that it can be restored; see `Uploads.discard`."""

        def discard() -> Discarded:
            with self._index.writing() as writer:
                return discard_article(writer, article_id, self._folders.uploads)

        with self._folders.opened() as (uploads, removed):
            discarded = self._folders.patiently(discard)
            _move_out(discarded, uploads, removed)
        return discarded

    def finish(self) -> None:
        """Move what a broken-off discard left, or what a broken-off restore had moved already."""
        with self._folders.opened() as (uploads, removed):
            for discarded in self.discarded():
                _move_out(discarded, uploads, removed)

    def restore(self, discarded: Discarded) -> ArticleInfo:
        """Move an article's own files back and hold it again; see `Uploads.restore`."""

        def restore() -> ArticleInfo:
            with self._index.writing() as writer:
                return restore_article(writer, discarded)

        record = discard_of(self._index.catalogue, discarded.article.id)
        with self._folders.opened() as (uploads, removed):
            try:
                if record is not None:
                    _move_back(record, uploads, removed)
                return self._folders.patiently(restore)
            except BaseException:
                left = discard_of(self._index.catalogue, discarded.article.id)
                if left is not None:
                    _move_out(left, uploads, removed)
                raise

    def erase(self, article_id: str) -> Erased:
        """Delete an article for good, with the library's own files of it; see `Uploads.erase`."""
        erased: list[str] = []
        deleted: list[str] = []
        rewritten: list[str] = []
        elsewhere: list[str] = []
        with self._folders.opened() as (uploads, removed):
            uploads.sweep_parts(STALE)  # a kill may have left some of the article's

            def delete(versions: Sequence[str]) -> None:
                erased[:] = versions
                for path in self._paths_of(versions):
                    if Path(path).parent != self._folders.uploads:
                        elsewhere.append(path)
                    elif uploads.holds(Path(path).name):
                        stays = _delete_from(uploads, Path(path).name, versions)
                        (rewritten if stays else deleted).append(path)
                for name in removed.names():
                    if name.split(" ")[0] in versions:
                        removed.remove(name)

            self._folders.patiently(lambda: self._index.erase(article_id, first=delete))
        self._folders.patiently(lambda: self._index.remove(deleted))
        self._read_again(rewritten)
        return Erased(
            article_ids=tuple(erased),
            deleted=tuple(deleted),
            rewritten=tuple(rewritten),
            elsewhere=tuple(p for p in elsewhere if Path(p).is_absolute() and Path(p).exists()),
        )

    def _paths_of(self, article_ids: Sequence[str]) -> list[str]:
        """Return the paths of what holds some articles, or held them until they were discarded."""
        records = [discard_of(self._index.catalogue, article_id) for article_id in article_ids]
        held = {path for article_id in article_ids for path in self._index.files(article_id)}
        return sorted(held | {file.path for record in records if record for file in record.files})

    def _read_again(self, paths: Sequence[str]) -> None:
        """Read files from which lines were taken; what was discarded of them stays out."""
        if not paths:
            return
        out = [each for each in self.discarded() if {file.path for file in each.files} & {*paths}]
        self._folders.patiently(lambda: self._index.sync(paths))
        live = {info.id for info in self._index.articles()}
        for article_id in (each.article.id for each in out if each.article.id in live):
            self.discard(article_id)


def _move_out(discarded: Discarded, uploads: Folder, removed: Folder) -> None:
    """Move the library's own files of a discarded article to where they can be restored from."""
    for file in discarded.files:
        name = Path(file.path).name
        if file.own and uploads.digest(name) == file.digest:
            uploads.move(name, removed, _removed_name(discarded, name))


def _move_back(discarded: Discarded, uploads: Folder, removed: Folder) -> None:
    """Move them to where they were.

    Raises:
        BadValue: another file lies there.
        MissingPath: a file is gone.
    """
    for file in discarded.files:
        name = Path(file.path).name
        if not file.own or uploads.digest(name) == file.digest:
            continue
        if uploads.holds(name):
            raise BadValue(f"{file.path} is another file by now. Move it away first.")
        if not removed.holds(_removed_name(discarded, name)):
            raise MissingPath(f"{name} is gone from {removed.path}, so it cannot be put back.")
        removed.move(_removed_name(discarded, name), uploads, name)


def _removed_name(discarded: Discarded, name: str) -> str:
    return f"{discarded.article.id} {name}"


def _delete_from(uploads: Folder, name: str, article_ids: Sequence[str]) -> bool:
    """Delete a file, or only some articles of it; say whether it holds others and so stays."""
    regular = uploads.digest(name) is not None  # a link goes, and what it leads to is not touched
    left = without_articles(uploads.path / name, article_ids) if regular else None
    if left is None:
        uploads.remove(name)
        return False
    part, _ = uploads.write_part([left])
    uploads.move(part, uploads, name)
    return True
