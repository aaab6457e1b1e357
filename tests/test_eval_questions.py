"""Questions for fitting: as they are, with their paragraph hidden, and with one fact wrong."""

from eval.bench_files import Bench
from eval.questions import clapnq_questions, joined, squad2_questions
from eval.types import Case
from index import Article

PARAGRAPHS = (
    "The Varnholm ferry was built in 1931 by Jonas Wede. It carries sixty people.",
    "A bridge at Sorrel replaced it in 1974. Petra Holm opened the bridge.",
)


def article(path: str, title: str, text: str) -> Article:
    return Article(id=path, key=path, path=path, title=title, text=text)


def case(name: str, question: str, path: str, *, answerable: bool) -> Case:
    return Case(id=name, question=question, paths=(path,), answerable=answerable)


BENCH = Bench(
    [
        *(article(f"ferry/{n}", "Ferry", text) for n, text in enumerate(PARAGRAPHS)),
        article("mill/0", "Mill", "In 1931 the mill of Dorst burned. Bo Dorst rebuilt it in 1950."),
    ],
    [
        case("1", "Who built the ferry in 1931?", "ferry/0", answerable=True),
        case("2", "When did Petra Holm open the bridge?", "ferry/1", answerable=True),
        case("3", "what does it weigh", "ferry/0", answerable=False),
    ],
)


def test_paragraphs_of_one_title_become_one_article() -> None:
    whole, other = joined(BENCH.articles)
    assert other.title == "Mill"
    assert whole.text == "\n\n".join(PARAGRAPHS)
    assert whole.title == "Ferry"


def test_every_answerable_question_is_asked_without_its_paragraph_too() -> None:
    asked = [q for q in squad2_questions(BENCH) if q.group == "not said"]
    assert [(q.text, q.answerable, q.hidden) for q in asked] == [
        ("Who built the ferry in 1931?", True, None),
        ("Who built the ferry in 1931?", False, PARAGRAPHS[0]),
        ("When did Petra Holm open the bridge?", True, None),
        ("When did Petra Holm open the bridge?", False, PARAGRAPHS[1]),
    ]


def test_one_fact_is_exchanged_for_one_that_the_article_lacks() -> None:
    wrong = [q.text for q in squad2_questions(BENCH) if q.group == "near miss" and not q.answerable]
    assert wrong == ["Who built the ferry in 1950?", "When did Petra Dorst open the bridge?"]


def test_the_second_sets_own_unanswerable_questions_are_left_out() -> None:
    assert all(q.text != "what does it weigh" for q in squad2_questions(BENCH))


def test_the_first_set_is_asked_as_it_is() -> None:
    asked = clapnq_questions(BENCH)
    assert [(q.text, q.answerable, q.hidden) for q in asked] == [
        (c.question, c.answerable, None) for c in BENCH.cases
    ]
