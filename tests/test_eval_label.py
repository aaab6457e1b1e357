"""Labels: the right things are asked, in one order, and blindly."""

import re
from dataclasses import replace
from typing import Any

import pytest
from made_runs import BEFORE, QUOTE, citation, outcome, repairs, written
from rich.console import Console

from eval.label_items import list_items, make_units
from eval.label_screen import HELP, Progress, show_help, show_item

SECOND = "The ramp is to open again in November."
SECOND_SPAN = citation(SECOND, len(BEFORE + QUOTE) + 1)


def drawn(renderable: Any, **options: Any) -> str:
    console = Console(width=80, file=None, highlight=False, **options)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


# What is asked


def test_quotes_are_left_out_of_support_and_asked_of_answers() -> None:
    quoted = written(QUOTE, verdict="quoted", score=None)
    both = [outcome(0, written("It costs millions."), quoted)]
    assert [u.items[0].sentence for u in make_units(both, "support")] == ["It costs millions."]
    (answers,) = make_units(both, "answers")
    assert answers.items[0].quote == QUOTE
    assert answers.prediction == 0.7


def test_a_span_stands_within_the_sentences_around_it() -> None:
    (item,) = list_items(make_units([outcome(0, written("It costs millions."))], "support"))
    assert item.before == BEFORE
    assert item.after == " The ramp is to open again in November. Until then buses run."


def test_a_span_that_no_passage_holds_stands_alone() -> None:
    elsewhere = citation("Some other words of the article.", 5000)
    moved = citation(QUOTE, len(BEFORE) + 1)
    for cited in (elsewhere, moved):
        (item,) = list_items(make_units([outcome(0, written("It costs.", cited))], "support"))
        assert (item.before, item.after) == ("", "")


def test_a_sentence_and_span_in_several_answers_are_asked_once() -> None:
    same = [outcome(i, written("It costs 3.4 million crowns.")) for i in range(3)]
    units = make_units(same, "support")
    assert len(units) == 3
    assert len(list_items(units)) == 1
    # whether a quote answers does depend on the question
    quotes = [outcome(i, written(QUOTE, verdict="quoted")) for i in range(3)]
    assert len(list_items(make_units(quotes, "answers"))) == 3


def test_the_order_is_one_for_all_runs_and_keeps_a_sentence_together() -> None:
    outcomes = [
        outcome(i, written(f"Sentence {i} says it.", citation(), SECOND_SPAN)) for i in range(30)
    ]
    items = list_items(make_units(outcomes, "support"))
    assert [item.position for item in items] == [1, 2] * 30
    assert items == list_items(make_units(outcomes[::-1], "support"))
    numbers = [int(re.sub(r"\D", "", item.sentence)) for item in items[::2]]
    assert numbers != sorted(numbers)
    # a run with other sentences among them keeps the order of these
    mixed = list_items(make_units([*outcomes[::2], *repairs(9)], "support"))
    kept = [item.key for item in items if item in mixed]
    assert [item.key for item in mixed if item in items] == kept
    assert len(kept) == 30


# What is seen


def test_the_screen_fits_80_columns_and_is_blind() -> None:
    said = written("Repairs [7] cost \x1b[31m3.4 million.", score=0.123, verdict="partly")
    cited = [said, written("Another says it.", score=0.123, verdict="unsupported")]
    for item in list_items(make_units([outcome(0, *cited)], "support")):
        screen = drawn(show_item(item, Progress(rater="ana", done=12, total=412), "", ""))
        assert max(map(len, screen.splitlines())) <= 80
        assert len(screen.splitlines()) <= 24
        flat = " ".join(screen.split())
        assert f"{BEFORE}⟦{QUOTE}⟧ The ramp" in flat
        assert "13 of 412 · ana" in flat
        assert not re.search(r"0\.123|partly supported|unsupported|12 %|\x1b|\[7\]", screen)


def test_a_screen_holds_a_span_among_long_sentences() -> None:
    (item,) = list_items(make_units([outcome(0, written("It costs."))], "support"))
    long = replace(item, before="begins " + "words " * 300, after=" words" * 300 + " ends")
    screen = drawn(show_item(long, Progress(rater="ana", done=0, total=1), "", ""))
    assert len(screen.splitlines()) <= 24
    assert screen.count("…") == 2
    assert "begins" not in screen
    assert "ends" not in screen
    assert f"words ⟦{QUOTE}⟧ words" in " ".join(screen.split())


def test_markup_in_articles_is_text() -> None:
    evil = outcome(0, written("[red]It[/red] costs [/] millions."))
    (item,) = list_items(make_units([evil], "support"))
    assert "[red]It[/red] costs [/]" in drawn(
        show_item(item, Progress(rater="[bold]ana", done=0, total=1), "", "")
    )


def test_no_color_keeps_the_span_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    (item,) = list_items(make_units([outcome(0, written("It costs."))], "support"))
    progress = Progress(rater="ana", done=0, total=1)
    monkeypatch.setenv("NO_COLOR", "1")
    screen = drawn(show_item(item, progress, "", ""), force_terminal=True)
    assert f"⟦{QUOTE[:10]}" in screen
    assert not re.search(r"\x1b\[[\d;]*3\dm", screen)


def test_pace_is_the_median_so_that_a_pause_does_not_count() -> None:
    progress = Progress(rater="ana", done=100, total=412, seconds=(6.0, 7.0, 3600.0, 5.0, 6.0))
    assert progress.in_words == "101 of 412 · ana · 6 s each, 31 min left"


@pytest.mark.parametrize("kind", ["support", "answers"])
def test_the_help_fits(kind: Any) -> None:
    assert max(map(len, HELP[kind].splitlines())) <= 80
    assert len(drawn(show_help(kind)).splitlines()) <= 24
