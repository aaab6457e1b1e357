"""A draft is footnoted where the articles support it, and flagged where they do not."""

import io
import json
import sys
from pathlib import Path

import pytest

from index import Index
from index.errors import BadValue
from rag import Answer, Sentence, check_draft, stream_draft
from rag.__main__ import main
from rag.draft import LONGEST_DRAFT, is_silent
from rag.errors import BadDraft, BadPeriod, EmptyLibrary
from rag.mentions import form, forms_in, telling_words

SUPPORTED = [
    (
        "The repair of the ramp is to cost 3.4 million crowns, harbour master Jonas Wede said.",
        "Repairs will cost 3.4 million crowns",
    ),
    ("Holders of a monthly ticket ride the bus for free.", "The bus ride is free"),
    (
        "The Norden Group has bought the old paper mill at Sorrel Bridge from the town.",
        "The Norden Group bought it",
    ),
    ("The council voted eleven to six for the sale.", "eleven to six"),
]
DIFFERING = [
    (
        "Repairs of the ramp will cost 4.3 million crowns, the harbour master Jonas Wede said.",
        "the source says 3.4 million crowns, not 4.3 million crowns",
        "3.4 million crowns",
    ),
    (
        "The council did not vote for the sale of the mill.",
        "one of the two denies what the other says",
        "The council voted for the sale",
    ),
    (
        "The conductor of the brass band, Ingrid Sollis, said that it had rehearsed three evenings "
        "a week since spring.",
        "the source does not mention Ingrid",
        "Mara Quist",
    ),
]
SILENT = [
    "Exports of timber rose by six percent in the third quarter.",
    "The king of Norway opened an observatory in the mountains.",
    "The airport has a new runway for cargo planes.",
]


def checked(draft: str, town: Index) -> Sentence:
    (sentence,) = check_draft(draft, index=town).sentences
    assert sentence.text == draft
    return sentence


@pytest.mark.parametrize(("draft", "words"), SUPPORTED)
def test_what_the_articles_support_is_footnoted(town: Index, draft: str, words: str) -> None:
    sentence = checked(draft, town)
    assert sentence.support.verdict == "supported", sentence.support
    assert sentence.support.reasons == ()
    (citation,) = sentence.citations
    text = town.article(citation.article_id).text
    assert text[citation.start : citation.end] == citation.quote
    assert words in citation.quote
    assert len(citation.quote) < 250


@pytest.mark.parametrize(("draft", "reason", "words"), DIFFERING)
def test_what_differs_is_flagged_beside_what_the_articles_say(
    town: Index, draft: str, reason: str, words: str
) -> None:
    sentence = checked(draft, town)
    assert sentence.support.verdict in {"partly", "unsupported"}
    assert reason in sentence.support.reasons, sentence.support
    assert words in sentence.citations[0].quote
    assert not is_silent(sentence)


@pytest.mark.parametrize("draft", SILENT)
def test_where_the_articles_are_silent_they_say_so_and_nothing_is_cited(
    town: Index, draft: str
) -> None:
    sentence = checked(draft, town)
    assert sentence.support.verdict == "unsupported"
    assert sentence.support.reasons == ("no article speaks of this",)
    assert sentence.citations == ()
    assert is_silent(sentence)


def test_a_copy_of_the_articles_is_all_supported_by_its_own_characters(town: Index) -> None:
    for info in town.articles():
        article = town.article(info.id)
        answer = check_draft(article.text, index=town)
        verdicts = {sentence.support.verdict for sentence in answer.sentences}
        assert verdicts <= {"supported", "unchecked"}
        assert "supported" in verdicts
        for sentence in answer.sentences:
            for citation in sentence.citations:
                assert (citation.quote, citation.article_id) == (sentence.text, article.id)


def test_a_fused_sentence_takes_two_sources(town: Index) -> None:
    sentence = checked(
        "The Norden Group bought the old paper mill for 8.1 million crowns, and the prize of the "
        "brass band of the Lindgate school is worth 12,000 crowns.",
        town,
    )
    assert sentence.support.verdict == "supported", sentence.support
    quotes = " ".join(citation.quote for citation in sentence.citations)
    assert "8.1 million" in quotes
    assert "12,000 crowns" in quotes
    assert len({citation.article_id for citation in sentence.citations}) == 2


def test_a_pronoun_is_looked_for_with_the_sentence_before(town: Index) -> None:
    *_, last = check_draft(
        "The conductor of the band is Mara Quist. According to her, the band had rehearsed three "
        "evenings a week since spring.",
        index=town,
    ).sentences
    assert last.support.verdict == "supported", last.support
    assert "Mara Quist" in last.citations[0].quote


