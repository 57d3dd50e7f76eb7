"""What a visitor can choose on the Learn screen: part of everything they have chosen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LearnChoices:
    """Choices of every step; none of them changes anything on another screen."""

    learn_step: str = "leak"
    """Step that is shown."""

    learn_from: str = "sample"
    """Whose patients the steps look at: ``sample``, ``table`` for the one on Data, or ``file``."""

    learn_file: str | None = None
    """SHA-256 of a file that was given on this screen."""

    learn_file_name: str = ""
    """What that file is called."""

    learn_leak: str = "patients"
    """Cleaning: which leak is measured."""

    learn_model: str = "forest"
    """Cleaning: by which model."""

    learn_repeats: int = 50
    """Cleaning: patients with a second row. [percent]"""

    learn_patients: int = 600
    """Cleaning: patients in the table. [count]"""

    learn_across: str = "age"
    """Margin and forest: column along the horizontal axis."""

    learn_up: str = "visits_last_year"
    """Margin and forest: column along the vertical axis."""

    learn_cost: float = 1.0
    """Margin: price of a unit of hinge loss. [1]"""

    learn_kernel: str = "linear"
    """Margin: whether the border may bend."""

    learn_trees: int = 25
    """Forest: trees that are asked. [count]"""

    learn_depth: int = 6
    """Forest: questions a tree asks. [count]"""

    learn_rounds: int = 10
    """Boosting: trees so far. [count]"""

    learn_rate: float = 0.2
    """Boosting: part of each tree's answer that is taken. [fraction]"""

    learn_boost_depth: int = 2
    """Boosting: questions a tree asks. [count]"""

    learn_column: str = "visits_last_year"
    """Boosting: column along which residuals are shown."""

    learn_preset: str = "mean"
    """Convolution: kernel by name, or ``own``."""

    learn_weights: str = "-1 0 0 1"
    """Convolution: the visitor's own kernel, oldest week first."""

    learn_bias: float = 0.0
    """Convolution: added before relu. [standard deviations]"""

    learn_ahead: int = 4
    """Convolution: weeks ahead that are asked about. [weeks]"""

    learn_place: str = ""
    """Convolution: region of the series; the mean of all when empty."""

    learn_week: int = 20
    """Convolution: which week of the test part is looked at. [count]"""

    learn_share: float = 0.02
    """Few in need: share in need. [fraction]"""

    learn_called: int = 50
    """Few in need: probability from which somebody is called. [percent]"""

    learn_weighing: str = "plain"
    """Few in need: whether those in need weigh as much as all others."""

    learn_recurrent: float = 0.9
    """Memory: weight of an RNN's last state in its next. [1]"""

    learn_keep: float = 0.98
    """Memory: forget gate of the LSTM. [fraction]"""

    learn_let_in: int = 0
    """Memory: input gate of the LSTM after the first number. [percent]"""

    learn_steps: int = 20
    """Memory: numbers after the first. [count]"""

    learn_fair: str = "alpha:1"
    """Fairness: how fair the plan is."""

    learn_regions: int = 2
    """Fairness: regions that share. [count]"""

    learn_stock: int = 50
    """Fairness: beds there are, of those needed. [percent]"""

    learn_effort: float = 3.0
    """Fairness: beds that a person takes in the last region. [units/person]"""

    learn_room: int = 100
    """Fairness: room in the last region, of its need. [percent]"""

    learn_ways: tuple[str, ...] = ("descent", "sgd", "adam", "adam-printed")
    """Race: who takes part."""

    learn_axis: str = "updates"
    """Race: what the loss is shown against: ``updates``, ``passes`` or ``seconds``."""

    learn_rate_descent: float = 1.0
    """Race: learning rate of full-batch gradient descent. [1]"""

    learn_rate_sgd: float = 0.3
    """Race: of stochastic gradient descent. [1]"""

    learn_rate_adam: float = 0.03
    """Race: of Adam. [1]"""

    learn_rate_adam_printed: float = 0.3
    """Race: of Adam as printed in the article. [1]"""

    learn_batch: int = 32
    """Race: rows of one step of the stochastic ones. [rows]"""

    learn_seeds: int = 5
    """Race: starts and orders of rows. [count]"""

    learn_stretch: float = 4.0
    """Race: how much larger the unit of the first column is than that of the second. [1]"""
