"""Questions for a class about the convolution."""

from medalloc.ui.kit.words import _


def asked() -> list[tuple[str, str]]:
    """Return each question with its answer."""
    return [
        (
            _("What does the kernel “-1 1” see, and what does relu then forget?"),
            _(
                "It sees how much this week differs from the last. After relu only rises are left: the network can no "
                "longer tell a small fall from a large one."
            ),
        ),
        (
            _("Why is the test taken from the latest weeks and not drawn at random?"),
            _(
                "Neighbouring windows share most of their weeks. Drawn at random, nearly every window of the test "
                "would have a twin in the training part: the leak of step 1 again."
            ),
        ),
        (
            _("A network learns K and b too. What would it need for that?"),
            _(
                "The slope of the loss with respect to K and b, by the chain rule, and many small steps along it: step "
                "6. Here you choose them, and only the last layer is fitted."
            ),
        ),
    ]