def test_whom_a_pronoun_means_is_no_matter_of_what_a_name_sounds_like(town: Index) -> None:
    for pronoun in ("She", "He"):
        *_, last = check_draft(
            f"Petra Holm is a councillor. {pronoun} called the price far too low.", index=town
        ).sentences
        assert last.support.verdict == "supported", last.support
        assert last.text.startswith(pronoun)
        assert "Petra Holm" in last.citations[0].quote


def test_a_pronoun_that_stands_for_somebody_else_is_flagged(town: Index) -> None:
    *_, last = check_draft(
        "The conductor of the band is Mara Quist. She called the price far too low.",
        index=town,
    ).sentences
    assert last.support.verdict == "partly", last
    assert last.support.reasons == ("the source does not show who is meant by “She”",)


DRAFT = f"""\
Mill sold at last

Dear readers, good morning.

{SUPPORTED[2][0]} What is next? {SUPPORTED[2][0]}

{DIFFERING[0][0]} {SILENT[0]}
"""


@pytest.fixture(scope="module")
def answer(town: Index) -> Answer:
    return check_draft(DRAFT, index=town)


def test_the_draft_can_be_shown_whole(answer: Answer) -> None:
    shown = "".join("".join(sentence.text for sentence in answer.sentences).split())
    assert shown == "".join(DRAFT.split())
    assert answer.question == DRAFT
    assert answer.complete
    assert [sentence.support.verdict for sentence in answer.sentences] == [
        "unchecked",
        "unchecked",
        "supported",
        "unchecked",
        "supported",
        "unsupported",
        "unsupported",
    ]
    assert answer.notices == (
        "Of 4 sentences checked, the articles support 2 and differ from 1; of 1 they do not "
        "speak. Lines not checked: 3.",
    )


def test_a_span_keeps_its_number_and_one_that_differs_is_marked(answer: Answer) -> None:
    assert [[c.number for c in s.citations] for s in answer.sentences] == [
        [],
        [],
        [1],
        [],
        [1],
        [2],
        [],
    ]
    assert [s.marks for s in answer.sentences if s.marks] == ["[1]", "[1]", "[cf. 2]"]
    assert "Wede said.[cf. 2] Exports" in answer.text
    assert {hit.passage.article_id for hit in answer.hits} == {
        citation.article_id for citation in answer.citations
    }


def test_a_stream_grows_by_lines_to_the_same_answer(town: Index, answer: Answer) -> None:
    *partials, last = stream_draft(DRAFT, index=town)
    assert last == answer
    assert [len(partial.sentences) for partial in partials] == [*range(1, 8)]
    assert not any(partial.complete for partial in partials)
    for partial in partials:
        assert last.sentences[: len(partial.sentences)] == partial.sentences


def test_limits_leave_articles_out_and_say_so(town: Index) -> None:
    claim = SUPPORTED[2][0]
    other = check_draft(claim, index=town, sources=["Varnholm Courier"])
    assert is_silent(other.sentences[0])
    school = next(info.id for info in town.articles() if info.published)
    assert is_silent(check_draft(claim, index=town, articles=[school]).sentences[0])
    mill = town.search("paper mill", 1)[0].article.id
    chosen = check_draft(claim, index=town, articles=[mill])
    assert {hit.article.id for hit in chosen.hits} == {mill}
    dated = check_draft(claim, index=town, since="2025-01-01")
    assert is_silent(dated.sentences[0])
    assert dated.notices[0].startswith("2 articles without a date")


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("—…", "empty"),
        ("The ramp is \udcff closed.", "UTF-8"),
        ("PK\x00\x01 word", "UTF-8"),
        ("x" * (LONGEST_DRAFT + 1), "50,001 characters; at most 50,000"),
    ],
)
def test_a_draft_that_cannot_be_used_is_refused(town: Index, draft: str, words: str) -> None:
    with pytest.raises(BadDraft, match=words):
        check_draft(draft, index=town)


def test_other_bad_input_is_named(town: Index, index: Index) -> None:
    with pytest.raises(BadPeriod):
        check_draft(SILENT[0], index=town, since="last week")
    with pytest.raises(BadValue, match="Varnholm Courier"):
        check_draft(SILENT[0], index=town, sources=["The Unheard"])
    with pytest.raises(EmptyLibrary, match="python -m index add"):
        check_draft(SILENT[0], index=index)


SENTENCES = Path(__file__).with_name("drafts.jsonl")
"""Forty sentences about the sample articles, written before any was checked: half are true, a
quarter have one fact wrong, of a quarter the articles do not speak. `facts` are words of the
articles that a footnote to a true sentence holds, and of which one to a wrong sentence holds one.
The lines of the part "tuning" were added later, to choose between ways of trying evidence.
"""
KINDS = ("true", "wrong", "silent")


