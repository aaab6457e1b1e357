"""What is seen of a question before it is answered, and which weights judge it."""

import pytest

from index import Article, Hit, Passage
from rag.answerability import Signals, answer_chance, measure_signals
from rag.windows import Window

TEXT = "Jonas Wede closed the ramp of Varnholm in 2019. Divers had found cracks."


def window(*, logit: float | None, answered: float) -> tuple[Window, Article]:
    article = Article(id="a", key="a", title="The ramp", source="Courier", text=TEXT)
    passage = Passage(id="p", article_id="a", start=0, end=48, text=TEXT[:48])
    hit = Hit(passage=passage, article=article.info, score=-1.0)
    return Window(hit=hit, sentences=((0, 48),), logit=logit, answered=answered), article


def signals(question: str, *, logit: float | None, answered: float) -> Signals:
    return measure_signals(question, *window(logit=logit, answered=answered))


def test_names_and_numbers_that_are_nowhere_and_elsewhere() -> None:
    found = signals("Did Petra Holm of Hull meet Divers in 2024?", logit=None, answered=0.0)
    assert (found.missing_names, found.distant_names) == (3, 1)
    assert (found.missing_numbers, found.distant_numbers) == (1, 0)


@pytest.mark.parametrize(
    ("logit", "answered", "expected"), [(None, -3.0, -3.0), (2.0, -3.0, 2.0), (-5.0, 1.0, 1.0)]
)
def test_a_window_that_the_cross_encoder_has_not_read_is_judged_by_the_answer_alone(
    logit: float | None, answered: float, expected: float
) -> None:
    assert signals("who closed it", logit=logit, answered=answered).window == expected


def test_searches_and_questions_are_judged_by_weights_of_their_own() -> None:
    seen = signals("who closed the ramp", logit=8.0, answered=-4.0)
    assert answer_chance(seen, search=True) > answer_chance(seen, search=False)
