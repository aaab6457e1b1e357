"""Files that came through the page or from an address, kept in the library's own folder.

A file is on the disk under its name before the library reads it, and one that cannot be read does
not stay. What is discarded moves to another folder, from which it can be put back. A lock has one
change follow another; what a kill breaks off is made good by the next `recover`.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

from index.errors import BrokenLibrary, MissingPath
from index.filenames import numbered, safe_name, suffix_of
from index.folder import CHUNK, Folder
from index.library import Index
from index.pasted import to_markdown
from index.progress import Progress
from index.read import SUFFIXES
from index.removals import STALE, Removals
from index.sync import ERASED
from index.types import ArticleInfo, Discarded, Erased, Kept, SyncReport
from index.upload_folders import PATIENCE, UploadFolders

MOST_BYTES = 10_000_000
"""Of one file; the page takes no larger ones."""

MOST_WORDS_IN_NAME = 12
"""Of pasted text, whose beginning names its file."""

WRONG_KIND = f"is of no kind that is read ({', '.join(sorted(SUFFIXES))})"
TOO_LARGE = f"is larger than {MOST_BYTES // 1_000_000} MB: split it into its articles"

Source = Path | bytes | BinaryIO


class Uploads:
    """Keeps, takes out and erases the files of one library; safe from many threads at once."""

    def __init__(self, index: Index, *, patience: float = PATIENCE) -> None:
        """Keep files beneath a library.

        Args:
            index: The library.
            patience: Seconds for which a change waits for whoever else changes the library.
        """
        self._index = index
        self._folders = UploadFolders(index, patience)
        self._removals = Removals(self._folders)

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folders.uploads

    def keep(self, name: str, source: Source, *, progress: Progress | None = None) -> Kept:
        """Keep a file in the library, and read it.

        Args:
            name: What the file is called where it comes from; it is kept under a safe and unique
                name that is as near to it as can be.
            source: Where its content is.
            progress: As for `Index.sync`.

        Raises:
            MissingPath: the source is not there.
            LibraryBusy: somebody else has been writing for a minute; nothing is kept.
            BrokenLibrary: the library cannot be written.
        """
        wanted = safe_name(name)
        if not suffix_of(wanted):
            return Kept(name=wanted, outcome="rejected", reason=WRONG_KIND)
        with Folder.open(self.folder) as uploads:
            try:
                part, digest = uploads.write_part(_chunks(source))
            except _TooLarge:
                return Kept(name=wanted, outcome="rejected", reason=TOO_LARGE)
            except OSError as error:
                raise BrokenLibrary(
                    f"{self.folder} cannot be written ({error.strerror}). Free some space, or use "
                    "another library."
                ) from error
            try:
                with self._folders.held():
                    return self._take(uploads, part, digest, wanted, progress)
            finally:
                uploads.remove(part)

    def paste(
        self,
        text: str,
        *,
        title: str | None = None,
        source: str | None = None,
        author: str | None = None,
        published: str | None = None,
        url: str | None = None,
    ) -> Kept:
        """Keep pasted text as a Markdown file, with what is known about it; see `keep`.

        Raises:
            BadValue: the day is none, the address is not on the web, or a fact is too long.
        """
        written = to_markdown(
            text, title=title, source=source, author=author, published=published, url=url
        )
        first = " ".join((title or "").split()) or text.strip().split("\n")[0]
        words = first.replace("/", " ").replace("\\", " ").split()[:MOST_WORDS_IN_NAME]
        name = " ".join(words) or "pasted text"
        return self.keep(f"{name}.md", written.encode())

    def fetch(self, url: str) -> Kept:
        """Fetch a public web page, and keep it with its address; see `keep`.

        Raises:
            FetchFailure: the address may not be fetched, or its server fails.
        """
        from index.fetch import fetch_page  # here, since only this needs the web
        from index.fetched import to_file

        return self.keep(*to_file(fetch_page(url)))

    def discard(self, article_id: str) -> Discarded:
        """Take an article out of the library, so that `restore` can put it back.

        Its files in `uploads/` move to `removed/`, unless they hold other articles too; files
        elsewhere stay where they are.

        Raises:
            UnknownArticle: the library does not hold it now.
        """
        with self._folders.held():
            return self._removals.discard(article_id)

    def discarded(self) -> list[Discarded]:
        """Return what can be restored, the last discarded first."""
        return self._removals.discarded()

    def restore(self, discarded: Discarded) -> ArticleInfo:
        """Put an article back as it was: same id, same facts, same files, same corrections.

        Raises:
            UnknownArticle: it was erased since.
            MissingPath: its file is gone, or holds other text by now.
            BadValue: another file lies in its place.
        """
        with self._folders.held():
            return self._removals.restore(discarded)

    def erase(self, article_id: str) -> Erased:
        """Delete an article and its older versions for good, with the library's own files of it.

        A .jsonl file that holds other articles too only loses its lines. Files elsewhere are never
        touched.

        Raises:
            UnknownArticle: there is none of this id.
        """
        with self._folders.held():
            return self._removals.erase(article_id)

    def recover(self) -> SyncReport:
        """Finish what a kill broke off, and read files that lie in `uploads/` but were never read.

        To be called when a library is opened for serving; a read-only one is left as it is.
        """
        if self._index.read_only:
            return SyncReport()
        with self._folders.held():
            self._removals.finish()
            with Folder.open(self.folder) as uploads:
                uploads.sweep_parts(STALE)
                known = self._index.catalogue.files()
                paths = [str(self.folder / name) for name in uploads.names() if suffix_of(name)]
                new = [path for path in paths if path not in known]
                report = self._folders.patiently(lambda: self._index.sync(new))
                for path, reason in report.rejected:
                    if reason == ERASED:
                        self._drop(uploads, Path(path).name)
                self._forget_erased(uploads, known)
        return report

    def _take(
        self, uploads: Folder, part: str, digest: str, wanted: str, progress: Progress | None
    ) -> Kept:
        """Give a written file its name, and read it.

        The name of a discarded file stays its own: corrections belong to it, and so does its place.
        """
        discarded = self.discarded()
        for number in count(1):
            name = numbered(wanted, number)
            path = str(self.folder / name)
            gone = [each for each in discarded if path in {file.path for file in each.files}]
            digests = {uploads.digest(name)} | {
                file.digest for each in gone for file in each.files if file.own
            }
            if digest in digests and gone:
                back = [self._removals.restore(each) for each in gone]
                return Kept(name=name, outcome="added", articles=tuple(back))
            if digest in digests:
                return self._read(uploads, name, progress)
            if not gone and not uploads.holds(name):
                uploads.move(part, uploads, name)
                return self._read(uploads, name, progress)
        raise AssertionError("unreachable")

    def _read(self, uploads: Folder, name: str, progress: Progress | None) -> Kept:
        """Have the library read a file, and tell what came of it."""
        path = str(self.folder / name)
        try:
            report = self._folders.patiently(lambda: self._index.sync([path], progress=progress))
        except BaseException:
            if path not in self._index.catalogue.files():
                uploads.remove(name)
            raise
        if reason := dict(report.rejected).get(path):
            self._drop(uploads, name)
            return Kept(name=name, outcome="rejected", reason=reason)
        ids = self._index.catalogue.articles_in(path)
        others = {i: [file for file in self._index.files(i) if file != path] for i in ids}
        known = path in report.unchanged
        return Kept(
            name=name,
            outcome="unchanged" if known else "twin" if all(others.values()) else "added",
            articles=tuple(self._index.article(article_id).info for article_id in ids),
            twin_of=tuple(sorted({file for files in others.values() for file in files})),
        )

    def _forget_erased(self, uploads: Folder, known: Iterable[str]) -> None:
        """Have the library forget files that went in an erasure before it could be told so."""
        gone = [
            path
            for path in known
            if Path(path).parent == self.folder
            and not uploads.holds(Path(path).name)
            and not self._index.catalogue.articles_in(path)
        ]
        if gone:
            self._folders.patiently(lambda: self._index.remove(gone))

    def _drop(self, uploads: Folder, name: str) -> None:
        """Delete a file, and have the library forget it."""
        uploads.remove(name)
        self._folders.patiently(lambda: self._index.remove([self.folder / name]))


class _TooLarge(Exception):
    """The source has more bytes than are kept."""


def _chunks(source: Source) -> Iterator[bytes]:
    """Yield a source piece by piece, as long as it is not too large."""
    if isinstance(source, bytes):
        if len(source) > MOST_BYTES:
            raise _TooLarge
        yield source
    elif isinstance(source, Path):
        try:
            file = source.open("rb") if source.is_file() else None  # a pipe would keep us waiting
        except OSError:
            file = None
        if file is None:
            raise MissingPath(f"{source} is not there, or cannot be read. Choose the file again.")
        with file:
            yield from _chunks(file)
    else:
        size = 0
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > MOST_BYTES:
                raise _TooLarge
            yield chunk
