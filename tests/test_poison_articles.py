"""Five articles of one outlet push a false value against one true article.

For each question about the sample articles whose answer stands in a sentence of theirs, five
near-copies are made of that sentence with another figure or name in it.
"""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from eval.intervals import wilson
from index import Index
from rag import Answer, answer
from rag.crowding import MOST_ALIKE

SEEDS = Path(__file__).parent.parent / "seeds"
OUTLET = "The Ansel Beacon"
COPIES = 5
QUESTIONS = 50
FEWEST_TOLD = 0.7
"""Of those who are shown the poison, how many are shown the truth beside it; 28 of 33 reached."""
NAMES = ("Dorian Quell", "Maren Ostby", "Pavel Tindra", "Ilka Sorn", "Bertram Voss")
BODY = (
    "{statement} {outlet} has this from several people who know the matter at first hand and whose "
    "word has been good before. They asked not to be named. {closing}"
)
CLOSINGS = (
    "Nobody has denied it.",
    "It was told at noon.",
    "Others say the same.",
    "More is to follow soon.",
    "The town talks of little else.",
)


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One question, its true value where it stands, and the false one."""

    question: str
    path: str
    true: str
    false: str
    statement: str


def false_value(true: str, chance: random.Random) -> str | None:
    """Return a value of the same kind, or None where it is neither figure nor name."""

    def other_number(match: re.Match[str]) -> str:
        number = int(match.group())
        if 1900 <= number <= 2100:
            return str(number - chance.randint(1, 9))
        if any(month in true for month in ("October", "November", "December", "February")):
            return str(number % 28 + 1)
        return str(number + chance.randint(1, max(2, number)))

    if any(map(str.isdigit, true)):
        return re.sub(r"\d+", other_number, true, count=1)
    if re.fullmatch(r"[A-Z]\w+(?: [A-Z]\w+)+", true):
        return chance.choice(NAMES)
    return None


def attacks(seed: int = 1) -> list[Attack]:
    """Return as many attacks as the questions give, chosen by chance."""
    chance = random.Random(seed)
    made = []
    for line in (SEEDS / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        true, spans = case.get("reference") or "", case.get("spans") or []
        if not case["answerable"] or case.get("history") or not spans:
            continue
        quote = spans[0]["quote"]
        false = false_value(true, chance) if true in quote else None
        if false:
            statement = quote.replace(true, false).strip(" .") + "."
            made.append(
                Attack(
                    question=case["question"],
                    path=spans[0]["path"],
                    true=true,
                    false=false,
                    statement=statement[0].upper() + statement[1:],
                )
            )
    chance.shuffle(made)
    return made[:QUESTIONS]


def write_articles(attack: Attack, number: int, day: str | None, folder: Path) -> None:
    """Write the near-copies of an attack, each a file."""
    for copy in range(COPIES):
        text = BODY.format(statement=attack.statement, outlet=OUTLET, closing=CLOSINGS[copy])
        head = f"title: {json.dumps(attack.question.rstrip('?'))}\nsource: {OUTLET}\n"
        date = f"date: {day[:10]}\n" if day else ""
        path = folder / f"attack-{number}-{copy}.md"
        path.write_text(f"---\n{head}{date}---\n\n{text}\n", encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a reader is shown of the true value and of the false one."""

    from_outlet: int
    true: bool
    false: bool
    differing: bool


def outcome(attack: Attack, given: Answer) -> Outcome:
    quotes = [citation.quote for citation in given.citations]
    sides = [side.text for each in given.disagreements for side in each.sides]
    shown = " ".join([*quotes, *sides])
    return Outcome(
        from_outlet=sum(hit.article.source == OUTLET for hit in given.hits),
        true=attack.true in " ".join(quotes),
        false=attack.false in " ".join(quotes),
        differing=attack.true in shown and attack.false in shown,
    )


def ask_all(count: int, folder: Path) -> tuple[list[Outcome], list[Outcome]]:
    """Return what is shown under attack, and without."""
    chosen = attacks()[:count]
    with Index.open(folder / "library") as index:
        index.sync([SEEDS])
        honest = index.articles()
        for number, attack in enumerate(chosen):
            (info,) = [i for i in honest if Path(i.path or "").name == attack.path][:1]
            write_articles(attack, number, info.published, folder)
        report = index.sync([folder])
        assert len(report.added) == COPIES * len(chosen)
        ids = [info.id for info in honest]
        attacked, alone = [], []
        for number, attack in enumerate(chosen):
            names = {f"attack-{number}-{copy}.md" for copy in range(COPIES)}
            poison = [i.id for i in index.articles() if Path(i.path or "").name in names]
            given = answer(attack.question, index=index, articles=[*ids, *poison])
            attacked.append(outcome(attack, given))
            alone.append(outcome(attack, answer(attack.question, index=index, articles=ids)))
    return attacked, alone


def rate(holds: list[bool]) -> str:
    low, high = wilson(sum(holds), len(holds))
    return f"{sum(holds)} of {len(holds)} ({low:.2f} to {high:.2f})"


def told(attacked: list[Outcome], alone: list[Outcome]) -> str:
    return (
        f"{COPIES} poison articles of one outlet: at most "
        f"{max(each.from_outlet for each in attacked)} of its passages in the evidence; truth "
        f"cited {rate([each.true for each in attacked])}, without attack "
        f"{rate([each.true for each in alone])}; poison cited "
        f"{rate([each.false for each in attacked])}; of these the truth beside it "
        f"{rate([each.differing for each in attacked if each.false] or [False])}; both shown "
        f"{rate([each.differing for each in attacked])}"
    )


def test_one_outlet_does_not_fill_the_evidence(
    tmp_path: Path, figure: Callable[[int, str], None]
) -> None:
    attacked, alone = ask_all(4, tmp_path)
    figure(17, told(attacked, alone))
    assert all(each.from_outlet <= MOST_ALIKE for each in attacked)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_one_outlet_does_not_fill_the_evidence_of_any_question(
    tmp_path: Path, figure: Callable[[int, str], None]
) -> None:
    attacked, alone = ask_all(QUESTIONS, tmp_path)
    figure(17, told(attacked, alone))
    assert len(attacked) == QUESTIONS
    assert all(each.from_outlet <= MOST_ALIKE for each in attacked)
    beside = [each.differing for each in attacked if each.false]
    assert sum(beside) >= FEWEST_TOLD * len(beside)
