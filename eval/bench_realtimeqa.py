"""REALTIME QA (Kasai and others 2022): questions of weekly news quizzes, and pages found for them.

A week is two files of JSON Lines. `20220617_qa.jsonl`: {"question_id", "question_date",
"question_sentence", "choices": [text], "answer": [index as text]}. `20220617_gcs.jsonl`:
{"question_id", "search_time", "search_result": [{"url", "title", "text", "publish_date"}]}; a page
that could not be fetched has no text. Weeks without pages are left out, and, as in the authors'
own scoring of written answers, questions that end in "except". The choices are not shown to the
pipeline: it is asked as a reader would ask.

Nobody marked which page holds the answer, nor whether any does. Tags tell the questions whose
answer stands in a page found for them from the others.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from eval.bench_files import Bench, Row, make_article, rows_of, text_of
from eval.errors import MissingData
from eval.types import Case
from eval.words import holds, words
from index import Article

QUESTIONS_END, PAGES_END = "_qa.jsonl", "_gcs.jsonl"
EXCEPT_WITHIN = 10
"""Last characters of a question in which the authors look for "except"."""

IN_A_PAGE, IN_NO_PAGE = "answer in a page", "answer in no page"

NOTES = (
    "REALTIME QA: every question counts as answerable, though nobody marked whether the pages "
    f"answer it; see the tags “{IN_A_PAGE}” and “{IN_NO_PAGE}”. The choices are not shown.",
)


def load_realtimeqa(folder: Path) -> Bench:
    """Return the pages of all weeks as articles, and the weeks' questions."""
    weeks = [week for week in _weeks(folder) if week[1].is_file()]
    if not weeks:
        raise MissingData(
            f"{folder} holds no week: a file that ends in {QUESTIONS_END} beside one of the same "
            f"name that ends in {PAGES_END}. Name the folder of a year, such as past/2022, with "
            "--data."
        )
    articles: dict[str, Article] = {}
    cases: dict[str, Case] = {}
    for questions, pages in weeks:
        found = _found(pages, articles)
        for place, row in rows_of(questions):
            with place:
                case = _case(row, found)
                if "except" not in case.question.lower()[-EXCEPT_WITHIN:]:
                    cases.setdefault(case.id, case)
    return Bench([*articles.values()], [*cases.values()], NOTES)


def _weeks(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the files of each week's questions and pages, oldest first."""
    for path in sorted(folder.glob(f"*{QUESTIONS_END}")):
        yield path, path.with_name(path.name.removesuffix(QUESTIONS_END) + PAGES_END)


class _Search:
    """What was found for a question, and on which day."""

    def __init__(self, day: str, pages: list[Article]) -> None:
        self.day, self.pages = day, pages


def _found(path: Path, articles: dict[str, Article]) -> dict[str, _Search]:
    """Return what was found for each question; pages that are new join the articles."""
    found: dict[str, _Search] = {}
    for place, row in rows_of(path):
        with place:
            pages = [
                _page(each) for each in row["search_result"] if (each.get("text") or "").strip()
            ]
            for page in pages:
                articles.setdefault(page.key, page)
            found[row["question_id"]] = _Search(_day(row["search_time"]), pages)
    return found


def _page(row: Row) -> Article:
    published = row.get("publish_date")
    return make_article(
        f"realtimeqa/{text_of(row, 'url')}",
        text_of(row, "text"),
        title=row.get("title"),
        url=row["url"],
        published=_day(published) if published else None,
    )


def _case(row: Row, found: dict[str, _Search]) -> Case:
    search = found.get(text_of(row, "question_id"))
    answer = " ".join(row["choices"][int(index)] for index in row["answer"])
    gold = words(answer)
    pages = search.pages if search else []
    stands = any(holds(words(page.text), gold) for page in pages)
    return Case(
        id=f"realtimeqa-{row['question_id']}",
        question=text_of(row, "question_sentence").strip(),
        as_of=search.day if search else _day(row["question_date"]),
        reference=answer,
        answerable=True,
        tags=(IN_A_PAGE if stands else IN_NO_PAGE,),
    )


def _day(written: str) -> str:
    """Return "2022/06/17/16:34" as "2022-06-17"."""
    year, month, day = (int(part) for part in written.split("/")[:3])
    return date(year, month, day).isoformat()
