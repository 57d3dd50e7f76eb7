"""Whether the models that options name learn what the column of need holds."""

from medalloc.errors import require
from medalloc.need.models.amount_catalogue import AMOUNTS, SAME_METHOD
from medalloc.sentences import sentence
from medalloc.study import Answers


def model_of_amounts(named: str | tuple[str, ...]) -> str | None:
    """Return the model of amounts that was asked for; None where the comparison chooses."""
    kinds = [SAME_METHOD.get(each, each) for each in ((named,) if isinstance(named, str) else named)]
    known = ", ".join(each for each in (*SAME_METHOD, *AMOUNTS) if each not in SAME_METHOD.values())
    faults = [
        sentence(
            "Model “{kind}” learns answers, and need is an amount here; use one of: {known}.", kind=each, known=known
        )
        for each in kinds
        if each not in AMOUNTS
    ]
    require(*faults)
    return kinds[0] if len(set(kinds)) == 1 else None


def refuse_models_of_amounts(answers: Answers) -> None:
    """Refuse models that learn amounts where need is an answer."""
    faults = [
        sentence("Model “{kind}” learns amounts, and need is an answer here; use another, or --need-as.", kind=each)
        for each in answers.study.need.models
        if each in AMOUNTS
    ]
    require(*faults)
