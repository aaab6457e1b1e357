"""Reading the files of public sets, with errors that name the file, the line and the remedy."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.errors import BadData, MissingData
from eval.types import Case, Claim
from index import Article
from index.sentences import sentence_spans

Row = dict[str, Any]

REMEDY = "Name the folder of the set's files with --data."


UNEXPECTED = (KeyError, IndexError, TypeError, AttributeError, ValueError, RecursionError)
"""What reading a row of another shape runs into."""


class Bench(NamedTuple):
    """A public set of questions: the articles to index, and what to ask over them."""

    articles: list[Article]
    cases: list[Case]
    notes: tuple[str, ...] = ()
    """What must be known to read its figures, one sentence each."""


class ClaimBench(NamedTuple):
    """A public set of claims, each with its evidence and what people said of the two."""

    claims: list[Claim]
    pairs: tuple[tuple[str, str], ...] = ()
    """Ids of claims that differ by one error: the sound one, the edited one."""
    by_sentence: bool = False
    """Whether a claim is a text of several sentences, supported as far as the least of them is."""
    notes: tuple[str, ...] = ()


class Place:
    """Turns a row of an unexpected shape into an error that names its place."""

    def __init__(self, path: Path, place: str) -> None:
        """Say where the block reads: the file, and the line or row."""
        self.path, self.place = path, place

    def __enter__(self) -> None:
        """Begin reading."""

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        """Name the place if the row was not as expected."""
        if isinstance(error, UNEXPECTED):
            cause = f"lacks {error}" if isinstance(error, KeyError) else str(error)
            raise BadData(
                f"{self.path}: {self.place} is not in the published shape "
                f"({type(error).__name__}: {cause}). Is it another version of the set? "
                "Fetch the set again from its authors, or mend the row."
            ) from error


def rows_of(path: Path) -> Iterator[tuple[Place, Row]]:
    """Yield each row of JSON Lines, or of one JSON list, with its place.

    Raises:
        MissingData: the file is not there.
        BadData: it is not JSON; names the line.
    """
    if path.suffix == ".json":
        yield from list_rows(path, read_json(path), "row {}, counted from 1,")
        return
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            place = Place(path, f"line {number}")
            with place:
                row = json.loads(line)
            yield place, row


def list_rows(path: Path, listed: object, named: str) -> Iterator[tuple[Place, Row]]:
    """Yield the rows of a list inside a JSON file; `named` says how row {} is called."""
    with Place(path, "the file"):
        rows = _as_list(listed)
    for number, row in enumerate(rows, start=1):
        yield Place(path, named.format(number)), row


def _as_list(listed: object) -> list[Row]:
    if not isinstance(listed, list):
        raise TypeError(f"a list is expected, not {type(listed).__name__}")
    return listed


def read_json(path: Path) -> Any:  # noqa: ANN401 — any JSON
    """Return the content of a JSON file.

    Raises:
        MissingData: the file is not there.
        BadData: it is not JSON.
    """
    text = read_text(path)
    with Place(path, "the file"):
        return json.loads(text)


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        MissingData: the file is not there.
        BadData: it is not UTF-8; names the line.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingData(f"{path} cannot be read ({error.strerror}). {REMEDY}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadData(f"{path}: line {line} is not UTF-8. Fetch the file again.") from error


def first_file(folder: Path, names: Sequence[str]) -> Path:
    """Return the first file of these names that the folder holds.

    Raises:
        MissingData: it holds none of them.
    """
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found:
        return found
    holds = "is not there" if not folder.is_dir() else f"does not hold {' nor '.join(names)}"
    raise MissingData(f"{folder} {holds}. {REMEDY}")


def text_of(row: Row, key: str) -> str:
    """Return a field that must hold words.

    Raises:
        KeyError: it is not there.
        ValueError: it is not text, or holds no word.
    """
    return whole_text(row[key], key)


def texts_of(row: Row, key: str) -> tuple[str, ...]:
    """Return a field that must be a list of texts; those without a word are left out.

    Raises:
        KeyError: it is not there.
        ValueError: it is not a list, or holds something other than texts.
    """
    if not isinstance(row[key], list):
        raise ValueError(f"{key!r} is not a list but {type(row[key]).__name__}")
    if not all(isinstance(text, str) for text in row[key]):
        raise ValueError(f"{key!r} holds something other than texts")
    return tuple(whole_text(text, key) for text in row[key] if text.strip())


def whole_text(value: object, key: str) -> str:
    """Return text without halves of characters, which no encoder can read."""
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is not text but {type(value).__name__}")
    if not value.strip():
        raise ValueError(f"{key!r} is empty")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def sentences_of(text: str) -> tuple[str, ...]:
    """Return a text's sentences."""
    return tuple(text[start:end] for start, end in sentence_spans(text))


def make_article(
    path: str,
    text: str,
    *,
    title: str | None = None,
    source: str | None = None,
    author: str | None = None,
    url: str | None = None,
    published: str | None = None,
) -> Article:
    """Return a text of a set as an article; its id follows from the text."""
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        key=path,
        path=path,
        title=title,
        source=source,
        author=author,
        url=url,
        published=published,
        text=text,
        language="en",
    )
