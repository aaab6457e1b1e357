"""What others have published is shares, names a source, and points at figures that exist."""

from eval.benches import NAMES
from eval.measures import MEASURES
from eval.published import PUBLISHED, published_for


def test_every_figure_is_a_share_of_a_set_that_can_be_read() -> None:
    for each in PUBLISHED:
        assert each.set in NAMES
        assert 0 < each.value < 1
        assert each.source
        assert each.on
        assert each.metric is None or each.metric in MEASURES


def test_nothing_is_claimed_where_no_source_was_found() -> None:
    assert published_for("realtimeqa") == ()
    assert [each.set for each in published_for("bump")] == ["bump"] * 3
