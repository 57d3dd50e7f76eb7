"""The network of full layers."""

from medalloc.need.models.descent_options import DESCENT, LAYERS, build_network
from medalloc.need.models.kind import MANY_ROWS, ModelKind
from medalloc.need.models.options import ModelOption, Parameter
from medalloc.sentences import sentence

MLP = ModelKind(
    kind="mlp",
    name=sentence("Neural network"),
    fits=sentence("Fits large tables with smooth interplay between columns; on small tables trees are rarely worse."),
    cost=sentence(
        "Costs the most care: its score moves with the seed, the optimiser and the learning rate, and from 200 "
        "training rows on a tenth of them only tells when to stop."
    ),
    parameters={
        "units": Parameter(
            ModelOption(1, 1024, default=32, whole=True),
            sentence("Units in each layer"),
            sentence("More units can follow finer differences, and overfit sooner."),
        ),
        "layers": LAYERS,
        **DESCENT,
    },
    build=build_network,
    needs_networks=True,
    unasked_up_to=MANY_ROWS,
)
