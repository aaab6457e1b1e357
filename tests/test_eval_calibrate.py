"""Fitting the refusal: what is held back is only reported, and the weights fit the code."""

from dataclasses import fields, replace

from eval.calibrate import GROUP_WEIGHTS, Asked, make_weights
from eval.parts import part_of
from eval.questions import Question
from rag.answerability import WEIGHTS_FILE, Signals
from rag.logistic import load_logistic

NAMES = [field.name for field in fields(Signals)]


def asked(group: str, number: int) -> Asked:
    answerable = number % 2 == 0
    question = Question(
        group=group, article=f"title {number // 2}", text=f"{number}?", answerable=answerable
    )
    hint = (2.0 if answerable else -2.0) + (number * 7 % 11 - 5)
    return Asked(question, Signals(**dict.fromkeys(NAMES, 0.0) | {"passage": hint}))


ASKED = [asked(group, n) for group in GROUP_WEIGHTS for n in range(120)]


def test_the_weights_in_use_are_those_of_the_signals_that_are_measured() -> None:
    assert [*load_logistic(WEIGHTS_FILE).weights] == NAMES


def test_the_threshold_refuses_a_tenth_of_the_answerable_and_figures_are_given() -> None:
    written = make_weights(ASKED)
    assert [*written["weights"]] == NAMES
    assert written["weights"]["passage"] > 0
    seen = written["figures"]["clapnq, cross-fitted"]["false refusals"]
    assert 0.03 < seen["share"] <= 0.1
    held_back = sum(part_of(f"title {n}") == "report" for n in range(60)) * 2
    assert written["data"] == {
        "clapnq": 120 - held_back, "not said": 120, "near miss": 120, "written": 120,
        "clapnq, held back": held_back,
    }  # fmt: skip


def test_what_is_held_back_moves_no_weight() -> None:
    def spoilt(each: Asked) -> Asked:
        question = each.question
        if question.group == "clapnq" and part_of(question.article) == "report":
            return Asked(question, replace(each.signals, passage=-each.signals.passage))
        return each

    before, after = make_weights(ASKED), make_weights([spoilt(each) for each in ASKED])
    for key in ("weights", "bias", "range", "threshold"):
        assert before[key] == after[key]
    assert before["figures"]["clapnq, held back"] != after["figures"]["clapnq, held back"]
