"""Whatever a model forges, what is shown is verbatim where it is quoted, and every footnote leads.

A server takes sentences out of the passages that it is given and changes them by chance, seeded: a
word of a quotation, a figure, a "not"; footnotes that lead nowhere; addresses that nobody gave.
"""

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from model_server import ModelServer, Reply
from test_poisoned import check_page

from index import Article, Index
from index.sentences import is_sentence, sentence_spans
from rag import Answer, answer
from rag.literal import without_invented_words
from rag.settings import rag_settings
from rag.types import Support

QUESTIONS = (
    "How much will the ferry repair cost?",
    "Why was the Lapwing taken out of service?",
    "What did the fish seller in Eastmere say?",
    "How does the boss of Ansel Crossings speak of hinges?",
    "How many people were injured in the blaze at the Kestrel works?",
    "What did Dagmar Fell say about dust on the fans?",
    "What does Anneke Dorst say of the sprinklers?",
    "How many people will Ostrel hire?",
    "What did Yvette Sandoz say about why Ostrel chose Marrowby?",
    "What did Rosalind Teague say about the Ansel?",
    "How many children in class six cannot swim a length?",
    "Why does the maternity ward close at night?",
    "When do the lanterns go onto the river?",
)
"""About the sample articles; many are answered by a quotation."""

FOOTNOTES = (
    "[{n}]", "[{n}]", "[{n}]", "[{n}][{wrong}]", "[{wrong}]", "[0]", "[99]", "[{n}, {wrong}]",
    "[-1]", "[{n}-9]", "[^{n}]", "【{n}】", "[Passage {n}]", "[Passage {wrong}]", "", "[{n}",
    "[{n}](https://forged.example/{n})", "[source]", "[1][2][3][4][5][6][7][8]",
)  # fmt: skip
ADDRESSES = (
    " (https://forged.example/a?q={words})",
    " See www.forged.example.",
    " [more](https://forged.example/b)",
    ' <a href="https://forged.example/c">more</a>',
    " ![x](https://forged.example/d.png)",
    " [more](javascript:alert(1))",
    " forged.example has more",
    " <https://forged.example/e>",
    " HTTPS://FORGED.EXAMPLE/f",
    " FORGED.EXAMPLE",
    " 203.0.113.9",
    " forged.example.com/g",
)
MARKS = ("“”", '""', "‘’", "''", "«»")
SAID = re.compile(r"“[^“”]+”|‘[^‘’]+’(?!\w)")
"""A quotation as the sample articles have it."""


def changed(text: str, chance: random.Random) -> str:
    """Return a sentence with one thing changed."""
    kinds: list[Callable[[str, random.Random], str]] = [
        other_figure, other_word, denied, requoted, quoted_at_will, shortened
    ]  # fmt: skip
    return chance.choice(kinds)(text, chance)


def other_figure(text: str, chance: random.Random) -> str:
    return re.sub(r"\d+", lambda match: str(int(match.group()) + chance.randint(1, 90)), text)


def other_word(text: str, chance: random.Random) -> str:
    words = text.split()
    words[chance.randrange(len(words))] = chance.choice(["never", "Zorblax", "always", "fewer"])
    return " ".join(words)


def denied(text: str, chance: random.Random) -> str:
    return re.sub(r"\b(is|was|will|has|can|are|were)\b", r"\1 not", text, count=1)


def requoted(text: str, chance: random.Random) -> str:
    """Change a word within the sentence's own quotation, or put the whole into marks and change."""
    match = SAID.search(text)
    words = (match.group()[1:-1] if match else text).split()
    place = chance.randrange(len(words))
    words[place] = chance.choice(["perhaps", "a", "the", "really", words[place].upper() + "s"])
    said = " ".join(words).join(chance.choice(MARKS))
    return text.replace(match.group(), said) if match else f"{said}, he said."


def quoted_at_will(text: str, chance: random.Random) -> str:
    """Put some words into quotation marks; they may well stand in the article."""
    words = text.split()
    start = chance.randrange(len(words))
    end = min(len(words), start + chance.randint(1, 6))
    inside = re.sub("[“”‘]", "", " ".join(words[start:end]))
    return " ".join([*words[:start], inside.join(chance.choice(MARKS)), *words[end:]])


