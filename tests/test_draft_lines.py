"""A draft is cut into lines that can be shown whole; only what states something is checked."""

import time

import pytest

from rag.draft_lines import read_lines
from rag.prompts import GREETING, NO_STATEMENT, QUESTION, TOO_SHORT

DRAFT = """\
Mill sold after long debate

By Ann Other

Dear readers, good morning.

The Norden Group bought the mill. It plans ninety flats there. Who would
have thought so? Well then.

- The council voted eleven to six
- Holm
"""


def test_every_visible_character_is_there_once_and_in_order() -> None:
    lines = [*read_lines(DRAFT)]
    assert "".join("".join(line.text for line in lines).split()) == "".join(DRAFT.split())
    assert all(DRAFT[line.start : line.start + len(line.text)] == line.text for line in lines)


def test_what_states_nothing_is_not_checked_and_the_reason_is_given() -> None:
    given = {line.claim: line.unchecked for line in read_lines(DRAFT)}
    assert given == {
        "Mill sold after long debate": NO_STATEMENT,
        "By Ann Other": NO_STATEMENT,
        "Dear readers, good morning.": GREETING,
        "The Norden Group bought the mill.": None,
        "It plans ninety flats there.": None,
        "Who would have thought so?": QUESTION,
        "Well then.": TOO_SHORT,
        "The council voted eleven to six": None,
        "Holm": NO_STATEMENT,
    }


@pytest.mark.parametrize(
    "claim",
    [
        "Thanks to the sprinklers nobody was hurt.",
        "Thank you letters, some from as far as Port Sellin, came to the school by the hundred.",
        "Sincerely sorry is what the director said he was to all three hundred workers on Friday.",
        "“Why not?” asked Frey, who voted against the plan.",
    ],
)
def test_a_statement_that_looks_like_something_else_is_checked(claim: str) -> None:
    (line,) = read_lines(claim)
    assert line.unchecked is None


def test_a_draft_of_one_line_needs_no_full_stop() -> None:
    (line,) = read_lines("The council voted eleven to six")
    assert line.unchecked is None


def test_a_pronoun_gets_the_sentence_before_for_the_search() -> None:
    lines = [
        *read_lines(
            "Mara Quist leads the band. She is tall and thin. In May she fell ill. "
            "The town grew by a third. That was long ago in 1911. It rained all day."
        )
    ]
    assert [(line.context[:10], line.pronoun) for line in lines] == [
        ("", None),
        ("Mara Quist", "She"),
        ("Mara Quist", None),
        ("", None),
        ("The town g", None),
        ("The town g", None),
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "- " * 25_000,
        "a, " * 16_000,
        "“" * 50_000,
        "he " * 16_000,
        "?" * 50_000,
        "Dear " * 10_000,
        " \n" * 25_000 + "x",
    ],
)
def test_reading_takes_linear_time(hostile: str) -> None:
    started = time.perf_counter()
    assert [*read_lines(hostile)]
    assert time.perf_counter() - started < 2
