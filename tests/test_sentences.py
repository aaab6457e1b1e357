"""Sentences: the full stops that end one, those that do not, and exact offsets for all text."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import seconds_for

from index.sentences import block_spans, is_sentence, sentence_spans


def split(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Army bought it.",
        "She met U.S. officials on Oct. 28 in Paris.",
        "It rose by 3.4 percent to $2.75 a share.",
        "The No. 4 seed lost to J. K. Marrow.",
        "Mr. Roe met Gen. Ito and Prof. Dr. Klein.",
        "They left at 3 p.m. Tuesday by boat.",
        "They meet at 9 a.m. EST each day.",
        "The Union (E.U.) Council voted.",
        "He saw Yarrow Inc. shares fall.",
        "Read https://a.example/b.c?d=1 for more.",
        "“Why now?” Marrow asked.",
        "“We go!” she said.",
        "He waited ... and then he left.",
        "Am 3. Oktober kam er z. B. mit der Bahn.",
        "Il a vu M. Le Goff au port.",
        "The St. Brigid choir sang.",
        "George W. Marsh came vs. all advice.",
        "He bought cheese, bread, etc. and left.",
    ],
)
def test_one_sentence_is_kept_whole(text):
    assert split(text) == [text]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He left the U.S. in May.", "He came back."],
        ["He lives in the U.S.", "The rest stayed."],
        ["They came at 5 p.m.", "Rain fell."],
        ["He said so.", '"We go," she added.'],
        ["He said: “We go.”", "They went."],
        ["„Wir gehen.“", "Dann war es still."],
        ["« Nous partons. »", "Elle est partie."],
        ["He waited...", "Then he left."],
        ["Really?!", "Yes."],
        ["It began in 2016.", "40 people came."],
        ["He chose plan B.", "It failed."],
        ["The wall held.[3]", "The river fell."],
        ["The wall held.²", "The river fell."],
        ["(He was late.)", "Nobody minded."],
        ["東京です。", "次の文です！", "終わり。"],
        ["यह पहला वाक्य है।", "यह दूसरा है।"],
        ["Is it true?", "“No,” he said."],
        ["It is on www.example.com.", "Have a look."],
    ],
)
def test_each_sentence_ends_where_it_should(sentences):
    assert split(" ".join(sentences)) == sentences


def test_sentences_that_lost_the_space_between_them_are_parted():
    assert split("They met at the pier.The boat was late.") == [
        "They met at the pier.",
        "The boat was late.",
    ]


def test_a_web_address_is_no_lost_space():
    assert split("He runs booking.Com from home.") == ["He runs booking.Com from home."]


def test_blank_lines_and_lone_lines_part_sentences():
    text = (
        "A crane at the port\nThe port shut on Monday. It was cold.\n\n"
        "What comes next\n\nNobody knows."
    )
    assert split(text) == [
        "A crane at the port",
        "The port shut on Monday.",
        "It was cold.",
        "What comes next",
        "Nobody knows.",
    ]


def test_hard_wrapped_prose_is_not_cut_at_its_line_ends():
    text = (
        "The harbor committee heard a report on Tuesday about the state of the\n"
        "pier, which was built in 1931 and which nobody has repaired since the\n"
        "storm of 1987. The federal government paid for half of it, and the U.S.\n"
        "Coast Guard for the rest."
    )
    assert split(text) == [
        text[: text.index(" The federal")],
        text[text.index("The federal") :],
    ]


def test_list_items_and_headlines_of_like_length_are_not_joined():
    lines = [
        "- The council leader quits after the vote on the library",
        "- The bakery on Pier Street wins a prize for its rye bread",
        "- The ferry costs more from the spring, the company tells us",
    ]
    assert split("\n".join(lines)) == lines
    heads = [line[2:] for line in lines]
    assert split("\n".join(heads)) == heads


def test_block_spans_are_paragraphs():
    text = "  One line \n\n\nTwo words. Three more.\n"
    assert [text[start:end] for start, end in block_spans(text)] == [
        "One line",
        "Two words. Three more.",
    ]


ALPHABET = "aB1 \n\t.!?…。“”\"'()[]«»-—é東\u00a0\r"


@given(st.one_of(st.text(alphabet=ALPHABET), st.text()))
def test_spans_cover_every_character_that_is_no_space_once_and_in_order(text):
    spans = sentence_spans(text)
    position = 0
    for start, end in spans:
        assert start < end
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        position = end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    "text",
    [
        "The wall held through the night.",
        "“It did what it was built for,” she said.",
        "He said: “We are going home.”",
        "The river fell by a metre.[12]",
        "By Tuesday, the river had fallen.",
        "東京の川の水位が下がりました。",
        "Will the bridge ever open again?",
    ],
)
def test_sentences_are_sentences(text):
    assert is_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "A crane at the port on Monday",
        "Nine miles around",
        "By Jane Doe",
        "By Jane Doe and John Roe.",
        "MILLBROOK, March 3 (Agency) —",
        "Reporting by Jane Doe; editing by John Roe.",
        "Photo: A crane at the port.",
        "Listen to Audio",
        "0:00",
        "Not yet.",
        "",
        "   ",
    ],
)
def test_labels_are_no_sentences(text):
    assert not is_sentence(text)


@pytest.mark.parametrize(
    "unit", [".", '"', ". ", "a" * 30 + "\n", "[", "A. ", "word " * 14 + "\n", "? ”"]
)
def test_time_grows_no_faster_than_the_text(unit):
    took = partial(seconds_for, sentence_spans, unit)
    took(10_000)
    assert took(1_600_000) < 16 * max(took(200_000), 0.02)
