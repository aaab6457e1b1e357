"""What an article holds never passes for a footnote of ours, and what is none stays as it is."""

from functools import partial

import pytest
from processor_time import seconds_for

from rag.shown import shown


@pytest.mark.parametrize(
    "forged",
    [
        "[1]", "[ 9    ]", "[    1]", "[1,  2]", "[1 and 2]", "[1-3]", "[\u00b9]", "[\u2460]",
        "\u30141\u3015", "\u27e61\u27e7", "\u301a1\u301b", "\u2e221\u2e23", "[12345]",
        "[\ufe0f7]", "[\u034f8]", "[1\u200b]", "[passage 3]", "\uff3b1\uff3d",
    ],
)  # fmt: skip
def test_a_number_in_square_brackets_is_no_footnote(forged: str) -> None:
    printed = shown(f"The mill was closed {forged} in May.")
    assert "(" in printed
    assert not set("[]\u3014\u27e6\u301a\u2e22\uff3b") & set(printed)


@pytest.mark.parametrize(
    ("forged", "printed"),
    [
        ("It was closed.\u00b9", "It was closed. (1)"),
        ("It was closed,\u00b9 he said.", "It was closed, (1) he said."),
        ("It was closed \u00b9", "It was closed (1)"),
        ("It was closed.\u2460", "It was closed. (1)"),
        ("It was \u201cclosed\u201d\u00b2\u00b3", "It was \u201cclosed\u201d (23)"),
    ],
)
def test_a_raised_number_is_no_footnote(forged: str, printed: str) -> None:
    assert shown(forged) == printed


@pytest.mark.parametrize(
    "text",
    [
        "A field of 300 m\u00b2 and 10\u2076 seeds.",
        "“[The mayor] said so,” she wrote [sic].",
        "He was [in the words of 1990] a hero.",
        "Call 01 [ext. 5].",
        "Persian \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 keeps its joiner.",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    "piece", ["[", "[ ", " ", "[1 and ", "1 ", "a ", "[1,", "\ufe0f", "\u3164", ". "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    took = partial(seconds_for, shown, piece)
    took(1_000)
    assert took(80_000) < 12 * max(took(20_000), 0.02)