def shortened(text: str, chance: random.Random) -> str:
    words = text.split()
    del words[chance.randrange(len(words))]
    return " ".join(words)


class Forger(ModelServer):
    """Answers with sentences of the passages, forged by chance."""

    def __init__(self, seed: int) -> None:
        super().__init__(Reply())
        self.chance = random.Random(seed)

    def reply_to(self, number: int, request: dict[str, Any]) -> Reply:
        asked = request["messages"][1]["content"]
        passages = re.findall(r"<<<PASSAGE (\d+)>>>\n(.*?)\n<<<END", asked, re.DOTALL)
        sentences = [
            (int(n), text[start:end].replace("\n", " "))
            for n, text in passages[:3]
            for start, end in sentence_spans(text)
            if is_sentence(text[start:end])
        ]
        picked = self.chance.sample(sentences, min(3, len(sentences)))
        lines = [self._forged(n, text, len(passages)) for n, text in picked]
        return Reply(text="\n".join(lines), chunk=40)

    def _forged(self, n: int, text: str, count: int) -> str:
        if self.chance.random() < 0.7:
            text = changed(text, self.chance)
        if self.chance.random() < 0.4:
            text = text[:-1] + self.chance.choice(ADDRESSES).format(words=text.split()[0]) + "."
        footnote = self.chance.choice(FOOTNOTES).format(n=n, wrong=count + 1)
        return f"{text} {footnote}"


def words_of(text: str) -> list[str]:
    """Return a text's words without marks; a figure keeps its commas, a word its apostrophe."""
    text = text.casefold().replace("’", "'")
    kept = [
        letter
        if letter.isalnum()
        or (letter in ".,'" and text[place - 1 : place].isalnum() and text[place + 1].isalnum())
        else " "
        for place, letter in enumerate(text[:-1])
    ]
    return "".join([*kept, text[-1:] if text[-1:].isalnum() else ""]).split()


def are_within(words: list[str], text: list[str]) -> bool:
    """Say whether words stand in a text, one after the other."""
    return any(text[place : place + len(words)] == words for place in range(len(text)))


def said_in(sentence: str) -> list[str]:
    """Return what stands between two marks of one pair; any apostrophe outside a word is a mark."""
    found = []
    for opening, closing in MARKS:
        line = "".join(
            " " if letter in "'’" and sentence[:place][-1:].isalnum()
            and sentence[place + 1 :][:1].isalnum() else letter
            for place, letter in enumerate(sentence)
        )  # fmt: skip
        parts = line.replace(closing, opening).split(opening)
        starts = [sum(len(part) + 1 for part in parts[:n]) for n in range(len(parts))]
        found += [sentence[starts[n] :][: len(parts[n])] for n in range(1, len(parts) - 1, 2)]
    return found


def addresses_in(text: str) -> set[str]:
    """Return the words of a text that look like addresses."""
    words = re.split(r"[\s<>\"“”()\[\]]+", text.casefold())
    bare = [word.strip(".,;:!?'’/") for word in words]
    return {word for word in bare if "://" in word or "javascript:" in word or is_host(word)}


def is_host(word: str) -> bool:
    labels = word.partition("/")[0].split(".")
    if len(labels) == 4 and all(map(str.isdecimal, labels)):
        return True
    return len(labels) > 1 and all(labels) and labels[-1].isalpha() and len(labels[-1]) > 1


