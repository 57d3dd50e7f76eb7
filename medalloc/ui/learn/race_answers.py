"""Questions for a class about the race."""

from medalloc.ui.kit.words import _


def asked() -> list[tuple[str, str]]:
    """Return each question with its answer."""
    return [
        (
            _("Who wins when you switch from updates to passes, and why?"),
            _(
                "A step of gradient descent reads every row, a step of SGD or Adam only a batch. Counted in updates "
                "they look alike; counted in rows read, the small steps have gone much further."
            ),
        ),
        (
            _("What is v in Adam for?"),
            _(
                "m̂ and √v̂ are both of the size of a slope, so that their ratio has no unit and a step is about η "
                "long in every weight, however steep the loss. Without v, as printed, a step is as long as the slope: "
                "fast down the steep weight, slow down the flat one. Stretch the first column to see it; the rate has "
                "to be chosen anew for each loss."
            ),
        ),
        (
            _("Make the batch as large as the table: which two become the same, and what happens to their bands?"),
            _(
                "SGD becomes gradient descent; on two weights, where all seeds share one start, its band closes, "
                "because nothing is drawn any more."
            ),
        ),
        (
            _("Does the lowest loss here make the best model?"),
            _(
                "No. It is the training loss. A network that goes on far enough overfits its patients, as "
                "the forest did in step 3."
            ),
        ),
    ]
