"""Of one outlet's near-copies two are evidence; what differs in a figure or an outlet stays."""

from index import ArticleInfo, Hit, Passage
from rag.crowding import MOST_ALIKE, without_crowd

OUTLET = "The Ansel Beacon"
CLOSINGS = (
    "Nobody denied it.",
    "It was told at noon.",
    "Others say so.",
    "More follows.",
    "So far.",
)


def hit(number: int, text: str, source: str | None = OUTLET) -> Hit:
    article = ArticleInfo(id=f"a{number}", key=f"k{number}", source=source)
    passage = Passage(id=f"p{number}", article_id=article.id, start=0, end=len(text), text=text)
    return Hit(passage=passage, article=article, score=1.0)


TOLD = "The Norden Group bought the old paper mill from the town for 8.1 million crowns on Monday."


def test_two_near_copies_of_an_outlet_stay_and_the_others_go() -> None:
    hits = [hit(n, f"{TOLD} {closing}") for n, closing in enumerate(CLOSINGS)]
    assert without_crowd(hits) == hits[:2]
    assert without_crowd([hit(n, TOLD, None) for n in range(5)]) == [
        hit(n, TOLD, None) for n in range(2)
    ]


def test_copies_that_differ_in_a_figure_or_in_the_outlet_all_stay() -> None:
    figures = [hit(n, TOLD.replace("8.1", f"{n}.1")) for n in range(5)]
    assert without_crowd(figures) == figures
    spelt = [hit(n, f"{TOLD} {word} voted.") for n, word in enumerate(["Six", "Seven", "Nine"])]
    assert without_crowd(spelt) == spelt
    outlets = [hit(n, TOLD, f"Paper {n}") for n in range(5)]
    assert without_crowd(outlets) == outlets


def test_passages_of_one_article_are_no_copies() -> None:
    own = [hit(1, TOLD), hit(1, TOLD), hit(1, TOLD)]
    assert without_crowd(own) == own


def test_copies_far_down_do_not_move_up_to_where_others_were_left_out() -> None:
    copies = [hit(n, TOLD) for n in range(24)]
    others = [hit(100 + n, f"Paper {n} tells of town {n}.") for n in range(26)]
    assert without_crowd(copies) == copies[:MOST_ALIKE]
    assert without_crowd([*copies, *others]) == [*copies[:MOST_ALIKE], *others]
    assert without_crowd([*others, *copies]) == [*others, *copies[:MOST_ALIKE]]
    mixed = [hit for pair in zip(others, copies, strict=False) for hit in pair]
    assert [each for each in without_crowd(mixed) if each in copies] == copies[:MOST_ALIKE]