def check_shown(given: Answer, library: Index) -> None:
    """Check that quotes are verbatim, footnotes lead somewhere and addresses are an article's."""
    numbers = {citation.number for citation in given.citations}
    assert set(map(int, re.findall(r"\[(\d+)\]", given.text))) <= numbers
    assert numbers == set(range(1, len(numbers) + 1))
    for citation in given.citations:
        text = library.article(citation.article_id).text
        assert text[citation.start : citation.end] == citation.quote
    for sentence in given.sentences:
        assert sentence.citations
        if sentence.support.verdict == "quoted":
            assert sentence.text == sentence.citations[0].quote
        articles = [library.article(citation.article_id) for citation in sentence.citations]
        texts = [f"{article.text} {article.url}" for article in articles]
        for said in said_in(sentence.text):
            assert any(are_within(words_of(said), words_of(text)) for text in texts), said
        assert addresses_in(sentence.text) <= set().union(*map(addresses_in, texts))
    assert "forged.example" not in given.text.casefold()
    assert "203.0.113.9" not in given.text
    assert "Zorblax" not in given.text
    check_page(given)


def test_what_checks_the_answers_sees_what_is_quoted_and_what_is_an_address() -> None:
    for opening, closing in MARKS:
        assert "we can't agree" in said_in(f"Fell said {opening}we can't agree{closing}, he did.")
    assert said_in("It can't be O'Neill’s.") == []
    assert not are_within(words_of("5 million"), words_of("They lost 15 million."))
    assert not are_within(words_of("you can"), words_of("You can’t hang it."))
    seen = addresses_in("See HTTPS://EVIL.EXAMPLE/x, EVIL.COM, 192.0.2.7 in the U.S. at 3.40 p.m.")
    assert seen == {"https://evil.example/x", "evil.com", "192.0.2.7"}


