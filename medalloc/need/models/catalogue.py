"""What each model is good for, what it costs, and what its options do, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from medalloc.need.models.options import MODEL_KINDS, Option
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class Parameter:
    """An option of a model, in words."""

    option: Option
    """What it accepts, and what holds when nothing is given."""

    title: Sentence
    """What it is called, with its unit."""

    help: Sentence
    """What more or less of it does."""


@dataclass(frozen=True)
class Entry:
    """What should be known of a model before it is chosen."""

    fits: Sentence
    """When it is the right one."""

    cost: Sentence
    """What it takes: time, care, what it cannot do."""

    parameters: Mapping[str, Parameter]
    """Its options, by name."""


_WORDS: Mapping[str, tuple[Sentence, Sentence]] = {
    "logistic": (
        sentence(
            "Fits when each column pushes the chance of need up or down on its own; the baseline that every other "
            "model has to beat."
        ),
        sentence("Costs next to nothing, whatever the size of the table; it sees no interplay between columns."),
    ),
    "linear-svm": (
        sentence(
            "Fits when those in need and the others can be parted by a straight border, with many columns and few rows."
        ),
        sentence(
            "Costs little; its distances from the border have to be turned into probabilities, for which it is trained "
            "three times more."
        ),
    ),
    "svm": (
        sentence("Fits up to a few thousand rows, when the border between the two answers is curved but smooth."),
        sentence(
            "Costs much: time grows with the square of the rows, so that above the limit below its kernel is "
            "approximated (Nystroem)."
        ),
    ),
    "forest": (
        sentence("Fits most tables as it is: curved effects, interplay between columns, no care about scale."),
        sentence("Costs seconds to minutes; each tree sees a sample of the rows, which keeps large tables cheap."),
    ),
    "forest-article": (
        sentence("As in the article: a hundred full trees and a split by row. It is there to be compared with."),
        sentence(
            "Costs most memory of all, because its trees grow until every leaf is pure; with repeated patients its "
            "scores are too good."
        ),
    ),
    "boosting": (
        sentence("Fits most tables best, in particular large ones; it takes missing values as they are."),
        sentence("Costs little time; with few rows and many trees it learns the table by heart."),
    ),
    "mlp": (
        sentence("Fits large tables with smooth interplay between columns; on small tables trees are rarely worse."),
        sentence(
            "Costs the most care: its score moves with the seed, the optimiser and the learning rate, and from 200 "
            "training rows on a tenth of them only tells when to stop."
        ),
    ),
    "cnn": (
        sentence(
            "A teaching exhibit: its filters look at neighbouring columns, and the order of columns in a table means "
            "nothing. It shows how convolution works, not who needs care."
        ),
        sentence("Costs a little more than full layers, and changes its mind when columns are put in another order."),
    ),
}

_LEARNING: Mapping[str, tuple[Sentence, Sentence]] = {
    "optimizer": (
        sentence("Optimiser"),
        sentence(
            "How the weights go down the loss. gd: one step a pass, by all rows. sgd: one step a batch. adam: one step "
            "a batch, of its own length for each weight."
        ),
    ),
    "learning_rate": (
        sentence("Learning rate"),
        sentence(
            "Length of a step: too long and the loss jumps about, too short and it hardly moves. 0 takes what suits "
            "the optimiser: gd 0.5, sgd 0.1, adam 0.002."
        ),
    ),
    "batch_size": (
        sentence("Batch size [rows]"),
        sentence("Rows of one step. Fewer make more and noisier steps a pass; gd always takes all rows."),
    ),
    "epochs": (
        sentence("Passes over the rows, at most"),
        sentence("Training ends earlier when rows that were held out gain nothing any more."),
    ),
    "patience": (
        sentence("Patience [passes]"),
        sentence(
            "Passes without gain on held-out rows after which training ends. With 0, or fewer than 200 training rows, "
            "no rows are held out and all passes are made."
        ),
    ),
    "layers": (
        sentence("Hidden layers"),
        sentence("More layers can bend the border more often, and are harder to train."),
    ),
    "units": (
        sentence("Units in each layer"),
        sentence("More units can follow finer differences, and learn chance by heart sooner."),
    ),
    "filters": (
        sentence("Filters in each layer"),
        sentence("How many patterns of neighbouring columns are looked for."),
    ),
    "kernel": (sentence("Width of a filter [columns]"), sentence("Neighbouring columns that a filter sees at once.")),
}

_OTHERS: Mapping[str, tuple[Sentence, Sentence]] = {
    "penalty": (
        sentence("Penalty"),
        sentence("Weight of large coefficients or leaf values in the loss: more of it makes a calmer model."),
    ),
    "cost": (
        sentence("Cost of a row on the wrong side"),
        sentence("More of it follows the rows more closely; less of it makes a wider margin and a calmer border."),
    ),
    "exact_rows": (
        sentence("Exact up to [rows]"),
        sentence("With more training rows than this the kernel is approximated with landmarks (Nystroem)."),
    ),
    "trees": (
        sentence("Trees"),
        sentence("More trees steady the answer and cost time; they do not learn chance."),
    ),
    "smallest_leaf": (
        sentence("Smallest leaf [rows]"),
        sentence("A leaf answers with the share in need among its rows: larger leaves make calmer probabilities."),
    ),
    "rows_a_tree": (
        sentence("Sample of a tree, at most [rows]"),
        sentence(
            "Each tree learns from so many rows, drawn with return; with fewer training rows, from as many as those."
        ),
    ),
    "leaves": (
        sentence("Leaves of a tree"),
        sentence("More leaves let a tree see interplay between more columns, and chance as well."),
    ),
    "bins": (
        sentence("Bins of a column"),
        sentence("Values of a column are rounded into so many groups: fewer are faster and coarser."),
    ),
    "threads": (
        sentence("Threads"),
        sentence("Processors that are used at once. The answer does not depend on it, only the time does."),
    ),
}


_OF_ITS_OWN: Mapping[tuple[str, str], tuple[Sentence, Sentence]] = {
    ("boosting", "learning_rate"): (
        sentence("Learning rate"),
        sentence("How much of its correction each tree is allowed: less of it needs more trees and is calmer."),
    ),
    ("boosting", "trees"): (
        sentence("Trees"),
        sentence("Each tree corrects those before it: too few miss the pattern, too many learn chance."),
    ),
}
"""Options that mean something else in one kind of model."""


def _entry(kind: str) -> Entry:
    words = {**_LEARNING, **_OTHERS}
    parameters = {
        name: Parameter(option, *_OF_ITS_OWN.get((kind, name), words[name]))
        for name, option in MODEL_KINDS[kind].items()
    }
    return Entry(*_WORDS[kind], parameters)


CATALOGUE: Mapping[str, Entry] = {kind: _entry(kind) for kind in MODEL_KINDS}
"""What should be known of every kind of model, in the order of `MODEL_KINDS`."""

NETWORKS = ("mlp", "cnn")
"""Kinds of model that need what `medalloc.networks` needs."""
