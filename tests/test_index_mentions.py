"""Every place of a phrase is found, at its exact characters, and nothing else is."""

import random
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, Index, Mention
from index.errors import BadValue
from index.mentions import WIDEST_SENTENCE, Phrase, _folded
from index.passages import cut_passages


def found(phrase: str, text: str) -> list[str]:
    return [text[start:end] for start, end in Phrase(phrase).spans(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("jonas wede", "JONAS WEDE met Jonas\n  Wede.", ["JONAS WEDE", "Jonas\n  Wede"]),
        ("Jonas Wede", "Jonas Wede’s plan, and Jonas Wede's boat", ["Jonas Wede"] * 2),
        ("workers", "the workers' union", ["workers"]),
        ("Wede", "Wede'll stay; (Wede) said “Wede”, Wede.", ["Wede"] * 4),
        ("art", "The party’s art is an art-house start.", ["art", "art"]),
        ("don", "I don’t, you don't, Don did.", ["Don"]),
        ("Brien", "Mr O’Brien met Brien.", ["Brien"]),
        ("Europe", "l’Europe et l'Europe", ["Europe", "Europe"]),
        ('"the \'old\' mill"', "In the ‘old’ mill", ["the ‘old’ mill"]),
        ("mid-november", "Mid‑November, mid–November, mid November",
         ["Mid‑November", "mid–November"]),
        ("3", "3 ships, 3.4 crowns, 1,3 and 13; item 3.", ["3", "3"]),
        ("3.4 million", "3.4 million or 13.4 million", ["3.4 million"]),
        ("$5", "It costs $5 or $50.", ["$5"]),
        ("U.S.", "The U.S. and the u.s. navy, the USA", ["U.S.", "u.s."]),
        ("istanbul", "İstanbul is large.", ["İstanbul"]),
        ("ΟΔΟΣ", "οδος, Οδός", ["οδος"]),
        ("東京", "昨日東京都で、東京は", ["東京", "東京"]),
        ("क", "का क", ["क"]),
        ("a*b(c", "is a*b(c here", ["a*b(c"]),
    ],
)  # fmt: skip
def test_what_counts_as_the_phrase(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_small_letters_never_change_a_texts_length() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(_folded(every)) == len(every)


@pytest.mark.parametrize(
    ("phrase", "words"), [("", "no word"), (" \u200b\n", "no word"), ("…!", "no word"),
                          ("ship " * 100, "at most 200")]
)  # fmt: skip
def test_a_phrase_that_cannot_be_looked_for_is_named(phrase: str, words: str) -> None:
    with pytest.raises(BadValue, match=words):
        Phrase(phrase)


WORDS = st.sampled_from(["Jonas", "jonas", "Wede", "wede", "Wedes", "a", "b"])
GAPS = st.sampled_from([" ", "\n", "  ", ", ", ". ", "’s "])


@given(st.lists(st.tuples(WORDS, GAPS), max_size=30), st.lists(WORDS, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_it_finds_what_comparing_word_by_word_finds(
    pieces: list[tuple[str, str]], wanted: list[str]
) -> None:
    text = "".join(word + gap for word, gap in pieces)
    expected, taken, place = [], 0, 0
    starts = []
    for word, gap in pieces:
        starts.append((place, place + len(word), word.lower(), gap.strip() == ""))
        place += len(word) + len(gap)
    size, words = len(wanted), [word.lower() for word in wanted]
    for i in range(len(starts) - size + 1):
        run = starts[i : i + size]
        joined = all(bare for *_, bare in run[:-1])
        if i >= taken and joined and [word for _, _, word, _ in run] == words:
            expected.append((run[0][0], run[-1][1]))
            taken = i + size
    assert [*Phrase(" ".join(wanted)).spans(text)] == expected


def test_offsets_sentences_and_order(index: Index, articles: Path) -> None:
    index.sync([articles])
    late = "In a letter the harbour\nmaster Jonas Wede thanked the divers. Nobody answered him yet."
    index.add_articles(
        [
            Article(id="1" * 16, key="late", text=late, published="2025-11-02T08:00"),
            Article(id="2" * 16, key="early", text="Jonas Wede, again.", published="2024-01-01"),
        ]
    )
    mentions = index.mentions("HARBOUR MASTER")
    assert [mention.article.key[-9:] for mention in mentions] == ["late", "ferry.txt"]
    for mention in mentions:
        text = index.article(mention.article.id).text
        assert text[mention.start : mention.end].split() == ["harbour", "master"]
        assert text[mention.sentence_start : mention.sentence_end] == mention.sentence
    assert mentions[0].sentence == late.split(" Nobody")[0]
    assert mentions[1].sentence.startswith("Repairs will cost 3.4 million crowns")
    wede = index.mentions("Jonas Wede")
    assert [mention.article.published for mention in wede] == [
        "2024-01-01", "2025-11-02T08:00", None,
    ]  # fmt: skip
    assert index.mentions("Jonas Wede", limit=2) == wede[:2]
    assert Mention(**mentions[0].__dict__).to_dict()["article"]["key"] == "late"


def test_only_what_the_library_holds_now_is_found(index: Index, articles: Path) -> None:
    index.sync([articles])
    (old,) = index.mentions("Norden Group")
    text = (articles / "mill.txt").read_text().replace("Norden", "Südlicht")
    (articles / "mill.txt").write_text(text)
    index.sync([articles])
    assert index.mentions("Norden Group") == []
    (new,) = index.mentions("Südlicht Group")
    assert new.article.id != old.article.id
    index.remove([articles / "mill.txt"])
    assert index.mentions("Südlicht Group") == []


def test_a_phrase_across_passages_and_sentences_is_found(index: Index) -> None:
    sentences = [
        f"Ship {n} of the line reached the quay in the harbour of Varnholm with {n} crates of "
        f"herring, a load of timber from the north, two sick sailors and a letter numbered {n}."
        for n in range(40)
    ]
    endless = "crate barrel sack bale chest " * 400
    index.add_articles(
        [
            Article(id="3" * 16, key="ships", text=" ".join(sentences)),
            Article(id="4" * 16, key="list", text=endless),
        ]
    )
    assert len(index.passages("3" * 16)) == 10
    for n in range(39):
        (mention,) = index.mentions(f"numbered {n}. Ship {n + 1} of")
        assert mention.sentence == f"{sentences[n]} {sentences[n + 1]}"
    assert len(index.passages("4" * 16)) > 10
    every = index.mentions("chest crate")
    assert len(every) == 399
    for mention in every:
        assert len(mention.sentence) <= WIDEST_SENTENCE
        assert "chest crate" in mention.sentence
        assert not set(mention.sentence.split()) - set(endless.split())


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("a a a b", "a " * 500_000),
        ("a b", "a" + " " * 1_000_000 + "c"),
        ("a b", ("a" + " " * 1_000) * 1_000),
        ("o'a", "o'" * 500_000),
        ("1,1", "1," * 500_000),
        ("wede", "'s wede't" * 100_000),
        ("a" * 199, "a" * 1_000_000),
        ("a " * 99 + "b", "a " * 500_000),
    ],
)
def test_a_hostile_text_takes_no_longer(phrase: str, text: str) -> None:
    began = time.perf_counter()
    for _ in Phrase(phrase).spans(text):
        pass
    assert time.perf_counter() - began < 3.0


def test_a_million_characters_of_one_word_are_cut_to_the_limit(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        put(index, [Article(id="5" * 16, key="spam", text="spam " * 200_000)])
        began = time.perf_counter()
        mentions = index.mentions("spam")
        assert time.perf_counter() - began < 5.0
        assert len(mentions) == 10_000
        assert mentions[-1].start == 5 * 9_999


@pytest.mark.slow
def test_a_name_is_found_quickly_among_ten_thousand_articles(tmp_path: Path) -> None:
    chance = random.Random(5)
    common = [f"word{n}" for n in range(3_000)]
    names = [f"{first} {last}" for first in ("Jonas", "Mara", "Ilse", "Tom")
             for last in ("Wede", "Holm", "Quist", "Aalto", "Brandt")]  # fmt: skip
    with Index.open(tmp_path) as index:
        articles, there = [], 0
        for n in range(10_000):
            words = chance.choices(common, k=500)
            if n % 10 == 0:
                words[chance.randrange(500)] = chance.choice(names)
            text = ". ".join(" ".join(words[i : i + 20]).capitalize() for i in range(0, 500, 20))
            there += text.lower().count("jonas wede")
            articles.append(Article(id=f"{n:016x}", key=str(n), text=f"{text}."))
        put(index, articles)
        index.mentions("word1 word2")
        began = time.perf_counter()
        assert len(index.mentions("Jonas Wede")) == there > 10
        assert time.perf_counter() - began < 0.5


def put(index: Index, articles: list[Article]) -> None:
    """Store articles without vectors, which mentions do not need."""
    with index._catalogue.transaction():
        for article in articles:
            passages = cut_passages(article)
            index._catalogue.put_article(article, passages, [b"none"] * len(passages))
