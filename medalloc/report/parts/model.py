"""Where the demand comes from: the card of the model that learned it, or the forecaster and why it was chosen."""

from dataclasses import replace
from pathlib import PurePath

from medalloc.need.persistence.card import card
from medalloc.report.asked import Asked
from medalloc.report.report import Part
from medalloc.sentences import sentence
from medalloc.study.steps import demands, needs, tables


def model(asked: Asked) -> Part | None:
    """Return the card; nothing where the table of regions says the demand itself."""
    answers = asked.answers
    if answers(tables.is_from_counts):
        outlook = answers(demands.outlook)
        if outlook is None:
            return None
        return Part("model", sentence("The forecast"), outlook.verdict.said)
    assessment = answers(needs.assessment) or answers(needs.amount_assessment)
    if asked.training is None or assessment is None:
        return None
    kept = asked.training.model(assessment.choice.kind)
    compared = answers(needs.leaderboard) or answers(needs.amount_leaderboard)
    said = () if asked.study.need.model or compared is None else tuple(compared.verdict)
    if kept is not None:
        # a report tells no folders of a machine
        kept = replace(kept, training=replace(kept.training, table=PurePath(kept.training.table).name))
    # when it was saved is not the same when it is learned again
    sections = () if kept is None else tuple(card(kept, assessment))[:-1]
    return Part("model", sentence("The model"), said, sections=sections)
