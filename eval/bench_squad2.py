"""SQuAD 2.0 (Rajpurkar and others 2018): paragraphs of Wikipedia, some questions without an answer.

`dev-v2.0.json`: {"data": [{"title", "paragraphs": [{"context", "qas": [{"id", "question",
"answers": [{"text", "answer_start"}], "is_impossible"}]}]}]}. Every paragraph becomes an article.
The gold quote is the sentence that holds the answer: the answer's words alone ("France") may stand
elsewhere in the paragraph. Each wording of an answer is as right. Paragraphs of one page of
Wikipedia count as one group.
"""

from pathlib import Path

from eval.bench_files import (
    Bench,
    Place,
    Row,
    first_file,
    list_rows,
    make_article,
    read_json,
    text_of,
)
from eval.types import Case, Span
from index import Article
from index.sentences import sentence_spans

SQUAD2_FILES = ("half_dev.json", "dev-v2.0.json")
"""The first that is there is read."""


def load_squad2(folder: Path) -> Bench:
    """Return SQuAD 2.0's paragraphs as articles, and its questions."""
    path = first_file(folder, SQUAD2_FILES)
    articles: list[Article] = []
    cases: list[Case] = []
    content = read_json(path)
    with Place(path, "the file"):
        entries = content["data"]
    for place, entry in list_rows(path, entries, "entry {} of data, counted from 1,"):
        with place:
            for number, paragraph in enumerate(entry["paragraphs"]):
                key = f"squad2/{entry['title']}/{number}"
                text = text_of(paragraph, "context")
                title = text_of(entry, "title").replace("_", " ")
                articles.append(make_article(key, text, title=title))
                cases += [_case(row, key, title, text) for row in paragraph["qas"]]
    return Bench(articles, cases)


def _case(row: Row, path: str, page: str, text: str) -> Case:
    answers = row["answers"]
    wordings = sorted(dict.fromkeys(answer["text"] for answer in answers), key=len)
    starts = {answer["answer_start"] for answer in answers}
    quotes = dict.fromkeys(
        text[start:end]
        for start, end in sentence_spans(text)
        if any(start <= place < end for place in starts)
    )
    return Case(
        id=f"squad2-{row['id']}",
        question=text_of(row, "question").strip(),
        reference=wordings[0] if wordings else None,
        references=tuple(wordings[1:]),
        spans=tuple(Span(path=path, quote=quote) for quote in quotes),
        paths=(path,),
        answerable=not row["is_impossible"],
        tags=("squad2",),
        cluster=page,
    )
