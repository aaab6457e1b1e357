"""A judge's reply is read strictly, and nobody judges what it wrote itself."""

import pytest
from judge_server import KEY, judged_by, reasons_of, run, scores_of, settings_for, word
from made_runs import outcome, run_of, written
from model_server import Reply

from eval.errors import BadOption
from eval.judge import judge_report
from eval.judge_verdicts import read_verdict
from eval.settings import EvalSettings, eval_settings, refuse_judge
from index.errors import BadValue

# How it is read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("full", 1.0),
        (" **Partial**.\n", 0.5),
        ('{"verdict": "none"}', 0.0),
        ("`full`", 1.0),
        ("not full", None),
        ("none of it is full", None),
        ("full or partial", None),
        ("fully", None),
        ('{"verdict": 1}', None),
        ('{"verdict": "full", "but": "none"}', None),
        ('["full"]', 1.0),
        ("", None),
        ("[" * 5000, None),
        ("_" * 5000 + "x", None),
    ],
)
def test_a_verdict_is_one_word_or_none(text: str, value: float | None) -> None:
    verdict = read_verdict(text)
    assert verdict.value == value
    assert (verdict.reason is None) == (value is not None)
    assert len(verdict.reason or "") < 300


def test_thoughts_are_no_verdict() -> None:
    report, _ = judged_by(run(1), word("<think>It could be none.</think>full"))
    assert scores_of(report, "judge: support") == [1.0]


def test_an_unreadable_verdict_is_unscored_with_its_text() -> None:
    report, _ = judged_by(run(), word("I think \x1b[31mthis is full."))
    assert scores_of(report, "judge: support") == [None] * 3
    assert reasons_of(report, "judge: support") == {"unreadable verdict: 'I think this is full.'"}
    assert report.metric("judge: support").value is None
    unscored = "Judge: 3 of 3 verdicts unscored (judge: support)"
    assert any(note.startswith(unscored) for note in report.notes)


def test_one_unreadable_verdict_leaves_the_others() -> None:
    def say(asked: str) -> Reply:
        return Reply(text="hm" if "opens in May" in asked else "full")

    report, _ = judged_by(run(1), say)
    assert scores_of(report, "judge: nuggets") == [1.0]
    assert reasons_of(report, "judge: nuggets") == {"unreadable verdict: 'hm'"}


def test_a_server_that_echoes_the_key_does_not_get_it_into_the_report() -> None:
    report, _ = judged_by(run(), word(f"your key is {KEY}"))
    assert reasons_of(report, "judge: answers") == {"unreadable verdict: 'your key is (key)'"}


# Who may judge


@pytest.mark.parametrize("name", ["qwen3:4b", "org/Qwen3:4B", "qwen3:4b:latest"])
def test_the_writer_may_not_judge(name: str) -> None:
    made = outcome(0, written("It costs."), writer="qwen3:4b")
    with pytest.raises(BadOption, match="cannot judge"):
        judge_report(run_of(made), settings_for("http://127.0.0.1:1/v1", name))


def test_without_a_judge_it_says_what_to_set() -> None:
    with pytest.raises(BadOption, match="FOOTNOTE_JUDGE_MODEL"):
        refuse_judge(EvalSettings(), ["quotes"])


def test_half_a_judge_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_JUDGE_MODEL", "m")
    eval_settings.cache_clear()
    with pytest.raises(BadValue, match="FOOTNOTE_JUDGE_BASE_URL"):
        eval_settings()
    monkeypatch.setenv("FOOTNOTE_JUDGE_BASE_URL", "localhost")
    with pytest.raises(BadValue, match=r"FOOTNOTE_JUDGE_BASE_URL.*http"):
        eval_settings()
    monkeypatch.setenv("FOOTNOTE_JUDGE_BASE_URL", "http://localhost/v1")
    monkeypatch.setenv("FOOTNOTE_JUDGE_API_KEY", KEY)
    assert eval_settings().judge_model == "m"
    assert KEY not in repr(eval_settings())
    eval_settings.cache_clear()
