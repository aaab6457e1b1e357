"""`Index`: the public face of a library of articles."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from index.catalogue import CORRECTABLE, Catalogue
from index.copies import guard, keep_copy, restore
from index.copy_files import drop_copies
from index.database import naming_disk
from index.dates import parse_date
from index.errors import BadValue, BrokenLibrary, DiskFailure
from index.lock import writer_lock
from index.mentions import MOST_MENTIONS, Phrase, find_mentions
from index.models import load_embedder
from index.place import (
    CATALOGUE_FILE,
    VECTORS_FILE,
    folder_of,
    is_library,
    is_read_only,
    make_folder,
    missing,
)
from index.problems import find_problems
from index.progress import Progress
from index.search import Searcher, articles_within
from index.sync import Writer, refuse_mismatch
from index.types import (
    RETRIEVERS,
    Article,
    ArticleInfo,
    Hit,
    Mention,
    Passage,
    Retriever,
    SyncReport,
)
from index.upkeep import ERASING
from index.vectors import VectorStore
from index.walk import is_within

log = logging.getLogger(__name__)


def _silent(done: int, total: int, label: str) -> None:
    """Show no progress."""


class Index:
    """A library of articles: sync it with files, list it, search it.

    Reading is safe from many threads and processes while one writes.
    """

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        """Open the files of a library; use `Index.open`."""
        self.folder = folder
        self.read_only = read_only
        self._unwritable: str | None = None
        guard(folder, folder / CATALOGUE_FILE, folder / VECTORS_FILE, read_only=read_only)
        self._catalogue = Catalogue(folder / CATALOGUE_FILE, read_only=read_only)
        try:
            self._opened_file = (folder / CATALOGUE_FILE).stat().st_ino
            self._vectors = VectorStore(folder / VECTORS_FILE, read_only=read_only)
        except BaseException:
            self._catalogue.database.close()
            raise
        self._searcher = Searcher(folder, self._catalogue, self._vectors)

    @classmethod
    def open(cls, folder: str | Path | None = None, *, create: bool = True) -> "Index":
        """Open a library, made if missing.

        Args:
            folder: The library's folder; FOOTNOTE_HOME, else ./library, by default.
            create: Whether to make a library that is not there.

        Raises:
            MissingLibrary: it is not there, and `create` is false.
            BrokenLibrary: its files cannot be read.
        """
        path = folder_of(folder)
        if not is_library(path):
            if not create:
                raise missing(path)
            make_folder(path)
        if is_read_only(path):
            return cls(path, read_only=True)
        try:
            return cls(path, read_only=False)
        except DiskFailure as error:
            if not is_library(path):
                raise
            log.warning("%s The library can be read, but not changed, until it is reopened.", error)
            opened = cls(path, read_only=True)
            opened._unwritable = str(error)
            return opened

    @staticmethod
    def restore(folder: str | Path | None = None) -> str:
        """Put the last good copy of a damaged catalogue in its place; returns when it was made.

        What was there stays in a folder beside it, until an article is erased.

        Raises:
            MissingLibrary: there is no library.
            BrokenLibrary: there is no copy, or it is damaged, too.
            LibraryBusy: another process is writing.
        """
        path = folder_of(folder)
        if not is_library(path):
            raise missing(path)
        with writer_lock(path), naming_disk(path):
            return restore(path, path / CATALOGUE_FILE).made

    def sync(
        self, paths: str | Path | Iterable[str | Path], *, progress: Progress | None = None
    ) -> SyncReport:
        """Bring the library in line with files and folders.

        New and changed files are read, unchanged ones cost nothing, and files that are gone from
        beneath the named paths leave the library, unless a twin with the same text remains.

        Args:
            paths: Files, or folders that are read with all that is beneath them.
            progress: Called with files done, files in all and the file at hand.

        Returns:
            The paths by what became of them, and the reason for each that was rejected.

        Raises:
            MissingPath: a path is not there; nothing was changed.
            LibraryBusy: another process is writing; nothing was changed.
            ModelMismatch: the library was made by another model; nothing was changed.
        """
        with self.writing() as writer:
            return writer.sync(_listed(paths), progress or _silent)

    def add_articles(
        self, articles: Iterable[Article], *, progress: Progress | None = None
    ) -> SyncReport:
        """Take articles that come from no file; each is known by its path, else by its key."""
        with self.writing() as writer:
            return writer.add_articles([*articles], progress or _silent)

    def articles(self) -> list[ArticleInfo]:
        """Return the articles, newest first; those without a date come last."""
        return self._catalogue.articles()

    def added(self) -> list[str]:
        """Return the ids of the articles, the last added first; one whose file changed is new."""
        return self._catalogue.added()

    def article(self, article_id: str) -> Article:
        """Return an article; an older version stays readable until it is erased.

        Raises:
            UnknownArticle: there is none of this id.
        """
        return self._catalogue.article(article_id)

    def current(self, article_id: str) -> ArticleInfo | None:
        """Return the version of a story that is searched now; None where it left the library.

        Raises:
            UnknownArticle: there is no article of this id.
        """
        return self._catalogue.current(article_id)

    def is_erased(self, article_id: str) -> bool:
        """Say whether an article was erased for good."""
        return self._catalogue.is_erased(article_id)

    def files(self, article_id: str) -> list[str]:
        """Return the paths of the files that hold an article."""
        return self._catalogue.files_of(article_id)

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file as it was read; None if it was not, or could not be."""
        return self._catalogue.digest_of(path)

    def passages(self, article_id: str) -> list[Passage]:
        """Return an article's passages in reading order."""
        return self._catalogue.passages(article_id)

    def search(
        self,
        question: str,
        k: int = 8,
        *,
        since: str | None = None,
        until: str | None = None,
        sources: Sequence[str] | None = None,
        articles: Sequence[str] | None = None,
        retrievers: Sequence[Retriever] = RETRIEVERS,
    ) -> list[Hit]:
        """Return the k passages that best match a question, by meaning and by words.

        Args:
            question: What is asked.
            k: How many hits at most.
            since: First day of publication, ISO 8601; undated articles are then left out.
            until: Last day of publication, ISO 8601.
            sources: Outlets to which the search is limited.
            articles: Ids of articles to which the search is limited; none of them, or None, for
                all.
            retrievers: What finds passages; by default both, fused.

        Raises:
            BadValue: an outlet is unknown, or the question is empty.
            UnknownArticle: an id is that of no article, or of an older version of one.
            ModelMismatch: the library was made by another model.
        """
        if not question.strip():
            raise BadValue("The question is empty. Ask something.")
        if any("\ud800" <= character <= "\udfff" for character in question):
            raise BadValue("The question is not in UTF-8. Type it again.")
        if k < 1:
            raise BadValue(f"k is {k}; at least one passage must be asked for.")
        refuse_mismatch(self._catalogue)
        days = _day(since), _day(until)

        def limited() -> list[str]:
            return articles_within(self.articles(), *days, _listed(sources), _listed(articles))

        limit = limited if since or until or sources or articles else None
        vector = load_embedder().encode_query(question)
        return self._searcher.search(question, vector, k, limit, retrievers)

    def mentions(self, phrase: str, *, limit: int = MOST_MENTIONS) -> list[Mention]:
        """Return every place where a phrase or a name stands, oldest first, undated ones last.

        Case, line breaks and the kind of quotes, apostrophes and hyphens do not matter; whole words
        do. What an article's text does not hold, as its headline, is not searched.

        Args:
            phrase: A word, a name or a few words in a row.
            limit: How many places at most, of the oldest articles.

        Raises:
            BadValue: the phrase holds no word, or is too long; or the limit allows no place.
        """
        if limit < 1:
            raise BadValue(f"The limit is {limit}; at least one place must be asked for.")
        return [*islice(find_mentions(self._catalogue, Phrase(phrase)), limit)]

    def correct(self, article_id: str, **fields: str | None) -> ArticleInfo:
        """Correct title, source, author or published by hand; it survives every sync.

        Raises:
            BadValue: a field cannot be corrected.
            UnknownArticle: there is no article of this id.
        """
        for name in fields:
            if name not in CORRECTABLE:
                raise BadValue(f"{name!r} cannot be set. These can: {', '.join(CORRECTABLE)}.")
        if fields.get("published"):
            fields["published"] = _full_date(fields["published"] or "")
        with self.writing() as writer:
            key = self.article(article_id).key

            def correct() -> None:
                for name, value in fields.items():
                    self._catalogue.correct(key, name, value)

            writer.change([info.id for info in self.articles() if info.key == key], correct)
        return self.article(article_id).info

    def corrections(self, article_id: str) -> dict[str, str | None]:
        """Return what was corrected by hand, by field."""
        return self._catalogue.corrections(self.article(article_id).key)

    def as_read(self, article_id: str) -> ArticleInfo | None:
        """Return what an article's file says about it, uncorrected; None when no file holds it."""
        return self._catalogue.info_of(article_id)

    def uncorrect(self, article_id: str) -> ArticleInfo:
        """Take back all that was corrected by hand: what the file says stands again.

        Raises:
            UnknownArticle: there is no article of this id.
        """
        with self.writing() as writer:
            key = self.article(article_id).key
            writer.change(
                [info.id for info in self.articles() if info.key == key],
                lambda: self._catalogue.forget_corrections(key),
            )
        return self.article(article_id).info

    def remove(self, paths: str | Path | Iterable[str | Path]) -> list[str]:
        """Take files, or all beneath folders, out of the library; the files stay where they are.

        What `add_articles` took is named by its path or key.

        Returns:
            The paths that were taken out.
        """
        with self.writing() as writer:
            given = {str(path) for path in _listed(paths)}
            chosen = [os.path.abspath(path) for path in given]  # noqa: PTH100
            known = [
                path
                for path in self._catalogue.files()
                if path in given or any(is_within(path, each) for each in chosen)
            ]
            writer.remove(known)
            return sorted(known)

    def erase(
        self, article_id: str, *, first: Callable[[Sequence[str]], None] | None = None
    ) -> None:
        """Delete an article and its older versions for good; no sync brings them back.

        Text, vectors and words go; what stays is a hash by which they are known again. Another
        live article with the same address stays, and so do files: `Uploads.erase` deletes the
        library's own.

        Args:
            article_id: The article.
            first: Called with the ids of all versions, under the lock, before anything goes.

        Raises:
            UnknownArticle: there is none of this id.
        """
        unfinished = self._catalogue.fact(ERASING) == "yes"
        with self.writing() as writer:
            if unfinished and self.is_erased(article_id):  # which has been made good by now
                return
            article = self.article(article_id)
            versions = self._catalogue.versions_of(article)
            if first is not None:
                first(versions)
            self._searcher.close()
            drop_copies(self.folder)
            with self._catalogue.transaction():
                for version in versions:
                    self._catalogue.erase_article(version)
                if not self._catalogue.has_story(article.key):
                    self._catalogue.forget_corrections(article.key)
                self._catalogue.merge_words()
                self._catalogue.set_fact("base", "")
                writer.bump()
                self._catalogue.set_fact(ERASING, "yes")
            writer.finish_erasure()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Hold the library for writing, and give what changes it: for the index's own modules.

        Raises:
            LibraryBusy: another process is writing.
            ModelMismatch: the library was made by another model.
            DiskFailure: the disk is full, or fails; what was committed is kept.
        """
        with writer_lock(self.folder):
            refuse_mismatch(self._catalogue)
            with self._changing() as writer:
                writer.finish_erasure()
                yield writer

    @contextmanager
    def _changing(self) -> Iterator[Writer]:
        """Give what changes the library, and copy the catalogue after; the caller has the lock."""
        self._refuse_unwritable()
        writer = Writer(self.folder, self._catalogue, self._vectors)
        try:
            with naming_disk(self.folder):
                yield writer
        finally:  # a change that failed may have committed a part, or taken the copies away
            keep_copy(self.folder, self._catalogue)

    def _refuse_unwritable(self) -> None:
        """Refuse to write where a full disk let nothing but reading in, or a copy was put since."""
        if self._unwritable is not None:
            raise DiskFailure(self._unwritable)
        path = self.folder / CATALOGUE_FILE
        if not path.exists() or path.stat().st_ino != self._opened_file:
            raise BrokenLibrary(
                f"{path} is no longer the file that was opened here; nothing was changed. Start "
                "this program again."
            )

    @property
    def catalogue(self) -> Catalogue:
        """The library's catalogue: for the index's own modules."""
        return self._catalogue

    def verify(self) -> list[str]:
        """Check the library from end to end, and return what is wrong, in words."""
        return find_problems(self.folder, self._catalogue, self._vectors)

    def rebuild(self, *, progress: Progress | None = None) -> None:
        """Cut and embed every article again; the old passages serve until the new are in."""
        with writer_lock(self.folder), self._changing() as writer:
            self._searcher.close()
            writer.reembed(progress or _silent)
            writer.finish_erasure()

    def close(self) -> None:
        """Close the library's files."""
        self._searcher.close()
        self._catalogue.database.close()
        self._vectors.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _full_date(given: str) -> str:
    day = parse_date(given)
    if day is None:
        raise BadValue(f"{given!r} is no full date. Write year, month and day: 2025-10-28.")
    return day


def _day(given: str | None) -> str | None:
    """Return a day, ISO 8601, as it is given; None for no limit."""
    try:
        return given and date.fromisoformat(given[:10]).isoformat()
    except ValueError as error:
        raise BadValue(f"{given!r} is no day. Write it as 2025-10-28.") from error


def _listed(given: Any) -> list[Any]:  # noqa: ANN401 - names or paths, one or several
    """Return what is given as a list; a single name or path stands for itself."""
    return [given] if isinstance(given, str | Path) else list(given or ())
