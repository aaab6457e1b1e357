"""Who said what: read from the article alone, and never guessed.

`speakers.jsonl` holds sentences of short articles, marked by brackets, with the speaker whom a
reader would name. Those with part "held" were written before there were any rules.
"""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from processor_time import seconds_for

from index import Article
from index.read import read_file
from index.sentences import sentence_spans
from rag.citations import cite_span
from rag.speakers import LONGEST_SPEAKER, attributions, speaker_of

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
PRONOUNS = {"he", "she", "they"}


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A span of a short article, and who said it; None where the article itself does."""

    part: str
    text: str
    start: int
    end: int
    speaker: str | None

    @property
    def found(self) -> str | None:
        return speaker_of(self.text, self.start, self.end)


def load(line: str) -> Labelled:
    case = json.loads(line)
    before, _, rest = case["text"].partition("[[")
    inside, _, after = rest.partition("]]")
    return Labelled(
        part=case["part"],
        speaker=case["speaker"],
        text=before + inside + after,
        start=len(before),
        end=len(before) + len(inside),
    )


CASES = [load(line) for line in (HERE / "speakers.jsonl").read_text(encoding="utf-8").splitlines()]


def rates(part: str) -> tuple[float, float]:
    """Return precision and recall; a pronoun where a name was wanted is a miss, not an error."""
    cases = [case for case in CASES if case.part == part]
    named = [
        case
        for case in cases
        if case.found and not (case.found in PRONOUNS and case.speaker not in {None, *PRONOUNS})
    ]
    right = sum(case.found == case.speaker for case in named)
    return right / len(named), right / sum(case.speaker is not None for case in cases)


@pytest.mark.parametrize("part", ["held", "open"])
def test_speakers_are_right_where_they_are_given(part: str) -> None:
    assert sum(case.part == part for case in CASES) >= 30
    precision, recall = rates(part)
    assert precision >= 0.95
    assert recall >= 0.85


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.speaker is None], ids=lambda case: case.text[:40]
)
def test_the_articles_own_words_have_no_speaker(case: Labelled) -> None:
    assert case.found is None


OFFICE = (
    "Ada Poe was prime minister until May. The new prime minister took office on Sunday.\n\n"
    "The bridge will be built, the prime minister said. He told reporters that it was paid for."
)


def test_an_office_without_a_name_gets_none() -> None:
    speakers = [each.speaker for each in attributions(OFFICE)]
    assert speakers == ["the prime minister", "he, to reporters"]
    assert all("Poe" not in each.name for each in attributions(OFFICE))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Poe said it rained. She said it was cold.", ["Ada Poe", "Ada Poe"]),
        ("Ada Poe said it rained. Tom Carr left. She said it was cold.", ["Ada Poe", "she"]),
        (
            "Ada Poe said it rained.\n\nThe sea was calm that day. She said it was cold.",
            ["Ada Poe", "Ada Poe"],
        ),
        (
            "Ada Poe said it rained.\n\nThe mayor came at noon. She said it was cold.",
            ["Ada Poe", "she"],
        ),
        (
            "Ada Poe and Tom Carr said it rained. She said it was cold.",
            ["Ada Poe and Tom Carr", "she"],
        ),
        ("Mr Tom Carr said it rained. She said it was cold.", ["Tom Carr", "she"]),
        ("Ada Poe wrote a book. She said it was cold.", ["she"]),
        ("Ada Poe said it rained. Poe added that it was cold.", ["Ada Poe", "Ada Poe"]),
        ("Ada Poe spoke. Tom Poe slept. Poe said it was cold.", ["Poe"]),
    ],
)
def test_a_pronoun_or_surname_means_somebody_only_where_nobody_else_is_meant(
    text: str, names: list[str]
) -> None:
    assert [each.name for each in attributions(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is said to be old.",
        "He was told to leave the house at once.",
        "The firm reported losses of two million.",
        "He added salt to the soup and left.",
        "She declined to say when the school would open.",
        "Nobody said that it was safe.",
        "What she said about the bridge was false.",
        "The council asked him to leave the hall.",
        "A sign that said nothing hung over the door.",
        "It all went according to plan.",
    ],
)
def test_a_verb_of_saying_alone_makes_no_speaker(text: str) -> None:
    assert attributions(text) == ()


def test_a_span_of_several_sentences_has_a_speaker_only_if_all_have() -> None:
    text = "The roof is safe, Ada Poe said. The wall is new, Tom Carr said. It cost a million."
    spans = sentence_spans(text)
    assert speaker_of(text, *spans[0]) == "Ada Poe"
    assert speaker_of(text, spans[0][0], spans[1][1]) == "Ada Poe; Tom Carr"
    assert speaker_of(text, 0, len(text)) is None
    assert speaker_of(text, 3, 9) == "Ada Poe"


def test_a_speaker_is_short_and_a_citation_carries_it() -> None:
    long = "who " + " ".join(["keeps"] * 10) + " " + "very" * 60 + "long"
    text = f"The roof is safe, said Ada Poe, {long}. It is new."
    (found,) = attributions(text)
    assert len(found.speaker) <= LONGEST_SPEAKER
    assert found.name == "Ada Poe"
    article = Article(id="a", key="k", text=text)
    assert cite_span(article, found.start, found.end, 1).speaker == found.speaker


def test_the_samples_are_read_without_a_wrong_speaker() -> None:
    (article,) = read_file(SEEDS / "kestrel-fire-seven-hurt.txt")
    found = {
        article.text[each.start : each.end][:25]: each.speaker
        for each in attributions(article.text)
    }
    dorst, pray = "Anneke Dorst, the fire chief of Marrowby", "the managing director, Lucan Pray"
    fell = "Dagmar Fell, who chairs the works council"
    assert list(found.values()) == [
        "a spokeswoman for the hospital",
        dorst,
        dorst,
        pray,
        "their press office",
        f"{fell}, to the management, in a letter that the Courier has seen",
        fell,
        pray,
        pray,
        pray,
    ]
    (tour,) = read_file(SEEDS / "prime-minister-diplomacy-tour.txt")
    assert {each.name for each in attributions(tour.text)} == {
        "he",
        "a former adviser on foreign affairs",
        "they",
    }


@pytest.mark.parametrize(
    "piece",
    [
        "said ",
        ", said Ada Poe",
        "“",
        '" ',
        "'a ",
        "according to ",
        "Ada Poe ",
        "the man ",
        "in a letter ",
        "Ada Poe, the mayor of the town, ",
        "he said. ",
        "told the ",
        ", ",
        "a",
        "A",
        "was quoted as saying ",
        "citing the ",
        "“A,” he said. ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    took = partial(seconds_for, attributions.__wrapped__, piece)
    took(1_000)
    assert took(80_000) < 12 * max(took(20_000), 0.02)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Femi Aden of Crest Lane Research said that the market was full.", "Femi Aden"),
        ("The market was full, said Femi Aden of Crest Lane.", "Femi Aden"),
        ("The mayor of Port Sellin said that it was full.", "the mayor of Port Sellin"),
    ],
)
def test_whom_somebody_belongs_to_is_no_speaker(text: str, name: str) -> None:
    assert [each.name for each in attributions(text)] == [name]


def test_a_number_after_said_is_no_speaker() -> None:
    text = "An earlier version of this article, like our report, said that 1,510 people use it."
    assert all(not each.name.startswith("that") for each in attributions(text))


@pytest.mark.parametrize(
    "text",
    [
        "Neither Ada Lorne nor Bo Finn said that the Wickham mill will close in May.",
        "“The mill will close,” said an actor playing Mayor Ada Lorne.",
        "“The mill will close,” Lorne denied having said.",
        "“The mill will close,” Lorne regretted having said.",
        "Ada Lorne hardly said the mill will close.",
        "Had Ada Lorne said the mill will close, voters would have fled.",
        "If Ada Lorne said the mill will close, nobody would believe it.",
        "According to a hoax, Ada Lorne said the mill will close.",
        "“The mill will close,” Ada Lorne said, according to a forged letter.",
        "According to a letter falsely attributed to Ada Lorne, the mill will close.",
    ],
)
def test_what_nobody_said_has_no_speaker(text: str) -> None:
    assert attributions(text) == ()


def test_who_denies_or_doubts_still_speaks() -> None:
    for text in (
        "Ada Lorne said that neither the mill nor the school will close.",
        "“The video is a hoax,” Ada Lorne said.",
        "Ada Lorne said she never told the council.",
    ):
        (found,) = attributions(text)
        assert found.name == "Ada Lorne"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Some 2,300 bolts must go, chief engineer Lotte Holm said.", "chief engineer Lotte Holm"),
        ("It was too early to say, prosecutor Ines Vahl said.", "prosecutor Ines Vahl"),
        ("An earlier version of our report said that it would rise to 3.80 pounds.", None),
        ("It was too early, yesterday Ines Vahl said.", None),
    ],
)
def test_an_office_in_small_letters_belongs_to_the_name(text: str, speaker: str | None) -> None:
    assert speaker_of(text, 0, len(text)) == speaker
