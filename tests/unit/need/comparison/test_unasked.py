from medalloc.need.comparison.unasked import compared_unasked, left_out
from medalloc.need.models.catalogue import CATALOGUE, NETWORKS
from medalloc.need.models.kind import MANY_ROWS


def test_every_model_is_compared_up_to_many_rows_and_the_slow_ones_only_by_name_beyond() -> None:
    assert compared_unasked(MANY_ROWS) == tuple(CATALOGUE)
    assert left_out(MANY_ROWS, ()) is None
    slow = {"forest-article", *NETWORKS}
    assert set(CATALOGUE) - set(compared_unasked(MANY_ROWS + 1)) == slow
    said = left_out(MANY_ROWS + 1, ("mlp", "boosting"))
    assert said is not None and "forest-article, cnn" in str(said) and "mlp" not in str(said)
    assert left_out(MANY_ROWS + 1, tuple(slow)) is None
