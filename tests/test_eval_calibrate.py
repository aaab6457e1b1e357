"""Fitting the refusal: what is held back is only reported, and the weights fit the code."""

from dataclasses import fields, replace

import pytest

from eval.calibrate import MOST_REFUSED, SIGNALS_OF, Asked, make_weights
from eval.questions import Group, Question
from rag.answerability import QUESTION, SEARCH, WEIGHTS_FILE, Signals
from rag.logistic import load_logistic

NAMES = [field.name for field in fields(Signals)]
GROUPS: tuple[Group, ...] = ("clapnq", "clapnq, held back", "news", "news, held out")


def asked(group: Group, number: int) -> Asked:
    answerable = number % 2 == 0
    question = Question(
        group=group, article=f"title {number // 2}", text=f"{number}?", answerable=answerable
    )
    hint = (2.0 if answerable else -2.0) + (number * 7 % 11 - 5)
    told = "answered" if "news" in group else "passage"
    return Asked(question, Signals(**dict.fromkeys(NAMES, 0.0) | {told: hint}))


ASKED = [asked(group, n) for group in GROUPS for n in range(120)]


@pytest.mark.parametrize("name", [SEARCH, QUESTION])
def test_the_weights_in_use_are_those_of_the_signals_that_are_measured(name: str) -> None:
    assert [*load_logistic(WEIGHTS_FILE, name).weights] == SIGNALS_OF[name]
    assert {*NAMES} - {*SIGNALS_OF[name]} == ({"window"} if name == QUESTION else set())


def test_one_threshold_refuses_the_promised_share_of_both_and_figures_are_given() -> None:
    written = make_weights(ASKED)
    assert written[SEARCH]["weights"]["passage"] > 0 == written[SEARCH]["weights"]["answered"]
    assert written[QUESTION]["weights"]["answered"] > 0 == written[QUESTION]["weights"]["passage"]
    assert written[SEARCH]["threshold"] == written[QUESTION]["threshold"]
    for group in ("clapnq", "news"):
        refused = written["figures"][f"{group}, cross-fitted"]["false refusals"]["share"]
        assert 0.03 < refused <= MOST_REFUSED + 1 / 60
    assert written["data"] == dict.fromkeys(GROUPS, 120)


def test_what_is_held_back_moves_no_weight() -> None:
    def spoilt(each: Asked) -> Asked:
        if "held" in each.question.group:
            return Asked(each.question, replace(each.signals, passage=-each.signals.passage))
        return each

    before, after = make_weights(ASKED), make_weights([spoilt(each) for each in ASKED])
    assert before[SEARCH] == after[SEARCH]
    assert before[QUESTION] == after[QUESTION]
    assert before["figures"]["clapnq, held back"] != after["figures"]["clapnq, held back"]
