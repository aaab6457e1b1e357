"""The grid of what is left out, and the table of what that costs."""

import pytest
from made_reports import report

from eval.ablation import ablation_to_rows, describe_changes
from eval.errors import BadOption
from eval.vary import PARTS, read_grid
from rag.pipeline import WHOLE, Pipeline


def test_every_combination_in_the_order_given() -> None:
    grid = read_grid(["rag.rerank=off,on", "rag.longest_window=1,3"], model_writes=False)
    assert [variant.name for variant in grid] == [
        "rag.rerank=off rag.longest_window=1",
        "rag.rerank=off rag.longest_window=3",
        "rag.rerank=on rag.longest_window=1",
        "rag.rerank=on rag.longest_window=3",
    ]
    assert grid[0].pipeline == Pipeline(rerank=False, longest_window=1)
    assert grid[-1].pipeline == WHOLE


def test_retrievers_alone_and_together() -> None:
    grid = read_grid(["rag.retrievers=dense,words,words+dense"], model_writes=False)
    assert [variant.pipeline.retrievers for variant in grid] == [
        ("dense",),
        ("words",),
        ("dense", "words"),
    ]


def test_a_value_has_one_name_however_it_is_given() -> None:
    given = ["rag.longest_window=02", "rag.retrievers=words+dense,dense+dense", "rag.rerank=off"]
    assert [variant.name for variant in read_grid(given, model_writes=False)] == [
        "rag.longest_window=2 rag.retrievers=dense+words rag.rerank=off",
        "rag.longest_window=2 rag.retrievers=dense rag.rerank=off",
    ]


def test_every_part_is_a_field_of_the_pipeline() -> None:
    assert {part.field for part in PARTS.values()} == set(WHOLE.to_dict())


@pytest.mark.parametrize(
    ("variations", "cause"),
    [
        (["rag.rerankk=off"], "'rag.rerankk' cannot be varied. These can: rag.retrievers"),
        (["rerank"], "'rerank' cannot be varied"),
        (["rag.rerank=maybe"], "'maybe' is no value of rag.rerank; these are: on, off"),
        (["rag.rerank="], "'' is no value"),
        (["rag.reranked=0"], "'0' is no value of rag.reranked; these are: 1 to 50 passages"),
        (["rag.rerank"], "^--vary rag.rerank: say which values, .* These are: on, off.$"),
        (["rag.longest_window=01,1"], "a value stands twice"),
        (["rag.retrievers=dense+words,words+dense"], "a value stands twice"),
        (["rag.retrievers=dense,dense+dense"], "a value stands twice"),
        (["rag.rerank=on,on"], "a value stands twice"),
        (["rag.longest_window=0,3"], "'0' is no value"),
        (["rag.longest_window=x"], "'x' is no value"),
        (["rag.retrievers=dense+web"], "'dense\\+web' is no value"),
        (["rag.rerank=on", "rag.rerank=off"], "varied twice"),
        (["rag.check=on,off"], "only where a language model writes"),
    ],
)
def test_what_cannot_be_varied_is_named(variations: list[str], cause: str) -> None:
    with pytest.raises(BadOption, match=cause):
        read_grid(variations, model_writes=False)


def test_the_check_can_be_varied_where_a_model_writes() -> None:
    off, on = read_grid(["rag.check=off,on"], model_writes=True)
    assert (off.pipeline.check, on.pipeline.check) == (False, True)


def test_the_table_marks_what_is_more_than_noise() -> None:
    poor = report({"recall@1": [0.0] * 20, "false answer": [0.0] * 10 + [1.0] * 10})
    good = report({"recall@1": [1.0] * 20, "false answer": [0.0] * 10 + [1.0] * 10})
    names = ["rag.rerank=off", "rag.rerank=on"]
    rows = ablation_to_rows(names, [poor, good])
    assert rows == [
        ["variant", "recall@1", "false answer ↓"],
        ["rag.rerank=off", "0.000", "0.500"],
        ["rag.rerank=on", "1.000 ▲", "0.500"],
    ]
    assert describe_changes(names, [poor, good]) == [
        "rag.rerank=on: recall@1 0.000 to 1.000, better "
        "(95 % interval of the change 1.000 to 1.000, n 20)"
    ]
    assert ablation_to_rows(names, [good, poor])[2][1] == "0.000 ▼"
