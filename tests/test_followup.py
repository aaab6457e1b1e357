"""A follow-up is understood by the conversation; a question of its own is left as it is."""

import time

import pytest

from rag.followup import understand
from rag.reference import stands_alone

ALONE = """Which hotel did the king stay in when he visited?
What did the mayor say about her plan?
Why did the company say it would close?
How old is the boat and who owns it?
Who said that the ferry is late?
What is the boat that sank called?
How long does it take to cross the river?
Was it legal to close the bridge?
Is there a hearing about the ward?
How many people were hurt this year?
ferry repair cost
Where did the king of Spain go after he fell ill?
Which city did the team leave when it moved?
Why do the Greens want the ground water studied before they vote?
Who sold the mill and what did he get for the mill?
What is the market fee?
Who is Takaichi?
And how many people does Ostrel employ?
How much did the town pay itself?
What is on in Holm this weekend?
Who won the one hundred metres in Oslo?
Why did no one help the crew of the Lapwing?
Who wants a tunnel instead of the bridge at Holm?
"ferry repair" cost""".splitlines()

BACK = """And in 2024?
who said that?
why?
what about the ferry?
how much?
and the school?
where did he say so?
since when?
is that true?
Why there?
When was that?
how do they know?
What did an official say about it?
Why did the mayor say it would close?
And what did the repair cost?
What did the company do about it?
What would a new one cost?
How old is she?
Who else?
For how much money?
Who gave that figure?
And Ostrel?
And Anders Holt?
Which of them?
In Washington?
What happened then?
And the others?
Tell me more
Who opposes his plan?""".splitlines()

MILL = [("Who owns the mill?", "The Norden Group bought it.")]


@pytest.mark.parametrize("question", ALONE)
def test_what_stands_alone_is_left_as_it_is(question: str) -> None:
    understood = understand(question, MILL)
    assert (understood.asked, understood.search) == (question, question)


@pytest.mark.parametrize("question", BACK)
def test_what_refers_back_takes_the_topic_along(question: str) -> None:
    assert not stands_alone(question)
    understood = understand(question, MILL)
    assert understood.asked != question
    assert "mill" in understood.search


@pytest.mark.parametrize("question", [*ALONE, *BACK])
def test_without_a_history_every_question_is_left_as_it_is(question: str) -> None:
    assert understand(question, []).asked == question


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        (
            "How many people did Ostrel employ in 2023?",
            "And in 2024?",
            "How many people did Ostrel employ in 2024?",
        ),
        (
            "How many people did Ostrel employ in 2023?",
            "And 2024?",
            "How many people did Ostrel employ in 2024?",
        ),
        (
            "How many people did Ostrel employ in 2023?",
            "in 2024",
            "How many people did Ostrel employ in 2024?",
        ),
        (
            "How many people did Ostrel employ in 2023?",
            "Why 2030?",
            "How many people did Ostrel employ in 2023? Why 2030?",
        ),
        (
            "What is unemployment in Marrowby?",
            "And in the county?",
            "What is unemployment in the county?",
        ),
        (
            "Which subjects has Japan picked in the G7?",
            "And at the United Nations?",
            "Which subjects has Japan picked at the United Nations?",
        ),
        (
            "How many people did Ostrel employ in Marrowby?",
            "And in 2024?",
            "How many people did Ostrel employ in Marrowby in 2024?",
        ),
        (
            "How much does the county pay for it?",
            "What about the town?",
            "How much does the town pay for it?",
        ),
        (
            "How much does Ostrel want to spend on the plant?",
            "And the Greens?",
            "How much do the Greens want to spend on the plant?",
        ),
        ("How high is the fare?", "And the market fees?", "How high are the market fees?"),
        ("Who runs the ferry?", "How old is it?", "How old is the ferry?"),
        (
            "Who is the mayor of Holm?",
            "And in Westmark?",
            "Who is the mayor of Holm? And in Westmark?",
        ),
        ("Who owns the mill?", "And since when?", "Who owns the mill? And since when?"),
        ("Is the pool open?", "What about the school?", "Is the pool open? What about the school?"),
        ("Where is the mayor?", "How old is he?", "Where is the mayor? How old is he?"),
        ("Did the boat sink?", "Was it insured?", "Did the boat sink? Was it insured?"),
    ],
)
def test_what_a_follow_up_gives_is_put_in_its_place(before: str, question: str, asked: str) -> None:
    assert understand(question, [(before, "")]).asked == asked


def test_words_that_others_took_the_place_of_are_not_searched_for() -> None:
    history = [("What is unemployment in Marrowby?", "It is 4.1 percent in Marrowby, far above.")]
    understood = understand("And in Holm?", history)
    assert understood.judged == "What is unemployment in Holm?"
    assert understood.search.startswith(understood.judged)
    assert "percent" in understood.search
    assert "Marrowby" not in understood.search


def test_a_chain_goes_on_from_what_was_put_in_its_place() -> None:
    history = [
        ("How many people did Ostrel employ in 2023?", "It employed 40."),
        ("in 2024", "It employed 50."),
    ]
    asked = understand("And in 2025?", history).asked
    assert asked == "How many people did Ostrel employ in 2025?"


def test_nobody_gets_a_name() -> None:
    history = [("What did the prime minister promise?", "Sanae Takaichi promised a fund.")]
    assert "Takaichi" not in understand("Where did he say so?", history).asked


def test_a_chain_is_about_the_last_question_that_stood_alone() -> None:
    history = [
        ("What is the market fee?", "85 crowns a day."),
        ("Who runs the ferry?", "Ansel Crossings runs it."),
        ("How old is it?", "It was built in 1987."),
        ("And what did the repair cost?", "The repair cost 3.1 million crowns."),
    ]
    understood = understand("Why?", history)
    assert understood.asked == "How old is the ferry? And what did the repair cost? Why?"
    assert "3.1" in understood.search
    assert "market" not in understood.search


def test_words_of_the_last_answer_join_the_search_within_bounds() -> None:
    answer = "First came a fire. The word0 " + " ".join(f"word{n}" for n in range(40)) + "."
    understood = understand("Who said that?", [("What burned at the works?", answer)])
    assert "word0" in understood.search
    assert "fire" not in understood.search
    assert "word20" not in understood.search


def test_a_refusal_is_not_searched_for() -> None:
    history = [("Who won the cup in Lisbon?", "The articles do not seem to answer this. These")]
    understood = understand("And in Porto?", history)
    assert understood.asked == "Who won the cup in Porto?"
    assert "articles" not in understood.search


@pytest.mark.parametrize(
    "piece", ["it ", "that ", "and ", "the it ", "what about ", "when he ", "who, ", "in the ", "1"]
)
def test_a_hostile_question_takes_no_time(piece: str) -> None:
    question = (piece * 2_000)[:2_000]
    began = time.perf_counter()
    understand(question, [(question, question)] * 8)
    assert time.perf_counter() - began < 1
