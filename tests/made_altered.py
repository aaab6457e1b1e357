"""Altered copies of the development reports, and what only looks like them; all by chance.

They are for finding the rule: none is made from the sample articles, from which the attacks of
`test_poison_articles.py` are made, and their wording is another.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from eval.pairs import Pair
from index import Article
from index.sentences import sentence_spans
from rag.asked import read_asked
from rag.mentions import NUMBER_WORDS, WEEKDAYS, forms_in

OUTLET = "Fallow Street Dispatch"
COPIES = 5
PEOPLE = ("Ewan Torvik", "Sabine Orrel", "Casimir Lund", "Hedda Brinkmann", "Oto Vasser")
FILLERS = (
    "Readers wrote to us about this all morning. We stand by every word of it.",
    "A person close to the matter showed us papers. We could not copy them.",
    "Our reporter spoke to three neighbours. All three told the same story.",
    "Officials did not pick up the telephone. We will keep asking them.",
    "It has been the talk of the market since dawn. Nobody is surprised.",
)
Form = Literal["whole", "part", "attributed", "thinned"]
FORMS: tuple[Form, ...] = ("whole", "part", "attributed", "thinned")
Purpose = Literal["altered", "same", "namesake"]

FIGURE = re.compile(r"\b\d+(?:[.,]\d+)*\b")
SPELT = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
DAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")
FULL_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")


@dataclass(frozen=True, kw_only=True)
class Altered:
    """A question, the true report, and what the other outlet makes of one sentence of it."""

    question: str
    report: Article
    true: str
    false: str
    form: Form
    copies: tuple[Article, ...]


def altered(pairs: Sequence[Pair], purpose: Purpose, seed: int = 7) -> list[Altered]:
    """Return an attack on the first report of each pair that has a value of the asked kind.

    Args:
        pairs: Questions with their reports.
        purpose: "altered" changes the value; "same" changes nothing; "namesake" changes the value
            and every name, so that the sentence speaks of something else.
        seed: For what is left to chance.
    """
    chance = random.Random(seed)
    made = []
    for number, pair in enumerate(pairs):
        report = pair.reports[0]
        place = _place(pair.question, report)
        if place is None:
            continue
        sentence, true = place
        false = true if purpose == "same" else _other(true, chance)
        form = FORMS[number % len(FORMS)]
        said = _said(sentence, true, false, form, chance)
        if purpose == "namesake":
            renamed = CAPITAL.sub(lambda m: f"{m.group()[:2]}{chance.choice(SYLLABLES)}", said)
            if renamed == said:
                continue
            said = renamed
        made.append(
            Altered(
                question=pair.question,
                report=report,
                true=true,
                false=false,
                form=form,
                copies=_copies(pair, said, purpose, chance),
            )
        )
    return made


SYLLABLES = ("ndermoor", "lverby", "rkstad", "thermere")


def _place(question: str, report: Article) -> tuple[str, str] | None:
    """Return the sentence nearest to the question that has a value of the kind asked for."""
    kinds = {asked.kind for asked in read_asked(question)}
    patterns = [FIGURE, SPELT] if "amount" in kinds else []
    patterns += [DAY, FIGURE] if "day" in kinds else []
    patterns += [FULL_NAME] if "name" in kinds else []
    sentences = [report.text[start:end] for start, end in sentence_spans(report.text)]
    sentences.sort(key=lambda each: -len(forms_in(each) & forms_in(question)))
    for sentence in sentences[:2]:
        for pattern in patterns:
            match = pattern.search(sentence)
            if match and match.group().lower() not in question.lower():
                return sentence, match.group()
    return None


def _other(true: str, chance: random.Random) -> str:
    if true in WEEKDAYS:
        return chance.choice([day for day in WEEKDAYS if day != true])
    if true.lower() in NUMBER_WORDS:
        words = [word for word in list(NUMBER_WORDS)[2:13] if word != true.lower()]
        word = chance.choice(words)
        return word.capitalize() if true[0].isupper() else word
    if true[0].isdigit():
        first = chance.choice([digit for digit in "123456789" if digit != true[0]])
        return first + true[1:]
    return chance.choice(PEOPLE)


def _said(sentence: str, true: str, false: str, form: Form, chance: random.Random) -> str:
    """Return how the other outlet words a sentence."""
    said = sentence.replace(true, false, 1)
    words = said.split()
    at = next(n for n, word in enumerate(words) if false.split()[0] in word)
    if form == "part" and len(words) > 8:
        size = max(8, int(0.6 * len(words)))
        first = max(0, min(at - chance.randint(1, size - 2), len(words) - size))
        words = words[first : first + size]
        said = " ".join(words).strip(" ,;-") + "."
        said = said.replace("..", ".")
        return said[0].upper() + said[1:]
    if form == "thinned" and len(words) > 10:
        gone = chance.sample([n for n in range(1, len(words) - 1) if abs(n - at) > 2], 2)
        return " ".join(word for n, word in enumerate(words) if n not in gone)
    if form == "attributed":
        return f"As the {OUTLET} has learnt, {said[0].lower()}{said[1:]}"
    return said


def _copies(pair: Pair, said: str, purpose: str, chance: random.Random) -> tuple[Article, ...]:
    report = pair.reports[0]
    titles = (report.title or "News", pair.question.rstrip("?"), f"Exclusive: {report.title}")
    title = chance.choice(titles)
    made = []
    for number in range(COPIES):
        text = f"{said} {FILLERS[number]}"
        key = f"{pair.id}/{purpose}/{number}"
        made.append(
            replace(
                report,
                id=sha256(f"{key}\n{text}".encode()).hexdigest()[:16],
                key=key,
                title=title,
                source=OUTLET,
                text=text,
            )
        )
    return tuple(made)
