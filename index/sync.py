"""Bring a library in line with files: read what is new, embed it, commit, then retire what went.

The order makes a kill harmless. Vectors are stored first, in a file of their own, where they are
only a cache; then one transaction of the catalogue changes what is searchable; the search base is
written last and is replaceable.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.catalogue import GIVEN, Catalogue
from index.dates import parse_date
from index.errors import ModelMismatch, UnreadableArticle
from index.identity import embedder_identity, is_settled
from index.models import load_embedder, settled_identity
from index.passages import RULES, cut_passages, headed
from index.progress import Progress
from index.reading import read_safely
from index.types import Article, Passage, SyncReport
from index.upkeep import Upkeep
from index.vectors import VectorStore, vector_key
from index.walk import digest_of, look_for_files

log = logging.getLogger(__name__)

READER = "3"
"""Raised when reading or cleaning changes, so that the next sync reads every file anew."""

CHARACTERS_A_COMMIT = 80_000
"""Text embedded between two commits: some 130 passages, a few seconds of work."""

NOT_READ = ""
"""Stands for the digest of a file that may be read another day, so that the next sync tries."""

ERASED = "its article was erased for good from this library"


@dataclass
class _Changes:
    """What a sync has found and done so far."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)

    def report(self) -> SyncReport:
        return SyncReport(
            added=tuple(self.added),
            updated=tuple(self.updated),
            removed=tuple(self.removed),
            unchanged=tuple(self.unchanged),
            rejected=tuple(self.rejected),
        )


@dataclass(frozen=True)
class _FileRead:
    """A file's content, ready to be committed."""

    path: str
    digest: str
    articles: tuple[Article, ...]
    reason: str | None = None
    is_final: bool = True
    """Whether the reason holds until the file changes; else the next sync tries again."""
    reader: str = READER


