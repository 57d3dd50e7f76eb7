"""Shares by population."""

from medalloc.allocation.policies.kind import Aim, Array, PolicyKind, Rule
from medalloc.sentences import Sentence, sentence


def _faults(population: Array | None) -> list[Sentence]:
    if population is None:
        return [sentence("Dividing per capita needs the population of every region; give it or choose another policy.")]
    if population.size and not (population > 0).any():
        return [sentence("Dividing per capita needs inhabitants, but every population is 0; choose another policy.")]
    return []


PER_HEAD = PolicyKind(
    kind="per-head",
    name=sentence("Per capita"),
    meaning=sentence("Units in proportion to population: today's rule of thumb."),
    aim=lambda _: Aim(
        rule=Rule(
            lambda population, in_need: in_need if population is None else population,
            lambda names: sentence("its share of {resources} by population serves no more", resources=names),
        )
    ),
    faults=_faults,
    colour=("#8a5a9e", "#c79bdc"),
)
