"""The network of filters over neighbouring columns."""

from medalloc.need.models.descent_options import DESCENT, LAYERS, build_network
from medalloc.need.models.kind import MANY_ROWS, ModelKind
from medalloc.need.models.options import ModelOption, Parameter
from medalloc.sentences import sentence

CNN = ModelKind(
    kind="cnn",
    name=sentence("Convolution (teaching exhibit)"),
    fits=sentence(
        "A teaching exhibit: its filters look at neighbouring columns, and the order of columns in a table means "
        "nothing. It shows how convolution works, not who needs care."
    ),
    cost=sentence("Costs a little more than full layers, and changes its mind when columns are put in another order."),
    parameters={
        "filters": Parameter(
            ModelOption(1, 256, default=8, whole=True),
            sentence("Filters in each layer"),
            sentence("How many patterns of neighbouring columns are looked for."),
        ),
        "kernel": Parameter(
            ModelOption(1, 100, default=3, whole=True),
            sentence("Width of a filter [columns]"),
            sentence("Neighbouring columns that a filter sees at once."),
        ),
        "layers": LAYERS,
        **DESCENT,
    },
    build=build_network,
    needs_networks=True,
    unasked_up_to=MANY_ROWS,
)