class Writer(Upkeep):
    """Changes a library. The caller holds the writer's lock."""

    def __init__(self, folder: Path, catalogue: Catalogue, vectors: VectorStore) -> None:
        """Write to the library in a folder."""
        super().__init__(folder, catalogue, vectors)
        self.identity = settled_identity()

    def sync(self, paths: Iterable[str | Path], progress: Progress) -> SyncReport:
        """Read what changed beneath the paths; see `Index.sync`."""
        self.embed_lost()
        known = self.catalogue.files()
        found, gone, unreadable = look_for_files(paths, known)
        rejections = self.catalogue.rejections()
        changes = _Changes(rejected=unreadable)
        waiting: list[_FileRead] = []
        size = 0
        for done, path in enumerate(found):
            progress(done, len(found), path)
            try:
                digest = digest_of(path)
            except OSError as error:
                changes.rejected.append((path, f"cannot be opened ({error.strerror})"))
                continue
            if known.get(path) == (digest, READER):
                changes.unchanged.append(path)
                if path in rejections:
                    changes.rejected.append((path, rejections[path]))
                continue
            read = self._read(path, digest)
            if read.reason:
                changes.rejected.append((path, read.reason))
            else:
                (changes.updated if path in known else changes.added).append(path)
            waiting.append(read)
            size += sum(len(article.text) for article in read.articles)
            if size >= CHARACTERS_A_COMMIT:
                self._commit(waiting, ())
                waiting, size = [], 0
        changes.removed.extend(gone)
        self._commit(waiting, gone)
        progress(len(found), len(found), "search base")
        self.keep_up()
        return changes.report()

    def add_articles(self, articles: Sequence[Article], progress: Progress) -> SyncReport:
        """Take articles that come from no file, each under its key; see `Index.add_articles`."""
        known = self.catalogue.files()
        changes = _Changes()
        waiting: list[_FileRead] = []
        size = 0
        for done, article in enumerate(articles):
            progress(done, len(articles), article.key)
            path = article.path or article.key
            if reason := self._refusal(article):
                changes.rejected.append((path, reason))
                continue
            digest = hashlib.sha256(repr(article).encode()).hexdigest()
            if known.get(path) == (digest, GIVEN):
                changes.unchanged.append(path)
                continue
            (changes.updated if path in known else changes.added).append(path)
            waiting.append(_FileRead(path, digest, (replace(article, path=path),), reader=GIVEN))
            size += len(article.text)
            if size >= CHARACTERS_A_COMMIT:
                self._commit(waiting, ())
                waiting, size = [], 0
        self._commit(waiting, ())
        progress(len(articles), len(articles), "search base")
        self.keep_up()
        return changes.report()

    def remove(self, paths: Sequence[str]) -> None:
        """Forget files; their articles stay readable, but are no longer found."""
        self._commit((), paths)
        self.keep_up()

    def change(self, article_ids: Iterable[str], change: Callable[[], None]) -> None:
        """Change what holds some articles, in one transaction with what is searchable."""
        self._settle(article_ids, {}, change)
        self.keep_up()

    def embed_lost(self) -> None:
        """Embed anew what has no vector: their file may be damaged, or the catalogue restored."""
        rows = self.catalogue.vectors()
        lost = self.vectors.missing(key for _, key in rows)
        for article_id in self.catalogue.articles_of(i for i, key in rows if key in lost):
            article = self.catalogue.article(article_id)
            self._embed([(article, self.catalogue.passages(article_id))])

    def reembed(self, progress: Progress) -> None:
        """Cut and embed every article again, and swap the result in at once."""
        infos = self.catalogue.articles()
        articles = []
        for done, info in enumerate(infos):
            progress(done, len(infos), info.title or info.key)
            articles.append(self.catalogue.article(info.id))
            self._embed([(articles[-1], cut_passages(articles[-1]))])
        with self.catalogue.transaction():
            for article in articles:
                passages = cut_passages(article)
                self.catalogue.put_article(article, passages, self._keys(article, passages))
            self.catalogue.set_fact("base", "")
            self.bump()
        self.renew_base(force=True)
        self.vectors.keep_only(key for _, key in self.catalogue.vectors())

    def _read(self, path: str, digest: str) -> _FileRead:
        try:
            articles = read_safely(Path(path))
        except UnreadableArticle as error:
            return _FileRead(path, digest, (), error.reason, error.is_final)
        left = [article for article in articles if not self.catalogue.is_erased(article.id)]
        out = self.catalogue.discarded_from(path, digest)
        kept = tuple(article for article in left if article.id not in out)
        return _FileRead(path, digest, kept, None if left else ERASED)

    def _refusal(self, article: Article) -> str | None:
        """Return why an article that comes from no file cannot be taken."""
        if self.catalogue.is_erased(article.id):
            return ERASED
        for day in (article.published, article.updated):
            if day and parse_date(day) is None:
                return f"{day!r} is no full date: write year, month and day, as in 2025-10-28"
        return None

    def _commit(self, files: Sequence[_FileRead], gone: Sequence[str]) -> None:
        """Make files searchable, and those that are gone no longer so, in one transaction."""
        if not files and not gone:
            return
        texts = {article.id: article for file in files for article in file.articles}
        touched = list(texts)
        for path in (*(file.path for file in files if not file.reason), *gone):
            touched += self.catalogue.articles_in(path)

        def change_files() -> None:
            for path in gone:
                self.catalogue.drop_file(path)
            for file in files:
                if file.reason:
                    digest = file.digest if file.is_final else NOT_READ
                    self.catalogue.reject_file(file.path, digest, file.reader, file.reason)
                else:
                    self.catalogue.put_file(file.path, file.digest, file.reader, file.articles)

        self._settle(touched, texts, change_files)

    def _settle(
        self, touched: Iterable[str], texts: dict[str, Article], change: Callable[[], None]
    ) -> None:
        """Apply a change to the files, then make the touched articles what their files say."""
        ids = list(dict.fromkeys(touched))
        self._embed_ahead(texts)
        with self.catalogue.transaction():
            change()
            for article_id in ids:
                info = self.catalogue.info_of(article_id)
                if info is None:
                    self.catalogue.retire_article(article_id)
                    continue
                body = texts.get(article_id) or self.catalogue.article(article_id)
                article = self.catalogue.corrected(replace(body, **info.to_dict()))
                passages = cut_passages(article)
                self._embed([(article, passages)])
                self.catalogue.put_article(article, passages, self._keys(article, passages))
            self.bump()

    def _embed_ahead(self, texts: dict[str, Article]) -> None:
        """Embed new articles together before the transaction, so that it stays short."""
        corrected = [self.catalogue.corrected(article) for article in texts.values()]
        self._embed([(article, cut_passages(article)) for article in corrected])

    def _embed(self, articles: Sequence[tuple[Article, Sequence[Passage]]]) -> None:
        """Make sure that every passage has its vector; stored ones cost nothing."""
        by_key = {
            key: headed(article, passage.text)
            for article, passages in articles
            for key, passage in zip(self._keys(article, passages), passages, strict=True)
        }
        keys = sorted(self.vectors.missing(by_key))
        if keys:
            self.vectors.put(keys, load_embedder().encode([by_key[key] for key in keys]))

    def _keys(self, article: Article, passages: Sequence[Passage]) -> list[bytes]:
        return [vector_key(self.identity, RULES, headed(article, p.text)) for p in passages]

    def bump(self) -> None:
        """Tell readers that what is searchable changed, and by what model and rules it is."""
        super().bump()
        self.catalogue.set_fact("embedder", self.identity)
        self.catalogue.set_fact("rules", RULES)


def refuse_mismatch(catalogue: Catalogue) -> None:
    """Refuse to mix vectors of two models, or passages of two rules.

    Raises:
        ModelMismatch: says what to run.
    """
    identity = embedder_identity()
    made_with = catalogue.fact("embedder") or identity
    if not is_settled(identity) and made_with.startswith(f"{identity} "):
        identity = settled_identity()  # only the weights can tell whether they are the same
    for name, theirs, ours in (
        ("embedder", made_with, identity),
        ("passage rules", catalogue.fact("rules") or RULES, RULES),
    ):
        if theirs != ours:
            raise ModelMismatch(
                f"The library was made with the {name} {theirs!r}; now there is {ours!r}. "
                "Run `python -m index rebuild` to make it anew from the stored articles, or set "
                f"the {name} back."
            )