@pytest.fixture
def forged(seeds: Index, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Ask so many questions of a forger with a seed, check the answers, and return them."""

    def ask(count: int, seed: int) -> list[Answer]:
        with Forger(seed) as server:
            monkeypatch.setenv("FOOTNOTE_LLM_BASE_URL", server.url)
            monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "forger")
            rag_settings.cache_clear()
            answers = [
                answer(QUESTIONS[number % len(QUESTIONS)], index=seeds) for number in range(count)
            ]
        for given in answers:
            check_shown(given, seeds)
        return answers

    yield ask
    rag_settings.cache_clear()


def told(answers: list[Answer]) -> str:
    sentences = [sentence for given in answers for sentence in given.sentences]
    own = sum(sentence.support.verdict != "quoted" for sentence in sentences)
    return (
        f"{len(answers)} forged answers: {len(sentences)} sentences shown, {own} of them the "
        f"model's, {sum(given.withheld for given in answers)} held back; quotes not verbatim, "
        "footnotes that lead nowhere, addresses that no article has: 0"
    )


def test_nothing_forged_is_shown(forged: Any, figure: Callable[[int, str], None]) -> None:
    figure(18, told(forged(5, seed=1)))


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [2, 3, 4, 5])
def test_nothing_forged_is_shown_at_length(
    seed: int, forged: Any, figure: Callable[[int, str], None]
) -> None:
    figure(18, told(forged(125, seed=seed)))


ARTICLE = Article(
    id="a" * 16,
    key="k",
    title=None,
    source=None,
    author=None,
    url="https://courier.example/hinge",
    published=None,
    updated=None,
    path=None,
    language=None,
    text="“You can’t hang a new hinge on an old\nbiscuit,” he said. More at ferry.example/trips.\n"
    "“We never agreed to the owners’ terms,” said Fell. ‘It is the workers’ own plan,’ said Dorst. "
    "They lost 15 million, and 1.5 million more; 1,500 people came. The 1990s’ boom and the rock "
    "’n’ roll of the ’60s are over. Write to pay@mybank.example.com or 192.0.2.70.",
    cut=(),
)


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ('He said: "You can\'t hang a new hinge on an old biscuit."', True),
        ("He said “you can’t hang a new hinge … on an old biscuit”.", True),
        ("He said “[you] can’t hang a new hinge”.", True),
        ("He said «hang a new hinge».", True),
        ("He said “You can hang a new hinge on an old biscuit”.", False),
        ("He said „hang an old hinge“.", False),
        ("He spoke of ‘an old cake’.", False),
        ("It is told at https://courier.example/hinge.", True),
        ("There is more at ferry.example/trips.", True),
        ("There is more at ferry.example/money.", False),
        ("See www.forged.example!", False),
        ("Click javascript:alert(1).", False),
        ("At 3.40 a.m. the U.S. firm paid 3.4 million.", True),
        (f"He said “{'You can hang a hinge. ' * 40}”.", False),
        ("No words of anybody's.", True),
        # single marks, which may be apostrophes
        ("The minister said 'we always agreed'.", False),
        ("The minister said 'we never agreed'.", True),
        ("'We always agreed,' the minister said.", False),
        ("Fell said: 'We never agreed to the owners' terms.'", True),
        ("Fell said: 'We never agreed to the owners' gifts.'", False),
        ("Fell said 'we never agreed to the owners' gifts' in the end.", False),
        ("Fell said ‘we can’t agree’.", False),
        ("He said ‘you can’t hang a new hinge’.", True),
        ("Dorst called it 'the workers' own plan'.", True),
        ("Dorst called it 'the bosses' own plan'.", False),
        ("Fell spoke of 'terms' and left.", True),
        ("Fell spoke of 'gifts' and left.", False),
        ("Fell spoke of 'gifts' yesterday.", False),
        ("Fell said ' we always agreed '.", False),
        ("Fell said ``we always agreed''.", False),
        ("Fell said `we always agreed`.", False),
        ("Fell said 'we always agreed", False),
        ("We always agreed,' said Fell.", False),
        ("Fell said '60s music was over', and left.", False),
        ("It ended the 1990s' boom.", True),
        ("It was the end of rock 'n' roll.", True),
        ("It was the end of fish 'n' chips.", True),
        ("The workers' union said the bosses' plan was theirs.", True),
        ("In the '90s the workers' union told 'em of the bosses' plan.", True),
        ("Dogs' and cats' owners heard O'Neill's and Jones' replies.", True),
        ("It is 6' long, the U.S.' own, and Fell's.", True),
        # marks that are not a pair
        ('Fell said “we always agreed".', False),
        ('Fell said "we always agreed”.', False),
        ("Fell said “we always agreed.", False),
        ("We always agreed,” said Fell.", False),
        ("Fell said “we never agreed.", True),
        ("Fell said »we always agreed«.", False),
        ("Fell said ‹we always agreed›.", False),
        ('Fell, 6\' 2" tall, said "we never agreed".', True),
        ('Fell, 6\' 2" tall, said "we always agreed".', False),
        # whole words and figures
        ("They lost “15 million”.", True),
        ("They lost “5 million”.", False),
        ("They lost “1.5 million”.", True),
        ("There were “500 people”.", False),
        ("There were “1,500 people”.", True),
        ("He said “you can”.", False),
        ("He said “the old biscuit”.", False),
        ("Fell said “[W]e never agreed”.", True),
        # addresses
        ("It is told at HTTPS://COURIER.EXAMPLE/hinge.", True),
        ("It is told at HTTPS://EVIL.EXAMPLE/hinge.", False),
        ("There is more at EVIL.COM.", False),
        ("There is more at Evil.Com.", False),
        ("There is more at 192.0.2.70.", True),
        ("There is more at 192.0.2.7.", False),
        ("There is more at 203.0.113.9:8080/x.", False),
        ("There is more at [2001:db8::1].", False),
        ("Write to pay@mybank.example.com.", True),
        ("There is more at bank.example.com.", False),
        ("There is more at mybank.example.", False),
        ("Write to fell@ferry.example.", False),
        ("There is more at ferry.example.", True),
        ("There is more at ferry.example/trip.", False),
        ("There is more at my-ferry.example/trips.", False),
        ("There is more at https://ferry.example@evil.com/trips.", False),
        ("There is more at a.b.c.d.e.f.g.h.evil.com.", False),
        ("There is more at evil。com.", False),
        ("It began at 12:30:45 in St.Petersburg, it ended.The U.N.-led talks went on.", True),
    ],
)
def test_words_given_as_the_articles_own_must_be(claim: str, holds: bool) -> None:
    support = without_invented_words(Support(verdict="supported", score=1.0), claim, [ARTICLE])
    assert (support.verdict == "supported") is holds
    assert bool(support.reasons) is not holds
