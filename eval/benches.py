"""Public sets as articles and cases, read from a folder that the user names.

The files are in the shape that their authors publish; none of their text is in this repository.
Every passage of a set becomes an article, so that each question is asked over all of them.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.errors import BadData, BadOption, MissingData
from eval.parts import Part, part_of
from eval.types import Case, Span
from index import Article
from index.sentences import sentence_spans

CLAPNQ_FILES = {"answerable.jsonl": True, "unanswerable.jsonl": False}
SQUAD2_FILES = ("half_dev.json", "dev-v2.0.json")
"""The first that is there is read."""

Row = dict[str, Any]


class Bench(NamedTuple):
    """A public set: the articles to index, and the questions to ask over them."""

    articles: list[Article]
    cases: list[Case]


def load_bench(name: str, folder: str | Path) -> Bench:
    """Return a public set by name.

    Raises:
        BadOption: there is no set of this name.
        MissingData: the folder does not hold the set's files.
        BadData: a file is not in the shape that its authors publish; names the row.
    """
    if name not in BENCHES:
        raise BadOption(f"There is no set {name!r}. These can be read: {', '.join(BENCHES)}.")
    return BENCHES[name](Path(folder))


def load_clapnq(folder: Path) -> Bench:
    """Return ClapNQ: passages of Wikipedia, questions of Google users, gold sentences.

    The passages of the unanswerable questions are articles too.
    """
    paths: dict[str, str] = {}
    articles: list[Article] = []
    cases: list[Case] = []
    for name, answerable in CLAPNQ_FILES.items():
        for number, row in enumerate(_json_lines(folder / name), start=1):
            with _Place(folder / name, f"line {number}"):
                passage = row["passages"][0]
                text = passage["text"].strip()
                path = paths.setdefault(text, f"clapnq/{row['id']}")
                if path == f"clapnq/{row['id']}":
                    articles.append(_article(path, passage["title"], text))
                cases.append(_clapnq_case(row, path, answerable=answerable))
    return Bench(articles, cases)


def load_squad2(folder: Path) -> Bench:
    """Return SQuAD 2.0: paragraphs of Wikipedia, short answers, questions without an answer.

    The gold quote is the sentence that holds the answer: the answer's words alone ("France") may
    stand elsewhere in the paragraph.
    """
    path = next((folder / f for f in SQUAD2_FILES if (folder / f).is_file()), None)
    if path is None:
        raise MissingData(f"{folder} holds neither {' nor '.join(SQUAD2_FILES)}. {REMEDY}")
    articles: list[Article] = []
    cases: list[Case] = []
    with _Place(path, "the file"):
        entries = json.loads(_read(path))["data"]
    for entry_number, entry in enumerate(entries):
        with _Place(path, f"data[{entry_number}]"):
            for number, paragraph in enumerate(entry["paragraphs"]):
                key = f"squad2/{entry['title']}/{number}"
                text = paragraph["context"]
                articles.append(_article(key, entry["title"].replace("_", " "), text))
                cases += [_squad2_case(row, key, text) for row in paragraph["qas"]]
    return Bench(articles, cases)


BENCHES: dict[str, Callable[[Path], Bench]] = {"clapnq": load_clapnq, "squad2": load_squad2}

REMEDY = "Name the folder of the set's files with --data."


def choose_part(bench: Bench, part: Part) -> list[Case]:
    """Return the cases whose article falls into a part; all articles stay to be searched."""
    titles = {article.path: article.title or article.key for article in bench.articles}
    return [case for case in bench.cases if part_of(titles[case.paths[0]]) == part]


def sample_cases(cases: Sequence[Case], limit: int | None) -> list[Case]:
    """Return at most `limit` cases, drawn by a hash of their ids and left in order."""
    if limit is None or limit >= len(cases):
        return [*cases]
    ranked = sorted(cases, key=lambda case: hashlib.sha256(case.id.encode()).digest())
    chosen = {case.id for case in ranked[:limit]}
    return [case for case in cases if case.id in chosen]


def _clapnq_case(row: Row, path: str, *, answerable: bool) -> Case:
    marked = [quote for output in row["output"] for quote in output["selected_sentences"]]
    quotes = dict.fromkeys(quote for quote in marked if quote.strip())
    if answerable and not quotes:
        raise ValueError("an answerable question without selected sentences")
    return Case(
        id=f"clapnq-{row['id']}",
        question=row["input"],
        reference=row["output"][0]["answer"] if answerable else None,
        spans=tuple(Span(path=path, quote=quote) for quote in quotes) if answerable else (),
        paths=(path,),
        answerable=answerable,
        tags=("clapnq",),
    )


def _squad2_case(row: Row, path: str, text: str) -> Case:
    answers = row["answers"]
    shortest = min(answers, key=lambda answer: len(answer["text"]), default=None)
    starts = {answer["answer_start"] for answer in answers}
    quotes = dict.fromkeys(
        text[start:end]
        for start, end in sentence_spans(text)
        if any(start <= place < end for place in starts)
    )
    return Case(
        id=f"squad2-{row['id']}",
        question=row["question"].strip(),
        reference=shortest["text"] if shortest else None,
        spans=tuple(Span(path=path, quote=quote) for quote in quotes),
        paths=(path,),
        answerable=not row["is_impossible"],
        tags=("squad2",),
    )


def _article(path: str, title: str, text: str) -> Article:
    identity = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Article(id=identity, key=path, path=path, title=title, text=text, language="en")


class _Place:
    """Turns a row of an unexpected shape into an error that names its place."""

    def __init__(self, path: Path, place: str) -> None:
        self.path, self.place = path, place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (KeyError, IndexError, TypeError, AttributeError, ValueError)):
            raise BadData(
                f"{self.path}: {self.place} is not in the published shape "
                f"({type(error).__name__}: {error}). Is it another version of the set?"
            ) from error


def _json_lines(path: Path) -> Iterable[Row]:
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if line.strip():
            with _Place(path, f"line {number}"):
                row = json.loads(line)
            yield row


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingData(f"{path} cannot be read ({error.strerror}). {REMEDY}") from error
    except UnicodeDecodeError as error:
        raise BadData(f"{path} is not UTF-8. {REMEDY}") from error