@pytest.mark.slow
@pytest.mark.parametrize("part", ["development", "held-back"])
def test_most_sentences_of_known_kind_are_told_apart(seeds: Index, part: str) -> None:
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["part"] == part]
    right = dict.fromkeys(KINDS, 0)
    simply_right = dict.fromkeys(KINDS, 0)
    cited = 0
    for row in rows:
        (sentence,) = check_draft(row["sentence"], index=seeds).sentences
        kind = row["kind"]
        right[kind] += kind == found_kind(sentence)
        simply_right[kind] += kind == kind_by_words(row["sentence"], seeds)
        quotes = " ".join(" ".join(c.quote.split()) for c in sentence.citations)
        held = [fact in quotes for fact in row["facts"]]
        cited += kind != "silent" and (all(held) if kind == "true" else any(held))
        print(kind, found_kind(sentence), held, row["sentence"], sentence.support)  # noqa: T201
    print(part, "right:", right, "by words:", simply_right, "fact cited:", cited)  # noqa: T201
    assert sum(right.values()) >= 13
    assert sum(right.values()) > sum(simply_right.values())
    assert cited >= 13


def found_kind(sentence: Sentence) -> str:
    if sentence.support.verdict == "supported":
        return "true"
    return "silent" if is_silent(sentence) else "wrong"


def kind_by_words(claim: str, library: Index) -> str:
    """The floor: the share of a sentence's words that stand in the first passage found."""
    forms = forms_in(library.search(claim, 1)[0].passage.text)
    words = telling_words(claim)
    share = sum(form(word) in forms for word in words) / len(words)
    return "true" if share >= 2 / 3 else "wrong" if share >= 1 / 3 else "silent"


class TestCommand:
    """`python -m rag --draft`, in this process."""

    @pytest.fixture(autouse=True)
    def _arguments(self, town: Index, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        monkeypatch.setenv("COLUMNS", "300")
        self.library = str(town.folder)

    def run(self, *arguments: str) -> int:
        self.patch.setattr(sys, "argv", ["rag", "--library", self.library, *arguments])
        return main()

    def test_a_file_is_shown_line_by_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "draft.txt"
        path.write_bytes(b"\xef\xbb\xbf" + DRAFT.replace("\n", "\r\n").encode())
        assert self.run("--draft", str(path)) == 0
        shown = capsys.readouterr().out
        assert f"✓ {SUPPORTED[2][0]} [1]" in shown
        assert f"≠ {DIFFERING[0][0]} [cf. 2]" in shown
        assert "    the source says 3.4 million crowns, not 4.3 million crowns" in shown
        assert f"? {SILENT[0]}\n    no article speaks of this" in shown
        assert "· Mill sold at last\n    a heading" in shown
        assert "Of 4 sentences checked" in shown

    def test_standard_input_gives_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SILENT[0].encode())))
        assert self.run("--draft", "-", "--json") == 0
        written = json.loads(capsys.readouterr().out)
        assert written["sentences"][0]["support"]["reasons"] == ["no article speaks of this"]

    def test_what_steers_a_terminal_is_not_passed_on(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hostile = "The band \x1b[2J\x1b]0;owned\x07 of Oslo plays chess on the moon.\u202e"
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(hostile.encode())))
        assert self.run("--draft", "-") == 0
        shown = capsys.readouterr().out
        assert "plays chess on the moon" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)

    def test_a_file_that_cannot_be_used_is_named_with_a_remedy(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = {
            "latin.txt": ("Die Fähre fährt nicht.".encode("latin-1"), "iconv"),
            "wide.txt": ("The ferry is out.".encode("utf-16"), "UTF-8"),
            "empty.txt": (b"\n", "empty"),
            "long.txt": (b"x" * (4 * LONGEST_DRAFT + 1), "Check it in parts"),
        }
        for name, (content, words) in files.items():
            (tmp_path / name).write_bytes(content)
            assert self.run("--draft", str(tmp_path / name)) == 2
            assert words in " ".join(capsys.readouterr().err.split())
        for missing in (tmp_path / "none.txt", tmp_path):
            assert self.run("--draft", str(missing)) == 2
            assert "Name a text file" in " ".join(capsys.readouterr().err.split())

    @pytest.mark.parametrize(
        "arguments", [[], ["--draft", "-", "Who?"], ["--draft", "-", "--as-of", "2025-10-01"]]
    )
    def test_a_question_or_a_draft_is_named_but_not_both(self, arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as caught:
            self.run(*arguments)
        assert caught.value.code == 2
