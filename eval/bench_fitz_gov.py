"""fitz-gov: small made-up cases, each a question with the few texts that it is asked over.

A file a category, from release 3 on: {"category", "cases": [{"id", "query", "contexts": [text],
"expected_mode"}]}. Each question is asked over its own contexts alone.

What counts as right follows what the set's authors say of each category:

- abstention: the contexts are of something else, so refusing is right.
- grounding, relevance: the contexts are of the matter, but lack the fact that is asked for. What
  the authors want said is that it is not given; for answers that are quotes that is a refusal, so
  these count as unanswerable. Their patterns for forbidden and required words judge free text and
  are not used: a quote invents nothing.
- trustworthy_direct: answerable.
- trustworthy_hedged: answerable, as the authors label them, though most ask why of texts that tell
  only that. Refusing them costs; their tag tells them apart.
- dispute: answerable, and the two contexts differ. In no other category do they.
"""

from pathlib import Path
from typing import NamedTuple

from eval.bench_files import (
    Bench,
    Place,
    Row,
    list_rows,
    make_article,
    read_json,
    text_of,
    texts_of,
)
from eval.types import Case
from index import Article


class _Category(NamedTuple):
    """What the cases of one file expect, and how we count that."""

    mode: str
    answerable: bool
    disputed: bool = False


CATEGORIES = {
    "abstention": _Category("abstain", answerable=False),
    "dispute": _Category("disputed", answerable=True, disputed=True),
    "grounding": _Category("trustworthy", answerable=False),
    "relevance": _Category("trustworthy", answerable=False),
    "trustworthy_direct": _Category("trustworthy", answerable=True),
    "trustworthy_hedged": _Category("trustworthy", answerable=True),
}
"""By the file's name without its ending."""

NOTES = (
    "fitz-gov: grounding and relevance count as unanswerable, since their texts lack what is "
    "asked; trustworthy_hedged as answerable, as its authors label it.",
)


def load_fitz_gov(folder: Path) -> Bench:
    """Return fitz-gov's contexts as articles, and its questions, each limited to its own."""
    articles: list[Article] = []
    cases: list[Case] = []
    for name, category in CATEGORIES.items():
        path = folder / f"{name}.json"
        content = read_json(path)
        with Place(path, "the file"):
            listed = content["cases"]
        for place, row in list_rows(path, listed, "case {}, counted from 1,"):
            with place:
                own, case = _case(row, name, category)
                articles += own
                cases.append(case)
    return Bench(articles, cases, NOTES)


def _case(row: Row, name: str, category: _Category) -> tuple[list[Article], Case]:
    if row["expected_mode"] != category.mode:
        raise ValueError(f"expected_mode is {row['expected_mode']!r}, not {category.mode!r}")
    contexts = texts_of(row, "contexts")
    if not contexts:
        raise ValueError("'contexts' is empty")
    key = f"fitz_gov/{text_of(row, 'id')}"
    own = [make_article(f"{key}/{n}", text) for n, text in enumerate(contexts, start=1)]
    case = Case(
        id=f"fitz_gov-{row['id']}",
        question=text_of(row, "query"),
        among=tuple(article.path for article in own if article.path),
        answerable=category.answerable,
        disputed=category.disputed,
        tags=(name,),
    )
    return own, case
