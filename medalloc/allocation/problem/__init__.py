"""What is asked: demand, resources, limits and a policy, as data that is checked once."""

from medalloc.allocation.problem.resource import Resource
from medalloc.allocation.problem.statement import Array, Problem

__all__ = ["Array", "Problem", "Resource"]
