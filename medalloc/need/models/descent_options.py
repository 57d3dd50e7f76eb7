"""What every network of need can be given: how it goes down the loss."""

from collections.abc import Mapping
from typing import Any

from medalloc.need.models.kind import Settings
from medalloc.need.models.options import ModelOption, Parameter, TextOption
from medalloc.networks.training import OPTIMIZERS
from medalloc.sentences import sentence

LAYERS = Parameter(
    ModelOption(1, 8, default=1, whole=True),
    sentence("Hidden layers"),
    sentence("More layers can bend the border more often, and are harder to train."),
)

DESCENT: Mapping[str, Parameter] = {
    "optimizer": Parameter(
        TextOption(OPTIMIZERS, default="adam"),
        sentence("Optimiser"),
        sentence(
            "How the weights go down the loss. gd: one step a pass, by all rows. sgd: one step a batch. adam: one step "
            "a batch, of its own length for each weight."
        ),
    ),
    "learning_rate": Parameter(
        ModelOption(0.0, 10.0, default=0.0),
        sentence("Learning rate, 0 for the usual"),
        sentence(
            "Length of a step: too long and the loss jumps about, too short and it hardly moves. 0 takes what suits "
            "the optimiser: gd 0.5, sgd 0.1, adam 0.002."
        ),
    ),
    "batch_size": Parameter(
        ModelOption(1, 100_000, default=128, whole=True),
        sentence("Batch size [rows]"),
        sentence("Rows of one step. Fewer make more and noisier steps a pass; gd always takes all rows."),
    ),
    "epochs": Parameter(
        ModelOption(1, 10_000, default=200, whole=True),
        sentence("Passes over the rows, at most"),
        sentence("Training ends earlier when rows that were held out gain nothing any more."),
        searched=False,
    ),
    "patience": Parameter(
        ModelOption(0, 10_000, default=10, whole=True),
        sentence("Patience [passes]"),
        sentence(
            "Passes without gain on held-out rows after which training ends. With 0, or fewer than 200 training rows, "
            "no rows are held out and all passes are made."
        ),
        searched=False,
    ),
}


def build_network(choice: Settings, _rows: int) -> Any:
    """Return the unfitted network that a choice means."""
    from medalloc.need.models.network import network_classifier

    return network_classifier(choice)
