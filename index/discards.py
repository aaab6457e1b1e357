"""What was taken out of a library and can be put back as it was.

An article is in the library because files, or callers of `add_articles`, hold it; each such
holding is a row of the catalogue. A discard deletes the rows and keeps a record of them, in one
transaction; its text stays stored, as that of any older version does.
"""

import json
from pathlib import Path

from pydantic import TypeAdapter

from index.catalogue import Catalogue
from index.errors import MissingPath, UnknownArticle
from index.sync import Writer
from index.types import ArticleInfo, Discarded, HeldFile


def discard_article(writer: Writer, article_id: str, own: Path) -> Discarded:
    """Take an article out of the library, whatever holds it; its files are not touched.

    Args:
        writer: The library, held for writing.
        article_id: An article that is in the library now.
        own: The folder of the library's own files. Those of them that hold nothing else are
            forgotten; other files are known on, so that no sync brings the article back before
            they change.

    Raises:
        UnknownArticle: it is not in the library.
    """
    catalogue = writer.catalogue
    files = tuple(_held(catalogue, article_id, own))
    if not files:
        raise UnknownArticle(
            f"No article of the library has the id {article_id!r} now. `python -m index list` "
            "shows them."
        )
    discarded = Discarded(article=catalogue.article(article_id).info, files=files)

    def change() -> None:
        catalogue.execute("DELETE FROM holdings WHERE article_id = ?", article_id)
        for file in files:
            if file.own:
                catalogue.drop_file(file.path)
        record = json.dumps(discarded.to_dict(), ensure_ascii=False)
        # a later discard of the same article comes last
        catalogue.execute("DELETE FROM discarded WHERE article_id = ?", article_id)
        catalogue.execute("INSERT INTO discarded VALUES (?, ?)", article_id, record)

    writer.change([article_id], change)
    return discarded


def restore_article(writer: Writer, discarded: Discarded) -> ArticleInfo:
    """Put an article back as it was; one that is back already stays as it is.

    Raises:
        UnknownArticle: it was erased since, or was never discarded.
        MissingPath: its files have other text by now.
    """
    catalogue, article_id = writer.catalogue, discarded.article.id
    record = discard_of(catalogue, article_id)
    info = catalogue.article(article_id).info
    if record is None:
        if catalogue.info_of(article_id) is None:
            raise UnknownArticle(f"The article {article_id!r} was not discarded.")
        return info

    def change() -> None:
        catalogue.execute("DELETE FROM discarded WHERE article_id = ?", article_id)
        for file in record.files:
            _hold_again(catalogue, file)
        if catalogue.info_of(article_id) is None:
            raise MissingPath(
                f"{info.title or info.key} cannot be put back: its file has other text by now, "
                "which the library holds instead."
            )

    writer.change([article_id], change)
    return catalogue.article(article_id).info


def discarded_articles(catalogue: Catalogue) -> list[Discarded]:
    """Return what can be restored, the last discarded first."""
    if catalogue.database.read_only:  # an older library has no table for it, and none is made
        return []
    rows = catalogue.query("SELECT record FROM discarded ORDER BY rowid DESC")
    return [_read(row["record"]) for row in rows]


def discard_of(catalogue: Catalogue, article_id: str) -> Discarded | None:
    """Return the record of a discarded article, or None."""
    rows = catalogue.query("SELECT record FROM discarded WHERE article_id = ?", article_id)
    return _read(rows[0]["record"]) if rows else None


def _held(catalogue: Catalogue, article_id: str, own: Path) -> list[HeldFile]:
    rows = catalogue.query(
        "SELECT path, position, info, digest, reader FROM holdings JOIN files USING (path) "
        "WHERE article_id = ? ORDER BY path, position",
        article_id,
    )
    return [
        HeldFile(
            path=row["path"],
            digest=row["digest"],
            reader=row["reader"],
            position=row["position"],
            info=ArticleInfo(**json.loads(row["info"])),
            own=Path(row["path"]).parent == own
            and catalogue.articles_in(row["path"]) == [article_id],
        )
        for row in rows
    ]


def _hold_again(catalogue: Catalogue, file: HeldFile) -> None:
    """Restore a holding, unless its file was read anew since and has another content."""
    known = catalogue.files().get(file.path)
    if known is None:
        catalogue.put_file(file.path, file.digest, file.reader, [])
    elif known[0] != file.digest:
        return
    catalogue.execute(
        "INSERT OR IGNORE INTO holdings VALUES (?, ?, ?, ?)",
        file.path, file.position, file.info.id, json.dumps(file.info.to_dict(), ensure_ascii=False),
    )  # fmt: skip


def _read(record: str) -> Discarded:
    return TypeAdapter(Discarded).validate_json(record)
