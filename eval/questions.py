"""Questions for fitting the refusal: ClapNQ's searches, and our own about news articles.

`news_learnt.jsonl` and `news_held_out.jsonl`: {"library", "title", "author" and "published" or
none, "text", "questions": [{"question", "kind"}]} an article. Half of its questions it answers. Of
the others half are near misses, answerable ones with one fact exchanged; half ask what it does not
tell. Each is asked of all articles of its library.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.bench_files import Bench, list_rows, make_article, rows_of, text_of
from index import Article
from index.types import Value

LEARNT_FILE = Path(__file__).with_name("news_learnt.jsonl")
HELD_OUT_FILE = Path(__file__).with_name("news_held_out.jsonl")

ANSWERABLE = "answerable"
KINDS = (ANSWERABLE, "near miss", "not told")

Group = Literal["clapnq", "clapnq, held back", "news", "news, held out"]


@dataclass(frozen=True, kw_only=True)
class Question(Value):
    """A question, and whether the articles answer it."""

    group: Group
    article: str
    """The title of the article that it is about."""
    text: str
    answerable: bool


@dataclass(frozen=True)
class Library:
    """Articles, and questions that are asked of all of them."""

    articles: Sequence[Article]
    questions: Sequence[Question]


def clapnq_questions(bench: Bench) -> list[Question]:
    """Return ClapNQ's own questions."""
    titles = {article.path: article.title or article.key for article in bench.articles}
    return [
        Question(
            group="clapnq",
            article=titles[case.paths[0]],
            text=case.question,
            answerable=case.answerable,
        )
        for case in bench.cases
    ]


def news_libraries(path: Path, group: Group) -> list[Library]:
    """Return the libraries of a file of news articles.

    Raises:
        BadData: a line is not what it must be.
    """
    articles: dict[str, list[Article]] = defaultdict(list)
    questions: dict[str, list[Question]] = defaultdict(list)
    for place, row in rows_of(path):
        with place:
            library, title = text_of(row, "library"), text_of(row, "title")
            key = f"{library}/{len(articles[library])}"
            articles[library].append(
                make_article(
                    key,
                    text_of(row, "text"),
                    title=title,
                    author=row.get("author"),
                    published=row.get("published"),
                )
            )
        for asked, question in list_rows(path, row["questions"], f"question {{}} of “{title}”,"):
            with asked:
                if question["kind"] not in KINDS:
                    raise ValueError(f"kind {question['kind']!r} is none of {', '.join(KINDS)}")
                questions[library].append(
                    Question(
                        group=group,
                        article=f"{library} {title}",
                        text=text_of(question, "question"),
                        answerable=question["kind"] == ANSWERABLE,
                    )
                )
    return [Library(articles[name], questions[name]) for name in articles]
