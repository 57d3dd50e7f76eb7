"""What a report follows from: everything done that takes long."""

from medalloc.cli.answering import submitted, worked_out
from medalloc.cli.watching import watching
from medalloc.disclosure.rule import Rule
from medalloc.errors import InfeasibleError
from medalloc.study import Answers
from medalloc.study.steps import plans, sampling


def told(answers: Answers) -> Answers:
    """Return the answers with everything done that takes long; limits that conflict are told in the report."""
    answers = worked_out(answers)
    try:
        with watching():
            return answers.after(answers.study, submitted(answers, plans.searched_plan))
    except InfeasibleError:
        return answers


def rule_here() -> Rule:
    """Return how numbers of people are told, by the memory of the workspace of this user."""
    from medalloc.workspace import Workspace
    from medalloc.workspace.place import place

    return Rule.of_environment(lambda: Workspace.at(place()).told)


def with_futures(answers: Answers) -> Answers:
    """Return the answers with the plan held against sampled futures."""
    return answers.after(answers.study, submitted(answers, sampling.held_futures))
