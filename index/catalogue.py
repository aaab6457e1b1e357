"""The catalogue: one SQLite file that is the truth about articles, files and passages.

A passage row holds offsets alone; its text is a slice of its article's. An article whose files
are gone, or whose text changed, keeps its text (saved chats cite it) but has no passages, so
that it is never found. `erase` is what removes a text for good.
"""

import hashlib
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.database import Database
from index.errors import BrokenLibrary, UnknownArticle
from index.passages import headed
from index.sentences import count_words
from index.stopwords import STOPWORDS
from index.types import Article, ArticleInfo, Cut, Passage

FORMAT = "1"
"""Raised when the tables below change in a way that an older library cannot follow."""

REMEDY = (
    "Put its last good copy back: `python -m index restore`. Where there is none, move the library "
    "aside and add the articles again: `python -m index add FOLDER`."
)
CHANGE = "change"
"""The fact that counts the changes."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, info TEXT NOT NULL, text TEXT NOT NULL, cut TEXT NOT NULL,
    pages TEXT NOT NULL, live INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS old_texts (
    article_id TEXT PRIMARY KEY, packed BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, reader TEXT NOT NULL, reason TEXT) STRICT;
CREATE TABLE IF NOT EXISTS holdings (
    path TEXT NOT NULL REFERENCES files ON DELETE CASCADE, position INTEGER NOT NULL,
    article_id TEXT NOT NULL, info TEXT NOT NULL, PRIMARY KEY (path, position)) STRICT;
CREATE INDEX IF NOT EXISTS holdings_by_article ON holdings (article_id);
CREATE TABLE IF NOT EXISTS corrections (
    key TEXT NOT NULL, field TEXT NOT NULL, value TEXT, PRIMARY KEY (key, field)) STRICT;
CREATE TABLE IF NOT EXISTS erased (article_id TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS discarded (article_id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    vector BLOB NOT NULL, base TEXT) STRICT;
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id);
CREATE INDEX IF NOT EXISTS passages_by_base ON passages (base);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    text, content='', tokenize='porter unicode61 remove_diacritics 2');
"""

BODY = ("text", "cut", "pages")
"""The columns of an article that are packed when it is no longer searched."""

HARDEST = 9
"""Of zlib's levels: an old text is packed once and seldom read."""

CORRECTABLE = ("title", "source", "author", "published")
"""What a user may correct by hand."""

MOST_QUERY_WORDS = 64
WORD = re.compile(r"\w+")


GIVEN = "given"
"""Stands for a reader where a program gave an article: the path that it claims was never read."""


