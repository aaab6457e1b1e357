"""ClapNQ (Rosenthal and others 2024): questions of Google users, passages of Wikipedia.

`clapnq_dev_answerable.jsonl` and `clapnq_dev_unanswerable.jsonl`, also without the prefix. A row is
{"id", "input", "passages": [{"title", "text"}], "output": [{"answer", "selected_sentences"}]}.
The gold quotes are the sentences that annotators selected. The passages of the unanswerable
questions are articles too; passages of one page of Wikipedia count as one group.
"""

from pathlib import Path

from eval.bench_files import Bench, Row, first_file, make_article, rows_of, text_of
from eval.types import Case, Span
from index import Article

CLAPNQ_FILES = {
    ("answerable.jsonl", "clapnq_dev_answerable.jsonl"): True,
    ("unanswerable.jsonl", "clapnq_dev_unanswerable.jsonl"): False,
}
"""Names that either file may have, and whether its questions are answerable."""

NOTES = (
    "ClapNQ: the signals of the refusal were chosen with figures of all parts in sight, so those "
    "of refusing may flatter.",
)


def load_clapnq(folder: Path) -> Bench:
    """Return ClapNQ's passages as articles, and its questions."""
    paths: dict[str, str] = {}
    articles: list[Article] = []
    cases: list[Case] = []
    for names, answerable in CLAPNQ_FILES.items():
        for place, row in rows_of(first_file(folder, names)):
            with place:
                passage = row["passages"][0]
                text = text_of(passage, "text").strip()
                path = paths.setdefault(text, f"clapnq/{row['id']}")
                if path == f"clapnq/{row['id']}":
                    articles.append(make_article(path, text, title=text_of(passage, "title")))
                cases.append(_case(row, path, answerable=answerable))
    return Bench(articles, cases, NOTES)


def _case(row: Row, path: str, *, answerable: bool) -> Case:
    marked = [quote for output in row["output"] for quote in output.get("selected_sentences") or []]
    quotes = dict.fromkeys(quote for quote in marked if quote.strip())
    if answerable and not quotes:
        raise ValueError("an answerable question without selected sentences")
    return Case(
        id=f"clapnq-{row['id']}",
        question=text_of(row, "input"),
        reference=text_of(row["output"][0], "answer") if answerable else None,
        spans=tuple(Span(path=path, quote=quote) for quote in quotes) if answerable else (),
        paths=(path,),
        answerable=answerable,
        tags=("clapnq",),
        cluster=text_of(row["passages"][0], "title"),
    )
