"""A name stands only where the article that is cited contains it, somewhere."""

import pytest

from index import Article
from index.types import Cut
from rag.borrowed_names import borrowed_names, nameless, without_borrowed_names
from rag.types import Support

UNNAMED = Article(
    id="a", key="a", title="Promises in the north", source="Ansel Valley Post",
    author="Lena Marsh", published="2025-10-14", cut=(Cut(kind="byline", text="By Olav Brecht"),),
    text="Norland's prime minister toured the coast this week. He offered the fishermen of Solvik "
    "a new harbour. North Korea was not mentioned. Repairs are not needed.",
)  # fmt: skip
NAMED = Article(
    id="b", key="b", title="Eld keeps the finance ministry", source="Marrowby Courier",
    text="Prime Minister Sigrid Eld of Norland, known to her friends as Siv, kept the ministry. "
    "At noon Eld met José Ruiz.",
)  # fmt: skip
SHOWN = [UNNAMED.text, f"{NAMED.title}\n{NAMED.text}"]


def borrowed(claim: str, *articles: Article) -> list[str]:
    return borrowed_names(claim, articles, SHOWN)


@pytest.mark.parametrize(
    "claim",
    [
        "Norland's prime minister offered fishermen a new harbour.",
        "The Prime Minister toured the coast on Monday, 13 October.",
        "A harbour was offered in Solvik, the Ansel Valley Post reports.",
        "Lena Marsh and Olav Brecht report that he toured the coast.",
        "Repairs of the harbour are not needed.",
        "He offered a harbour.",
        "",
    ],
)
def test_what_the_article_contains_is_not_borrowed(claim: str) -> None:
    assert borrowed(claim, UNNAMED) == []


@pytest.mark.parametrize(
    ("claim", "names"),
    [
        ("Prime Minister Sigrid Eld toured the coast.", ["Sigrid", "Eld"]),
        ("Eld offered the fishermen of Solvik a new harbour.", ["Eld"]),
        ("Eld's government offered a new harbour.", ["Eld"]),
        ("The prime minister, Keir Starmer, toured the coast.", ["Keir", "Starmer"]),
        ("The prime minister spoke of South Korea.", ["South"]),
        ("The prime minister met Ruiz.", ["Ruiz"]),
    ],
)
def test_a_name_from_elsewhere_is_borrowed(claim: str, names: list[str]) -> None:
    assert borrowed(claim, UNNAMED) == names


def test_a_second_article_lends_the_first_no_name() -> None:
    claim = "Prime Minister Sigrid Eld offered fishermen a new harbour."
    assert borrowed(claim, NAMED) == []
    assert borrowed(claim, UNNAMED, NAMED) == borrowed(claim, NAMED, UNNAMED) == ["Sigrid", "Eld"]


def test_the_papers_that_are_cited_may_be_named_beside_each_other() -> None:
    claim = "The Courier says that the ministry was kept, the Ansel Valley Post speaks of a tour."
    assert borrowed(claim, UNNAMED, NAMED) == []


def test_accents_make_no_other_name() -> None:
    assert borrowed("At noon she met Jose Ruiz.", NAMED) == []


def test_a_common_word_at_the_front_is_known_for_a_name_only_from_the_passages() -> None:
    claim = "Rose offered a new harbour."
    assert borrowed(claim, UNNAMED) == []
    assert borrowed_names(claim, [UNNAMED], [*SHOWN, "At noon, Rose spoke."]) == ["Rose"]


@pytest.mark.parametrize("word", ["Zorblax", "Zorblax's", "_Zorblax_", "“Zorblax", "Ⱬorblax"])
def test_a_rare_word_at_the_front_is_a_name(word: str) -> None:
    assert len(borrowed(f"{word} offered a new harbour.", UNNAMED)) == 1


@pytest.mark.parametrize(
    "word",
    ["Motorists", "Policymakers", "Firemen", "Interestingly,", "Schoolchildren", "Rebuilding"],
)
def test_a_rare_word_that_ends_as_no_name_does_is_none(word: str) -> None:
    assert borrowed(f"{word} offered a new harbour.", UNNAMED) == []


def test_a_rare_word_that_the_passages_write_small_is_no_name() -> None:
    assert borrowed("Fishmonger Ruiz met him.", NAMED) == ["Fishmonger"]
    small = [*SHOWN, "The fishmonger of the town spoke."]
    assert borrowed_names("Fishmonger Ruiz met him.", [NAMED], small) == []


def test_the_reason_is_in_words_and_only_for_what_is_borrowed() -> None:
    fine = Support(verdict="supported", score=0.9)
    claim = "Prime Minister Eld toured the coast."
    assert without_borrowed_names(fine, claim, [NAMED], SHOWN) == fine
    told = without_borrowed_names(fine, claim, [UNNAMED], SHOWN)
    assert told.verdict == "unsupported"
    assert told.reasons == ("the article cited does not name Eld",)


def test_what_is_told_is_what_is_left_without_the_names() -> None:
    assert nameless("Eld toured the coast near Solvik.").split() == [
        "toured", "the", "coast", "near", ".",
    ]  # fmt: skip
    assert nameless("they toured it") == "they toured it"
