"""Of like reports of one story the newest leads, also where the first are plainly near."""

import pytest

from index import Article, Index
from rag import answer

TOLD = (
    "The flood at Corrin has driven {n} families from their homes, the fire chief Mona Berg said "
    "on {day}. The water of the Elsvik stands two metres above the quay. Soldiers are filling bags "
    "with sand, and the school serves as a shelter for those who had to leave."
)
REPORTS = (
    ("2025-11-03", "Monday", 40),
    ("2025-11-04", "Tuesday", 75),
    ("2025-11-05", "Wednesday", 130),
)


@pytest.fixture
def flood(index: Index) -> Index:
    index.add_articles(
        Article(
            id=f"{number:016x}", key=f"flood-{number}", title="Flood at Corrin drives families out",
            source=f"Paper {number}", published=day, language="en",
            text=TOLD.format(n=families, day=weekday),
        )
        for number, (day, weekday, families) in enumerate(REPORTS)
    )  # fmt: skip
    return index


def test_the_newest_of_three_like_reports_leads(flood: Index) -> None:
    given = answer(
        "How many families has the flood at Corrin driven from their homes?", index=flood
    )
    assert "130" in given.sentences[0].text, given.text
    assert all("reranked" in hit.ranks for hit in given.hits), "each may lead, so each is read"
