"""Where two sentences are one but for a value, that value is found, and nothing else is."""

import pytest

from rag.alterations import MOST_TOKENS, find_alteration

TOLD = "The Norden Group bought the old paper mill from the town for 8.1 million crowns on Monday."


def words(first: str, second: str) -> tuple[str, str] | None:
    altered = find_alteration((first, second), (first, second))
    return altered.words if altered else None


@pytest.mark.parametrize(
    ("old", "new", "given"),
    [
        ("8.1", "6.4", ("8.1 million crowns", "6.4 million crowns")),
        ("Monday", "Friday", ("Monday", "Friday")),
        ("Norden Group", "Sorrel Holding", ("Norden Group", "Sorrel Holding")),
    ],
)
def test_one_value_changed(old: str, new: str, given: tuple[str, str]) -> None:
    altered = TOLD.replace(old, new)
    assert words(TOLD, altered) == given
    assert words(altered, TOLD) == given[::-1]


def test_a_part_of_the_sentence_and_words_before_it() -> None:
    part = "bought the old paper mill from the town for 6.4 million crowns."
    assert words(part, TOLD) == ("6.4 million crowns", "8.1 million crowns")
    told = f"As we have learnt, {TOLD.replace('8.1', '6.4')}"
    assert words(told, TOLD) == ("6.4 million crowns", "8.1 million crowns")


def test_a_value_at_the_beginning() -> None:
    first = "Seven workers were taken to hospital with smoke poisoning early on Tuesday."
    assert words(first, first.replace("Seven", "Nine")) == ("Seven workers", "Nine workers")


@pytest.mark.parametrize(
    "other",
    [
        TOLD,
        TOLD.replace("8.1 million", "8,100,000"),
        TOLD.replace("8.1", "about 8"),
        TOLD.replace("Norden Group", "Sorrel Holding").replace("8.1", "6.4"),
        TOLD.replace("8.1", "6.4").replace("Monday", "Friday"),
        TOLD.replace("The Norden Group", "The group"),
        "The Norden Group sold a saw for 6.4 million crowns.",
        "",
    ],
    ids=["same", "digits", "rounded", "other buyer", "other day", "shorter name", "other", "empty"],
)
def test_no_alteration(other: str) -> None:
    assert words(TOLD, other) is None
    assert words(other, TOLD) is None


def test_part_of_the_whole_is_no_alteration() -> None:
    part = "The pool cost the county 3 million crowns in total for the tiles and the roof."
    assert words(part, part.replace("3", "2").replace(" in total", "")) is None


def test_a_name_that_both_texts_have_is_no_rival() -> None:
    first = "The old boat was stopped on the river by the harbour master Ingrid Sollis."
    second = first.replace("Ingrid Sollis", "Tobias Renck")
    both = f"{first} Tobias Renck agreed."
    assert find_alteration((first, second), (first, second)) is not None
    assert find_alteration((first, second), (both, second)) is None


def test_a_very_long_sentence_is_left_alone() -> None:
    long = f"{TOLD[:-1]} {'and so on ' * MOST_TOKENS}."
    assert words(long, long.replace("8.1", "6.4")) is None
