"""Words, names and numbers are known in any form."""

import pytest

from rag.mentions import (
    LONGEST_KEPT,
    _kept_form,
    date_words,
    form,
    forms_in,
    is_mentioned,
    missing_but_for_seats,
    missing_names,
    missing_numbers,
    names_in,
    numbers_in,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("votes", "voted"), ("seven", "7"), ("1,200", "1200"), ("Studies", "studying")],
)
def test_two_forms_of_one_word(one: str, other: str) -> None:
    assert form(one) == form(other)


def test_names_are_the_capitals_after_the_first_word() -> None:
    assert names_in("What did Jonas Wede tell the Courier about U.S. ships?") == [
        "Jonas", "Wede", "Courier", "US",
    ]  # fmt: skip
    assert names_in("What did Prime Minister Wede and Mayor Holm agree on?") == ["Wede", "Holm"]
    assert names_in("who bought the mill") == []
    assert names_in("WHO BOUGHT THE OLD MILL") == []


def test_numbers_hold_digits() -> None:
    assert numbers_in("Did 1,200 people pay 3.4 crowns in 2025?") == ["1,200", "3.4", "2025"]


def test_a_name_is_mentioned_by_its_beginning() -> None:
    forms = forms_in("The Japanese minister met Wede in the US.")
    assert is_mentioned("Japan", forms)
    assert is_mentioned("Wede", forms)
    assert is_mentioned("US", forms)
    assert not is_mentioned("Jonas", forms)
    assert not is_mentioned("Wed", forms)
    assert not is_mentioned("South", forms_in("States of Southeast Asia"))


PACT = (
    "The United States and North Korea signed it, said Donald Crane. The Ministry of Sea Trade, "
    "the EU and Sanae Ito did not. Ms Ito called its 11 articles thin."
)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Did the United States sign?", []),
        ("Did the US sign?", []),
        ("Did the European Union sign?", []),
        ("Did the American government sign?", []),
        ("Did the British government sign?", ["British"]),
        ("What did the MST do?", []),
        ("What did President Crane say?", []),
        ("What did Sanae Ito say?", []),
        ("Did South Korea sign?", ["South"]),
        ("What did Tiffany Crane say?", ["Tiffany"]),
        ("What did David Cole say?", ["David", "Cole"]),  # nor do the initials of Donald Crane
        ("Did Sanae Crane sign?", ["Sanae Crane"]),
        ("Did Canada sign?", ["Canada"]),
    ],
)
def test_a_name_is_missing_unless_it_or_its_short_form_is_there(
    question: str, missing: list[str]
) -> None:
    assert missing_names(question, PACT) == missing


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why do Washington and Beijing quarrel?", "The US and China quarrel about ships."),
        ("Why do the US and China quarrel?", "Washington and Beijing quarrel about ships."),
        ("Why are Chinese and American ships there?", "Washington and Beijing quarrel."),
        ("Who lost in the Washington-Beijing rivalry?", "The United States and China quarrel."),
        ("What did Paris tell Athens?", "The French minister warned Greece."),
        ("What did Rome tell Minsk?", "The Italian minister warned the Belarusian one."),
        ("What did Hanoi tell Canberra?", "It is a deal of Vietnam and Australia."),
        ("What did Manila tell Caracas?", "It is a deal of the Philippines and Venezuela."),
        ("What did the UK sign?", "London signed it."),
    ],
)
def test_a_government_is_named_by_its_seat(question: str, text: str) -> None:
    assert missing_but_for_seats(question, text) == []
    assert missing_but_for_seats(question, "It is a deal of Peru and Nepal.") == missing_names(
        question, "It is a deal of Peru and Nepal."
    )


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("How many died in the fire in London?", "The fire in Leeds, Britain, killed 2.", "London"),
        ("What did Sofia Berg say?", "Sven Berg, of Bulgaria, said no.", "Sofia"),
        ("What did Beijing sign?", PACT, "Beijing"),
    ],
)
def test_a_town_or_a_person_is_no_government(question: str, text: str, missing: str) -> None:
    assert missing_but_for_seats(question, text) == [missing]


def test_what_is_often_called_by_its_initials_is_named_by_them() -> None:
    assert missing_names("Who watches AI?", "They watch artificial intelligence.") == []
    assert missing_names("Who watches AI?", "They watch all insects.") == ["AI"]


def test_initials_are_a_name_at_the_start_too() -> None:
    assert names_in("EU subsidies for it") == ["EU"]
    assert names_in("WHO subsidises it?") == []  # the question word, not the organisation
    assert names_in("The mill") == names_in("A mill") == []


def test_the_forms_of_the_longest_words_are_not_kept() -> None:
    before = _kept_form.cache_info().currsize
    assert form("x" * LONGEST_KEPT + "ings") == "x" * LONGEST_KEPT + "ing"
    assert _kept_form.cache_info().currsize == before


def test_a_number_is_missing_unless_it_is_there_in_any_form() -> None:
    assert missing_numbers("Does it have 11 articles, or 12?", PACT) == ["12"]
    assert missing_numbers("Was it 7?", "Seven signed.") == []


def test_a_text_all_in_capitals_takes_no_longer() -> None:
    assert missing_names("Did Canada sign?", "ALL IN CAPITALS " * 20_000) == ["Canada"]


def test_a_day_in_words() -> None:
    assert date_words("2025-10-08T06:24") == "2025 October 8"
    assert date_words(None) == ""


def test_short_questions_and_second_sentences_have_names_too() -> None:
    assert names_in("Did Prime Minister Sanae Takaichi resign?") == ["Sanae", "Takaichi"]
    assert names_in("Who owns the mill? Describe its owner.") == []
    assert names_in("What did Mr. Holm say?") == ["Holm"]


def test_what_only_looks_like_a_name_is_no_mention_of_it() -> None:
    assert missing_names("What did the United States do?", "He told us nothing.")
    assert missing_names("What did the World Health Organization say?", "who said it?")
    assert missing_names("How did Austria vote?", "Australia voted no.") == ["Austria"]
    assert missing_names("What did NATO say?", "Nato said nothing.") == []
    assert missing_names("What did Turkey and Sweden say?", "Turkish and Swedish ministers") == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which US ships came?", "American ships came."),
        ("Which American ships came?", "Ships of the U.S. came."),
        ("Which UK ships came?", "British ships came."),
        ("Which British ships came?", "Ships of the United Kingdom came."),
        ("Which Dutch ships came?", "Ships of the Netherlands came."),
        ("Which ships of the Philippines came?", "Filipino ships came."),
        ("Which Welsh ships came?", "Ships of Wales came."),
        ("Which Swiss ships came?", "Ships of Switzerland came."),
        ("Which ships of Iran came?", "Iranian ships came."),
    ],
)
def test_a_nation_is_mentioned_in_another_word(question: str, text: str) -> None:
    assert missing_names(question, text) == []
    assert missing_names(question, "Norwegian ships came to us.") != []
