"""Who is shown an altered sentence is told of the article from which it was altered."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_altered import Altered, Purpose, altered

from eval.pairs import load_pairs
from index import Index
from rag import Answer, answer

DEVELOPMENT = Path("tests/pairs_dev.jsonl")
QUICK, OTHERS = 3, 12

FEWEST_TOLD = 0.8
"""Of the altered sentences that are shown; reached on the development reports, with some room."""


def both_sides(attack: Altered, given: Answer) -> bool:
    """Say whether the true report stands on one side, and an altered copy on the other."""
    copies = {copy.id for copy in attack.copies}
    for each in given.disagreements:
        one, other = ({c.article_id for c in side.citations} for side in each.sides)
        for ours, theirs in ((one, other), (other, one)):
            if attack.report.id in ours and copies & theirs:
                return True
    return False


def ask(
    attacks: list[Altered], folder: Path, most: int | None = None
) -> list[tuple[Altered, Answer]]:
    """Return the answer to each attack's question; no attack sees another's copies.

    `most` other reports are in the library, all by default.
    """
    reports = [pair.reports[0] for pair in load_pairs(DEVELOPMENT)][:most]
    reports += [each.report for each in attacks if each.report not in reports]
    with Index.open(folder / "library") as index:
        index.add_articles([*reports, *(copy for each in attacks for copy in each.copies)])
        ids = [report.id for report in reports]
        return [
            (a, answer(a.question, index=index, articles=[*ids, *(c.id for c in a.copies)]))
            for a in attacks
        ]


def shown(attack: Altered, given: Answer) -> bool:
    copies = {copy.id for copy in attack.copies}
    return any(c.article_id in copies and attack.false in c.quote for c in given.citations)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("purpose", "most"), [("same", 0), ("namesake", 5)])
def test_what_only_looks_altered_raises_few_alarms(
    purpose: Purpose, most: int, tmp_path: Path
) -> None:
    asked = ask(altered(load_pairs(DEVELOPMENT), purpose), tmp_path)
    assert sum(bool(given.disagreements) for _, given in asked) <= most


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_most_altered_sentences_are_shown_beside_the_true_one(tmp_path: Path) -> None:
    asked = ask(altered(load_pairs(DEVELOPMENT), "altered"), tmp_path)
    told = [both_sides(*each) for each in asked if shown(*each)]
    assert len(told) >= 20
    assert sum(told) >= FEWEST_TOLD * len(told)


def test_a_few_altered_sentences_are_shown_beside_the_true_one(tmp_path: Path) -> None:
    attacks = altered(load_pairs(DEVELOPMENT), "altered")[:QUICK]
    later = [
        replace(a, copies=tuple(replace(c, published="2026-06-01") for c in a.copies))
        for a in attacks
    ]
    told = [both_sides(*each) for each in ask(attacks, tmp_path / "now", OTHERS) if shown(*each)]
    assert told
    assert sum(told) >= 0.5 * len(told)
    assert not any(both_sides(*each) for each in ask(later, tmp_path / "later", OTHERS))