class Catalogue:
    """Reads and writes the catalogue. Writing methods must run inside `transaction()`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, made if missing.

        Raises:
            BrokenLibrary: the file is damaged or of another format.
        """
        self.database = Database(path, SCHEMA, REMEDY, read_only=read_only)
        self.moment = self.database.moment
        written = self.fact("format")
        if written != FORMAT and (read_only or written is not None):
            self.database.close()
            raise BrokenLibrary(
                f"{path} was written by another version of Footnote (format {written}, this one "
                f"reads {FORMAT}). Add the articles to a new library."
            )
        tables = hashlib.sha256(SCHEMA.encode()).hexdigest()
        if not read_only and self.fact("tables") != tables:
            with self.transaction():  # new tables are a change, too: a copy lacks them
                self.set_fact("format", FORMAT)
                self.set_fact("tables", tables)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit all that the block does, or nothing of it; each commit counts as a change."""
        with self.database.transaction() as connection:
            yield connection
            self.set_fact(CHANGE, str(self.change + 1))

    @property
    def change(self) -> int:
        """How many changes were ever committed: two states of one catalogue differ in it."""
        return int(self.fact(CHANGE) or 0)

    # Facts: small named values about the whole library.

    def fact(self, name: str) -> str | None:
        """Return a named value, or None."""
        row = self._one("SELECT value FROM facts WHERE name = ?", name)
        return None if row is None else str(row["value"])

    def set_fact(self, name: str, value: str) -> None:
        """Store a named value."""
        self.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value)

    # Articles.

    def articles(self) -> list[ArticleInfo]:
        """Return the live articles, newest first; those without a date come last."""
        rows = self.query("SELECT info FROM articles WHERE live")
        infos = sorted((_info(row["info"]) for row in rows), key=lambda info: info.key)
        return sorted(infos, key=lambda info: info.published or "", reverse=True)

    def article(self, article_id: str) -> Article:
        """Return an article, live or superseded.

        Raises:
            UnknownArticle: there is none of this id.
        """
        row = self._one("SELECT * FROM articles WHERE id = ?", article_id)
        if row is None:
            raise UnknownArticle(
                f"No article has the id {article_id!r}. `python -m index list` shows them."
            )
        body = [row[name] for name in BODY]
        if not row["text"]:
            old = self._one("SELECT packed FROM old_texts WHERE article_id = ?", article_id)
            body = json.loads(zlib.decompress(old["packed"])) if old else body
        text, cut, pages = body
        return Article(
            **json.loads(row["info"]),
            text=text,
            cut=tuple(Cut(**each) for each in json.loads(cut)),
            pages=tuple(json.loads(pages)),
        )

    def put_article(
        self, article: Article, passages: Sequence[Passage], keys: Sequence[bytes]
    ) -> None:
        """Store an article as live, with its passages; `keys` name their vectors."""
        self.drop_passages(article.id)
        self.execute("DELETE FROM old_texts WHERE article_id = ?", article.id)
        info = replace(article.info, words=count_words(article.text))
        self.execute(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, 1)",
            article.id,
            _json(info.to_dict()),
            article.text,
            _json([cut.to_dict() for cut in article.cut]),
            _json(article.pages),
        )
        for passage, key in zip(passages, keys, strict=True):
            number = self.execute(
                "INSERT INTO passages (id, article_id, start, stop, vector) VALUES (?, ?, ?, ?, ?)",
                passage.id,
                article.id,
                passage.start,
                passage.end,
                key,
            ).lastrowid
            words = headed(article, passage.text)
            self.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", number, words)

    def retire_article(self, article_id: str) -> None:
        """Take an article out of search, and keep its text, packed: versions add up."""
        self.drop_passages(article_id)
        row = self._one("SELECT * FROM articles WHERE id = ? AND live", article_id)
        if row is not None:
            packed = zlib.compress(_json([row[name] for name in BODY]).encode(), HARDEST)
            self.execute("INSERT OR REPLACE INTO old_texts VALUES (?, ?)", article_id, packed)
            # a row that shrinks where it stands keeps its page to itself; one put anew does not
            self.execute("DELETE FROM articles WHERE id = ?", article_id)
            empty = ("", "[]", "[]")
            self.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, 0)", article_id, row["info"], *empty
            )

    def versions_of(self, article: ArticleInfo) -> list[str]:
        """Return the ids of an article and of its story's superseded versions.

        Others that are live or can be restored under the same address are none: a page may claim
        whatever address it likes, and must not take another article along.
        """
        rows = self.query(
            "SELECT id FROM articles WHERE json_extract(info, '$.key') = ? AND (id = ? OR NOT live "
            "AND id NOT IN (SELECT article_id FROM discarded))",
            article.key,
            article.id,
        )
        return [row["id"] for row in rows]

    def current(self, article_id: str) -> ArticleInfo | None:
        """Return the live version of a story, the newest if there are several; None for none.

        Raises:
            UnknownArticle: there is no article of this id.
        """
        live = self._one("SELECT info FROM articles WHERE id = ? AND live", article_id)
        if live is not None:
            return _info(live["info"])
        rows = self.query(
            "SELECT info FROM articles WHERE live AND json_extract(info, '$.key') = ?",
            self.article(article_id).key,
        )
        return max(
            (_info(row["info"]) for row in rows),
            key=lambda info: (info.published or "", info.id),
            default=None,
        )

    def has_story(self, key: str) -> bool:
        """Say whether any article is stored under a story's key."""
        query = "SELECT 1 FROM articles WHERE json_extract(info, '$.key') = ? LIMIT 1"
        return self._one(query, key) is not None

    def discarded_from(self, path: str, digest: str) -> set[str]:
        """Return the ids of the articles that were discarded from a file with this content."""
        rows = self.query(
            "SELECT article_id FROM discarded, json_each(record, '$.files') AS file "
            "WHERE json_extract(file.value, '$.path') = ? "
            "AND json_extract(file.value, '$.digest') = ?",
            path,
            digest,
        )
        return {row["article_id"] for row in rows}

    def erase_article(self, article_id: str) -> None:
        """Forget an article's text, and remember only never to take it again."""
        self.drop_passages(article_id)
        self.execute("DELETE FROM articles WHERE id = ?", article_id)
        self.execute("DELETE FROM old_texts WHERE article_id = ?", article_id)
        self.execute("DELETE FROM holdings WHERE article_id = ?", article_id)
        self.execute("DELETE FROM discarded WHERE article_id = ?", article_id)
        self.execute("INSERT OR IGNORE INTO erased VALUES (?)", article_id)

    def is_erased(self, article_id: str) -> bool:
        """Say whether an article was erased for good."""
        return self._one("SELECT 1 FROM erased WHERE article_id = ?", article_id) is not None

    # Corrections by hand.

    def correct(self, key: str, field: str, value: str | None) -> None:
        """Store a correction; it belongs to the story's key, so it survives new versions."""
        self.execute("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)", key, field, value)

    def forget_corrections(self, key: str) -> None:
        """Delete what was corrected of a story."""
        self.execute("DELETE FROM corrections WHERE key = ?", key)

    def corrections(self, key: str) -> dict[str, str | None]:
        """Return a story's corrections by field."""
        rows = self.query("SELECT field, value FROM corrections WHERE key = ?", key)
        return {row["field"]: row["value"] for row in rows}

    def corrected(self, article: Article) -> Article:
        """Return an article with its corrections in place."""
        changes: dict[str, Any] = self.corrections(article.key)
        return replace(article, **changes)

    # Files.

    def files(self) -> dict[str, tuple[str, str]]:
        """Return every known file's digest and the name of the reader that read it."""
        rows = self.query("SELECT path, digest, reader FROM files")
        return {row["path"]: (row["digest"], row["reader"]) for row in rows}

    def digest_of(self, path: str) -> str | None:
        """Return a file's digest; None if it was never read, or could not be the last time."""
        row = self._one(
            "SELECT digest FROM files WHERE path = ? AND reader <> ? AND reason IS NULL",
            path,
            GIVEN,
        )
        return None if row is None else str(row["digest"])

    def rejections(self) -> dict[str, str]:
        """Return why a file could not be read, for those that could not."""
        rows = self.query("SELECT path, reason FROM files WHERE reason IS NOT NULL")
        return {row["path"]: row["reason"] for row in rows}

    def put_file(self, path: str, digest: str, reader: str, articles: Sequence[Article]) -> None:
        """Store what a file holds now, in place of what it held before."""
        self.drop_file(path)
        self.execute("INSERT INTO files VALUES (?, ?, ?, NULL)", path, digest, reader)
        for position, article in enumerate(articles):
            info = _json(article.info.to_dict())
            row = (path, position, article.id, info)
            self.execute("INSERT INTO holdings VALUES (?, ?, ?, ?)", *row)

    def reject_file(self, path: str, digest: str, reader: str, reason: str) -> None:
        """Store why a file cannot be read now; what was last read of it stays."""
        self.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET "
            "digest = excluded.digest, reader = excluded.reader, reason = excluded.reason",
            path, digest, reader, reason,
        )  # fmt: skip

    def drop_file(self, path: str) -> None:
        """Forget a file and what it held."""
        self.execute("DELETE FROM files WHERE path = ?", path)

    def files_of(self, article_id: str) -> list[str]:
        """Return the paths of the files that hold an article."""
        rows = self.query(
            "SELECT DISTINCT path FROM holdings WHERE article_id = ? ORDER BY path", article_id
        )
        return [row["path"] for row in rows]

    def articles_in(self, path: str) -> list[str]:
        """Return the ids of the articles that a file holds."""
        rows = self.query("SELECT DISTINCT article_id FROM holdings WHERE path = ?", path)
        return [row["article_id"] for row in rows]

    def added(self) -> list[str]:
        """Return the ids of the articles, the last added first; one whose file changed is new."""
        # SQLite numbers rows as they come.
        rows = self.query(
            "SELECT article_id, MIN(rowid) AS number FROM holdings GROUP BY article_id "
            "ORDER BY number DESC"
        )
        return [row["article_id"] for row in rows]

    def info_of(self, article_id: str) -> ArticleInfo | None:
        """Return what the first of an article's files says about it; None when none holds it."""
        row = self._one(
            "SELECT info FROM holdings WHERE article_id = ? ORDER BY path, position LIMIT 1",
            article_id,
        )
        return None if row is None else _info(row["info"])

    # Passages.

    def drop_passages(self, article_id: str) -> None:
        """Delete an article's passages."""
        rows = self.query(
            "SELECT number, start, stop FROM passages WHERE article_id = ?", article_id
        )
        if rows:
            article = self.article(article_id)
            for row in rows:
                # a word index without content must be told the words that it forgets
                words = headed(article, article.text[row["start"] : row["stop"]])
                self.execute(
                    "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
                    row["number"],
                    words,
                )
            self.execute("DELETE FROM passages WHERE article_id = ?", article_id)

    def passages(self, article_id: str) -> list[Passage]:
        """Return an article's passages in reading order."""
        text = self.article(article_id).text
        rows = self.query("SELECT * FROM passages WHERE article_id = ? ORDER BY start", article_id)
        return [_passage(row, text) for row in rows]

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, tuple[Passage, ArticleInfo]]:
        """Return live passages with their articles; ids that are no longer live are left out."""
        rows = self.query(
            "SELECT passages.*, articles.info, "
            "substr(articles.text, start + 1, stop - start) AS piece FROM passages "
            "JOIN articles ON articles.id = article_id "
            "WHERE passages.id IN (SELECT value FROM json_each(?))",
            _json(list(ids)),
        )
        return {
            row["id"]: (_passage(row, row["piece"], row["start"]), _info(row["info"]))
            for row in rows
        }

    def vectors(self, where: str = "1", *values: object) -> list[tuple[str, bytes]]:
        """Return (passage id, vector key) of the passages under a condition, oldest first."""
        rows = self.query(f"SELECT id, vector FROM passages WHERE {where} ORDER BY number", *values)
        return [(row["id"], row["vector"]) for row in rows]

    def articles_of(self, passage_ids: Iterable[str]) -> list[str]:
        """Return the ids of the articles of some passages."""
        rows = self.query(
            "SELECT DISTINCT article_id FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            _json(list(passage_ids)),
        )
        return [row["article_id"] for row in rows]

    def vectors_of(self, article_ids: Sequence[str]) -> list[tuple[str, bytes]]:
        """Return (passage id, vector key) of the passages of some articles."""
        return self.vectors("article_id IN (SELECT value FROM json_each(?))", _json(article_ids))

    def in_base(self, name: str, ids: Sequence[str]) -> set[str]:
        """Return which passages a base still speaks for: live, and not embedded anew since."""
        rows = self.query(
            "SELECT id FROM passages WHERE base = ? AND id IN (SELECT value FROM json_each(?))",
            name, _json(ids),
        )  # fmt: skip
        return {row["id"] for row in rows}

    def merge_words(self) -> None:
        """Rewrite the word index without the words that it was told to forget."""
        self.execute("INSERT INTO words (words) VALUES ('optimize')")

    def count_passages(self, where: str = "1", *values: object) -> int:
        """Count passages under a condition."""
        row = self._one(f"SELECT count(*) AS n FROM passages WHERE {where}", *values)
        return 0 if row is None else int(row["n"])

    def count_vectors(self) -> int:
        """Count the vectors that passages need; those of equal text share one."""
        row = self._one("SELECT count(DISTINCT vector) AS n FROM passages")
        return 0 if row is None else int(row["n"])

    def set_base(self, name: str, ids: Iterable[str]) -> None:
        """Name the base that searches serve from, and the passages that it holds."""
        self.set_fact("base", name)
        self.execute("UPDATE passages SET base = NULL WHERE base IS NOT NULL")
        self.database.connection.executemany(
            "UPDATE passages SET base = ? WHERE id = ?", ((name, i) for i in ids)
        )

    def find_words(self, question: str, k: int, among: Sequence[str] | None = None) -> list[str]:
        """Return the ids of the passages that share the question's rarest words, best first.

        The measure is BM25; `among` names the articles to which the search is limited.
        """
        words = dict.fromkeys(word.lower() for word in WORD.findall(question))
        telling = [word for word in words if word not in STOPWORDS] or list(words)
        if not telling:
            return []
        query = " OR ".join(f'"{word}"' for word in telling[:MOST_QUERY_WORDS])
        limited, limit = "", []
        if among is not None:
            limited = (
                "AND rowid IN (SELECT number FROM passages "
                "WHERE article_id IN (SELECT value FROM json_each(?)))"
            )
            limit = [_json(among)]
        rows = self.query(
            "SELECT id FROM (SELECT rowid AS hit, rank AS score FROM words "
            f"WHERE words MATCH ? {limited} ORDER BY rank LIMIT ?) "
            "JOIN passages ON number = hit ORDER BY score, id",
            query,
            *limit,
            k,
        )
        return [row["id"] for row in rows]

    def articles_with(self, words: Sequence[str]) -> list[ArticleInfo]:
        """Return the live articles in which each of the words stands, in any of its forms."""
        having = " INTERSECT ".join(
            ["SELECT article_id FROM passages WHERE number IN "
             "(SELECT rowid FROM words WHERE words MATCH ?)"] * len(words)
        )  # fmt: skip
        limited = f" AND id IN ({having})" if words else ""
        rows = self.query(
            f"SELECT info FROM articles WHERE live{limited}", *(f'"{word}"' for word in words)
        )
        return [_info(row["info"]) for row in rows]

    def execute(self, query: str, *values: object) -> sqlite3.Cursor:
        """Run a statement: for the index's own modules, as is `query`."""
        with self.database.reading():
            return self.database.connection.execute(query, values)

    def _one(self, query: str, *values: object) -> sqlite3.Row | None:
        with self.database.reading():
            row: sqlite3.Row | None = self.execute(query, *values).fetchone()
            return row

    def query(self, query: str, *values: object) -> list[sqlite3.Row]:
        """Return all rows that a statement finds."""
        with self.database.reading():
            return self.execute(query, *values).fetchall()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _info(stored: str) -> ArticleInfo:
    return ArticleInfo(**json.loads(stored))


def _passage(row: sqlite3.Row, text: str, offset: int = 0) -> Passage:
    """Build a passage from its row; `offset` is where the given text begins in the article."""
    start, end = row["start"], row["stop"]
    return Passage(
        id=row["id"],
        article_id=row["article_id"],
        start=start,
        end=end,
        text=text[start - offset : end - offset],
    )
