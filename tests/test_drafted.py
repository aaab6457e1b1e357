"""What a model writes becomes sentences with their footnotes, however it was cut into chunks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.drafted import SentenceStream


def parse(*chunks: str) -> list[tuple[str, tuple[int, ...]]]:
    stream = SentenceStream()
    drafted = [sentence for chunk in chunks for sentence in stream.feed(chunk)]
    drafted += stream.finish()
    return [(sentence.text, sentence.numbers) for sentence in drafted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It closed. [1]\nIt opens soon. [2]", [("It closed.", (1,)), ("It opens soon.", (2,))]),
        ("It closed [1]. It opens soon [2].", [("It closed.", (1,)), ("It opens soon.", (2,))]),
        ("It closed.[1][3] It opens.[2]", [("It closed.", (1, 3)), ("It opens.", (2,))]),
        ("Mr. Wede of the U.S. said 3.4.[1, 2]", [("Mr. Wede of the U.S. said 3.4.", (1, 2))]),
        ("Wede, of the port [1], left it. [2]", [("Wede, of the port, left it.", (1, 2))]),
        ("No mark at the end [4]\nNext. [1]", [("No mark at the end", (4,)), ("Next.", (1,))]),
        (
            "She said “no.” [1] “Why?” he asked. [2]",
            [("She said “no.”", (1,)), ("“Why?” he asked.", (2,))],
        ),
        ("- **Bold** it is. [Passage 2]", [("Bold it is.", (2,))]),
        ("2. Second it is. [2]", [("Second it is.", (2,))]),
        ("It closed. [1][1]", [("It closed.", (1,))]),
        ("[2] It closed. [1]", [("It closed.", (2, 1))]),
    ],
)
def test_sentences_and_their_footnotes(text: str, expected: list[tuple[str, object]]) -> None:
    assert parse(text) == expected


def test_a_sentence_without_a_footnote_is_parted_from_the_next() -> None:
    assert parse("The mayor lied. The ramp is closed. [1]") == [
        ("The mayor lied.", ()),
        ("The ramp is closed.", (1,)),
    ]


@pytest.mark.parametrize("text", ["It closed. [one]", "It closed. [1-3]", "It closed. (1)"])
def test_what_is_no_footnote_cites_nothing(text: str) -> None:
    assert {numbers for _, numbers in parse(text)} == {()}


@pytest.mark.parametrize("text", ["", "\n \n", "[1]", " ... [2]\n--\n"])
def test_what_holds_no_word_is_no_sentence(text: str) -> None:
    assert parse(text) == []


def test_a_sentence_comes_as_soon_as_the_next_one_begins() -> None:
    stream = SentenceStream()
    assert list(stream.feed("It closed. [1] ")) == []
    assert [sentence.text for sentence in stream.feed("It")] == ["It closed."]
    assert [sentence.text for sentence in stream.feed(" opens. [2]\n")] == ["It opens."]


PIECES = st.sampled_from(
    [
        "It closed",
        "Wede said",
        "3.4",
        "the",
        "U.S.",
        "“",
        "”",
        ".",
        "!",
        "[1]",
        "[2, 3]",
        "[",
        "]",
        "1",
        " ",
        "\n",
        "\r\n",
        "**",
        "- ",
        "é",
        "…",
    ]
)


@given(st.data())
def test_chunks_change_nothing(data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(PIECES | st.text(max_size=3), max_size=40)))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=10)))
    chunks = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert parse(*chunks) == parse(text) == parse(*text)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_letter_is_lost_or_invented(text: str) -> None:
    def letters(found: str) -> str:
        return "".join(filter(str.isalpha, found))

    assert letters("".join(sentence for sentence, _ in parse(text))) == letters(text)
